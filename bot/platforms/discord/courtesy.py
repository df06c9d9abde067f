"""Good manners: how often one may ask, what a channel was just told, and hints not repeated."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.platforms.discord.session import Clock

SAME_ANSWER = 60.0  # seconds in which a channel need not be told the same again
HINT = 3600.0  # seconds between two hints to the same person
MOST = 10_000  # people, channels or answers kept in mind at once

# A reaction can say no number, but a little: that a wait is of so many seconds at most.
SIGNS = ((10, "🔟"), (30, "🕧"), (60, "🕐"))


def sign_of(seconds: int) -> str | None:
    """The sign for a wait; None where it is too long for any."""
    return next((sign for most, sign in SIGNS if seconds <= most), None)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` questions in `seconds`."""

    count: int
    seconds: float


PERSON = Rate(5, 30.0)
CHANNEL = Rate(20, 60.0)


@dataclass(slots=True)
class Cooldown:
    """Counts questions by person or channel in a sliding window; 0 as the count: no limit."""

    rate: Rate
    clock: Clock
    _asked: OrderedDict[int, deque[float]] = field(default_factory=OrderedDict)

    def wait(self, key: int) -> float:
        """Seconds until this one may ask; 0 where they may now."""
        asked = self._asked.get(key)
        if not self.rate.count or asked is None or len(asked) < self.rate.count:
            return 0.0
        return max(0.0, asked[0] + self.rate.seconds - self.clock())

    def count(self, key: int) -> None:
        """Note that this one asks now."""
        if not self.rate.count:
            return
        self._asked.setdefault(key, deque(maxlen=self.rate.count)).append(self.clock())
        self._asked.move_to_end(key)
        if len(self._asked) > MOST:
            self._asked.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Told:
    """A public message that gave an answer."""

    message: int
    at: float


Answer = tuple[int, tuple[str, ...]]
"""A channel, and what it was told: the version of the base, and facts."""


class Courtesy:
    """All of it for one running bot; nothing is kept over a restart."""

    def __init__(self, clock: Clock, person: Rate = PERSON, channel: Rate = CHANNEL) -> None:
        self._clock = clock
        self._people = Cooldown(person, clock)
        self._channels = Cooldown(channel, clock)
        self._told: OrderedDict[Answer, Told] = OrderedDict()
        self._told_in: dict[int, Answer] = {}  # by the message; of those in `_told` alone
        self._on_its_way: dict[Answer, asyncio.Event] = {}  # set when it was sent, or failed
        self._hinted: OrderedDict[tuple[int, str], float] = OrderedDict()  # until when

    def wait(self, person: int, channel: int | None, *, exempt: bool = False) -> int:
        """Whole seconds to wait before this question, which counts if there are none.

        `channel` is None where the channel sees nothing of it, and only the person's rate holds;
        moderators are exempt.
        """
        if exempt:
            return 0
        seconds = self._people.wait(person)
        if channel is not None:
            seconds = max(seconds, self._channels.wait(channel))
        if not seconds:
            self._people.count(person)
            if channel is not None:
                self._channels.count(channel)
        return math.ceil(seconds)

    @contextmanager
    def claimed(self, channel: int, answer: tuple[str, ...]) -> Iterator[bool]:
        """Whether a channel is to be told this in the block: nobody has within the last minute, or
        is about to. Whoever is to tell it says by `tell` in which message it stands.
        """
        if (channel, answer) in self._on_its_way or self._last(channel, answer) is not None:
            yield False
            return
        sent = self._on_its_way[channel, answer] = asyncio.Event()
        try:
            yield True
        finally:
            del self._on_its_way[channel, answer]
            sent.set()

    async def told(self, channel: int, answer: tuple[str, ...]) -> int | None:
        """The public message that told a channel the same within the last minute; one that is on
        its way is waited for."""
        sent = self._on_its_way.get((channel, answer))
        if sent is not None:
            await sent.wait()
        return self._last(channel, answer)

    def _last(self, channel: int, answer: tuple[str, ...]) -> int | None:
        told = self._told.get((channel, answer))
        if told is None or self._clock() - told.at >= SAME_ANSWER:
            return None
        return told.message

    def tell(self, channel: int, answer: tuple[str, ...], message: int) -> None:
        """Note that a public message tells this, and nothing else any more."""
        self.deleted(message)
        before = self._told.pop((channel, answer), None)
        if before is not None:
            del self._told_in[before.message]
        self._told[channel, answer] = Told(message, self._clock())
        self._told_in[message] = (channel, answer)
        if len(self._told) > MOST:
            _, oldest = self._told.popitem(last=False)
            del self._told_in[oldest.message]

    def deleted(self, message: int) -> None:
        """A message is gone, ours or anybody's: nobody is sent to it."""
        answer = self._told_in.pop(message, None)
        if answer is not None:
            del self._told[answer]

    def forget_told(self) -> None:
        """Nobody is sent to what was told so far: it may have been deleted unheard."""
        self._told.clear()
        self._told_in.clear()

    def may_hint(self, person: int, what: str = "", every: float = HINT) -> bool:
        """Whether to give this person the hint `what`; it then counts as given, for `every`
        seconds."""
        now = self._clock()
        if now < self._hinted.get((person, what), now):
            return False
        self._hinted[person, what] = now + every
        self._hinted.move_to_end((person, what))
        if len(self._hinted) > MOST:
            self._hinted.popitem(last=False)
        return True
