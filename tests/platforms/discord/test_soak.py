"""`benchmarks/soak.py`: the bot asked through every trouble, and the count of what goes wrong."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import pytest

from benchmarks.soak import MORE_FILES, MORE_MB, Figures, measure
from benchmarks.soak_crowd import Ledger
from tests.discord_standin import DiscordStandin, Stored
from tests.discord_standin.rest import Call

from .conftest import Place

SOUND = Figures(
    minutes=1.0,
    questions=600,
    lost=0,
    doubled=0,
    rss_first_mb=100.0,
    rss_last_mb=101.0,
    fds_first=30,
    fds_last=31,
    disconnects=4,
    identified_anew=1,
    reloads=1,
    refused=1,
    late_heartbeats=0,
    errors=0,
)


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")
async def test_nothing_is_lost_or_doubled_and_nothing_grows_through_every_trouble() -> None:
    figures = await measure(minutes=0.1, people=10)

    assert figures.failures == []
    assert figures.questions > 100
    assert (figures.disconnects, figures.identified_anew) == (8, 2)
    assert (figures.reloads, figures.refused) == (2, 2)


def reply(standin: DiscordStandin, message: Stored, status: int = 200) -> None:
    """A request of the bot that answers a message."""
    body = {"content": "so", "message_reference": {"message_id": message.payload["id"]}}
    path = f"/channels/{message.channel}/messages"
    standin.rest.calls.append(Call("POST", path, body, {}, {}, status, time.perf_counter()))


async def test_each_question_counts_as_answered_once_lost_or_doubled(
    standin: DiscordStandin, place: Place
) -> None:
    ledger = Ledger(standin)
    once, twice, never, refused = [
        await standin.people.say(place.alice, place.channel, text) for text in "abcd"
    ]
    for message in (once, twice, never, refused):
        ledger.kinds[message.payload["id"]] = "talk"
    reply(standin, once)
    reply(standin, twice)
    assert ledger.is_answered(twice)
    reply(standin, twice)
    reply(standin, refused, status=403)
    ledger.look()

    assert (ledger.asked(), ledger.lost(), ledger.doubled()) == (4, 2, 1)
    assert (ledger.asked("talk"), ledger.lost("talk"), ledger.doubled("talk")) == (4, 2, 1)
    assert ledger.lost("typos") == 0


async def test_what_the_bot_says_unasked_counts_as_doubled(
    standin: DiscordStandin, place: Place
) -> None:
    ledger = Ledger(standin)
    reply(standin, await standin.people.say(place.alice, place.channel, "hello all"))
    ledger.look()

    assert (ledger.asked(), ledger.doubled()) == (0, 1)


@pytest.mark.parametrize(
    "bad",
    [
        replace(SOUND, lost=1),
        replace(SOUND, doubled=1),
        replace(SOUND, errors=1),
        replace(SOUND, rss_last_mb=100.1 + MORE_MB),
        replace(SOUND, fds_last=31 + MORE_FILES),
    ],
)
def test_whatever_must_not_be_is_a_failure(bad: Figures) -> None:
    assert SOUND.failures == []
    assert len(bad.failures) == 1
