"""The linear head: which features tell one label from its rivals, as weights to be looked up.

Fixed point: a logit counts `UNIT` to the one, so does a feature's square (its rarity and kind,
squared). A label's logit is the sum of its weights over the length of the question, where the
features that no phrasing has count too: what is half unknown never scores high.

A question's words repeat from one question to the next. So the weights of a word's parts, added up
for all labels in the lanes of one large integer, are remembered; to add two such integers adds the
weights of all labels at once. Of thousands of labels most have nothing to do with a question: there
only those are looked at that its rarest features speak for.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import NamedTuple, TypeAlias

from bot.matching.features import Features, Likeness, Parts, kind_weight, pieces, pieces_and
from bot.matching.lanes import HALF, Kept, Lanes, Ready
from bot.matching.marks import Marks, mark_of
from bot.matching.meaning import MeaningHead
from bot.matching.packing import Buffer, Numbers, as_numbers, code_of, pack, unpack
from bot.matching.remembering import remember

UNIT = 64
COARSE = 16  # a weight in the model stands for so many in training
LANED = 32  # a stem or pair with weights for more labels than this is added in lanes
PARTS_LANED = 64  # so is a part of a word, which has to be added but once for each new word
REMEMBERED = 1 << 21  # bytes of words and of features in lanes that are remembered

MOST_LANES = 2_000  # labels; of more, a question looks at few
LOOKED_AT = 2_000  # weights at most that are gone through to find these
NEAR = 128  # labels that then are looked at closely

COUNTED = 32  # labels whose powers are added up one by one
GRAMS = 8192  # stems and pairs that are remembered: most are in no lanes, and small

WORD = "##"  # begins the key of a word's summed parts: no feature begins so

# Weights in lanes, the square, and weights that are few: their labels, and they themselves.
Row: TypeAlias = tuple[int, int, bytes, bytes]
Run: TypeAlias = tuple[int, int]  # a feature's weights: from the first to before the second


class Scores(NamedTuple):
    """The logit of every label: what its lane is above `HALF`, over `scale`."""

    labels: Sequence[int]  # those that were looked at, in order
    sums: Sequence[int]  # theirs
    ordered: Sequence[int]  # the sums, the highest first
    scale: int
    others: int = 0  # labels that no more is known of than that they are not near

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


def _scale(square: int) -> int:
    """What a sum is to be divided by for a logit."""
    return max(1, math.isqrt(square * UNIT)) * UNIT // COARSE


class LinearModel:
    """Weights by feature. Immutable, but for what it remembers of the words it was asked."""

    def __init__(
        self,
        labels: int,
        unseen: int,
        *,
        cut: bool,
        likeness: Likeness | None = None,
        nearby: bool = False,
        keys: Numbers,
        squares: Numbers,
        starts: Numbers,
        owners: Numbers,
        weights: Numbers,
        meaning: MeaningHead | None = None,
        kept: Kept | None = None,
    ) -> None:
        """`keys` are in order; the weights of feature number i, and the labels that own them, are
        from `starts[i]` on; `unseen` is the square of a feature that no phrasing has; `cut`: words
        are cut to pieces; `nearby`: what is related to a word is a part of it, too; `meaning`: what
        was learnt of the words' vectors; `kept`: what `made_ready` put in lanes."""
        self.labels = labels
        known = likeness if nearby else None
        self.parts: Parts = pieces_and(known.related) if known else pieces
        if meaning is None:
            meaning = MeaningHead(labels, array("i"), array("i"))
        self._meaning = meaning.knowing(known.vector) if known else meaning
        self._cut = cut
        self._nearby = nearby
        self._likeness = likeness
        self._unseen = unseen
        self._arrays = keys, squares, starts, owners, weights
        self._keys = Marks(keys)
        self._codes = code_of(owners), code_of(weights)
        lanes = labels if labels <= MOST_LANES else 0
        self._lane_labels = range(lanes)
        self._lanes = Lanes(lanes)
        self._ready = Ready(kept or Kept.nothing(), self._lanes)
        self._room = max(64, REMEMBERED // (4 * labels + 100))
        self._words: dict[str, Row] = {}
        self._laned: dict[int, int] = {}
        self._grams: dict[str, Row] = {}  # in lanes
        self._few: dict[str, Row] = {}  # in none

    def knowing(self, likeness: Likeness) -> LinearModel:
        """The same model, which looks up what a word is like where it has learnt that."""
        return self._like_this(self._ready.kept, self._meaning, likeness) if self._nearby else self

    def scores(self, asked: Features) -> Scores:
        """The logits of a question."""
        if self.labels > MOST_LANES:
            return self._near_scores(asked)
        words, grams, few_labels = self._words, self._grams, self._few
        rows = [words.get(w) or self._parts_of(w) for w in asked.words] if self._cut else []
        rows += [grams.get(g) or few_labels.get(g) or self._gram_of(g) for g in asked.grams]
        lanes, squares, few, weights = zip(*rows, strict=True) if rows else ((), (), (), ())
        total, scale = sum(lanes, self._lanes.zero), _scale(sum(squares))
        if self._meaning:
            total += self._meaning.said(asked.words, scale)
        sums = self._lanes.numbers(total)
        self._add(few, weights, sums)
        return Scores(self._lane_labels, sums, sorted(sums, reverse=True), scale)

    def _add(self, owners: Iterable[bytes], weights: Iterable[bytes], sums: list[int]) -> None:
        """Adds weights to their labels' sums. Bytes lie side by side in memory; as many pairs of
        numbers lie all over it, and to wait for these takes longer than to add them."""
        owner_code, weight_code = self._codes
        spoken = as_numbers(weight_code, b"".join(weights))
        for label, weight in zip(as_numbers(owner_code, b"".join(owners)), spoken, strict=True):
            sums[label] += weight

    def _near_scores(self, asked: Features) -> Scores:
        """The logits of the labels that a question's rarest features speak for."""
        square, runs = self._runs_of(asked)
        found, common = self._spoken_for(runs)
        near = sorted(nlargest(NEAR, found, key=lambda label: (found[label], -label)))
        if not near:
            near = list(range(min(NEAR, self.labels)))
        sums = []
        for label in near:
            total = HALF + found.get(label, 0)
            for start, stop in common:
                total += self._weight_in(start, stop, label)
            sums.append(total)
        others = self.labels - len(near)
        return Scores(near, sums, sorted(sums, reverse=True), _scale(square), others)

    def _runs_of(self, asked: Features) -> tuple[int, list[Run]]:
        """The squares of a question's features, summed, and where their weights stand: the rarest
        feature's first."""
        _, squares, starts, _, _ = self._arrays
        square, runs = 0, []
        for feature in asked.all(self.parts) if self._cut else asked.grams:
            number = self._number(feature)
            if number is None:
                square += self._strange_square(feature)
            else:
                square += squares[number]
                runs.append((starts[number], starts[number + 1]))
        runs.sort(key=lambda run: (run[1] - run[0], run))
        return square, runs

    def _spoken_for(self, runs: Sequence[Run]) -> tuple[dict[int, int], Sequence[Run]]:
        """What the first runs say for each label, and the runs that are too long to go through."""
        _, _, _, owners, weights = self._arrays
        found: dict[int, int] = {}
        left = LOOKED_AT
        for at, (start, stop) in enumerate(runs):
            left -= stop - start
            if left < 0 and found:
                return found, runs[at:]
            for label, weight in zip(owners[start:stop], weights[start:stop], strict=True):
                found[label] = found.get(label, 0) + weight
        return found, ()

    def weight(self, feature: str, label: int) -> int:
        """What a feature says for a label, in the sums' units; 0: nothing."""
        number = self._number(feature)
        if number is None:
            return 0
        starts = self._arrays[2]
        return self._weight_in(starts[number], starts[number + 1], label)

    def word_weights(self, asked: Features, label: int, scale: int) -> dict[str, int]:
        """What all parts of each of a question's words say for a label, in the sums' units, and
        what its meaning does; `scale`: of the question's scores."""
        told = {word: sum(self.weight(p, label) for p in self.parts(word)) for word in asked.words}
        for word, meant in self._meaning.word_says(asked.words, label, scale).items():
            told[word] += meant
        return told

    def _weight_in(self, start: int, stop: int, label: int) -> int:
        """A label's weight in a feature's run; 0: it has none there."""
        _, _, _, owners, weights = self._arrays
        at = bisect_left(owners, label, start, stop)
        return weights[at] if at < stop and owners[at] == label else 0

    def _number(self, feature: str) -> int | None:
        return self._keys.place(mark_of(feature))

    def _strange_square(self, feature: str) -> int:
        """The square of a feature that no phrasing has."""
        return int(self._unseen * kind_weight(feature) ** 2)

    def _gram_of(self, gram: str) -> Row:
        """A stem's or a pair's weights, in lanes or, where they are few, by label; its square."""
        number = self._number(gram)
        if number is None:
            return remember(self._few, gram, (0, self._strange_square(gram), b"", b""), GRAMS)
        _, squares, starts, owners, weights = self._arrays
        start, end = starts[number], starts[number + 1]
        if end - start > LANED:
            lanes, square = self._ready.find(gram) or (self._in_lanes(number), squares[number])
            return remember(self._grams, gram, (lanes, square, b"", b""), self._room)
        row = 0, squares[number], bytes(owners[start:end]), bytes(weights[start:end])
        return remember(self._few, gram, row, GRAMS)

    def _parts_of(self, word: str) -> Row:
        """The summed weights and squares of a word's parts."""
        lanes, square = self._ready.find(WORD + word) or self._cut_up(word)
        return remember(self._words, word, (lanes, square, b"", b""), self._room)

    def _cut_up(self, word: str) -> tuple[int, int]:
        _, squares, starts, owners, weights = self._arrays
        sums, lanes, square = [0] * self.labels, 0, 0
        few: list[bytes] = []
        said: list[bytes] = []
        for part in self.parts(word):
            number = self._number(part)
            if number is None:
                square += self._strange_square(part)
                continue
            square += squares[number]
            start, end = starts[number], starts[number + 1]
            if end - start > PARTS_LANED:
                lanes += self._in_lanes(number)
                continue
            few.append(bytes(owners[start:end]))
            said.append(bytes(weights[start:end]))
        self._add(few, said, sums)
        return lanes + self._lanes.packed(sums), square

    def _in_lanes(self, number: int) -> int:
        """A feature's weights in lanes."""
        found = self._laned.get(number)
        if found is not None:
            return found
        _, _, starts, owners, weights = self._arrays
        sums = [0] * self.labels
        start, end = starts[number], starts[number + 1]
        for label, weight in zip(owners[start:end], weights[start:end], strict=True):
            sums[label] = weight
        return remember(self._laned, number, self._lanes.packed(sums), self._room)

    def made_ready(self, words: Iterable[str], grams: Iterable[str]) -> LinearModel:
        """The same model, with lanes for these words, and for such of the grams as need it."""
        if not self._cut or self.labels > MOST_LANES:
            return self
        words = tuple(words)
        rows = {mark_of(WORD + word): self._cut_up(word) for word in words}
        starts = self._arrays[2]
        for gram in grams:
            number = self._number(gram)
            if number is not None and starts[number + 1] - starts[number] > LANED:
                rows[mark_of(gram)] = self._gram_of(gram)[:2]
        kept = Kept.of(rows, self._lanes)
        return self._like_this(kept, self._meaning.ready(words), self._likeness)

    def _like_this(
        self, kept: Kept, meaning: MeaningHead, likeness: Likeness | None
    ) -> LinearModel:
        """The same weights with something else beside them."""
        keys, squares, starts, owners, weights = self._arrays
        return LinearModel(
            self.labels,
            self._unseen,
            cut=self._cut,
            likeness=likeness,
            nearby=self._nearby,
            keys=keys,
            squares=squares,
            starts=starts,
            owners=owners,
            weights=weights,
            meaning=meaning,
            kept=kept,
        )

    def to_bytes(self) -> bytes:
        """For a cache; every platform reads it back the same."""
        described = [self.labels, self._unseen, self._cut, self._nearby]
        meaning = self._meaning
        arrays = [*self._arrays, *self._ready.kept, *meaning.learnt, *meaning.kept]
        return pack(described, arrays)

    @classmethod
    def from_bytes(cls, data: Buffer) -> LinearModel:
        """Raises ValueError where the bytes are no model of this version."""
        described, arrays = unpack(data)
        try:
            labels, unseen, cut, nearby = described
            keys, squares, starts, owners, weights, *others = arrays
            ready, directions, biases, meant = others[:3], others[3], others[4], others[5:]
            kept, meaning = Kept(*ready), MeaningHead(labels, directions, biases, kept=Kept(*meant))
        except (ValueError, TypeError) as error:
            raise ValueError("not a linear model of this version") from error
        return cls(
            labels,
            unseen,
            cut=cut,
            nearby=nearby,
            keys=keys,
            squares=squares,
            starts=starts,
            owners=owners,
            weights=weights,
            meaning=meaning,
            kept=kept,
        )
