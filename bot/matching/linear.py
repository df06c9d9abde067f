"""The linear head: which features tell one label from its rivals, as weights to be looked up.

Fixed point: a logit counts `UNIT` to the one, so does a feature's square (its rarity and kind,
squared). A label's logit is the sum of its weights over the length of the question, where the
features that no phrasing has count too: what is half unknown never scores high.

A question's words repeat from one question to the next. So the weights of a word's parts, added up
for all labels in the lanes of one large integer, are remembered; to add two such integers adds the
weights of all labels at once. Where there are thousands of labels, `shortlist` finds those that
matter.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TypeAlias

from bot.matching.features import (
    Features,
    Likeness,
    Parts,
    is_pair,
    kind_weight,
    pieces,
    pieces_and,
)
from bot.matching.lanes import HALF, Kept, Lanes, Ready
from bot.matching.marks import mark_of
from bot.matching.meaning import MeaningHead
from bot.matching.packing import Buffer, as_numbers, pack, unpack
from bot.matching.remembering import remember
from bot.matching.scores import Scores, scale_of
from bot.matching.weights import Run, Weights

LANED = 32  # a stem or pair with weights for more labels than this is added in lanes
PARTS_LANED = 64  # so is a part of a word, which has to be added but once for each new word
REMEMBERED = 1 << 21  # bytes of words and of features in lanes that are remembered
MOST_LANES = 2_000  # labels; of more, a question looks at few
GRAMS = 8192  # stems and pairs that are remembered: most are in no lanes, and small

WORD = "##"  # begins the key of a word's summed parts: no feature begins so

# Weights in lanes, the square, and weights that are few: their labels, and they themselves.
Row: TypeAlias = tuple[int, int, bytes, bytes]


class LinearModel:
    """Weights by feature. Immutable, but for what it remembers of the words it was asked."""

    def __init__(
        self,
        labels: int,
        unseen: int,
        weights: Weights,
        *,
        cut: bool,
        likeness: Likeness | None = None,
        nearby: bool = False,
        meaning: MeaningHead | None = None,
        kept: Kept | None = None,
    ) -> None:
        """`unseen` is the square of a feature that no phrasing has; `cut`: words are cut to pieces;
        `nearby`: what is related to a word is a part of it, too; `meaning`: what was learnt of the
        words' vectors; `kept`: what `made_ready` put in lanes."""
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
        self._weights = weights
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
        return self._with(self._ready.kept, self._meaning, likeness) if self._nearby else self

    def forget_words(self) -> None:
        """Forget the words that were lately asked."""
        for kept in (self._words, self._grams, self._few):
            kept.clear()
        self._meaning.forget_words()
        pieces.cache_clear()

    def scores(self, asked: Features) -> Scores:
        """The logits of a question."""
        if self.labels > MOST_LANES:
            return self._shortlisted(asked)
        words, grams, few_labels = self._words, self._grams, self._few
        rows = [words.get(w) or self._parts_of(w) for w in asked.words] if self._cut else []
        rows += [grams.get(g) or few_labels.get(g) or self._gram_of(g) for g in asked.grams]
        lanes, squares, few, weights = zip(*rows, strict=True) if rows else ((), (), (), ())
        total, scale = sum(lanes, self._lanes.zero), scale_of(sum(squares))
        if self._meaning:
            total += self._meaning.said(asked.words, scale)
        sums = self._lanes.numbers(total)
        self._add(few, weights, sums)
        return Scores.of(self._lane_labels, sums, scale)

    def _add(self, owners: Iterable[bytes], weights: Iterable[bytes], sums: list[int]) -> None:
        """Adds weights to their labels' sums. Bytes lie side by side in memory; as many pairs of
        numbers lie all over it, and to wait for these takes longer than to add them."""
        owner_code, weight_code = self._weights.codes
        spoken = as_numbers(weight_code, b"".join(weights))
        for label, weight in zip(as_numbers(owner_code, b"".join(owners)), spoken, strict=True):
            sums[label] += weight

    def _shortlisted(self, asked: Features) -> Scores:
        """The logits of the labels that a question's rarest features speak for."""
        from bot.matching.shortlist import shortlist  # noqa: PLC0415 - few bases are so large

        square = 0
        runs: list[Run] = []
        for feature in asked.all(self.parts) if self._cut else asked.grams:
            number = self._weights.number(feature)
            if number is None:
                square += self._strange_square(feature)
            else:
                square += self._weights.squares[number]
                runs.append(self._weights.run(number))
        labels, told = shortlist(self._weights, runs, self.labels)
        sums = [HALF + total for total in told]
        return Scores.of(labels, sums, scale_of(square), self.labels - len(labels))

    def weight(self, feature: str, label: int) -> int:
        """What a feature says for a label, in the sums' units; 0: nothing."""
        return self._weights.of(feature, label)

    def word_weights(self, asked: Features, label: int, scale: int) -> dict[str, int]:
        """What all parts of each of a question's words say for a label, in the sums' units, and
        what its meaning does; `scale`: of the question's scores."""
        told = {word: sum(self.weight(p, label) for p in self.parts(word)) for word in asked.words}
        for word, meant in self._meaning.word_says(asked.words, label, scale).items():
            told[word] += meant
        return told

    def without_strange_pairs(self, asked: Features) -> Features:
        """A question's features but for the pairs that no phrasing has."""
        known = [g for g in asked.grams if not is_pair(g) or self._weights.number(g) is not None]
        return Features(tuple(known), asked.words)

    def _strange_square(self, feature: str) -> int:
        """The square of a feature that no phrasing has."""
        return int(self._unseen * kind_weight(feature) ** 2)

    def _gram_of(self, gram: str) -> Row:
        """A stem's or a pair's weights, in lanes or, where they are few, by label; its square."""
        number = self._weights.number(gram)
        if number is None:
            return remember(self._few, gram, (0, self._strange_square(gram), b"", b""), GRAMS)
        square = self._weights.squares[number]
        if self._weights.count(number) > LANED:
            lanes, square = self._ready.find(gram) or (self._in_lanes(number), square)
            return remember(self._grams, gram, (lanes, square, b"", b""), self._room)
        return remember(self._few, gram, (0, square, *self._weights.packed(number)), GRAMS)

    def _parts_of(self, word: str) -> Row:
        """The summed weights and squares of a word's parts."""
        lanes, square = self._ready.find(WORD + word) or self._cut_up(word)
        return remember(self._words, word, (lanes, square, b"", b""), self._room)

    def _cut_up(self, word: str) -> tuple[int, int]:
        sums, lanes, square = [0] * self.labels, 0, 0
        few: list[bytes] = []
        said: list[bytes] = []
        for part in self.parts(word):
            number = self._weights.number(part)
            if number is None:
                square += self._strange_square(part)
                continue
            square += self._weights.squares[number]
            if self._weights.count(number) > PARTS_LANED:
                lanes += self._in_lanes(number)
                continue
            owners, weights = self._weights.packed(number)
            few.append(owners)
            said.append(weights)
        self._add(few, said, sums)
        return lanes + self._lanes.packed(sums), square

    def _in_lanes(self, number: int) -> int:
        """A feature's weights in lanes."""
        found = self._laned.get(number)
        if found is not None:
            return found
        sums = [0] * self.labels
        for label, weight in self._weights.told(self._weights.run(number)):
            sums[label] = weight
        return remember(self._laned, number, self._lanes.packed(sums), self._room)

    def made_ready(self, words: Iterable[str], grams: Iterable[str]) -> LinearModel:
        """The same model, with lanes for these words, and for such of the grams as need it."""
        if not self._cut or self.labels > MOST_LANES:
            return self
        words = tuple(words)
        rows = {mark_of(WORD + word): self._cut_up(word) for word in words}
        for gram in grams:
            number = self._weights.number(gram)
            if number is not None and self._weights.count(number) > LANED:
                rows[mark_of(gram)] = self._gram_of(gram)[:2]
        kept = Kept.of(rows, self._lanes)
        return self._with(kept, self._meaning.ready(words), self._likeness)

    def _with(self, kept: Kept, meaning: MeaningHead, likeness: Likeness | None) -> LinearModel:
        """The same weights with something else beside them."""
        return LinearModel(
            self.labels,
            self._unseen,
            self._weights,
            cut=self._cut,
            likeness=likeness,
            nearby=self._nearby,
            meaning=meaning,
            kept=kept,
        )

    def to_bytes(self) -> bytes:
        """For a cache; every platform reads it back the same."""
        described = [self.labels, self._unseen, self._cut, self._nearby]
        meaning = self._meaning
        arrays = [*self._weights.arrays, *self._ready.kept, *meaning.learnt, *meaning.kept]
        return pack(described, arrays)

    @classmethod
    def from_bytes(cls, data: Buffer) -> LinearModel:
        """Raises ValueError where the bytes are no model of this version."""
        described, arrays = unpack(data)
        try:
            labels, unseen, cut, nearby = described
            weights = Weights(*arrays[:5])
            ready, (directions, biases), meant = arrays[5:8], arrays[8:10], arrays[10:]
            kept, meaning = Kept(*ready), MeaningHead(labels, directions, biases, kept=Kept(*meant))
        except (ValueError, TypeError) as error:
            raise ValueError("not a linear model of this version") from error
        return cls(labels, unseen, weights, cut=cut, nearby=nearby, meaning=meaning, kept=kept)
