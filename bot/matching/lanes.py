"""Numbers side by side in one large integer: to add two such adds all at once, and to multiply one
multiplies all."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.matching.marks import Marks, mark_of
from bot.matching.packing import Numbers

HALF = 1 << 29  # keeps the sum in a lane positive, and so small that Python compares it fast
WIDE_HALF = 1 << 62  # the same in a wide lane


class Lanes:
    """So many lanes, of 32 bits each or, where they are wide, of 64."""

    def __init__(self, count: int, *, wide: bool = False) -> None:
        bits, half, code = (64, WIDE_HALF, "q") if wide else (32, HALF, "i")
        self._layout = struct.Struct(f"<{count}{code.upper()}")
        self._signed = struct.Struct(f"<{count}{code}")
        self.bytes_each = self._layout.size + 1  # of a packed integer, its sign included
        self.zero = int.from_bytes(self._layout.pack(*[half] * count), "little")
        self._signs = int.from_bytes(self._layout.pack(*[1 << bits - 1] * count), "little")

    def packed(self, numbers: Sequence[int]) -> int:
        """The numbers of the lanes, in order, as one integer."""
        # To flip the sign bit of a lane adds its value; what is then taken off lets a lane below
        # zero borrow from the next.
        packed = int.from_bytes(self._signed.pack(*numbers), "little")
        return (packed ^ self._signs) - self._signs

    def numbers(self, total: int) -> list[int]:
        """The numbers of `zero` and packed integers added up, each too large by `HALF`, or by
        `WIDE_HALF` in wide lanes."""
        return list(self._layout.unpack(total.to_bytes(self._layout.size, "little")))


class Kept(NamedTuple):
    """Packed integers that were made when a base was learnt: the marks of what they are of, in
    order; the squares that belong to them; and they themselves as bytes."""

    marks: Numbers
    squares: Numbers
    packed: Numbers

    @classmethod
    def nothing(cls) -> Kept:
        """None at all."""
        return cls(array("I"), array("I"), array("B"))

    @classmethod
    def of(cls, rows: Mapping[int, tuple[int, int]], lanes: Lanes) -> Kept:
        """Of packed integers with their squares, by mark."""
        kept = array("I"), array("I"), array("B")
        marks, squares, packed = kept
        for mark, (row, square) in sorted(rows.items()):
            marks.append(mark)
            squares.append(square)
            packed.frombytes(row.to_bytes(lanes.bytes_each, "little", signed=True))
        return cls(*kept)


class Ready:
    """Looks up what was kept, where it lies."""

    def __init__(self, kept: Kept, lanes: Lanes) -> None:
        self.kept = kept
        self._marks = Marks(kept.marks)
        self._size = lanes.bytes_each

    def find(self, text: str) -> tuple[int, int] | None:
        """The packed integer of a text, and its square."""
        at = self._marks.place(mark_of(text))
        if at is None:
            return None
        row = bytes(self.kept.packed[at * self._size : (at + 1) * self._size])
        return int.from_bytes(row, "little", signed=True), self.kept.squares[at]
