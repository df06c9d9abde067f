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
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from bot.matching.drafts import Draft, Drafts
from bot.matching.features import PIECE, kind_weight
from bot.matching.head import question_features
from bot.matching.linear import COARSE, UNIT, LinearModel, key_of
from bot.matching.question import Question

MOST_CUT = 30_000  # phrasings of which words are cut to pieces: of more it would take minutes, and
# they hold most words in most forms
STEPS = (0.3, 0.21, 0.147)  # of each pass over the phrasings
STRANGE = 3  # times the square of a feature seen once is that of one never seen
TRUST, SMOOTHING = 1.2, 0.1  # of the guesses that learning starts from
RIVALS = 8  # labels that a phrasing is told from
TELLING = 300  # labels at most that a feature may have to be asked for rivals
SETTLED = 0.01  # an error in a probability too small to learn from
LIGHTEST, HEAVIEST = 0.25, 4.0  # what a phrasing counts where its label has many, or few
TABLE_CELLS = 1 << 25  # (label, feature) pairs; beyond, weights in training are kept sparse
PRUNED = 80  # weights in the model this small are left out: most of them, and nothing is lost

_ONE = 1 << 16  # the probability 1
_EXP = tuple(round(math.exp(-i / UNIT) * _ONE) for i in range(12 * UNIT))

Example: TypeAlias = tuple[Sequence[str], int]
Phrasing: TypeAlias = "tuple[array[int], int]"
Guesses: TypeAlias = dict[int, list[tuple[int, int]]]
Row: TypeAlias = "array[int] | SparseRow"


class SparseRow(dict[int, int]):
    """The weights of a label in training that are not 0; to ask for one adds none."""

    def __missing__(self, number: int) -> int:
        return 0


def learn_head(drafts: Drafts) -> LinearModel:
    """Learns from all phrasings of a base, and from its answers and quotes: where there are few
    phrasings, these hold the words that people ask by."""
    cut = sum(len(draft.questions) for draft in drafts.items) <= MOST_CUT
    examples = (
        (found.all() if cut else found.grams, item)
        for item, draft in enumerate(drafts.items)
        for found in dict.fromkeys(map(question_features, _texts(draft)))
    )
    return train(examples, len(drafts.items), cut=cut)


def _texts(draft: Draft) -> Iterator[Question]:
    yield from (question for _, question in draft.questions)
    yield from draft.told


def train(examples: Iterable[Example], labels: int, *, cut: bool = True) -> LinearModel:
    """Learns from phrasings, each given as its features and its label; `cut`: these have pieces.

    Reads them once: given by a generator they never take memory all at once.
    """
    numbers: dict[str, int] = {}
    phrasings: list[Phrasing] = []
    for features, label in examples:
        known = array("i", [numbers.setdefault(feature, len(numbers)) for feature in features])
        phrasings.append((known, label))
    counts = Counter(number for features, _ in phrasings for number in set(features))
    squares = array(
        "i", [_square(f, counts[number], len(phrasings)) for f, number in numbers.items()]
    )
    guesses = _guesses(phrasings, numbers, squares)
    sparse = labels * len(numbers) > TABLE_CELLS
    rows: list[Row] = [
        SparseRow() if sparse else array("i", bytes(4 * len(numbers) + 4)) for _ in range(labels)
    ]
    for number, guess in guesses.items():
        for label, weight in guess:
            rows[label][number] = weight
    lessons = _lessons(phrasings, len(numbers), squares, guesses)
    del guesses, phrasings
    for turn, step in enumerate(STEPS):
        order = sorted(range(len(lessons)), key=lambda i: (zlib.crc32(b"%d %d" % (turn, i)), i))
        for i in order:
            _learn(lessons[i], rows, int(step * UNIT * _ONE))
    unseen = STRANGE * _square("", 0, len(lessons))
    del lessons
    return _model(labels, unseen, list(numbers), squares, rows, cut=cut)


def _square(feature: str, count: int, phrasings: int) -> int:
    rarity = 1 + math.log((1 + phrasings) / (1 + count))
    return round((rarity * kind_weight(feature)) ** 2 * UNIT)


