"""Numbers and a description to bytes and back, the same on every platform."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from bot.jsonparts import from_lines, to_lines

_HEAD = 8  # bytes that tell the length of the description
_ALIGNED = 8  # bytes that everything begins at a multiple of

Buffer = bytes | memoryview


def pack(description: object, arrays: Iterable[Sequence[int]]) -> bytes:
    """What JSON can hold, and behind it numbers in little-endian order: each run an `array`, or as
    `unpack` gave it."""
    runs = [run for run in arrays if isinstance(run, array | memoryview)]
    lengths = [[_code(run), len(run)] for run in runs]
    head = _padded(to_lines([description, lengths]))
    body = (_padded(_swapped(array(_code(run), run)).tobytes()) for run in runs)
    return b"".join([len(head).to_bytes(_HEAD, "big"), head, *body])


def unpack(data: Buffer) -> tuple[Any, list[Sequence[int]]]:
    """What `pack` was given; the numbers stay where they are, if this machine is little-endian.

    Raises ValueError where the bytes are not of its making.
    """
    at = _HEAD + int.from_bytes(data[:_HEAD], "big")
    view = memoryview(data)
    arrays: list[Sequence[int]] = []
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


def _numbers(code: str, data: memoryview) -> Sequence[int]:
    if sys.byteorder == "little":
        return data.cast(code)  # type: ignore[call-overload,no-any-return]
    values: array[int] = array(code)
    values.frombytes(data)
    return _swapped(values)


def _code(run: array[int] | memoryview) -> str:
    return run.typecode if isinstance(run, array) else run.format


def _padded(data: bytes) -> bytes:
    """JSON may have spaces behind it, numbers whatever they like."""
    return data + b" " * (-len(data) % _ALIGNED)


def _swapped(values: array[int]) -> array[int]:
    """To little-endian and back."""
    if sys.byteorder == "big":
        values.byteswap()
    return values
