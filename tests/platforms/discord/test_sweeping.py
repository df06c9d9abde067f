"""What people said is not even held in memory for longer than it is read."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType, ModuleType

import pytest

from bot.app import build_answerer
from bot.dialogue.conversation import Conversation
from bot.dialogue.current import Current
from bot.facts.load import load_base
from bot.platforms.discord import session
from bot.platforms.discord.courtesy import Courtesy
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.notebook import LASTS, Notebook
from bot.platforms.discord.session import Session
from bot.platforms.discord.sweeping import sweeping
from bot.store.memory import Memory
from bot.store.store import Store
from tests.discord_standin import ManualClock

from .conftest import BASE, NOW, Place, Remembered, Running

SOON = 0.001  # seconds
CACHE = type(lru_cache(len))
# A word and a figure, backwards: else whoever looks for them would hold them, too.
SECRETS = ("kqzvxqw", "58260193")
MESSAGES = (
    "hi {0} here, when did they come",
    "my {0} broke on {1}, how many firefighters came?",
    "Johann {0}'s ship burns, who owns it",
    "so was it {1}?",
)


class Watched(Desk):
    """A desk that tells when it was swept."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._swept = asyncio.Event()

    def sweep(self) -> None:
        super().sweep()
        self._swept.set()

    async def is_swept(self) -> None:
        """Wait for the next time."""
        self._swept.clear()
        await self._swept.wait()


async def test_what_was_said_goes_when_its_time_is_over_though_nobody_writes_any_more(
    remembered: Remembered, clock: ManualClock
) -> None:
    opening = lambda: Store.open(remembered.folder, key=b"key", now=lambda: NOW)  # noqa: E731
    async with Memory(opening, now=lambda: NOW) as memory:
        notebook = Notebook(memory, clock)
        desk = Watched(
            Current(build_answerer(load_base(BASE))), clock, Courtesy(clock), notebook=notebook
        )
        reply, _ = desk.answerer.reply("how many firefighters came?")
        async with sweeping(desk, SOON), asyncio.timeout(10):
            desk.sessions.put(1, 1, Session(Conversation(question="how many came")))
            notebook.replied(reply, "fire", 1, 10)
            clock.advance(session.LASTS - 1)
            desk.sessions.put(2, 1, Session(Conversation(question="how many left")))
            notebook.replied(reply, "fire", 2, 20)
            clock.advance(1)
            await desk.is_swept()
            assert (len(desk.sessions), len(notebook)) == (1, 2)
            clock.advance(LASTS - session.LASTS)
            await desk.is_swept()
            assert (len(desk.sessions), len(notebook)) == (0, 1)
            clock.advance(session.LASTS)
            await desk.is_swept()
            assert len(notebook) == 0


async def test_the_bot_sweeps_while_it_runs_and_no_longer(place: Place, running: Running) -> None:
    async with running(place.discord):
        [task] = [task for task in asyncio.all_tasks() if task.get_name() == "sweeping"]
    assert task.cancelled()


async def test_what_was_asked_is_in_no_object_when_its_time_is_over(clock: ManualClock) -> None:
    desk = Desk(Current(build_answerer(load_base(BASE))), clock, Courtesy(clock))
    for words in ("firefighters came then", "mayor said then @everyone"):
        # Made here, so that no constant of this module is the same text.
        reply, talk = desk.answerer.reply(f"how many {words}")
        desk.sessions.put(1, 1, Session(talk))
        assert desk.payload(reply, 1).content
        del reply, talk
    assert holders("then")
    clock.advance(session.LASTS)
    desk.sweep()
    gc.collect()
    assert holders("then") == []


def holders(word: str) -> list[str]:
    """What holds a text that begins as those questions do, and has the word."""
    alive = gc.get_objects()
    return [
        f"{type(one).__name__}: {text}"
        for one in alive
        # A module of C gives out what it keeps to use again, and may break over that.
        if not isinstance(one, CodeType | ModuleType)
        for text in gc.get_referents(one)
        if type(text) is str and text.startswith(("how many ", "How many ")) and word in text
    ]


async def test_no_word_that_was_typed_is_remembered_after_the_next_sweep(
    clock: ManualClock,
) -> None:
    desk = Desk(Current(build_answerer(load_base(BASE))), clock, Courtesy(clock))
    for message in MESSAGES:
        desk.answerer.reply(with_secrets(message))
    assert remembering()
    desk.sweep()
    assert remembering() == []


async def test_forget_me_leaves_no_word_that_was_typed(home: Place) -> None:
    people, standin = home.discord.people, home.discord
    for message in MESSAGES:
        text = f"{home.mention} {with_secrets(message)}"
        await standin.reply(await people.say(home.alice, home.channel, text))
    about = await standin.response(await people.slash(home.alice, home.channel, "about"))
    assert remembering()
    forgotten = await standin.response(await people.press(home.alice, about, "Forget me"))
    assert "Forgotten" in forgotten.payload["content"]
    assert remembering() == []


def with_secrets(message: str) -> str:
    return message.format(*(secret[::-1] for secret in SECRETS))


def remembering() -> list[str]:
    """What of the bot holds a text with one of the secrets."""
    gc.collect()
    return [
        f"{type(one).__qualname__}: {text}"
        for one in gc.get_objects()
        if str(type(one).__module__).startswith("bot.") or type(one) is CACHE
        for text in texts_in(one)
        if any(secret in text[::-1].lower() for secret in SECRETS)
    ]


def texts_in(holder: object) -> Iterator[str]:
    """The texts in an object and in its dictionaries and the like."""
    # The collector does not look at keys that are texts.
    inner = [*holder, *holder.values()] if type(holder) is dict else gc.get_referents(holder)
    for held in inner:
        if type(held) is str:
            yield held
        elif type(held) in (dict, list, tuple, set, frozenset):
            yield from texts_in(held)


async def test_the_log_holds_nothing_of_what_was_said_at_any_level(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with running(place.discord):
        asked = await place.discord.people.say(
            place.alice, place.channel, f"{place.mention} how many firefighters came to the quay?"
        )
        await place.discord.reply(asked)
    assert "Dispatching event message" in caplog.text
    assert "the quay" not in caplog.text
