"""The linear head: which features tell one label from its rivals, learnt from phrasings alone.

A softmax over each phrasing's likeliest labels, trained by gradient steps in whole numbers: the
same phrasings give the same weights on every platform and Python version (sums of floats do not).
Nothing rewards a label for having many phrasings: there is no bias, and the phrasings of a label
share one weight.

Fixed point: a logit counts `UNIT` to the one, so does a feature's square (its rarity and kind,
squared). A label's logit is the sum of its weights over the length of the question, where the
features that no phrasing has count too: what is half unknown never scores high.
"""

from __future__ import annotations

import json
import math
import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from bot.matching.features import PIECE, kind_weight

UNIT = 64
STEPS = (0.3, 0.21, 0.147)  # of each pass over the phrasings
STRANGE = 3  # times the square of a feature seen once is that of one never seen
TRUST, SMOOTHING = 1.2, 0.1  # of the guesses that learning starts from
RIVALS = 8  # labels that a phrasing is told from
TELLING = 300  # labels at most that a feature may have to be asked for rivals
SETTLED = 0.01  # an error in a probability too small to learn from
LIGHTEST, HEAVIEST = 0.25, 4.0  # what a phrasing counts where its label has many, or few
TABLE_CELLS = 1 << 25  # (label, feature) pairs; beyond, weights in training are kept sparse
COARSE = 16  # a weight in the model stands for so many in training
PRUNED = 4  # weights in the model this small are left out
COMMON = 8  # a feature with weights for more than one label in so many is kept in lanes

_ONE = 1 << 16  # the probability 1
_EXP = tuple(round(math.exp(-i / UNIT) * _ONE) for i in range(12 * UNIT))
_HALF = 1 << 31  # keeps the sum in a lane of 32 bits positive
_MAGIC = b"FNL1"
_CODES = "iIIh"  # of the arrays in a saved model

Example: TypeAlias = tuple[Sequence[str], int]
Phrasing: TypeAlias = "tuple[array[int], int]"
Guesses: TypeAlias = dict[int, list[tuple[int, int]]]
Row: TypeAlias = "array[int] | SparseRow"


class SparseRow(dict[int, int]):
    """The weights of a label in training that are not 0; to ask for one adds none."""

    def __missing__(self, number: int) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Scores:
    """A logit for every label, and the features that no phrasing has."""

    logits: list[float]
    unseen: tuple[str, ...]

    def best(self) -> int:
        """The likeliest label; of equals the first."""
        return max(range(len(self.logits)), key=self.logits.__getitem__)

    def probability(self, label: int) -> float:
        """The softmax at a label, rounded so that every platform says the same."""
        here = self.logits[label]
        return round(1 / math.fsum(math.exp(min(logit - here, 700)) for logit in self.logits), 6)


