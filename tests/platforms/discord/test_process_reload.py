"""`python -m bot serve` as a process: SIGHUP and --watch, and what it does with broken facts."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.cli.support import edit, environment
from tests.discord_standin import DiscordStandin, Stored

from .conftest import Place

ROOT = Path(__file__).parents[3]
QUESTION = "how many firefighters came?"
PATIENCE = 60  # seconds until a process is given up

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")


@asynccontextmanager
async def started(
    standin: DiscordStandin, folder: Path, data: Path, *words: str, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    environ = environment(
        DISCORD_TOKEN=standin.token,
        DISCORD_API_URL=standin.api_url,
        DISCORD_GATEWAY_URL=standin.gateway_url,
        DISCORD_PERSON_RATE="0/1",
        FOOTNOTE_KNOWLEDGE=str(folder),
        FOOTNOTE_DATA=str(data),
        FOOTNOTE_LOG="info",
        **settings,
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve", *words),
        cwd=ROOT,
        env=environ,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def logged(process: asyncio.subprocess.Process, text: str) -> str:
    """The first line of the log, from here on, that holds this text."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while line := (await process.stderr.readline()).decode():
            if text in line:
                return line
    raise AssertionError(f"it ended without a word of {text!r}")


async def answer(place: Place) -> str:
    channel = place.discord.world.direct(place.alice)
    asked: Stored = await place.discord.people.say(place.alice, channel, QUESTION)
    return str((await place.discord.reply(asked)).payload["content"])


@pytest.mark.parametrize("words", [(), ("--watch",)])
async def test_it_reads_the_facts_anew_on_sighup_or_when_they_change(
    standin: DiscordStandin, place: Place, facts: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    async with started(standin, facts, tmp_path / "data", *words) as process:
        assert "from the folder" in await logged(process, "serving 4 facts")
        await standin.wait_for(lambda: standin.gateway.ready or None, "READY", patience=PATIENCE)
        assert "Sixty" in await answer(place)
        edit(facts, "Sixty firefighters", "Ninety firefighters")
        if not words:
            process.send_signal(signal.SIGHUP)
        await logged(process, "using version 2")
        assert "Ninety" in await answer(place)
        edit(facts, "answer: Ninety", "anwser: Ninety")
        if not words:
            process.send_signal(signal.SIGHUP)
        assert "anwser" in await logged(process, "base.yaml:")
        assert "Ninety" in await answer(place)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert process.stderr is not None
            await process.stderr.read()
            assert await process.wait() == 0


async def test_a_sighup_while_it_starts_is_heeded_when_it_has_started(
    standin: DiscordStandin, place: Place, facts: Path, tmp_path: Path
) -> None:
    cache = {"FOOTNOTE_CACHE": str(tmp_path / "cache")}  # empty: it has to learn first
    async with started(standin, facts, tmp_path / "data", **cache) as process:
        await logged(process, "reading and learning the facts")
        edit(facts, "Sixty firefighters", "Ninety firefighters")
        process.send_signal(signal.SIGHUP)
        await logged(process, "using version 2")
        await standin.wait_for(lambda: standin.gateway.ready or None, "READY", patience=PATIENCE)
        assert "Ninety" in await answer(place)


async def test_broken_facts_at_the_first_start_are_their_mistakes_and_exit_code_2(
    standin: DiscordStandin, facts: Path, tmp_path: Path
) -> None:
    edit(facts, "answer: Sixty", "anwser: Sixty")
    async with started(standin, facts, tmp_path / "data") as process:
        async with asyncio.timeout(PATIENCE):
            _, errors = await process.communicate()
    assert process.returncode == 2
    lines = errors.decode().splitlines()
    assert any(line.startswith("base.yaml:") and "anwser" in line for line in lines)
    assert "Traceback" not in errors.decode()
    assert standin.gateway.identifies == []
