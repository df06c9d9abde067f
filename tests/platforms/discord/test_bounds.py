"""What is kept in memory of people: no more than so many, and the oldest go first."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.platforms.discord.courtesy import HINT, Courtesy, Rate
from bot.platforms.discord.session import NONE, Session, Sessions
from tests.discord_standin import ManualClock

ABOUT = Session(Conversation(facts=("firefighters",)))
TOO_MANY = range(10_001)


def test_of_too_many_conversations_the_oldest_is_forgotten() -> None:
    sessions = Sessions(ManualClock())
    for person in TOO_MANY:
        sessions.put(person, 1, ABOUT)
    assert sessions.get(0, 1) == NONE
    assert sessions.get(1, 1) == sessions.get(10_000, 1) == ABOUT


def test_of_too_many_people_and_channels_the_oldest_may_ask_again_at_once() -> None:
    courtesy = Courtesy(ManualClock(), Rate(1, 30), Rate(1, 30))
    for n in TOO_MANY:
        assert courtesy.wait(n, n) == 0
    assert courtesy.wait(1, None) == 30
    assert courtesy.wait(20_000, 1) == 30
    assert courtesy.wait(0, 0) == 0


async def test_of_too_many_answers_the_oldest_counts_as_not_told() -> None:
    courtesy = Courtesy(ManualClock())
    for n in TOO_MANY:
        courtesy.tell(n, ("base", "fact"), n)
    assert await courtesy.told(0, ("base", "fact")) is None
    assert await courtesy.told(1, ("base", "fact")) == 1
    courtesy.deleted(0)  # of which nothing is known any more
    assert await courtesy.told(10_000, ("base", "fact")) == 10_000


def test_of_too_many_people_the_one_hinted_to_first_gets_the_hint_again() -> None:
    courtesy = Courtesy(clock := ManualClock())
    for person in TOO_MANY:
        assert courtesy.may_hint(person)
    clock.advance(HINT - 1)
    assert not courtesy.may_hint(1)
    assert courtesy.may_hint(0)
