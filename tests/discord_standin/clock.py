"""The stand-in's idea of time: injected, so that deadlines pass without waiting."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000

Clock = Callable[[], float]
"""Seconds since 1970. `time.time` for a live run, a `ManualClock` in tests."""


@dataclass(slots=True)
class ManualClock:
    """A clock that moves only when told to; it starts at the true time, for the ids to be new."""

    now: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass for everything that asks this clock."""
        self.now += seconds


class Snowflakes:
    """Ids as Discord makes them: milliseconds since 2015 in the high bits, and ever rising."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._increments = itertools.count()

    def __call__(self) -> str:
        milliseconds = int(self._clock() * 1000) - DISCORD_EPOCH_MS
        return str((milliseconds << 22) + next(self._increments))


def timestamp(seconds: float) -> str:
    """ISO 8601 in UTC, as in Discord's payloads."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
