"""Marks are found wherever they stand, however unevenly they are spread."""

from __future__ import annotations

from array import array

import pytest

from bot.matching.marks import Marks, mark_of


@pytest.mark.parametrize(
    "marks",
    [
        [],
        [7],
        sorted(mark_of(str(n)) for n in range(5_000)),
        list(range(5_000)),  # all at one end
        [2**32 - 1 - n for n in reversed(range(5_000))],  # and at the other
        sorted([3] * 500 + [mark_of(str(n)) for n in range(2_000)]),
    ],
    ids=["none", "one", "even", "low", "high", "repeated"],
)
def test_a_mark_is_found_as_by_a_search_of_all(marks: list[int]) -> None:
    known = set(marks)
    others = [mark_of(f"other {n}") for n in range(2_000)]
    sought = [0, 2**32 - 1, *others, *marks, *(mark + 1 for mark in marks[:-1])]
    kept = Marks(array("I", marks))
    assert [kept.place(mark) for mark in sought] == [
        marks.index(mark) if mark in known else None for mark in sought
    ]
