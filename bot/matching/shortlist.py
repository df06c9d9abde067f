"""Of thousands of labels most have nothing to do with a question: only those are looked at that its
rarest features speak for."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import NamedTuple

from bot.matching.weights import Run, Weights

LOOKED_AT = 2_000  # weights at most that are gone through to find these
NEAR = 128  # labels that then are looked at closely


class Shortlist(NamedTuple):
    """Labels, in order, and what all of a question's features say for each."""

    labels: list[int]
    sums: list[int]


def shortlist(weights: Weights, runs: Sequence[Run], labels: int) -> Shortlist:
    """The labels that a question's rarest features speak for, of so many labels; `runs`: where the
    weights of its features are."""
    rarest = sorted(runs, key=lambda run: (run[1] - run[0], run))
    found, common = _spoken_for(weights, rarest)
    near = sorted(nlargest(NEAR, found, key=lambda label: (found[label], -label)))
    if not near:
        near = list(range(min(NEAR, labels)))
    sums = []
    for label in near:
        total = found.get(label, 0)
        for run in common:
            total += weights.within(run, label)
        sums.append(total)
    return Shortlist(near, sums)


def _spoken_for(weights: Weights, runs: Sequence[Run]) -> tuple[dict[int, int], Sequence[Run]]:
    """What the first runs say for each label, and the runs that are too long to go through."""
    found: dict[int, int] = {}
    left = LOOKED_AT
    for at, run in enumerate(runs):
        left -= run[1] - run[0]
        if left < 0 and found:
            return found, runs[at:]
        for label, weight in weights.told(run):
            found[label] = found.get(label, 0) + weight
    return found, ()