class LinearModel:
    """Weights by feature, and for common features also by lanes of one large integer.

    Adding two such integers adds the weights of all labels at once.
    """

    def __init__(
        self,
        labels: int,
        unseen: int,
        features: Iterable[str],
        *,
        squares: array[int],
        starts: array[int],
        owners: array[int],
        weights: array[int],
    ) -> None:
        self.labels = labels
        self._unseen = unseen
        self._numbers = {feature: number for number, feature in enumerate(features)}
        self._arrays = squares, starts, owners, weights
        self._layout = struct.Struct(f"<{labels}I")
        self._zero = int.from_bytes(self._layout.pack(*[_HALF] * labels), "little")
        self._lanes: dict[int, int] = {}  # packed when first asked for: loading is not slowed

    def scores(self, features: Iterable[str]) -> Scores:
        """The logits of a question, given as its distinct features."""
        squares, starts, owners, weights = self._arrays
        lanes, square = self._zero, 0
        rare: list[int] = []
        unseen: list[str] = []
        for feature in features:
            number = self._numbers.get(feature)
            if number is None:
                unseen.append(feature)
                square += int(self._unseen * kind_weight(feature) ** 2)
                continue
            square += squares[number]
            if (starts[number + 1] - starts[number]) * COMMON <= self.labels:
                rare.append(number)
                continue
            row = self._lanes.get(number)
            if row is None:
                start, end = starts[number], starts[number + 1]
                row = self._lanes[number] = self._packed(owners[start:end], weights[start:end])
            lanes += row
        sums = [
            lane - _HALF for lane in self._layout.unpack(lanes.to_bytes(4 * self.labels, "little"))
        ]
        for number in rare:
            start, end = starts[number], starts[number + 1]
            for label, weight in zip(owners[start:end], weights[start:end], strict=True):
                sums[label] += weight
        length = max(1, math.isqrt(square * UNIT)) * UNIT / COARSE
        return Scores([total / length for total in sums], tuple(unseen))

    def _packed(self, owners: Sequence[int], weights: Sequence[int]) -> int:
        row = [_HALF] * self.labels
        for label, weight in zip(owners, weights, strict=True):
            row[label] += weight
        return int.from_bytes(self._layout.pack(*row), "little") - self._zero

    def to_bytes(self) -> bytes:
        """For a cache; every platform reads it back the same."""
        head: dict[str, Any] = {
            "labels": self.labels,
            "unseen": self._unseen,
            "features": list(self._numbers),
            "lengths": [len(values) for values in self._arrays],
        }
        written = json.dumps(head, separators=(",", ":")).encode()
        body = (
            _swapped(array(code, values)) for code, values in zip(_CODES, self._arrays, strict=True)
        )
        return _MAGIC + zlib.compress(
            b"".join([struct.pack("<I", len(written)), written, *body]), level=1
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> LinearModel:
        """Raises ValueError where the bytes are no model of this version."""
        try:
            raw = zlib.decompress(data.removeprefix(_MAGIC))
            (size,) = struct.unpack_from("<I", raw)
            at = 4 + size
            head = json.loads(raw[4:at])
            arrays: list[array[int]] = []
            for code, length in zip(_CODES, head["lengths"], strict=True):
                values: array[int] = array(code)
                end = at + length * values.itemsize
                values.frombytes(raw[at:end])
                arrays.append(_swapped(values))
                at = end
            squares, starts, owners, weights = arrays
            return cls(
                head["labels"],
                head["unseen"],
                head["features"],
                squares=squares,
                starts=starts,
                owners=owners,
                weights=weights,
            )
        except (ValueError, KeyError, TypeError, IndexError, struct.error, zlib.error) as error:
            raise ValueError("not a linear model of this version") from error


def train(examples: Iterable[Example], labels: int) -> LinearModel:
    """Learns from phrasings, each given as its distinct features and its label.

    Reads them once: given by a generator they never take memory all at once.
    """
    numbers: dict[str, int] = {}
    phrasings: list[Phrasing] = []
    for features, label in examples:
        known = array("i", [numbers.setdefault(feature, len(numbers)) for feature in features])
        phrasings.append((known, label))
    counts = Counter(number for features, _ in phrasings for number in features)
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
    return _model(labels, unseen, list(numbers), squares, rows)


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
        for number, square in zip(lesson.features, lesson.squares, strict=True):
            row[number] -= pull * square >> 6


def _model(
    labels: int, unseen: int, features: Sequence[str], squares: array[int], rows: Sequence[Row]
) -> LinearModel:
    """The weights by feature, the small ones left out."""
    least = PRUNED * COARSE
    listed = [array("i") for _ in features]
    for label, row in enumerate(rows):
        weights = row.items() if isinstance(row, SparseRow) else enumerate(row)
        for number, weight in [pair for pair in weights if not -least <= pair[1] <= least]:
            listed[number].extend((label, max(-0x7FFF, min(0x7FFF, weight // COARSE))))
    starts, owners, kept = array("I", [0]), array("I"), array("h")
    for pairs in listed:
        owners.extend(iter(pairs[::2]))
        kept.extend(iter(pairs[1::2]))
        starts.append(len(owners))
    return LinearModel(
        labels, unseen, features, squares=squares, starts=starts, owners=owners, weights=kept
    )


def _swapped(values: array[int]) -> array[int]:
    """To little-endian and back."""
    if sys.byteorder == "big":
        values.byteswap()
    return values
