"""Notices to the moderators: the first trouble is told, and the next not for hours."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import build_answerer
from bot.dialogue.current import Current
from bot.facts.load import load_base
from bot.platforms.discord import Options
from bot.platforms.discord.client import make_client
from bot.platforms.discord.courtesy import Courtesy
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.notices import FIRST_PAUSE, Notices
from bot.platforms.discord.run import point_to
from bot.platforms.discord.session import Clock
from bot.platforms.discord.starts import Starts
from tests.discord_standin import Channel, DiscordStandin, ManualClock

from .conftest import BASE, Heard, Place

HOURS = 3600.0
SOON = 0.001  # seconds
WORDS = ("a full disk", "a slow disk", "a lost disk")


@asynccontextmanager
async def watched(
    standin: DiscordStandin,
    office: Channel,
    data: Path,
    clock: Clock,
    *,
    pause: float = FIRST_PAUSE,
    notices: Notices | None = None,
) -> AsyncIterator[Notices]:
    """Notices that are told in `office` by a client which is connected until the block ends."""
    options = Options(moderators=int(office.id))
    answerer = build_answerer(load_base(BASE))
    desk = Desk(Current(answerer), clock, Courtesy(clock))
    notices = notices or Notices(desk, options, pause=pause)
    point_to(standin.api_url, standin.gateway_url)
    async with make_client(desk, options, data, Starts(data, time.time)) as client:
        running = asyncio.create_task(client.start(standin.token))
        watching = asyncio.create_task(notices.watch(client))
        await standin.wait_ready()
        await client.wait_until_ready()
        yield notices
        watching.cancel()
        await client.close()
        await asyncio.wait((running, watching))


def told(place: Place, office: Channel) -> list[str]:
    """Which troubles somebody tried to tell in the office, by their words."""
    posts = [c for c in place.discord.rest.calls if f"/channels/{office.id}/" in c.path]
    return [word for c in posts for word in WORDS if word in c.body["content"]]


async def test_of_many_troubles_one_is_told_in_six_hours(
    place: Place, clock: ManualClock, tmp_path: Path
) -> None:
    standin = place.discord
    office = standin.world.add_channel(place.server, "office")
    async with watched(standin, office, tmp_path, clock) as notices:
        for word, passed in zip(WORDS, (0.0, 6 * HOURS - 1, 1.0), strict=True):
            clock.advance(passed)
            notices.trouble(word)
            # What the bot hears after that, it answers after it has seen to the trouble.
            asked = await standin.people.say(place.alice, place.channel, f"{place.mention} hello")
            await standin.reply(asked)
        await standin.wait_for(lambda: WORDS[2] in told(place, office) or None, "the last notice")
    assert told(place, office) == [WORDS[0], WORDS[2]]


async def test_a_trouble_soon_after_the_last_notice_is_told_when_the_next_one_is_due(
    place: Place, clock: ManualClock, tmp_path: Path
) -> None:
    standin = place.discord
    office = standin.world.add_channel(place.server, "office")
    async with watched(standin, office, tmp_path, clock) as notices:
        for word, passed in zip(WORDS, (0.0, 6 * HOURS - SOON), strict=False):
            clock.advance(passed)
            notices.trouble(word)
            asked = await standin.people.say(place.alice, place.channel, f"{place.mention} hello")
            await standin.reply(asked)
        assert told(place, office) == [WORDS[0]]
        clock.advance(1.0)
        await standin.wait_for(lambda: told(place, office)[1:] or None, "the second notice")
    assert told(place, office) == [WORDS[0], WORDS[1]]


@pytest.mark.parametrize("lost", [True, False])
async def test_what_could_not_be_told_does_not_keep_the_next_trouble_from_being_told(
    place: Place, clock: ManualClock, tmp_path: Path, lost: bool
) -> None:
    standin = place.discord
    office = standin.world.add_channel(place.server, "office")
    if lost:
        standin.rest.faults.cut("POST", f"/channels/{office.id}")
    else:
        standin.rest.faults.fail("POST", f"/channels/{office.id}", 403, 50001, "Missing Access")
    async with watched(standin, office, tmp_path, clock) as notices:
        with Heard("could not tell the moderators") as heard:
            notices.trouble(WORDS[0])
            line = await heard.line()
        standin.rest.faults.waiting.clear()
        notices.trouble(WORDS[1])
        await standin.wait_for(lambda: WORDS[1] in told(place, office) or None, "the next notice")
    assert ("set DISCORD_MODERATORS" in line) is not lost


async def test_a_notice_that_failed_is_told_again_though_no_other_trouble_comes(
    place: Place, clock: ManualClock, tmp_path: Path
) -> None:
    standin = place.discord
    office = standin.world.add_channel(place.server, "office")
    for _ in range(2):
        standin.rest.faults.fail("POST", f"/channels/{office.id}", 403, 50001, "Missing Access")
    async with watched(standin, office, tmp_path, clock, pause=SOON) as notices:
        notices.trouble(WORDS[0])
        await standin.wait_for(lambda: told(place, office)[2:] or None, "the third attempt")
        asked = await standin.people.say(place.alice, place.channel, f"{place.mention} hello")
        await standin.reply(asked)
    assert told(place, office) == [WORDS[0]] * 3


async def test_a_notice_that_failed_is_told_by_the_next_connection(
    place: Place, clock: ManualClock, tmp_path: Path
) -> None:
    standin = place.discord
    office = standin.world.add_channel(place.server, "office")
    standin.rest.faults.fail("POST", f"/channels/{office.id}", 403, 50001, "Missing Access")
    async with watched(standin, office, tmp_path, clock) as notices:
        with Heard("could not tell the moderators") as heard:
            notices.trouble(WORDS[0])
            await heard.line()
    async with watched(standin, office, tmp_path, clock, notices=notices):
        await standin.wait_for(lambda: told(place, office)[1:] or None, "the second attempt")
    assert told(place, office) == [WORDS[0]] * 2
