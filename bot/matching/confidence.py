"""From scores to one confidence, 0 to 1: how likely it is that a candidate answers the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, prod

from bot.matching.decide import Candidate
from bot.matching.index import Index

SAME = 0.99  # evidence of a question that is a phrasing, word for word
SHARED = 0.15  # the head's share from which that is enough
AHEAD = 0.15  # or how far ahead of its rivals
SAME_SURE = 0.85
FLOOR = 0.001  # a share of the head's that is as good as none


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over what a candidate's score is made of."""

    bias: float = 0.17
    score: float = 1.44
    gap: float = 3.3  # to the best rival: how far ahead it is, or behind
    learnt: float = 0.49  # by the logarithm of the head's share
    missing: float = -2.3  # the share of the question that the item does not hold
    weight: float = 0.88  # by the logarithm of how much the question says at all


def with_confidence(
    scored: Sequence[Candidate], index: Index, calibration: Calibration
) -> tuple[Candidate, ...]:
    """The candidates with their confidences, the surest first."""
    found = [
        replace(c, confidence=_confidence(c, _gap(c, scored, index), calibration)) for c in scored
    ]
    found.sort(key=lambda c: (-c.confidence, -c.score, c.id))
    return tuple(found)


def _gap(candidate: Candidate, scored: Sequence[Candidate], index: Index) -> float:
    family = index.family.get(candidate.evidence.item, frozenset())
    rivals = (
        other.score
        for other in scored
        if other is not candidate and other.evidence.item not in family
    )
    return candidate.score - max(rivals, default=0.0)


def _confidence(candidate: Candidate, gap: float, c: Calibration) -> float:
    evidence = candidate.evidence
    missing = sum(one.weight for one in evidence.missing)
    logit = (
        c.bias
        + c.score * candidate.score
        + c.gap * gap
        + c.learnt * log(candidate.learnt + FLOOR)
        + c.missing * missing / max(evidence.weight, 0.05)
        + c.weight * log(evidence.weight + 0.1)
    )
    sure = 1 / (1 + exp(-logit)) if candidate.score > 0 else 0.0
    if evidence.score >= SAME and (candidate.learnt >= SHARED or gap >= AHEAD):
        sure = max(sure, SAME_SURE)
    return round(sure * prod(verdict.factor for verdict in candidate.verdicts), 3)
