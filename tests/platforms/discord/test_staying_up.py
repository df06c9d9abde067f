"""Staying up: dropped connections, limits, outages, wrong tokens, and commands sent only once."""

from __future__ import annotations

import asyncio
import gc
import json
import threading
import time
from bisect import bisect_right
from collections.abc import Awaitable, Callable
from pathlib import Path

import discord
import pytest
import yarl

from bot.app import build_answerer
from bot.dialogue.answerer import Answerer
from bot.dialogue.current import Current
from bot.errors import FootnoteError
from bot.facts.load import load_base
from bot.platforms.discord import Options, run, run_discord, sync
from bot.platforms.discord.client import HOPELESS
from bot.platforms.discord.session import Clock
from bot.platforms.discord.starts import CALM, DAY, FILE, SPREAD, Starts
from tests.discord_standin import DiscordStandin, ManualClock, Stored, serving

from .conftest import BASE, Heard, Place, Running

NOBODY_THERE = "ws://127.0.0.1:9"
QUESTION = "how many firefighters came?"
Drop = Callable[[DiscordStandin], Awaitable[None]]


async def ask(home: Place) -> Stored:
    return await home.discord.people.say(home.alice, home.channel, f"{home.mention} {QUESTION}")


async def closed(standin: DiscordStandin) -> None:
    await standin.gateway.drop(4000)


async def reconnect_asked(standin: DiscordStandin) -> None:
    await standin.gateway.say(7)


async def session_resumable(standin: DiscordStandin) -> None:
    await standin.gateway.say(9, True)


@pytest.mark.parametrize("drop", [closed, reconnect_asked, session_resumable])
async def test_what_was_asked_while_the_connection_was_down_is_answered_once(
    home: Place, drop: Drop
) -> None:
    before = await ask(home)
    await home.discord.reply(before)
    await drop(home.discord)
    during = await ask(home)
    await home.discord.wait_resumed()
    await home.discord.reply(during)
    after = await ask(home)
    await home.discord.reply(after)
    assert [len(home.discord.replies(m)) for m in (before, during, after)] == [1, 1, 1]
    assert len(home.discord.gateway.identifies) == 1


@pytest.mark.parametrize("shards", [None, 1])
async def test_a_session_is_resumed_at_the_gateway_that_is_set_and_not_where_discord_says(
    place: Place, running: Running, shards: int | None
) -> None:
    place.discord.gateway.resume_url = NOBODY_THERE
    async with running(place.discord, options=Options(shards=shards)):
        await place.discord.reply(await ask(place))
        await place.discord.gateway.drop()
        await place.discord.wait_resumed()
        await place.discord.reply(await ask(place))
    assert len(place.discord.gateway.identifies) == 1


