"""What a check doubts: where it stands in the base, what is wrong with it, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an entry (by its id) says in its `key`, or the item at `index` of that, and may be
    wrong."""

    entry: str
    key: str
    message: str
    remedy: str
    index: int = 0
