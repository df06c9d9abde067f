"""From scores to one confidence, 0 to 1: how likely it is that a candidate answers the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, prod
from operator import mul

from bot.matching.decide import Candidate
from bot.matching.index import LEAST, Index

SAME = 0.99  # evidence of a question that is a phrasing, word for word
SHARED = 0.15  # the head's share from which that is enough
AHEAD = 0.15  # or how far ahead of its rivals
SAME_SURE = 0.85
FLOOR = 0.001  # a share of the head's that is as good as none
SIGNS = 7  # that a confidence is made of

# What the held-out questions of several bases, of 20 to 150 facts, come to together: what a base is
# taken to be like before its own are counted.
USUAL = (2.03, -7.87, 7.65, 1.07, -1.17, -1.41, 0.62, 3.27)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over what a candidate's score is made of: the constant first, then a
    factor for each of `signs`. `trust` is how far each gate is believed, 0 to 1; 1 where absent."""

    factors: tuple[float, ...] = USUAL
    trust: Mapping[str, float] = field(default_factory=dict)

    def probability(self, seen: Sequence[float]) -> float:
        """Of a candidate with these signs, before any gate's objection."""
        logit = sum(map(mul, self.factors, (1.0, *seen)))
        return 1 / (1 + exp(-max(-60.0, logit)))


def signs(candidate: Candidate, gap: float) -> tuple[float, ...]:
    """What speaks for or against a candidate: its score, how far it is ahead of its best rival (or
    behind), the head's share, what of the question only other items have, and what none has, how
    much the question says, the evidence."""
    evidence = candidate.evidence
    weight = max(evidence.weight, LEAST)
    elsewhere = unknown = 0.0
    for one in evidence.missing:
        if one.terms:
            elsewhere += one.weight
        else:
            unknown += one.weight
    return (
        candidate.score,
        gap,
        log(candidate.learnt + FLOOR),
        elsewhere / weight,
        unknown / weight,
        log(evidence.weight + 0.1),
        evidence.score,
    )


def gap_of(candidate: Candidate, scored: Sequence[Candidate], index: Index) -> float:
    """How far a candidate's score is ahead of its best rival's, or behind it; of candidates in the
    order of their scores."""
    family = index.family.get(candidate.evidence.item, ())
    for other in scored:
        if other is not candidate and other.evidence.item not in family:
            return candidate.score - other.score
    return candidate.score


def with_confidence(
    scored: Sequence[Candidate], index: Index, calibration: Calibration
) -> tuple[Candidate, ...]:
    """The candidates with their confidences, the surest first."""
    found = [
        c._replace(confidence=_confidence(c, gap_of(c, scored, index), calibration)) for c in scored
    ]
    found.sort(key=lambda c: (-c.confidence, -c.score, c.id))
    return tuple(found)


def _confidence(candidate: Candidate, gap: float, calibration: Calibration) -> float:
    if candidate.score <= 0:
        return 0.0
    sure = calibration.probability(signs(candidate, gap))
    if candidate.evidence.score >= SAME and (candidate.learnt >= SHARED or gap >= AHEAD):
        sure = max(sure, SAME_SURE)
    if candidate.verdicts:
        sure *= prod([verdict.factor for verdict in candidate.verdicts])
    return round(sure, 3)