def _guesses(
    phrasings: Sequence[Phrasing], features: Iterable[str], squares: array[int]
) -> Guesses:
    """Where learning starts: how often a label's phrasings have a stem or pair, as naive Bayes."""
    told = [not feature.startswith(PIECE) for feature in features]
    sizes = Counter(label for _, label in phrasings)
    shares: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for known, label in phrasings:
        for number in known:
            if told[number]:
                shares[number][label] += 1 / sizes[label]
    guesses: Guesses = {}
    for number, share in shares.items():
        size = math.sqrt(squares[number] / UNIT)
        scale = TRUST * UNIT * UNIT * size
        guesses[number] = [
            (label, round(scale * math.log1p(size * part / SMOOTHING)))
            for label, part in share.items()
        ]
    return guesses


class _Lesson(NamedTuple):
    """A phrasing in training."""

    features: array[int]
    pick: itemgetter[Any]  # the weights of its features from a row
    squares: array[int]
    length: int
    candidates: tuple[int, ...]  # its own label first
    importance: float


def _lessons(
    phrasings: Sequence[Phrasing], nothing: int, squares: array[int], guesses: Guesses
) -> list[_Lesson]:
    """`nothing` is a feature always of weight 0: it makes every pick one of several."""
    sizes = Counter(label for _, label in phrasings)
    usual = len(phrasings) / max(1, len(sizes))
    lessons = []
    for known, label in phrasings:
        known_squares = array("i", [squares[number] for number in known])
        lessons.append(
            _Lesson(
                known,
                itemgetter(nothing, nothing, *known),
                known_squares,
                max(1, math.isqrt(sum(known_squares) * UNIT)),
                (label, *_rivals(known, label, guesses)),
                min(HEAVIEST, max(LIGHTEST, usual / sizes[label])),
            )
        )
    return lessons


def _rivals(features: Iterable[int], own: int, guesses: Guesses) -> list[int]:
    evidence: defaultdict[int, int] = defaultdict(int)
    for number in features:
        guess = guesses.get(number, ())
        if len(guess) <= TELLING:
            for label, weight in guess:
                evidence[label] += weight
    evidence.pop(own, None)
    return nlargest(RIVALS, sorted(evidence), key=evidence.__getitem__)


def _learn(lesson: _Lesson, rows: list[Row], step: int) -> None:
    """One gradient step on the labels that this phrasing still gets wrong."""
    logits = [sum(lesson.pick(rows[label])) // lesson.length for label in lesson.candidates]
    top = max(logits)
    powers = [_EXP[top - logit] if top - logit < len(_EXP) else 0 for logit in logits]
    total = sum(powers)
    wanted = _ONE
    for label, power in zip(lesson.candidates, powers, strict=True):
        error = power * _ONE // total - wanted
        wanted = 0
        if abs(error) < SETTLED * _ONE:
            continue
        row = rows[label]
        pull = int(error * lesson.importance) * step // (_ONE * lesson.length)
        if isinstance(row, SparseRow) and label != lesson.candidates[0]:
            # In a large base a rival learns only of features that it has itself: the others would
            # fill its row and tell little, since the label that has them learns of them.
            for number, square in zip(lesson.features, lesson.squares, strict=True):
                if weight := row[number]:
                    row[number] = weight - (pull * square >> 6)
            continue
        for number, square in zip(lesson.features, lesson.squares, strict=True):
            row[number] -= pull * square >> 6


def _model(
    labels: int,
    unseen: int,
    features: Sequence[str],
    squares: array[int],
    rows: Sequence[Row],
    *,
    cut: bool,
) -> LinearModel:
    """The weights in the order of their features' keys, the small ones left out."""
    least = PRUNED * COARSE
    owners_of = [array("I") for _ in features]
    weights_of = [array("h") for _ in features]
    for label, row in enumerate(rows):
        weights = row.items() if isinstance(row, SparseRow) else enumerate(row)
        for number, weight in [pair for pair in weights if not -least <= pair[1] <= least]:
            owners_of[number].append(label)
            weights_of[number].append(max(-0x7FFF, min(0x7FFF, weight // COARSE)))
    keyed = {key_of(feature): number for number, feature in reversed([*enumerate(features)])}
    keys, kept_squares, starts = array("I"), array("I"), array("I", [0])
    owners, kept = array("H" if labels <= 0xFFFF else "I"), array("h")
    for key, number in sorted(keyed.items()):
        keys.append(key)
        kept_squares.append(squares[number])
        owners.extend(iter(owners_of[number]))
        kept.extend(iter(weights_of[number]))
        starts.append(len(owners))
    return LinearModel(
        labels,
        unseen,
        cut=cut,
        keys=keys,
        squares=kept_squares,
        starts=starts,
        owners=owners,
        weights=kept,
    )
