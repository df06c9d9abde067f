"""What each feature says for each label: the linear head's weights, where they lie."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeAlias

from bot.matching.marks import Marks, mark_of
from bot.matching.packing import Numbers, code_of

Run: TypeAlias = tuple[int, int]  # a feature's weights: from the first to before the second


class Weights:
    """Weights by feature and label; immutable. Features are numbered in the order of their keys."""

    def __init__(
        self, keys: Numbers, squares: Numbers, starts: Numbers, owners: Numbers, weights: Numbers
    ) -> None:
        """`keys`: the features' marks, in order. The weights of feature number i, and the labels
        that own them, in order, are from `starts[i]` on."""
        self.arrays = keys, squares, starts, owners, weights
        self.codes = code_of(owners), code_of(weights)
        self.squares = squares
        self._marks = Marks(keys)
        self._starts, self._owners, self._weights = starts, owners, weights

    def number(self, feature: str) -> int | None:
        """A feature's number; None: no phrasing has it."""
        return self._marks.place(mark_of(feature))

    def run(self, number: int) -> Run:
        """Where a feature's weights are."""
        return self._starts[number], self._starts[number + 1]

    def count(self, number: int) -> int:
        """How many labels a feature has weights for."""
        return self._starts[number + 1] - self._starts[number]

    def told(self, run: Run) -> Iterable[tuple[int, int]]:
        """Labels with what is said for each."""
        start, stop = run
        return zip(self._owners[start:stop], self._weights[start:stop], strict=True)

    def packed(self, number: int) -> tuple[bytes, bytes]:
        """The same of a feature: labels and weights, each as they are kept."""
        start, stop = self.run(number)
        return bytes(self._owners[start:stop]), bytes(self._weights[start:stop])

    def of(self, feature: str, label: int) -> int:
        """What a feature says for a label; 0: nothing."""
        number = self.number(feature)
        return 0 if number is None else self.within(self.run(number), label)

    def within(self, run: Run, label: int) -> int:
        """A label's weight in a run; 0: it has none there."""
        start, stop = run
        at = bisect_left(self._owners, label, start, stop)
        return self._weights[at] if at < stop and self._owners[at] == label else 0
