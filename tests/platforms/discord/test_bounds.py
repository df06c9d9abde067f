"""What is kept in memory of people: no more than so many, and the oldest go first."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.reply import Part, Reply
from bot.platforms.discord.courtesy import HINT, Courtesy, Rate
from bot.platforms.discord.notebook import Notebook
from bot.platforms.discord.session import NONE, Seen, Session, Sessions
from bot.store.memory import Memory
from bot.store.store import Store
from tests.discord_standin import ManualClock

from .conftest import NOW, Remembered

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


def test_of_too_many_messages_the_oldest_counts_as_new_again() -> None:
    seen = Seen()
    for message in range(4_097):
        assert seen.first_time(message)
    assert not seen.first_time(1)
    assert not seen.first_time(4_096)
    assert seen.first_time(0)


async def test_of_too_many_questions_the_oldest_is_not_found_by_its_votes(
    remembered: Remembered,
) -> None:
    opening = lambda: Store.open(remembered.folder, key=b"key", now=lambda: NOW)  # noqa: E731
    async with Memory(opening, now=lambda: NOW, gathering=0) as memory:
        remembered.memory = memory
        notebook = Notebook(memory, ManualClock())
        for message in range(2_001):
            part = Part(f"who owns the ship of {message} tons", "answer")
            notebook.replied(Reply(part.question, (part,)), "fire", 1, message)
        assert len(notebook) == 2_000
        for message in (0, 1, 2_000):
            notebook.in_vain(message, "unhelpful")
        kept = await remembered.use(lambda store: store.gaps.since(0))
    assert {gap.text for gap in kept} == {
        "who owns the ship of 1 tons",
        "who owns the ship of 2000 tons",
    }
