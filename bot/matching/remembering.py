"""What was worked out lately, in plain dictionaries; those of typed words can be emptied.

Not `lru_cache`: around a method it would be a cycle, and a base that was exchanged would stay in
memory.
"""

from __future__ import annotations

from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def remember(kept: dict[Key, Value], key: Key, value: Value, room: int) -> Value:
    """The value, remembered; what is full is forgotten whole."""
    if len(kept) >= room:
        kept.clear()
    kept[key] = value
    return value


class Remembered:
    """The dictionaries in which one engine remembers words that people typed."""

    def __init__(self) -> None:
        self._kept: list[dict[Any, Any]] = []

    def dictionary(self) -> dict[Any, Any]:
        """A new one, which is emptied with the others."""
        self._kept.append({})
        return self._kept[-1]

    def forget(self) -> None:
        """Empty them all."""
        for kept in self._kept:
            kept.clear()
