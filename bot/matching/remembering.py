"""What was worked out lately, in plain dictionaries.

Not `lru_cache`: around a method it would be a cycle, and a base that was exchanged would stay in
memory.
"""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def remember(kept: dict[Key, Value], key: Key, value: Value, room: int) -> Value:
    """The value, remembered; what is full is forgotten whole."""
    if len(kept) >= room:
        kept.clear()
    kept[key] = value
    return value
