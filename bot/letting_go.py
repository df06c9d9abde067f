"""Throws a large base away without holding anybody up."""

from __future__ import annotations

import gc
from collections.abc import Iterable

LARGE, PIECE = 500, 100  # elements of a container, and how many are thrown away at a time


def let_go(parts: list[object]) -> None:
    """Throw away what is in `parts`, and nowhere else, piece by piece; `parts` is empty then.

    In one go, a large base would hold Python's lock, and with it the event loop, for longer than
    anybody should wait. For a thread.
    """
    held = _large_parts(parts)
    parts.clear()
    for part in held:
        while part:
            del part[-PIECE:]


def _large_parts(roots: Iterable[object]) -> list[list[object]]:
    """The contents of all large containers that our own objects lead to."""
    found: list[list[object]] = []
    todo, seen = list(roots), set[int]()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, dict) and len(one) > LARGE:
            found.append(list(one.values()))
        elif isinstance(one, tuple | list | set | frozenset) and len(one) > LARGE:
            found.append(list(one))
        elif isinstance(one, tuple | list | dict) or type(one).__module__.startswith("bot."):
            todo.extend(gc.get_referents(one))
    return found
