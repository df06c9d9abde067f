"""Staying up: dropped connections, limits, outages, wrong tokens, and commands sent only once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.app import build_answerer
from bot.errors import FootnoteError
from bot.facts.load import load_base
from bot.platforms.discord import run_discord
from tests.discord_standin import DiscordStandin, Stored, serving

from .conftest import BASE, Place, Running

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


async def test_a_failing_server_is_asked_again(home: Place) -> None:
    home.discord.rest.faults.fail("POST", "/channels/", 502)
    message = await ask(home)
    await home.discord.reply(message)
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


async def test_no_privileged_intent_is_asked_for(home: Place) -> None:
    assert [i["intents"] for i in home.discord.gateway.identifies] == [1 | 1 << 9 | 1 << 12]


async def start(standin: DiscordStandin, token: str, data: Path, stop: asyncio.Event) -> None:
    answerer = build_answerer(load_base(BASE))
    await run_discord(
        answerer=answerer,
        reload=lambda: answerer,
        token=token,
        stop=stop,
        data=data,
        api_url=standin.api_url,
        gateway_url=standin.gateway_url,
    )


async def test_a_wrong_token_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    async with serving() as standin:
        with pytest.raises(FootnoteError) as refused:
            await start(standin, "wrong", tmp_path, asyncio.Event())
    assert len(refused.value.lines) == 1
    assert refused.value.lines[0].startswith("DISCORD_TOKEN: ")
    assert refused.value.exit_code == 2


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
