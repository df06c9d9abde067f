"""Learns what each label says for the directions of the words' vectors: Fisher's linear
discriminant.

Each label's phrasings lie around their mean; how they are spread about it is taken to be the same
for all. What tells a label is then its mean, in directions in which phrasings of one label differ
little. Sums are of whole numbers, and the few steps in floats add up exactly rounded: the same
phrasings give the same weights on every platform and Python version.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from operator import mul, sub
from typing import NamedTuple

from bot.matching.lanes import WIDE_HALF, Lanes
from bot.matching.meaning import BIAS_UNIT, FINE
from bot.matching.solving import solved
from bot.matching.vectors import Vector

PULL = 1.2  # the logit that a phrasing's own label is given on average
LEAST_LEAD = 10.0  # by which labels are told apart, for the pull to be given in full
SHRUNK = 0.3  # of the mean spread, added to that in each direction
DOUBT = 2.0  # phrasings that a label is taken to have beside its own, in the midst of all
MOST = 3_000  # phrasings that the spread is taken from
SINGLE = 1 << 12  # what a phrasing's length is rounded to
COUNT = 10  # that a phrasing which counts in full counts


class Meant(NamedTuple):
    """The vectors of a phrasing's words, added up; its label; what it counts."""

    vector: Vector
    label: int
    counts: float = 1.0


class _Point(NamedTuple):
    at: list[int]
    label: int
    counts: int


def discriminant(phrasings: Sequence[Meant], labels: int) -> tuple[array[int], array[int]]:
    """The weights of all labels, one label's behind the other's, and their biases, as `MeaningHead`
    takes them; nothing where no phrasing has a vector."""
    points = [_point(one) for one in phrasings if one.vector.square]
    if not points:
        return array("i"), array("i")
    counts = [0] * labels
    sums = [[0] * len(points[0].at)] * labels
    for point in points:
        counts[point.label] += point.counts
        scaled = [number * point.counts for number in point.at]
        sums[point.label] = [a + b for a, b in zip(sums[point.label], scaled, strict=True)]
    means = [[n // max(1, count) for n in row] for row, count in zip(sums, counts, strict=True)]
    known = [mean for mean, count in zip(means, counts, strict=True) if count]
    middle = [sum(column) // len(known) for column in zip(*known, strict=True)]
    aparts = [
        [n / SINGLE for n in map(sub, mean, middle)] if count else [0.0] * len(middle)
        for mean, count in zip(means, counts, strict=True)
    ]
    columns = solved(_spread(points, means), list(zip(*aparts, strict=True)))
    rows = []
    for told, count in zip(zip(*columns, strict=True), counts, strict=True):
        held = count / (count + DOUBT * COUNT)
        rows.append([held * weight for weight in told])
    lead = math.fsum(math.fsum(map(mul, *both)) for both in zip(rows, aparts, strict=True))
    return _scaled(rows, middle, lead / len(known))


def _point(one: Meant) -> _Point:
    """Where a phrasing lies, its vectors as long as if they had nothing in common."""
    length = max(1, math.isqrt(one.vector.square))
    at = [number * SINGLE // length for number in one.vector.values]
    return _Point(at, one.label, round(one.counts * COUNT))


def _spread(points: Sequence[_Point], means: Sequence[Sequence[int]]) -> list[list[float]]:
    """How phrasings are spread about their label's mean, in each two directions."""
    size = len(means[0])
    lanes = Lanes(size, wide=True)
    some = points[:: -(-len(points) // MOST)]
    rows = [0] * size
    for point in some:
        apart = list(map(sub, point.at, means[point.label]))
        packed = lanes.packed(apart)
        rows = [row + n * point.counts * packed for row, n in zip(rows, apart, strict=True)]
    unit = sum(point.counts for point in some) * SINGLE**2
    spread = [
        [(number - WIDE_HALF) / unit for number in lanes.numbers(row + lanes.zero)] for row in rows
    ]
    shrunk = SHRUNK * math.fsum(spread[at][at] for at in range(size)) / size + 1 / SINGLE
    for at in range(size):
        spread[at][at] += shrunk
    return spread


def _scaled(
    rows: Sequence[Sequence[float]], middle: Sequence[int], lead: float
) -> tuple[array[int], array[int]]:
    """The weights so that a label's own phrasings are given the logit `PULL` on average, less where
    the directions tell labels hardly apart; `lead`: what they are given as the weights are."""
    # Labels that differ by what has no vectors, as names do, are hardly told apart by them.
    factor = PULL / max(LEAST_LEAD, lead)
    weights, biases = array("i"), array("i")
    for row in rows:
        weights.extend([round(weight * factor * (1 << FINE)) for weight in row])
        usual = math.fsum(map(mul, row, middle)) / SINGLE
        biases.append(round(-usual * factor * BIAS_UNIT))
    return weights, biases
