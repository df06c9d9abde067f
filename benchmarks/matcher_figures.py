"""The figures of a matcher: accuracy, silence where nobody answers, their harmonic mean H."""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from matcher_data import Asked

DRAWS = 2000  # of the bootstrap
BINS = 10  # of the reliability diagram


@dataclass(frozen=True, slots=True)
class Judged:
    """One question and what a matcher made of it."""

    asked: Asked
    best: str | None  # the label it would give; None: none at all
    confidence: float
    answered: bool | None = None  # by the matcher's own decision, if it takes one
    shown: frozenset[str] = frozenset()  # what it then showed

    @property
    def is_right(self) -> bool:
        return self.best in self.asked.right


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares, 0 to 1; the interval holds H with 95 % certainty."""

    accuracy: float  # right label and answered, of what has an answer
    silence: float  # not answered, of what has none
    h: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Marks:
    """Shares of the questions that have an answer, and of the others."""

    right: float
    wrong: float
    silent: float
    declined: float  # of what must not be answered


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence."""

    confidence: float  # their mean
    right: float  # the share of them that is right
    count: int


def best_threshold(judged: Iterable[Judged]) -> float:
    """The confidence from which answering gives the best H; of equals the lowest."""
    points = curve(judged)
    return max(points, key=lambda point: (harmonic(point[1], point[2]), -point[0]))[0]


def curve(judged: Iterable[Judged]) -> list[tuple[float, float, float]]:
    """Threshold, accuracy and silence, by falling threshold, from never answering on."""
    ordered = sorted(judged, key=lambda one: -one.confidence)
    answerable = sum(bool(one.asked.right) for one in ordered)
    others = len(ordered) - answerable
    right = answered = 0
    points = [(math.inf, 0.0, 1.0)]
    for number, one in enumerate(ordered):
        if one.best is not None:
            right += one.is_right
            answered += not one.asked.right
        if number + 1 == len(ordered) or ordered[number + 1].confidence != one.confidence:
            points.append((one.confidence, share(right, answerable), 1 - share(answered, others)))
    return points


def accuracy(judged: Iterable[Judged]) -> float:
    """Without a threshold."""
    marks = [one.is_right for one in judged if one.asked.right]
    return share(sum(marks), len(marks))


def at_threshold(judged: Iterable[Judged], threshold: float) -> Quality:
    return _quality(
        judged, lambda one: one.best is not None and one.confidence >= threshold, _has_best
    )


def by_own_decision(judged: Iterable[Judged]) -> Quality:
    """By what the matcher itself answered."""
    return _quality(judged, lambda one: bool(one.answered), _has_shown)


def marks_of(judged: Sequence[Judged], threshold: float | None) -> Marks:
    """By a threshold, or with none by what the matcher itself answered."""

    def answers(one: Judged) -> bool:
        if threshold is None:
            return bool(one.answered)
        return one.best is not None and one.confidence >= threshold

    is_right = _has_shown if threshold is None else _has_best
    told = [(answers(one), is_right(one)) for one in judged if one.asked.right]
    others = [answers(one) for one in judged if not one.asked.right]
    right = sum(answered and fits for answered, fits in told)
    silent = sum(not answered for answered, _ in told)
    return Marks(
        share(right, len(told)),
        share(len(told) - right - silent, len(told)),
        share(silent, len(told)),
        1 - share(sum(others), len(others)),
    )


def reliability(judged: Iterable[Judged]) -> list[Bin]:
    """How often the best label is right, by the confidence in it; empty bins are left out."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        if one.best is not None:
            bins[min(BINS - 1, int(one.confidence * BINS))].append(one)
    return [
        Bin(
            sum(one.confidence for one in held) / len(held),
            share(sum(one.is_right for one in held), len(held)),
            len(held),
        )
        for held in bins
        if held
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance of confidence from truth, weighted by how often it is met."""
    total = sum(one.count for one in bins)
    return sum(abs(one.confidence - one.right) * one.count for one in bins) / max(1, total)


def harmonic(left: float, right: float) -> float:
    return 2 * left * right / (left + right) if left + right else 0.0


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def percentile(values: Sequence[float], part: float) -> float:
    """The least value that at least `part` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def _has_best(one: Judged) -> bool:
    return one.is_right


def _has_shown(one: Judged) -> bool:
    return bool(one.asked.right & one.shown)


def _quality(
    judged: Iterable[Judged], answers: Callable[[Judged], bool], fits: Callable[[Judged], bool]
) -> Quality:
    told, kept, answerable, others = 0, 0, 0, 0
    for one in judged:
        if one.asked.right:
            answerable += 1
            told += answers(one) and fits(one)
        else:
            others += 1
            kept += not answers(one)
    right, silent = share(told, answerable), share(kept, others)
    interval = _bootstrap((told, answerable), (kept, others))
    return Quality(right, silent, harmonic(right, silent), interval)


def _bootstrap(told: tuple[int, int], kept: tuple[int, int]) -> tuple[float, float]:
    """Where H lies when the questions are drawn anew, of either kind as many.

    Drawing n questions of which a share hits is drawing once from a binomial distribution.
    """
    chance = random.Random(1)  # noqa: S311 - a benchmark, no secret
    left, right = _binomial(*told), _binomial(*kept)
    drawn = sorted(
        harmonic(
            share(bisect_left(left, chance.random() * left[-1]), told[1]),
            share(bisect_left(right, chance.random() * right[-1]), kept[1]),
        )
        for _ in range(DRAWS)
    )
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS) - 1]


def _binomial(hits: int, total: int) -> list[float]:
    """The chances of 0, 1, ... `total` hits, added up."""
    if hits in {0, total}:
        return [float(count >= hits) for count in range(total + 1)]
    chance = hits / total
    logs = (
        math.lgamma(total + 1)
        - math.lgamma(count + 1)
        - math.lgamma(total - count + 1)
        + count * math.log(chance)
        + (total - count) * math.log(1 - chance)
        for count in range(total + 1)
    )
    return list(accumulate(math.exp(value) for value in logs))
