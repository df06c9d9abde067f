"""`python -m bot serve` as a process, against a Discord on loopback."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import discord
import pytest
import yarl

from tests.cli.support import Ended, environment, footnote
from tests.discord_standin import DiscordStandin, ManualClock

from .conftest import BASE, Place

ROOT = Path(__file__).parents[3]
QUESTION = "how many firefighters came?"


@asynccontextmanager
async def started(
    standin: DiscordStandin,
    data: Path,
    command: str = "serve",
    *,
    token: str | None = None,
    words: tuple[str, ...] = (),
    **settings: str,
) -> AsyncIterator[asyncio.subprocess.Process]:
    environ = {
        "PATH": os.environ.get("PATH", ""),
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
        "DISCORD_TOKEN": standin.token if token is None else token,
        "DISCORD_API_URL": standin.api_url,
        "DISCORD_GATEWAY_URL": standin.gateway_url,
        "FOOTNOTE_KNOWLEDGE": str(BASE),
        "FOOTNOTE_DATA": str(data),
        "FOOTNOTE_CACHE": str(data / "cache"),
        "FOOTNOTE_LOG": "warning",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *(words or (sys.executable, "-m", "bot", command)),
        cwd=ROOT,
        env=environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
async def test_it_connects_answers_and_ends_with_0_on_sigterm(
    standin: DiscordStandin, place: Place, tmp_path: Path
) -> None:
    async with started(standin, tmp_path) as process:
        await standin.wait_ready()
        await assert_answered(standin, place)
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in errors
    assert standin.token.encode() not in errors


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT])
async def test_ctrl_c_ends_a_stop_at_once_and_sigterm_once_more_does_not(
    standin: DiscordStandin, place: Place, tmp_path: Path, first: signal.Signals
) -> None:
    async with started(standin, tmp_path, FOOTNOTE_LOG="info") as process:
        await standin.wait_ready()
        standin.rest.faults.limit("POST", "/interactions/", 600)  # which a stop waits for a while
        await standin.people.slash(place.alice, place.channel, "ask", question=QUESTION)
        await standin.wait_call("POST", "/interactions/")
        process.send_signal(first)
        assert process.stderr is not None
        while b"stopping; Ctrl-C ends it at once" not in await process.stderr.readline():
            assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        answered = standin.world.direct(place.alice)
        late = await standin.people.say(place.alice, answered, QUESTION)
        assert "Sixty" in (await standin.reply(late)).payload["content"]
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
    assert process.returncode == -signal.SIGINT
    assert b"Traceback" not in errors  # discord.py may still tell of the limit


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
async def test_it_runs_also_where_its_standard_streams_were_closed(
    standin: DiscordStandin, place: Place, tmp_path: Path
) -> None:
    closed = ("/bin/sh", "-c", f"exec {sys.executable} -m bot serve <&- >&- 2>&-")
    async with started(standin, tmp_path, words=closed) as process:
        await standin.wait_ready()
        await assert_answered(standin, place)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
async def test_a_second_one_on_the_same_data_waits_until_the_first_has_ended(
    standin: DiscordStandin, place: Place, tmp_path: Path
) -> None:
    async with started(standin, tmp_path) as first:
        await standin.wait_ready()
        async with started(standin, tmp_path) as second, started(standin, tmp_path) as third:
            for one in (second, third):
                assert one.stderr is not None
                line = (await one.stderr.readline()).decode()
                assert f"another `serve` uses {tmp_path}; waiting for it to end" in line
            third.send_signal(signal.SIGTERM)
            assert await third.wait() == 0
            assert "Sixty" in await asked_once(standin, place)
            first.kill()
            await standin.wait_ready(2)
            assert "Sixty" in await asked_once(standin, place)


async def assert_answered(standin: DiscordStandin, place: Place) -> None:
    asked = await standin.people.say(place.alice, place.channel, f"{place.mention} {QUESTION}")
    reply = await standin.reply(asked)
    assert "Sixty firefighters came" in reply.payload["content"]


async def asked_once(standin: DiscordStandin, place: Place) -> str:
    """What the question gets, when it was seen that it gets no second reply."""
    direct = standin.world.direct(place.alice)
    asked = [await standin.people.say(place.alice, direct, QUESTION) for _ in range(2)]
    told = [(await standin.reply(one)).payload["content"] for one in asked]
    assert [len(standin.replies(one)) for one in asked] == [1, 1]
    return str(told[0])


README_LINES = re.findall(
    r"^DISCORD_TOKEN=your-token .*", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.mark.skipif(sys.platform == "win32", reason="the lines are for a shell")
async def test_the_readmes_two_lines_invite_it_and_start_it(
    standin: DiscordStandin, place: Place, tmp_path: Path, on_shipped: Mapping[str, str]
) -> None:
    invite, serve = (
        line.replace("your-token", standin.token).replace(".venv/bin/python", sys.executable)
        for line in README_LINES
    )
    cache = on_shipped["FOOTNOTE_CACHE"]
    own = {"FOOTNOTE_KNOWLEDGE": "", "FOOTNOTE_CACHE": cache, "DISCORD_TOKEN": ""}
    async with shell(standin, tmp_path, invite, **own) as process:
        output, _ = await process.communicate()
    assert f"client_id={standin.world.application_id}".encode() in output
    async with shell(standin, tmp_path, serve, **own) as process:
        await standin.wait_ready(patience=20)
        text = f"{place.mention} who took part in the talks?"
        asked = await standin.people.say(place.alice, place.channel, text)
        reply = await standin.reply(asked)
        process.terminate()
        await process.wait()
    assert "Taliban delegation" in reply.payload["content"]
    assert process.returncode == 0


def shell(
    standin: DiscordStandin, data: Path, line: str, **settings: str
) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """A line as it would be typed; the shell makes way for the program, for the signal's sake."""
    words = ("/bin/sh", "-c", f"exec env {line}")
    return started(standin, data, words=words, **settings)


