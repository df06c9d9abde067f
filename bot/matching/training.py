"""Learns the linear head from phrasings alone, in whole numbers.

A softmax over each phrasing's likeliest labels, trained by gradient steps from guesses in the
manner of naive Bayes: the same phrasings give the same weights on every platform and Python version
(sums of floats do not). Nothing rewards a label for having many phrasings: there is no bias, and
the phrasings of a label share one weight.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from bot.matching.features import MINOR, Likeness
from bot.matching.linear import LinearModel
from bot.matching.meaning import MeaningHead
from bot.matching.numbering import Example, Numbered, Phrasing, numbered, without_singular
from bot.matching.rivals import Guesses, Near, near_labels
from bot.matching.scores import COARSE, UNIT
from bot.matching.weights import Weights

STEPS = (0.25, 0.15, 0.075, 0.03)  # of each pass over the phrasings
STRANGE = 3  # times the square of a feature seen once is that of one never seen
SMOOTHING = 0.1  # of the guesses that learning starts from
TRUST = 0.5, -0.6  # in them: this times the logarithm of a label's phrasings, and this more
LEAST_TRUST, MOST_TRUST = 0.75, 1.6
RIVALS, MOST_RIVALS = 8, 40  # labels that a phrasing is told from: more where there are few,
TOLD_APART = 120_000  # so that phrasings times rivals come to this
SETTLED = 0.01  # an error in a probability too small to learn from
LIGHTEST, HEAVIEST = 0.25, 4.0  # what a phrasing counts where its label has many, or few
TABLE_CELLS = 1 << 25  # (label, feature) pairs; beyond, weights in training are kept sparse
PRUNED = 64  # weights in the model this small are left out: most of them, and nothing is lost

_ONE = 1 << 16  # the probability 1
_EXP = tuple(round(math.exp(-i / UNIT) * _ONE) for i in range(12 * UNIT))

Row: TypeAlias = "array[int] | SparseRow"


class SparseRow(dict[int, int]):
    """The weights of a label in training that are not 0."""


def train(
    examples: Iterable[Example],
    labels: int,
    *,
    cut: bool = True,
    likeness: Likeness | None = None,
    meaning: MeaningHead | None = None,
) -> LinearModel:
    """Learns from phrasings; `cut`: their features have pieces of words; `likeness`: and what else
    words are like; `meaning`: what was learnt of that apart.

    Reads them once: given by a generator they never take memory all at once.
    """
    phrasings, features = numbered(examples)
    if not cut:
        phrasings, features = without_singular(phrasings, features)
    size = len(features.keys)
    counts = Counter(number for known, *_ in phrasings for number in set(known))
    squares = array(
        "i", [_square(features.weight(n), counts[n], len(phrasings)) for n in range(size)]
    )
    unseen = STRANGE * _square(1.0, 0, len(phrasings))
    guesses = _guesses(phrasings, features, squares)
    sparse = labels * size > TABLE_CELLS
    rows: list[Row] = [
        SparseRow() if sparse else array("i", bytes(4 * size + 4)) for _ in range(labels)
    ]
    for number, guess in guesses.items():
        for label, weight in zip(*guess, strict=True):
            rows[label][number] = weight
    near = near_labels(guesses, labels, len(phrasings))
    lessons = _lessons(phrasings, features.keys, squares, unseen, near)
    del guesses, near, phrasings
    settled = bytearray(len(lessons))  # what a pass learns nothing of, the next leaves out
    for turn, step in enumerate(STEPS):
        for i in _drawn(turn, [lesson.mark for lesson in lessons]):
            settled[i] = not settled[i] and not _learn(lessons[i], rows, int(step * UNIT * _ONE))
    del lessons
    return _model(
        labels,
        unseen,
        features,
        squares,
        rows,
        meaning=meaning,
        cut=cut,
        likeness=likeness,
    )


def _square(weight: float, count: int, phrasings: int) -> int:
    rarity = 1 + math.log((1 + phrasings) / (1 + count))
    return round((rarity * weight) ** 2 * UNIT)


def _guesses(phrasings: Sequence[Phrasing], features: Numbered, squares: array[int]) -> Guesses:
    """Where learning starts: how often a label's phrasings have a stem or pair, as naive Bayes."""
    sizes = Counter(phrasing.label for phrasing in phrasings)
    slope, at_one = TRUST
    each = math.log(max(1, len(phrasings)) / max(1, len(sizes)))
    trust = min(MOST_TRUST, max(LEAST_TRUST, slope * each + at_one))
    shares: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for known, label, *_ in phrasings:
        for number in known:
            if features.told[number]:
                shares[number][label] += 1 / sizes[label]
    guesses: Guesses = {}
    for number, share in shares.items():
        size = math.sqrt(squares[number] / UNIT)
        scale = trust * UNIT * UNIT * size
        weights = [round(scale * math.log1p(size * part / SMOOTHING)) for part in share.values()]
        guesses[number] = array("i", share), array("i", weights)
        share.clear()
    return guesses


