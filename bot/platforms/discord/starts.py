"""Slows down a bot that keeps starting: Discord resets a token after 1,000 logins in a day."""

from __future__ import annotations

import json
from pathlib import Path

FILE = "discord-starts.json"
RECENT = 3600.0  # seconds in which starts are counted
FREE = 10  # starts in them that cost no wait: deploys, and trying something out
LONGEST = 300.0
DOUBLINGS = 9  # after which a wait is longer than LONGEST, and a float soon too small for it
MOST = 100  # starts that are noted: more make no wait longer


def delay(starts: int) -> float:
    """Seconds to wait before a start after so many in the last hour; at most 300 a day result."""
    return 0.0 if starts < FREE else min(2.0 ** min(starts - FREE, DOUBLINGS), LONGEST)


def note_start(data: Path, now: float) -> float:
    """Note a start at `now` (seconds since 1970); the seconds to wait before connecting.

    `data` is the folder that keeps the starts; where it cannot be used, nothing is waited for.
    """
    path = data / FILE
    recent = [start for start in _read(path) if 0 <= now - start < RECENT]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([*recent, now][-MOST:]), encoding="utf-8")
    except OSError:
        return 0.0  # a folder that keeps nothing is told of where the commands are noted
    return delay(len(recent))


def _read(path: Path) -> list[float]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return [float(start) for start in kept]
    except (OSError, ValueError, TypeError):
        return []