@pytest.mark.parametrize("compression", ["zlib-stream", "zstd-stream"])
async def test_it_reads_both_of_discords_compressions_also_after_it_was_cut_off(
    standin: DiscordStandin, place: Place, tmp_path: Path, compression: str
) -> None:
    lacking: tuple[str, ...] = ()
    if compression == "zlib-stream":  # what discord.py falls back on
        lacking = ("zstandard", "compression.zstd")
    elif sys.version_info < (3, 14):
        pytest.importorskip("zstandard")
    program = (
        f"import runpy, sys; sys.modules.update(dict.fromkeys({lacking!r}));"
        "runpy.run_module('bot', run_name='__main__', alter_sys=True)"
    )
    async with started(standin, tmp_path, words=(sys.executable, "-c", program, "serve")):
        await standin.wait_ready()
        for resumed in (0, 1, 2):
            text = f"{place.mention} {QUESTION}"
            asked = await standin.people.say(place.alice, place.channel, text)
            reply = await standin.reply(asked)
            assert ("Sixty firefighters" in reply.payload["content"]) == (resumed == 0)
            standin.gateway.cut()
            await standin.wait_resumed(resumed + 1)
    assert standin.gateway.compressions == [compression] * 4


async def test_two_shards_by_config_answer_each_for_its_servers_and_nobody_twice(
    standin: DiscordStandin, place: Place, tmp_path: Path
) -> None:
    other = await on_the_other_shard(standin, place)
    async with started(standin, tmp_path, DISCORD_SHARDS="2"):
        await standin.wait_ready()
        first = next(
            one
            for one in (place, other)
            if shard_of(one.server.id) == standin.gateway.identifies[0]["shard"][0]
        )
        used = await standin.people.slash(first.owner, first.channel, "facts history")
        # It is in one server as far as it knows by now, which does not make that its home.
        assert "FOOTNOTE_HOME_SERVER" in (await standin.response(used)).payload["content"]
        await standin.wait_ready(2)
        asked = [
            await standin.people.say(one.alice, one.channel, f"{place.mention} {QUESTION}")
            for one in (place, other)
        ]
        asked.append(
            await standin.people.say(
                place.alice, standin.world.direct(place.alice), "what did the mayor say?"
            )
        )
        told = [(await standin.reply(message)).payload["content"] for message in asked]
        used = await standin.people.slash(other.alice, other.channel, "about")
        about = await standin.response(used)
        await standin.gateway.drop()
        await standin.wait_resumed(2)
        again = await standin.people.say(other.alice, other.channel, f"{place.mention} who denied?")
        told.append((await standin.reply(again)).payload["content"])
    assert sorted(data["shard"] for data in standin.gateway.identifies) == [[0, 2], [1, 2]]
    assert ["Sixty" in text for text in told] == [True, True, False, False]
    assert "a warning" in told[2]
    assert about.payload["content"].startswith("**the Port Ellery harbour fire**\n")
    assert "I read nothing that was not addressed to me." in about.payload["content"]
    assert [len(standin.replies(message)) for message in (*asked, again)] == [1] * 4


