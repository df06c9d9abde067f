"""What discord.py does to the stand-in, and what people's doings do to discord.py."""

from __future__ import annotations

import io

import aiohttp
import discord
import pytest

from tests.discord_standin import ApiError

from ..content import MESSAGE_CONTENT
from ..payloads import message_event
from ..people import ADMINISTRATOR, MANAGE_GUILD
from .conftest import Scene


async def test_it_logs_in_registers_commands_and_hears_of_its_server(scene: Scene) -> None:
    calls = [f"{c.method} {c.path}" for c in scene.discord.rest.calls]
    application = scene.discord.world.application_id
    assert calls == [
        "GET /users/@me",
        "GET /oauth2/applications/@me",
        f"PUT /applications/{application}/commands",
    ]
    await scene.bot.wait_until_ready()
    assert [guild.name for guild in scene.bot.guilds] == ["Home"]


async def test_a_mention_and_a_direct_message_are_echoed(scene: Scene) -> None:
    people = scene.discord.people
    said = await people.say(scene.alice, scene.channel, f"{scene.mention} hello")
    assert (await scene.discord.reply(said)).payload["content"].endswith("hello")
    direct = await people.say(scene.alice, scene.discord.world.direct(scene.alice), "hi")
    assert (await scene.discord.reply(direct)).payload["content"] == "echo: hi"


async def test_every_component_can_be_used(scene: Scene) -> None:
    people, standin = scene.discord.people, scene.discord
    used = await people.slash(scene.alice, scene.channel, "echo", text="panel")
    panel = await standin.response(used)
    await standin.response(await people.press(scene.alice, panel, "Edit"))
    assert panel.payload["content"] == "edited"
    await people.press(scene.alice, panel, "Slow")
    await standin.wait_call("PATCH", "/messages/@original")
    assert panel.payload["content"] == "edited after deferring"
    picked = await standin.response(await people.choose(scene.alice, panel, "pick", "b"))
    assert picked.payload["content"] == "picked b"
    opened = await standin.settled(await people.press(scene.alice, panel, "Note"))
    noted = await standin.response(await people.submit(opened, text="a typo"))
    assert noted.payload["content"] == "noted: a typo"


async def test_deferring_follow_ups_edits_and_deletes(scene: Scene) -> None:
    standin = scene.discord
    used = await standin.people.slash(scene.alice, scene.channel, "later")
    await standin.wait_call("DELETE", f"/{used.token}/messages/")
    kept = [standin.world.messages[i] for i in used.messages if i in standin.world.messages]
    assert [m.payload["content"] for m in kept] == ["first, edited"]
    assert kept[0].only_for == scene.alice.id


async def test_a_message_command_reads_what_the_bot_may_not(scene: Scene) -> None:
    people, standin = scene.discord.people, scene.discord
    secret = await people.say(scene.alice, scene.channel, "not for bots")
    used = await people.menu(scene.alice, scene.channel, "Read this", secret)
    assert (await standin.response(used)).payload["content"] == "read: not for bots"
    assert scene.bot.heard[0] == ""


async def test_a_forward_holds_a_copy_which_the_bot_may_not_read_either(scene: Scene) -> None:
    people, world = scene.discord.people, scene.discord.world
    secret = await people.say(scene.alice, scene.channel, "not for bots")
    forward = await people.forward(scene.alice, scene.channel, secret)
    [copy] = forward.payload["message_snapshots"]
    assert copy["message"]["content"] == "not for bots"
    assert "author" not in copy["message"]
    assert message_event(world, forward, 0)["message_snapshots"] == []
    assert message_event(world, forward, MESSAGE_CONTENT)["message_snapshots"] == [copy]


async def test_content_arrives_only_by_discords_rules(scene: Scene) -> None:
    people, standin = scene.discord.people, scene.discord
    regular = await people.say(scene.alice, scene.channel, f"{scene.mention} one")
    answer = await standin.reply(regular)
    used = await people.slash(scene.alice, scene.channel, "echo", text="two")
    response = await standin.response(used)
    scene.bot.heard.clear()
    await people.say(scene.alice, scene.channel, "plain")
    await people.say(scene.alice, scene.channel, "no ping", reply_to=answer, ping=False)
    await people.say(scene.alice, scene.channel, "to a response", reply_to=response)
    last = await people.say(scene.alice, scene.channel, "with ping", reply_to=answer)
    await standin.reply(last)
    assert scene.bot.heard == ["", "", "", "with ping"]


@pytest.mark.parametrize("how", ["close", "reconnect", "invalid", "cut"])
async def test_a_client_resumes_and_gets_what_it_missed(scene: Scene, how: str) -> None:
    gateway, people = scene.discord.gateway, scene.discord.people
    if how == "close":
        await gateway.drop(4000)
    elif how == "reconnect":
        await gateway.say(7)
    elif how == "invalid":
        await gateway.say(9, True)
    else:
        gateway.cut()
    said = await people.say(scene.alice, scene.channel, f"{scene.mention} meanwhile")
    await scene.discord.wait_resumed()
    await scene.discord.reply(said)
    assert len(gateway.identifies) == 1
    assert len(scene.discord.replies(said)) == 1


async def test_a_session_that_is_gone_is_begun_anew(scene: Scene) -> None:
    await scene.discord.gateway.forget_sessions()
    await scene.discord.wait_ready(2)
    assert len(scene.discord.gateway.identifies) == 2


