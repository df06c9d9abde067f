"""Where words stand in meaning: for each of a language's commonest words a vector, rounded to four
bits a direction. Words that keep the same company point the same way; a word counts the less, the
more common it is. In whole numbers, so that all that is learnt of them is the same everywhere.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from bot.matching.marks import mark_of
from bot.matching.packing import Buffer, unpack

BITS = 6  # after the point, of a vector's numbers
LENGTH = 20  # of the vector of a word that counts in full
MOST = 255  # what a word may count: in full
_FINE = 16  # bits after the point of a length

_LEVELS = range(-15, 16, 2)  # that a direction is rounded to
_HALVES = tuple((byte >> 4, byte & 15) for byte in range(256))  # two directions' levels in a byte
_SQUARES = tuple(_LEVELS[one] ** 2 + _LEVELS[other] ** 2 for one, other in _HALVES)


class Vector(NamedTuple):
    """Numbers in units of 1 / 2 ** BITS, and the square of their length, in these units squared."""

    values: tuple[int, ...]
    square: int


VectorOf: TypeAlias = Callable[[str], Vector | None]  # a word's vector, if it has one


def added_up(vectors: Sequence[Vector]) -> Vector:
    """The sum; its square is taken to be that of vectors that have nothing in common."""
    values = map(sum, zip(*(one.values for one in vectors), strict=True))
    return Vector(tuple(values), sum(one.square for one in vectors))


class Vectors:
    """Looks a word's vector up in `data`, which may be a file mapped into memory."""

    def __init__(self, data: Buffer) -> None:
        """Raises ValueError where the bytes are no such table."""
        self._data = data
        described, arrays = unpack(data)
        try:
            (self._bytes_each,) = described
            self._marks, self._counts, self._rows = arrays
        except (ValueError, TypeError) as error:
            raise ValueError("no table of vectors") from error
        words = len(self._marks)
        if len(self._counts) != words or len(self._rows) != words * self._bytes_each:
            raise ValueError("no table of vectors: its parts differ in length")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vectors) and self._data == other._data

    def __hash__(self) -> int:
        return hash(bytes(self._data))

    def of(self, word: str) -> Vector | None:
        """A word's vector; None: it is not known."""
        mark = mark_of(word)
        at = bisect_left(self._marks, mark)
        if at == len(self._marks) or self._marks[at] != mark:
            return None
        row = self._rows[at * self._bytes_each : (at + 1) * self._bytes_each]
        length = LENGTH * self._counts[at] << BITS
        own = MOST * math.isqrt(sum(map(_SQUARES.__getitem__, row)) << 2 * _FINE)
        scaled = [(level * length << _FINE + 1) // own + 1 >> 1 for level in _LEVELS]
        halves = chain.from_iterable(map(_HALVES.__getitem__, row))
        return Vector(tuple(map(scaled.__getitem__, halves)), (length // MOST) ** 2)