async def test_with_two_shards_it_logs_its_servers_when_both_are_connected(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    await standin.add_server("Ellery", standin.world.add_user("olga"))
    log = []
    async with started(standin, tmp_path, DISCORD_SHARDS="2", FOOTNOTE_LOG="info") as process:
        assert process.stderr is not None
        async with asyncio.timeout(30):
            async for line in process.stderr:
                log.append(line.decode())
                if "connected to Discord" in log[-1]:
                    break
    assert log[-1].endswith("; servers: 1\n")
    assert standin.gateway.ready == 2
    assert "invite it" not in "".join(log)


def shard_of(server: str) -> int:
    return (int(server) >> 22) % 2


async def on_the_other_shard(standin: DiscordStandin, place: Place) -> Place:
    """A further server, with an asker of its own, for which another connection is there."""
    clock = standin.world.clock
    assert isinstance(clock, ManualClock)
    while shard_of(standin.world.ids()) == shard_of(place.server.id):
        clock.advance(0.001)
    owner, asker = standin.world.add_user("oscar"), standin.world.add_user("anna")
    server, channel = await standin.add_server("Elsewhere", owner)
    server.members[asker.id] = set()
    return Place(standin, server, channel, owner, asker)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
async def test_what_was_asked_before_sigterm_is_still_answered(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    askers = [standin.world.add_user(f"asker{n}") for n in range(100)]
    async with started(standin, tmp_path) as process:
        await standin.wait_ready()
        asked = [
            await standin.people.say(asker, standin.world.direct(asker), QUESTION)
            for asker in askers
        ]
        await standin.reply(asked[0])
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert errors == b""
    assert [len(standin.replies(message)) for message in asked] == [1] * 100


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
async def test_it_ends_cleanly_on_sigterm_even_before_discord_answers(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    standin.rest.faults.fail("GET", "/users/@me", 404)
    async with started(standin, tmp_path) as process:
        await standin.wait_call("GET", "/users/@me")
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in errors


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
async def test_where_nothing_at_all_can_be_written_it_answers_from_the_folder_as_it_lies(
    standin: DiscordStandin, place: Place, tmp_path: Path
) -> None:
    full = ("/bin/sh", "-c", f"ulimit -f 0; exec {sys.executable} -m bot serve")
    home = str(place.server.id)  # it cannot be kept, either
    async with started(standin, tmp_path, words=full, FOOTNOTE_HOME_SERVER=home) as process:
        await standin.wait_ready(patience=60)  # it has to learn, and cannot keep it
        await assert_answered(standin, place)
        about = await standin.people.slash(place.alice, place.channel, "about")
        told = (await standin.response(about)).payload["content"]
        assert "from the folder as it lies, because there is no room" in told
        reload = await standin.people.slash(place.owner, place.channel, "facts reload")
        told = (await standin.response(reload)).payload["content"]
        assert told.startswith("There was no room to work in")
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in errors
    assert errors.count(b"not remembering") == 1


async def test_invite_prints_a_link_that_asks_for_what_the_readme_lists(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    async with started(standin, tmp_path, "invite") as process:
        output, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    link = yarl.URL(output.decode().strip())
    assert link.query["client_id"] == standin.world.application_id
    assert link.query["scope"].split() == ["bot", "applications.commands"]
    asked = discord.Permissions(int(link.query["permissions"]))
    assert {name for name, wanted in asked if wanted} == {
        "read_messages",  # as discord.py names View Channel
        "send_messages",
        "send_messages_in_threads",
        "read_message_history",
        "add_reactions",
    }
    assert standin.gateway.identifies == []


async def test_sync_registers_the_commands_each_time_it_is_called(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    for times in (1, 2):
        async with started(standin, tmp_path, "sync") as process:
            output, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
        assert output == b"5 commands are registered\n"
        assert sum(c.method == "PUT" for c in standin.rest.calls) == times
    names = {command["name"] for command in standin.commands.registered[None]}
    assert names == {"ask", "Ask about this", "browse", "about", "facts"}
    assert standin.gateway.identifies == []


async def test_sync_shows_the_moderators_commands_to_roles_where_there_are_any(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    shown = []
    for moderators, admins in (("", ""), ("123", ""), ("", "123")):
        async with started(
            standin,
            tmp_path,
            "sync",
            FOOTNOTE_MODERATOR_ROLES=moderators,
            FOOTNOTE_ADMIN_ROLES=admins,
        ) as process:
            _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
        [facts] = [c for c in standin.commands.registered[None] if c["name"] == "facts"]
        shown.append(facts["default_member_permissions"])
    assert shown == [discord.Permissions(manage_guild=True).value, None, None]


@pytest.mark.parametrize("test_server", ["", "12345"])
async def test_sync_that_discord_refuses_is_one_line_and_exit_code_2(
    standin: DiscordStandin, tmp_path: Path, test_server: str
) -> None:
    standin.rest.faults.fail("PUT", "/applications/", 403, 50001, "Missing Access")
    async with started(standin, tmp_path, "sync", DISCORD_TEST_SERVER=test_server) as process:
        _, errors = await process.communicate()
    assert process.returncode == 2
    [line] = errors.decode().splitlines()
    assert "Missing Access" in line
    assert ("DISCORD_TEST_SERVER" in line) == bool(test_server)


async def test_sync_takes_away_what_is_registered_twice(
    standin: DiscordStandin, place: Place, tmp_path: Path
) -> None:
    registered = standin.commands.registered
    async with started(standin, tmp_path, "sync") as process:
        await process.wait()
    registered[place.server.id] = list(registered[None])
    async with started(standin, tmp_path, "sync") as process:
        _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert (len(registered[None]), len(registered[place.server.id])) == (5, 0)


async def test_sync_whose_connection_breaks_is_one_line_and_exit_code_2(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    standin.rest.faults.cut("PUT", "/applications/")
    async with started(standin, tmp_path, "sync") as process:
        _, errors = await process.communicate()
    assert process.returncode == 2
    [line] = errors.decode().splitlines()
    assert line.startswith("Discord cannot be reached: ")


@pytest.mark.parametrize("command", ["serve", "invite", "sync"])
async def test_a_wrong_token_is_one_line_and_exit_code_2(
    standin: DiscordStandin, tmp_path: Path, command: str
) -> None:
    bad = "not-the-token"
    async with started(standin, tmp_path, command, token=bad) as process:
        output, errors = await process.communicate()
    assert process.returncode == 2
    assert output == b""
    [line] = errors.decode().splitlines()
    assert line.startswith("DISCORD_TOKEN: ")
    assert "Developer Portal" in line
    assert "not-the-token" not in line


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
async def test_a_vote_that_was_thanked_for_is_in_the_backup_and_outlives_kill_9(
    standin: DiscordStandin, place: Place, tmp_path: Path
) -> None:
    killed, restored = tmp_path / "killed", tmp_path / "restored"

    async def called(data: Path, *words: str) -> Ended:
        env = environment(FOOTNOTE_DATA=str(data))
        return await asyncio.to_thread(footnote, *words, env=env)

    async with started(standin, killed) as process:
        await standin.wait_ready()
        asked = await standin.people.say(place.alice, place.channel, f"{place.mention} {QUESTION}")
        reply = await standin.reply(asked)
        thanked = await standin.response(await standin.people.press(place.alice, reply, "Helpful"))
        assert "was helpful" in thanked.payload["content"]
        assert (await called(killed, "backup", str(tmp_path / "backup"))).code == 0
        assert "stop the bot" in (await called(killed, "restore", str(tmp_path / "backup"))).err
        process.kill()
        await process.wait()
    assert (await called(restored, "restore", str(tmp_path / "backup"))).code == 0
    for data in (killed, restored):
        (vote,) = (await called(data, "votes", "--json")).json_lines
        assert (vote["facts"], vote["helpful"]) == (["firefighters"], 1)