async def test_where_nothing_connects_for_minutes_it_begins_anew_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(run, "FIRST_DELAY", 0.1)
    caplog.set_level("DEBUG", logger="bot")
    async with serving() as standin:
        gateway = yarl.URL(standin.gateway_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        standin.gateway.resume_url = NOBODY_THERE
        stop, clock = asyncio.Event(), ManualClock()
        with Heard("disconnected") as lost, Heard("next attempt in") as heard:
            task = asyncio.create_task(
                start(standin, standin.token, tmp_path, stop, clock=clock, its_gateway=False)
            )
            await standin.wait_ready()
            for times in (2, 3):
                await standin.gateway.drop()
                await lost.line()
                clock.advance(HOPELESS)
                await standin.wait_ready(times)
                assert "no attempt came to a connection in 300 s" in await heard.line()
        stop.set()
        await task
    assert standin.gateway.resumes == []


async def test_attempts_that_fail_for_a_short_time_are_left_to_discord_py(
    home: Place, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    for times in (1, 2):
        home.discord.gateway.refusing = 1
        with Heard("disconnected") as lost:
            home.discord.gateway.cut()
            await lost.line()
        clock.advance(HOPELESS - 1)
        await home.discord.wait_resumed(times)
        await home.discord.reply(await ask(home))
    assert len(home.discord.gateway.identifies) == 1


async def test_a_lost_connection_is_one_line_in_the_log_and_made_again(
    home: Place, caplog: pytest.LogCaptureFixture
) -> None:
    home.discord.gateway.refusing = 1
    home.discord.gateway.cut()
    await home.discord.wait_resumed()
    await home.discord.reply(await ask(home))
    [line] = [record for record in caplog.records if record.name.startswith("discord")]
    assert line.getMessage().startswith("Attempting a reconnect in ")
    assert "WSServerHandshakeError(" in line.getMessage()
    assert (line.levelname, line.exc_info) == ("WARNING", None)


async def test_a_message_that_is_delivered_twice_is_answered_once(home: Place) -> None:
    message = await ask(home)
    await home.discord.gateway.message("MESSAGE_CREATE", message)
    later = await ask(home)
    await home.discord.reply(later)
    assert len(home.discord.replies(message)) == 1


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_limit_is_waited_out_and_the_answer_is_not_lost(
    home: Place, everywhere: bool
) -> None:
    path = f"/channels/{home.channel.id}/messages"
    home.discord.rest.faults.limit("POST", path, 0.1, everywhere=everywhere)
    message = await ask(home)
    await home.discord.reply(message)
    calls = [c for c in home.discord.rest.calls if c.method == "POST" and c.path == path]
    assert [c.status for c in calls] == [429, 200]
    assert calls[1].arrived - calls[0].arrived >= 0.1


@pytest.mark.parametrize("delivered", [False, True])
async def test_a_failing_server_is_asked_again_and_the_answer_is_there_once(
    home: Place, delivered: bool
) -> None:
    home.discord.rest.faults.fail("POST", "/channels/", 502, delivered=delivered)
    message = await ask(home)
    await home.discord.wait_call("POST", "/messages", 2)
    assert len(home.discord.replies(message)) == 1


async def test_an_error_in_a_command_is_told_privately_in_a_sentence(home: Place) -> None:
    home.discord.rest.faults.fail("POST", "/interactions/", 400, 50035, "Invalid Form Body")
    used = await home.discord.people.slash(home.alice, home.channel, "ask", question=QUESTION)
    said = await home.discord.response(used)
    assert "Something went wrong on my side" in said.payload["content"]
    assert said.only_for == home.alice.id


async def test_commands_are_sent_once_and_again_only_when_they_changed(
    place: Place, running: Running, facts: Path
) -> None:
    def sent() -> int:
        return sum(c.method == "PUT" for c in place.discord.rest.calls)

    async with running(place.discord):
        assert sent() == 1
    async with running(place.discord):
        assert sent() == 1
    file = facts / "base.yaml"
    file.write_text(file.read_text().replace("title: the Port", "title: the great Port"))
    async with running(place.discord):
        assert sent() == 2
    [ask] = [c for c in place.discord.commands.registered[None] if c["name"] == "ask"]
    assert ask["description"] == "Ask about the great Port Ellery harbour fire"


async def test_a_test_server_gets_the_commands_alone_and_gives_them_back(
    place: Place, running: Running
) -> None:
    registered = place.discord.commands.registered
    test_server = Options(test_server=int(place.server.id))
    async with running(place.discord):
        pass
    assert len(registered[None]) == 5
    async with running(place.discord, options=test_server):
        used = await place.discord.people.slash(
            place.alice, place.channel, "ask", question=QUESTION
        )
        assert "Sixty" in (await place.discord.response(used)).payload["content"]
    assert (len(registered[None]), len(registered[place.server.id])) == (0, 5)
    async with running(place.discord):
        pass
    assert (len(registered[None]), len(registered[place.server.id])) == (5, 0)


async def test_commands_stay_where_they_are_until_those_of_the_new_place_are_accepted(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(place.discord):
        pass
    async with running(place.discord, options=Options(test_server=12345)):
        await place.discord.reply(await ask(place))
    assert len(place.discord.commands.registered[None]) == 5
    [line] = [r.getMessage() for r in caplog.records if "the commands" in r.getMessage()]
    assert line.startswith("Discord refused the commands: ")
    assert line.endswith("Missing Access; they are as before")


async def test_a_test_server_that_was_left_keeps_no_commands_from_being_registered(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    left, _ = await place.discord.add_server("Left", place.owner)
    async with running(place.discord, options=Options(test_server=int(left.id))):
        pass
    await place.discord.remove_server(left)
    for _ in range(2):
        async with running(place.discord):
            pass
    assert len(place.discord.commands.registered[None]) == 5
    [line] = [r.getMessage() for r in caplog.records if "the commands" in r.getMessage()]
    assert line.startswith(f"could not take the commands out of the server {left.id}: ")


async def test_another_test_server_takes_the_commands_from_the_one_before(
    place: Place, running: Running
) -> None:
    other, _ = await place.discord.add_server("Other", place.owner)
    for server in (place.server, other):
        async with running(place.discord, options=Options(test_server=int(server.id))):
            pass
    registered = place.discord.commands.registered
    assert (len(registered[place.server.id]), len(registered[other.id])) == (0, 5)
    assert not registered.get(None)


@pytest.mark.parametrize("then", ["everywhere", "here", "there"])
async def test_where_nothing_is_noted_any_more_it_looks_where_commands_are_left(
    place: Place, running: Running, tmp_path: Path, then: str
) -> None:
    other, _ = await place.discord.add_server("Other", place.owner)
    servers = {"everywhere": None, "here": place.server.id, "there": other.id}
    before = None if then == "here" else int(place.server.id)
    async with running(place.discord, options=Options(test_server=before)):
        pass
    (tmp_path / "data" / "discord-commands.json").unlink()
    now = servers[then]
    async with running(place.discord, options=Options(test_server=int(now) if now else None)):
        pass
    registered = place.discord.commands.registered
    assert [where for where, commands in registered.items() if commands] == [now]


async def test_it_looks_for_commands_in_a_few_servers_alone(place: Place, running: Running) -> None:
    for n in range(sync.FEW):
        await place.discord.add_server(f"Server {n}", place.owner)
    async with running(place.discord):
        pass
    paths = [c.path for c in place.discord.rest.calls if c.method == "GET"]
    assert [path for path in paths if "/guilds/" in path] == []


async def test_what_discord_could_not_take_away_is_taken_away_at_the_next_start(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    server = place.server.id
    async with running(place.discord, options=Options(test_server=int(server))):
        pass
    path = f"/applications/{place.discord.world.application_id}/guilds/"
    place.discord.rest.faults.fail("PUT", path, 400, 50035, "Invalid Form Body")
    registered = place.discord.commands.registered
    async with running(place.discord):
        pass
    assert (len(registered[None]), len(registered[server])) == (5, 5)
    [line] = [r.getMessage() for r in caplog.records if "elsewhere" in r.getMessage()]
    assert "50035" in line
    async with running(place.discord):
        pass
    assert (len(registered[None]), len(registered[server])) == (5, 0)


async def test_commands_that_discord_refuses_do_not_keep_it_from_answering(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    place.discord.rest.faults.fail("PUT", "/applications/", 403, 50001, "Missing Access")
    async with running(place.discord):
        await place.discord.reply(await ask(place))
    [line] = [r.getMessage() for r in caplog.records if "refused the commands" in r.getMessage()]
    assert "Missing Access" in line


@pytest.mark.parametrize(
    "shards",
    # discord.py lets five seconds pass before each further shard.
    [1, pytest.param(2, marks=pytest.mark.slow)],
)
async def test_shards_answer_like_one_connection(
    place: Place, running: Running, shards: int
) -> None:
    place.discord.rest.shards = shards
    async with running(place.discord, options=Options(shards=shards)):
        await place.discord.wait_ready(shards)
        await place.discord.reply(await ask(place))
        direct = place.discord.world.direct(place.alice)
        message = await place.discord.people.say(place.alice, direct, QUESTION)
        await place.discord.reply(message)
    identified = sorted(i["shard"] for i in place.discord.gateway.identifies)
    assert identified == [[n, shards] for n in range(shards)]


async def test_in_no_server_yet_it_logs_the_link_that_invites_it(
    standin: DiscordStandin, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="bot"):
        async with running(standin) as task:
            direct = standin.world.direct(standin.world.add_user("alice"))
            assert direct.recipient is not None
            message = await standin.people.say(direct.recipient, direct, QUESTION)
            await standin.reply(message)
            assert not task.done()
    assert f"client_id={standin.world.application_id}" in caplog.text


async def test_thrown_out_of_its_last_server_it_logs_the_link_that_invites_it(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    other, _ = await place.discord.add_server("Other", place.owner)
    out_of_order = {"id": place.server.id, "unavailable": True}
    caplog.set_level("INFO", logger="bot")
    with Heard("no longer in the server") as left, Heard("invite it") as invited:
        async with running(place.discord):
            await place.discord.remove_server(other)
            await left.line()
            await place.discord.gateway.dispatch("GUILD_DELETE", out_of_order, place.server.id)
            await place.discord.reply(await ask(place))
            assert "invite it" not in caplog.text
            await place.discord.remove_server(place.server)
            assert await left.line() == f"no longer in the server {place.server.id}"
            assert f"client_id={place.discord.world.application_id}" in await invited.line()


async def test_no_privileged_intent_is_asked_for(home: Place) -> None:
    assert [i["intents"] for i in home.discord.gateway.identifies] == [1 | 1 << 9 | 1 << 12]


@pytest.mark.parametrize("shards", [1, 3])
@pytest.mark.parametrize(
    ("earlier", "seconds"), [(0, 0.0), (9, 0.0), (10, 1.0), (13, 8.0), (200, 300.0)]
)
def test_the_more_sessions_it_begins_in_an_hour_the_longer_it_waits(
    tmp_path: Path, earlier: int, seconds: float, shards: int
) -> None:
    clock = ManualClock(0.0)
    starts = Starts(tmp_path, clock, shards)
    for _ in range(min(earlier * shards, CALM - shards)):
        starts.note()
    again = Starts(tmp_path, clock, shards)  # another process
    assert again.pause() == seconds
    clock.advance(0.5)
    assert again.pause() == max(0.0, seconds - 0.5)
    clock.advance(3_600.0)
    assert again.pause() == 0.0


@pytest.mark.parametrize(("shards", "at_once"), [(1, 1), (16, 16), (16, 1)])
def test_in_no_day_it_begins_many_more_sessions_than_half_of_what_discord_allows(
    tmp_path: Path, shards: int, at_once: int
) -> None:
    clock = ManualClock(0.0)
    begun: list[float] = []
    while clock.now < 2 * DAY:
        starts = Starts(tmp_path, clock, shards)
        clock.advance(starts.pause() + 2.0)  # it dies two seconds after each start
        for _ in range(at_once):
            starts.note()
            begun.append(clock.now)
    busiest = max(n - bisect_right(begun, one - DAY) for n, one in enumerate(begun, start=1))
    assert 250 < busiest <= CALM + SPREAD + shards


def test_a_crash_loop_of_an_hour_is_waited_out_and_its_file_stays_small(tmp_path: Path) -> None:
    earlier = [1_000.0 + n / 10 for n in range(5_000)]
    (tmp_path / FILE).write_text(json.dumps(earlier), encoding="utf-8")
    starts = Starts(tmp_path, ManualClock(1_500.0))
    assert starts.pause() > 299.0
    starts.note()
    kept = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert len(kept) == 1_000
    assert kept[-1] == 1_500.0


def test_where_nothing_can_be_kept_a_process_counts_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    starts = Starts(tmp_path / "file", ManualClock(0.0))
    for _ in range(11):
        starts.note()
    assert starts.pause() == 2.0


def begun_often(data: Path, clock: Clock) -> None:
    starts = Starts(data, clock)
    for _ in range(30):
        starts.note()


async def test_a_crash_loop_is_told_and_can_be_stopped_while_it_waits(tmp_path: Path) -> None:
    begun_often(tmp_path, time.time)
    async with serving() as standin:
        stop = asyncio.Event()
        with Heard("connected anew too often") as heard:
            task = asyncio.create_task(start(standin, standin.token, tmp_path, stop))
            await heard.line()
        stop.set()
        async with asyncio.timeout(5):
            await task
    assert standin.rest.calls == []


@pytest.mark.parametrize("shards", [None, 1])
async def test_where_one_session_after_the_other_is_lost_the_next_one_waits(
    tmp_path: Path, shards: int | None
) -> None:
    wall_clock = ManualClock(0.0)
    begun_often(tmp_path, wall_clock)
    wall_clock.advance(300.0)  # so that the first one need not wait
    async with serving() as standin:
        stop = asyncio.Event()
        with Heard("next attempt in") as heard:
            options = Options(shards=shards)
            running = start(
                standin, standin.token, tmp_path, stop, options=options, wall_clock=wall_clock
            )
            task = asyncio.create_task(running)
            await standin.wait_ready()
            await standin.gateway.forget_sessions()
            line = await heard.line()
        stop.set()
        async with asyncio.timeout(5):
            await task
    assert line.endswith("(one session after the other was lost); next attempt in 300 s")
    assert len(standin.gateway.identifies) == 1
    kept = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert kept == [0.0] * 30 + [300.0]
    for beating in threading.enumerate():
        if isinstance(beating, discord.gateway.KeepAliveHandler):
            beating.join(5)
            assert not beating.is_alive()
    gc.collect()  # a connection that was not closed is told of now, and here


async def start(
    standin: DiscordStandin,
    token: str,
    data: Path,
    stop: asyncio.Event,
    *,
    current: Current | None = None,
    clock: Clock = time.monotonic,
    options: Options | None = None,
    its_gateway: bool = True,
    wall_clock: Clock = time.time,
) -> None:
    await run_discord(
        current=current or Current(build_answerer(load_base(BASE))),
        token=token,
        stop=stop,
        data=data,
        api_url=standin.api_url,
        gateway_url=standin.gateway_url if its_gateway else None,
        clock=clock,
        wall_clock=wall_clock,
        options=options,
    )


async def test_a_wrong_token_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    async with serving() as standin:
        with pytest.raises(FootnoteError) as refused:
            await start(standin, "wrong", tmp_path, asyncio.Event())
    assert len(refused.value.lines) == 1
    assert refused.value.lines[0].startswith("DISCORD_TOKEN: ")
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (4010, "DISCORD_SHARDS: Discord takes no such connection"),
        (4011, "DISCORD_SHARDS: the bot is in too many servers for so few connections"),
        (4012, "DISCORD_GATEWAY_URL: the gateway there does not speak this version"),
        (4013, "DISCORD_GATEWAY_URL: the gateway there does not know what the bot wants"),
        (4014, "DISCORD_GATEWAY_URL: the gateway there holds what the bot wants"),
    ],
)
async def test_what_discord_refuses_for_good_is_one_line_that_says_what_to_do(
    tmp_path: Path, code: int, told: str
) -> None:
    async with serving() as standin:
        standin.gateway.identify_refusal = code
        with pytest.raises(FootnoteError) as refused:
            async with asyncio.timeout(10):
                await start(standin, standin.token, tmp_path, asyncio.Event())
    [line] = refused.value.lines
    assert line.startswith(told)


async def test_one_shard_that_is_refused_for_good_ends_it_though_the_others_are_connected(
    tmp_path: Path,
) -> None:
    async with serving() as standin:
        standin.gateway.identify_refusal, standin.gateway.refused_shard = 4011, 1
        with pytest.raises(FootnoteError) as refused:
            async with asyncio.timeout(30):
                await start(
                    standin, standin.token, tmp_path, asyncio.Event(), options=Options(shards=2)
                )
    assert "too many servers for so few connections" in refused.value.lines[0]


async def test_an_outage_at_the_start_is_waited_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving() as standin:
        standin.rest.faults.fail("GET", "/users/@me", 404)
        stop = asyncio.Event()
        task = asyncio.create_task(start(standin, standin.token, tmp_path, stop))
        await standin.wait_ready()
        stop.set()
        await task
    assert "next attempt in" in caplog.text


@pytest.mark.parametrize("failing", ["refusing", "hanging_up"])
async def test_a_first_connection_that_fails_is_made_again_like_any_other(
    tmp_path: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FIRST_DELAY", 0.1)
    async with serving() as standin:
        setattr(standin.gateway, failing, 1)
        stop = asyncio.Event()
        with Heard("next attempt in") as heard:
            task = asyncio.create_task(start(standin, standin.token, tmp_path, stop))
            first = await heard.line()
            await standin.wait_ready()
            setattr(standin.gateway, failing, 1)
            await standin.gateway.drop(4012)  # after which discord.py does not connect again
            assert "closed with code 4012" in await heard.line()
            again = await heard.line()
            await standin.wait_ready(2)
        stop.set()
        await task
    for line in (first, again):
        assert ("WSServerHandshakeError: 503" in line) == (failing == "refusing")
        assert "AttributeError" not in line


async def test_the_wait_grows_with_each_attempt_and_is_short_again_after_a_long_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "FIRST_DELAY", 0.6)
    async with serving() as standin:
        for _ in range(2):
            standin.rest.faults.fail("GET", "/users/@me", 404)
        stop, clock = asyncio.Event(), ManualClock()
        with Heard("next attempt in") as heard:
            task = asyncio.create_task(start(standin, standin.token, tmp_path, stop, clock=clock))
            assert (await heard.line()).endswith("next attempt in 0.6 s")
            assert (await heard.line()).endswith("next attempt in 1.2 s")
            await standin.wait_ready()
            clock.advance(run.LONGEST_DELAY)
            await standin.gateway.drop(4012)  # after which discord.py does not connect again
            assert (await heard.line()).endswith("next attempt in 0.6 s")
        stop.set()
        await task


class Untitled(Answerer):
    """An engine with a fault in what the commands are named after."""

    @property
    def title(self) -> str:
        raise RuntimeError("no title")


async def test_a_task_that_ends_by_a_fault_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sound = build_answerer(load_base(BASE))
    untitled = Untitled(
        sound.base, sound.matcher.lexicon.language, sound.texts, sound.matcher.learnt
    )
    async with serving() as standin:
        stop, current = asyncio.Event(), Current(sound)
        with Heard("ended by itself") as heard:
            task = asyncio.create_task(
                start(standin, standin.token, tmp_path, stop, current=current)
            )
            await standin.wait_ready()
            current.swap(untitled)
            assert "commands" in await heard.line()
        stop.set()
        await task
    assert "RuntimeError: no title" in caplog.text


async def test_it_stops_at_once_while_it_waits_for_discord_to_come_back(tmp_path: Path) -> None:
    async with serving() as standin:
        standin.rest.faults.fail("GET", "/users/@me", 404)
        stop = asyncio.Event()
        task = asyncio.create_task(start(standin, standin.token, tmp_path, stop))
        await standin.wait_call("GET", "/users/@me")
        stop.set()
        async with asyncio.timeout(5):
            await task
    assert standin.gateway.ready == 0
