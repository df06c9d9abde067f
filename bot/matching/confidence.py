"""From what speaks for each candidate to its score, and to one confidence, 0 to 1: how likely it is
that it answers the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, prod
from operator import attrgetter, mul

from bot.matching.decide import SAME, Candidate
from bot.matching.index import LEAST, Index

WEIGHTY = 0.5  # of a question that is a phrasing: words that half of all facts have may agree by
# chance
SHARED = 0.15  # the head's share from which that is enough
AHEAD = 0.15  # or how far ahead of its rivals
SAME_SURE = 0.85
FLOOR = 0.001  # a share of the head's that is as good as none
PHRASED = 3.0  # logits that a phrasing adds which agrees in full
UNHEARD = 0.0005  # a share of the head's that is rounded to nothing
SIGNS = 4  # that a confidence is made of

# What the questions of eleven bases, of 20 to 200 items with 6 to 100 phrasings each, come to
# together: what a base is taken to be like before its own are counted. benchmarks/fit_confidence.py
# fits them; what is near serves as well.
USUAL = (-0.51, 3.51, 0.72, 0.39, 2.53)
BY_PHRASINGS = -0.39  # the more phrasings an item has, the more an odd question tells: this for
EACH, FEWEST_EACH = 20, 10  # the logarithm of how many there are to this many, at least so many
# The same of those bases whose questions name nobody. What is beside them is far from them, so the
# head's word is worth more, and the evidence less. So the more, the fewer questions name somebody,
# from the share that do in bases of events; and the more items there are, up to the least of these
# bases: among two or three the head's share tells little.
NAMELESS = (0.42, 2.13, 1.26, 1.17, 1.08)
NAMING, LEAST_ITEMS = 0.3, 20


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


def usual(phrasings: int, items: int, named: float) -> tuple[float, ...]:
    """The factors that bases with so many phrasings and items usually have, where this share of
    the phrasings names somebody."""
    share = max(0.0, 1 - named / NAMING) * min(1.0, items / LEAST_ITEMS)
    both = zip(USUAL, NAMELESS, strict=True)
    constant, *others = [round(usually + share * (less - usually), 2) for usually, less in both]
    return round(constant + BY_PHRASINGS * plenty(phrasings, items), 2), *others


def plenty(phrasings: int, items: int) -> float:
    """How many phrasings an item has, as what `BY_PHRASINGS` is for."""
    return log(max(FEWEST_EACH, phrasings / max(1, items)) / EACH)


def signs(candidate: Candidate, gap: float) -> tuple[float, ...]:
    """What speaks for or against a candidate: how far its score is ahead of its best rival's (or
    behind), the head's share, what of the question no item has, the evidence."""
    evidence = candidate.evidence
    unknown = sum([one.weight for one in evidence.missing if not one.terms])
    return (
        gap,
        log(candidate.learnt + FLOOR),
        unknown / max(evidence.weight, LEAST),
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


def with_scores(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with their scores, the best first; ties go by id. A score is a share of all
    items: the head's, as the evidence and the gates change it. Of the items that were not looked
    at, no phrasing agrees."""
    weights = []
    left = 1.0
    for candidate in candidates:
        left -= candidate.learnt
        weight = (candidate.learnt + UNHEARD) * exp(PHRASED * candidate.evidence.score)
        if candidate.objections:
            weight *= prod([objection.factor for objection in candidate.objections])
        weights.append(weight)
    total = sum(weights) + max(0.0, left)
    found = [
        c._replace(score=round(weight / total, 4))
        for c, weight in zip(candidates, weights, strict=True)
    ]
    found.sort(key=lambda c: (-c.score, c.id))
    return found


def with_confidence(
    scored: Sequence[Candidate], index: Index, calibration: Calibration
) -> tuple[Candidate, ...]:
    """The candidates with their confidences, the surest first; of equals the best score."""
    sure = [
        c._replace(confidence=_confidence(c, gap_of(c, scored, index), calibration)) for c in scored
    ]
    return tuple(sorted(sure, key=_confidence_of, reverse=True))


_confidence_of = attrgetter("confidence")


def _confidence(candidate: Candidate, gap: float, calibration: Calibration) -> float:
    if candidate.score <= 0:
        return 0.0
    sure = calibration.probability(signs(candidate, gap))
    same = candidate.evidence.score >= SAME and candidate.evidence.weight >= WEIGHTY
    if same and (candidate.learnt >= SHARED or gap >= AHEAD):
        sure = max(sure, SAME_SURE)
    if candidate.objections:
        sure *= prod([objection.factor for objection in candidate.objections])
    return round(sure, 3)
