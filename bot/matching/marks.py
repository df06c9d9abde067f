"""Finds marks (CRC-32) among sorted ones: evenly spread, their first bits tell where they stand."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from itertools import accumulate, repeat
from operator import rshift

from bot.matching.packing import Numbers

BITS = 32  # of a mark
SHORT = 16  # bits of a number in a table of fewer marks than these can count


def mark_of(text: str) -> int:
    """What a text is known by: its CRC-32. Two texts can share a mark."""
    return zlib.crc32(text.encode())


class Marks:
    """Sorted marks with a table of where those begin that share their first bits: one or two."""

    def __init__(self, marks: Numbers) -> None:
        self.marks = marks
        self._rest = BITS - max(1, len(marks).bit_length() - 1)
        sharing = Counter(map(rshift, marks, repeat(self._rest)))
        ends = accumulate(map(sharing.__getitem__, range(1 << BITS - self._rest)), initial=0)
        self._starts = array("I" if len(marks) >> SHORT else "H", ends)  # half as large

    def place(self, mark: int) -> int | None:
        """Where a mark stands, the first time; None: nowhere."""
        first = mark >> self._rest
        end = self._starts[first + 1]
        at = bisect_left(self.marks, mark, self._starts[first], end)
        return at if at < end and self.marks[at] == mark else None

    def has_at(self, place: int, mark: int) -> bool:
        """Whether a mark stands at a place, which may be behind the last."""
        return place < len(self.marks) and self.marks[place] == mark