async def test_a_limit_makes_the_client_wait_and_try_again(scene: Scene) -> None:
    path = f"/channels/{scene.channel.id}/messages"
    scene.discord.rest.faults.limit("POST", path, 0.05)
    channel = scene.bot.get_partial_messageable(int(scene.channel.id))
    await channel.send("x")
    posts = [c.status for c in scene.discord.rest.calls if c.path == path]
    assert posts == [429, 200]


@pytest.mark.parametrize("sending", [True, False])
async def test_a_connection_that_breaks_is_a_network_error_of_the_client(
    scene: Scene, sending: bool
) -> None:
    channel = scene.bot.get_partial_messageable(int(scene.channel.id))
    scene.discord.rest.faults.cut("POST" if sending else "GET", "/channels/")
    with pytest.raises((aiohttp.ClientError, OSError)):
        await (channel.send("x") if sending else channel.fetch_message(1))


async def test_refusals_reach_the_client_with_their_codes(scene: Scene) -> None:
    channel = scene.bot.get_partial_messageable(int(scene.channel.id))
    with pytest.raises(discord.HTTPException) as refused:
        await channel.send("x" * 2001)
    assert refused.value.code == 50035
    with pytest.raises(discord.NotFound) as unknown:
        await channel.fetch_message(1)
    assert unknown.value.code == 10008


async def test_a_file_arrives_whole(scene: Scene) -> None:
    channel = scene.bot.get_partial_messageable(int(scene.channel.id))
    with pytest.raises(discord.HTTPException, match="empty message"):
        await channel.send("")
    await channel.send(file=discord.File(io.BytesIO(b"abc"), "notes.txt"))
    assert scene.discord.rest.calls[-1].body["_files"] == {"notes.txt": b"abc"}


@pytest.mark.parametrize("default", [str(MANAGE_GUILD), "0"])
async def test_a_command_is_hidden_from_whoever_lacks_its_default_permissions(
    scene: Scene, default: str
) -> None:
    standin = scene.discord
    standin.commands.registered[None][0]["default_member_permissions"] = default
    bob = standin.world.add_user("bob")
    scene.server.members[bob.id] = set()
    with pytest.raises(LookupError, match="hidden"):
        await standin.people.slash(bob, scene.channel, "echo", text="x")
    standin.world.add_role(scene.server, "managers", MANAGE_GUILD, bob)
    if default == "0":  # which no permission lifts but the administrators' own
        with pytest.raises(LookupError, match="hidden"):
            await standin.people.slash(bob, scene.channel, "echo", text="x")
        standin.world.add_role(scene.server, "administrators", ADMINISTRATOR, bob)
    shown = await standin.people.slash(bob, scene.channel, "echo", text="x")
    assert (await standin.response(shown)).payload["content"]


async def test_a_servers_command_is_hidden_in_direct_messages(scene: Scene) -> None:
    standin = scene.discord
    standin.commands.registered[None][0]["dm_permission"] = False
    with pytest.raises(LookupError, match="direct messages"):
        await standin.people.slash(scene.alice, standin.world.direct(scene.alice), "echo", text="x")


async def test_nobody_presses_what_they_do_not_see(scene: Scene) -> None:
    standin = scene.discord
    used = await standin.people.slash(scene.alice, scene.channel, "echo", text="x")
    panel = await standin.response(used)
    panel.only_for = scene.alice.id
    with pytest.raises(LookupError, match="does not see"):
        await standin.people.press(standin.world.add_user("bob"), panel, "Edit")
    with pytest.raises(LookupError, match="no button"):
        await standin.people.press(scene.alice, panel, "Nowhere")


async def test_an_expired_interaction_is_refused(scene: Scene) -> None:
    late = await scene.discord.people.slash(scene.alice, scene.channel, "echo", age=3.1, text="x")
    with pytest.raises(ApiError) as refused:
        await scene.discord.response(late)
    assert refused.value.code == 10062


async def test_a_message_whose_answer_was_lost_is_made_once_until_its_nonce_is_forgotten(
    scene: Scene,
) -> None:
    path = f"/channels/{scene.channel.id}/messages"
    channel = scene.bot.get_partial_messageable(int(scene.channel.id))
    scene.discord.rest.faults.fail("POST", path, 502, delivered=True)
    first = await channel.send("x", nonce=1)
    assert [c.status for c in scene.discord.rest.calls if c.path == path] == [502, 200]
    assert [int(i) for i in scene.discord.world.messages] == [first.id]
    scene.clock.advance(299)
    assert (await channel.send("x", nonce=1)).id == first.id
    assert (await channel.send("x", nonce=2)).id != first.id
    scene.clock.advance(1)
    assert (await channel.send("x", nonce=1)).id != first.id


async def test_only_the_commands_of_servers_that_it_is_in_are_its_to_set(scene: Scene) -> None:
    assert [guild.name async for guild in scene.bot.fetch_guilds()] == ["Home"]
    home, elsewhere = discord.Object(int(scene.server.id)), discord.Object(12345)
    scene.bot.tree.copy_global_to(guild=home)
    assert len(await scene.bot.tree.sync(guild=home)) == 3
    for call in (scene.bot.tree.sync, scene.bot.tree.fetch_commands):
        with pytest.raises(discord.Forbidden) as refused:
            await call(guild=elsewhere)
        assert refused.value.code == 50001


async def test_a_session_is_resumed_where_ready_says(scene: Scene) -> None:
    gateway = scene.discord.gateway
    gateway.resume_url = f"{scene.discord.gateway_url}/"
    await gateway.forget_sessions()
    await scene.discord.wait_ready(2)
    await gateway.drop()
    await scene.discord.wait_resumed()
    assert str(scene.bot.ws.gateway) == gateway.resume_url
