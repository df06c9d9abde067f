"""`python -m bot serve` as a process, against a Discord on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import pytest
import yarl

from tests.discord_standin import DiscordStandin

from .conftest import BASE, Place

ROOT = Path(__file__).parents[3]
QUESTION = "how many firefighters came?"


@asynccontextmanager
async def started(
    standin: DiscordStandin, data: Path, command: str = "serve", *, token: str | None = None
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
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        command,
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
        asked = await standin.people.say(place.alice, place.channel, f"{place.mention} {QUESTION}")
        reply = await standin.reply(asked)
        assert "Sixty firefighters came" in reply.payload["content"]
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in errors
    assert standin.token.encode() not in errors


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


async def test_sync_that_discord_refuses_is_one_line_and_exit_code_2(
    standin: DiscordStandin, tmp_path: Path
) -> None:
    standin.rest.faults.fail("PUT", "/applications/", 403, 50001, "Missing Access")
    async with started(standin, tmp_path, "sync") as process:
        _, errors = await process.communicate()
    assert process.returncode == 2
    [line] = errors.decode().splitlines()
    assert "Missing Access" in line


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
