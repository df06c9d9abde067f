"""JSON in lines that are short to read: reading one holds Python's lock, and with it everybody.

A list longer than SHORT becomes lines of its own, wherever it stands; the first line says where
each belongs. Ten megabytes in one piece would hold up a running bot for a quarter of a second.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

SHORT = 200  # elements of a list
_KEY = "\0"  # of what stands for a list: its first line, and how many there are


def to_lines(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    """The value in lines of JSON."""
    lists: list[list[Any]] = []
    skeleton = _taken_apart(value, lists)
    lines = (json.dumps(part, separators=(",", ":")) for part in (skeleton, *lists))
    return "\n".join(lines).encode()


def from_lines(data: bytes) -> Any:  # noqa: ANN401
    """What `to_lines` was given, its tuples as lists. Raises ValueError for anything else.

    Equal strings are one: what is read is kept for long, and says the same again and again.
    """
    skeleton, *lists = map(json.loads, _lines(data))
    same: dict[str, str] = {}
    try:
        return _put_together(skeleton, lists, same)
    except (TypeError, IndexError) as error:
        raise ValueError("not the lines of JSON that were written") from error


def _lines(data: bytes) -> Iterator[bytes]:
    begin = 0
    while begin >= 0:
        end = data.find(b"\n", begin)
        yield data[begin : end if end >= 0 else None]
        begin = end + 1 if end >= 0 else -1


def _taken_apart(value: Any, lists: list[list[Any]]) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        # A key that begins like ours gets one more of it, so that it is not taken for ours.
        return {
            _KEY + key if key.startswith(_KEY) else key: _taken_apart(inner, lists)
            for key, inner in value.items()
        }
    if not isinstance(value, list | tuple):
        return value
    if len(value) <= SHORT:
        return [_taken_apart(inner, lists) for inner in value]
    first = len(lists)
    lists.extend(list(value[at : at + SHORT]) for at in range(0, len(value), SHORT))
    return {_KEY: [first, len(lists) - first]}


def _put_together(value: Any, lists: list[list[Any]], same: dict[str, str]) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return same.setdefault(value, value)
    if isinstance(value, list):
        return [_put_together(inner, lists, same) for inner in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {_KEY}:
        first, count = value[_KEY]
        elements = (element for part in lists[first : first + count] for element in part)
        return [same.setdefault(e, e) if isinstance(e, str) else e for e in elements]
    return {
        key.removeprefix(_KEY): _put_together(inner, lists, same) for key, inner in value.items()
    }
