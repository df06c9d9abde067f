"""Slows down a bot that begins sessions too often: Discord resets a token after 1,000 in a day."""

from __future__ import annotations

import json
from pathlib import Path

from bot.platforms.discord.session import Clock

FILE = "discord-starts.json"
HOUR, DAY = 3600.0, 86_400.0
FREE = 10  # times an hour that cost no wait: deploys, and trying something out
LONGEST = 300.0  # seconds: the longest wait for what was done in the last hour
DOUBLINGS = 9  # after which a wait is longer than LONGEST, and a float soon too small for it
CALM = 300  # sessions in a day; once there are more, the next come evenly spread over a day
SPREAD = 300  # how many these are
MOST = 1_000  # that are noted: more make no wait longer


class Starts:
    """When sessions were begun in the last day, by this process and those before it.

    Every one of the `shards` connections begins its own. However often the bot starts or Discord
    takes its sessions away, at most CALM + SPREAD are begun in a day, and one more a connection.
    """

    def __init__(self, data: Path, clock: Clock, shards: int = 1) -> None:
        """`data` is the folder that keeps them; where it cannot be used, this process counts its
        own. `clock` gives seconds since 1970."""
        self._path = data / FILE
        self._clock = clock
        self._shards = shards
        self._begun: list[float] | None = None

    def pause(self) -> float:
        """Seconds to wait before the connections may begin sessions anew. Reads a file."""
        now = self._clock()
        begun = self._lately(now)
        if not begun:
            return 0.0
        times = sum(now - one < HOUR for one in begun) // self._shards
        apart = 0.0 if times < FREE else min(2.0 ** min(times - FREE, DOUBLINGS), LONGEST)
        if len(begun) + self._shards > CALM:
            apart = max(apart, DAY * self._shards / SPREAD)
        return max(0.0, begun[-1] + apart - now)

    def note(self) -> None:
        """Note that a session is begun. Writes a file."""
        now = self._clock()
        self._begun = [*self._lately(now), now][-MOST:]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(self._begun), encoding="utf-8")
        except OSError:
            return  # a folder that keeps nothing is told of where the commands are noted

    def _lately(self, now: float) -> list[float]:
        if self._begun is None:
            self._begun = _read(self._path)
        return [one for one in self._begun if 0 <= now - one < DAY]


def _read(path: Path) -> list[float]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return [float(start) for start in kept]
    except (OSError, ValueError, TypeError):
        return []
