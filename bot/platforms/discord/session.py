"""What each person was talking about where: in memory, for ten minutes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.dialogue.conversation import NOTHING_SAID, Conversation

Clock = Callable[[], float]
"""Seconds that only rise, such as time.monotonic."""

LASTS = 600.0  # seconds
MOST_SESSIONS = 10_000  # of a person in a channel
MOST_SEEN = 4_096  # ids of messages


class Session(NamedTuple):
    """A conversation; `borrowed`: it may hold words of somebody else, which are never kept;
    `secret`: what was said in it was for one pair of eyes, and no channel is shown it."""

    conversation: Conversation = NOTHING_SAID
    borrowed: bool = False
    secret: bool = False


NONE = Session()


@dataclass(slots=True)
class Sessions:
    """Conversations by person and channel. The oldest go first where there are too many."""

    clock: Clock
    _kept: OrderedDict[tuple[int, int], tuple[float, Session]] = field(default_factory=OrderedDict)

    def get(self, person: int, channel: int) -> Session:
        """What they talked about there in the last ten minutes; NONE if nothing."""
        kept = self._kept.get((person, channel))
        if kept is None or self.clock() - kept[0] >= LASTS:
            return NONE
        return kept[1]

    def put(self, person: int, channel: int, session: Session) -> None:
        self._kept[person, channel] = (self.clock(), session)
        self._kept.move_to_end((person, channel))
        if len(self._kept) > MOST_SESSIONS:
            self._kept.popitem(last=False)

    def sweep(self) -> None:
        """Forget what nobody has talked about for ten minutes."""
        now = self.clock()
        while self._kept:
            oldest, (since, _) = next(iter(self._kept.items()))
            if now - since < LASTS:
                return
            del self._kept[oldest]

    def forget(self, person: int) -> None:
        """Forget what a person was talking about, everywhere."""
        for key in [key for key in self._kept if key[0] == person]:
            del self._kept[key]

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(slots=True)
class Seen:
    """Message ids dealt with already: Discord repeats events after a resumed connection."""

    most: int = MOST_SEEN
    _ids: OrderedDict[int, None] = field(default_factory=OrderedDict)

    def first_time(self, message: int) -> bool:
        """Whether this id is new; from now on it is not."""
        if message in self._ids:
            return False
        self._ids[message] = None
        if len(self._ids) > self.most:
            self._ids.popitem(last=False)
        return True