class _Lesson(NamedTuple):
    """A phrasing in training."""

    features: array[int]
    pick: itemgetter[Any]  # the weights of its features from a row that has all of them
    squares: array[int]
    length: int
    candidates: tuple[int, ...]  # its own label first
    importance: float
    mark: int  # of what it says


def _lessons(
    phrasings: Sequence[Phrasing],
    keys: Sequence[int],
    squares: Sequence[int],
    unseen: int,
    near: Near,
) -> list[_Lesson]:
    nothing = len(squares)  # a feature always of weight 0: it makes every pick one of several
    sizes = Counter(phrasing.label for phrasing in phrasings)
    usual = len(phrasings) / max(1, len(sizes))
    count = min(MOST_RIVALS, max(RIVALS, TOLD_APART // max(1, len(phrasings))))
    strange_square = int(unseen * MINOR**2)
    lessons = []
    for known, label, counts, strange in phrasings:
        known_squares = array("i", [squares[number] for number in known])
        square = sum(known_squares) + strange * strange_square
        lessons.append(
            _Lesson(
                known,
                itemgetter(nothing, nothing, *known),
                known_squares,
                max(1, math.isqrt(square * UNIT)),
                (label, *near.rivals(known, label, count)),
                counts * min(HEAVIEST, max(LIGHTEST, usual / sizes[label])),
                sum([keys[number] for number in known]),
            )
        )
    return lessons


def _drawn(turn: int, marks: Sequence[int]) -> list[int]:
    """The order of a pass over the phrasings with these marks: as good as random, and of any two
    the same whatever else a base holds, so that one more changes little of what others teach."""
    places = [zlib.crc32(b"%d %d" % (turn, mark)) for mark in marks]
    return sorted(range(len(marks)), key=places.__getitem__)


def _learn(lesson: _Lesson, rows: list[Row], step: int) -> bool:
    """One gradient step on the labels that this phrasing still gets wrong; if any."""
    learnt = False
    sums = [_sum(lesson, rows[label]) for label in lesson.candidates]
    logits = [total // lesson.length for total in sums]
    top = max(logits)
    powers = [_EXP[top - logit] if top - logit < len(_EXP) else 0 for logit in logits]
    total = sum(powers)
    wanted = _ONE
    for label, power in zip(lesson.candidates, powers, strict=True):
        error = power * _ONE // total - wanted
        wanted = 0
        if abs(error) < SETTLED * _ONE:
            continue
        learnt = True
        row = rows[label]
        pull = int(error * lesson.importance) * step // (_ONE * lesson.length)
        if isinstance(row, SparseRow):
            # In a large base a rival learns only of features that it has itself: the others would
            # fill its row and tell little, since the label that has them learns of them.
            own = label == lesson.candidates[0]
            for number, square in zip(lesson.features, lesson.squares, strict=True):
                weight = row.get(number, 0)
                if own or weight:
                    row[number] = weight - (pull * square >> 6)
            continue
        for number, square in zip(lesson.features, lesson.squares, strict=True):
            row[number] -= pull * square >> 6
    return learnt


def _sum(lesson: _Lesson, row: Row) -> int:
    """What a row says of a phrasing."""
    if isinstance(row, SparseRow):
        return sum(map(row.get, lesson.features, repeat(0)))
    return sum(lesson.pick(row))


def _model(
    labels: int,
    unseen: int,
    features: Numbered,
    squares: array[int],
    rows: Sequence[Row],
    *,
    meaning: MeaningHead | None,
    cut: bool,
    likeness: Likeness | None,
) -> LinearModel:
    """The weights in the order of their features' keys, the small ones left out."""
    least = PRUNED * COARSE
    owners_of = [array("I") for _ in features.keys]
    weights_of = [array("h") for _ in features.keys]
    for label, row in enumerate(rows):
        weights = row.items() if isinstance(row, SparseRow) else enumerate(row)
        for number in [n for n, weight in weights if weight > least or weight < -least]:
            weight = row[number]
            owners_of[number].append(label)
            weights_of[number].append(max(-0x7FFF, min(0x7FFF, weight // COARSE)))
    keys, kept_squares, starts = array("I"), array("I"), array("I", [0])
    owners, kept = array("H" if labels <= 0xFFFF else "I"), array("h")
    for key, number in sorted(zip(features.keys, range(len(features.keys)), strict=True)):
        keys.append(key)
        kept_squares.append(squares[number])
        owners.extend(iter(owners_of[number]))
        kept.extend(iter(weights_of[number]))
        starts.append(len(owners))
    return LinearModel(
        labels,
        unseen,
        Weights(keys, kept_squares, starts, owners, kept),
        cut=cut,
        likeness=likeness,
        nearby=likeness is not None,
        meaning=meaning,
    )
