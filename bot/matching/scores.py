"""How likely a question's labels are: their logits, as whole numbers over a scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from bot.matching.lanes import HALF

UNIT = 64  # that a feature's square counts to the one
COARSE = 16  # a weight in the model stands for so many in training
COUNTED = 32  # labels whose powers are added up one by one


def scale_of(square: int) -> int:
    """What a sum of weights is to be divided by for a logit, in a question of this square."""
    return max(1, math.isqrt(square * UNIT)) * UNIT // COARSE


class Scores(NamedTuple):
    """The logit of every label: what its lane is above `HALF`, over `scale`."""

    labels: Sequence[int]  # those that were looked at, in order
    sums: Sequence[int]  # theirs
    ordered: Sequence[int]  # the sums, the highest first
    scale: int
    others: int = 0  # labels that no more is known of than that they are not near

    @classmethod
    def of(cls, labels: Sequence[int], sums: Sequence[int], scale: int, others: int = 0) -> Scores:
        """Of these labels with their sums."""
        return cls(labels, sums, sorted(sums, reverse=True), scale, others)

    def best(self, count: int, least_power: float = 0.0) -> list[tuple[int, int]]:
        """The likeliest labels with their sums; of equals the first. Beyond the first two only
        those whose power is at least this share of the best's."""
        ordered = self.ordered
        reach = -math.log(least_power) * self.scale if least_power else math.inf
        found: list[tuple[int, int]] = []
        place = -1
        for rank, total in enumerate(ordered[:count]):
            if rank > 1 and total < ordered[0] - reach:
                break
            after = place + 1 if rank and total == ordered[rank - 1] else 0
            place = self.sums.index(total, after)
            found.append((self.labels[place], total))
        return found

    def logit(self, total: int) -> float:
        """The logit that a sum stands for."""
        return (total - HALF) / self.scale

    def powers(self, lacking: int, neither: float) -> float:
        """The denominator of the softmax, its best label's power being 1; `lacking` labels more
        are taken to have the logit `neither`. Labels far behind are counted by their mean."""
        ordered = self.ordered[:COUNTED]
        top, inverse = ordered[0], 1 / self.scale
        total = math.fsum(map(math.exp, [(near - top) * inverse for near in ordered]))
        far = len(self.sums) - len(ordered) + self.others
        if far:
            mean = (sum(self.sums) - sum(ordered) + self.others * HALF) / far
            total += far * math.exp((mean - top) * inverse)
        return total + lacking * math.exp(neither - self.logit(top))
