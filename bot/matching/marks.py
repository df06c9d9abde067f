"""Finds marks (CRC-32) among sorted ones: they are spread evenly, so a place can be guessed."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Sequence

NEAR = 128  # places around a guess: of 40,000 marks, one in a hundred is further off


def mark_of(text: str) -> int:
    """What a text is known by: its CRC-32. Two texts can share a mark."""
    return zlib.crc32(text.encode())


def first_at_least(marks: Sequence[int], mark: int) -> int:
    """Where the first of the sorted marks stands that is not below this one; else their number."""
    count = len(marks)
    guess = mark * count >> 32
    low, high = max(0, guess - NEAR), min(count, guess + NEAR)
    at = bisect_left(marks, mark, low, high)
    if (at == low and low) or (at == high and high < count):  # it may stand further off
        return bisect_left(marks, mark)
    return at
