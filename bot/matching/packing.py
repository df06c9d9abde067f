"""Numbers and a description to bytes and back, the same on every platform; sets without slack."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Hashable, Iterable
from typing import Any, TypeAlias, TypeVar

from bot.jsonparts import from_lines, to_lines

_HEAD = 8  # bytes that tell the length of the description
_ALIGNED = 8  # bytes that everything begins at a multiple of

Value = TypeVar("Value", bound=Hashable)
Buffer = bytes | memoryview
Numbers: TypeAlias = "array[int] | memoryview[int]"  # all of one size, side by side


def pack(description: object, arrays: Iterable[Numbers]) -> bytes:
    """What JSON can hold, and behind it numbers in little-endian order: each run an `array`, or as
    `unpack` gave it."""
    runs = list(arrays)
    lengths = [[code_of(run), len(run)] for run in runs]
    head = _padded(to_lines([description, lengths]))
    body = (_padded(_swapped(array(code_of(run), run)).tobytes()) for run in runs)
    return b"".join([len(head).to_bytes(_HEAD, "big"), head, *body])


def unpack(data: Buffer) -> tuple[Any, list[Numbers]]:
    """What `pack` was given; the numbers stay where they are, if this machine is little-endian.

    Raises ValueError where the bytes are not of its making.
    """
    at = _HEAD + int.from_bytes(data[:_HEAD], "big")
    view = memoryview(data)
    arrays: list[Numbers] = []
    try:
        description, lengths = from_lines(bytes(view[_HEAD:at]))
        for code, length in lengths:
            size = length * array(code).itemsize
            arrays.append(_numbers(code, view[at : at + size]))
            at += size + -size % _ALIGNED
    except (ValueError, TypeError) as error:
        raise ValueError("not packed by this version") from error
    if at != len(data):
        raise ValueError("not packed by this version: cut off, or too long")
    return description, arrays


def _numbers(code: str, data: memoryview) -> Numbers:
    if sys.byteorder == "little":
        return as_numbers(code, data)
    values: array[int] = array(code)
    values.frombytes(data)
    return _swapped(values)


def as_numbers(code: str, data: Buffer) -> memoryview[int]:
    """Bytes of this machine's as the numbers that they are, where they stand."""
    return memoryview(data).cast(code)  # type: ignore[call-overload,no-any-return]


def code_of(run: Numbers) -> str:
    """The code of the numbers' size, as `array` has it."""
    return run.typecode if isinstance(run, array) else run.format


def _padded(data: bytes) -> bytes:
    """JSON may have spaces behind it, numbers whatever they like."""
    return data + b" " * (-len(data) % _ALIGNED)


def _swapped(values: array[int]) -> array[int]:
    """To little-endian and back."""
    if sys.byteorder == "big":
        values.byteswap()
    return values


def compact(values: Iterable[Value]) -> frozenset[Value]:
    """A set that is kept for long. CPython makes one from a set half as large as one that grows as
    its values come (`set_merge` and `set_add_entry` in setobject.c)."""
    return frozenset(set(values))
