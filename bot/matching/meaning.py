"""What words mean, beside what they are: a second linear head over the directions of their vectors.

A word's weights for all labels are its vector's numbers times the labels' weights, direction by
direction. The labels' weights stand in the lanes of one large integer for each direction: so a word
that was not asked before takes as many multiplications as there are directions. A label's logit is
the sum over the question's words, over the length that vectors so long have together if they have
nothing in common; a bias takes off what any question of the base would be given.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from operator import mul

from bot.matching.lanes import WIDE_HALF, Kept, Lanes, Ready
from bot.matching.marks import mark_of
from bot.matching.packing import Numbers
from bot.matching.remembering import remember
from bot.matching.vectors import VectorOf

FINE = 12  # bits after the point of a label's weight for a direction
COARSE = 2  # bits that a word's sum is coarser than what is then multiplied with a whole number
BIAS_UNIT = 64  # that counts to the logit 1 in a bias
REMEMBERED = 1 << 19  # bytes of words that are remembered


class MeaningHead:
    """What each label says for the directions; immutable, but for what it remembers of words."""

    def __init__(
        self,
        labels: int,
        weights: Numbers,
        biases: Numbers,
        *,
        vector: VectorOf | None = None,
        kept: Kept | None = None,
    ) -> None:
        """`weights`: one label's behind the other's; none at all: nothing was learnt. `vector`:
        without it nothing is said. `kept`: of words, what `ready` gave."""
        self.learnt = weights, biases
        self.kept = kept or Kept.nothing()
        self._labels = labels
        self._each = len(weights) // labels if labels else 0
        self._vector = vector if self._each else None
        self._lanes = Lanes(labels if self._each else 0)
        self._ready = Ready(self.kept, self._lanes)
        self._bias = self._lanes.packed(biases) if self._each else 0
        self._room = max(64, REMEMBERED // (4 * labels + 100))
        self._words: dict[str, tuple[int, int]] = {}

    def __bool__(self) -> bool:
        return self._vector is not None

    def knowing(self, vector: VectorOf) -> MeaningHead:
        """The same, which can look words up."""
        return MeaningHead(self._labels, *self.learnt, vector=vector, kept=self.kept)

    def forget_words(self) -> None:
        """Forget the words that were lately asked."""
        self._words.clear()

    def said(self, words: Iterable[str], scale: int) -> int:
        """What all labels say of a question's words, in lanes, where the logit 1 is `scale`."""
        known = self._words
        rows = [known.get(word) or self._word(word) for word in words]
        pull = _pull(sum([square for _, square in rows]), scale)
        return sum([row for row, _ in rows]) * pull + self._bias * (scale // BIAS_UNIT)

    def word_says(self, words: Iterable[str], label: int, scale: int) -> dict[str, int]:
        """What each of a question's words says for a label, where the logit 1 is `scale`."""
        found = {word: self._vector(word) for word in words} if self._vector else {}
        pull = _pull(sum(vector.square for vector in found.values() if vector), scale)
        weights = self.learnt[0][label * self._each : (label + 1) * self._each]
        return {
            word: _rounded(sum(map(mul, vector.values, weights))) * pull
            for word, vector in found.items()
            if vector
        }

    def ready(self, words: Iterable[str]) -> MeaningHead:
        """The same, with what it says of these words made."""
        kept = Kept.of({mark_of(w): self._made(w) for w in words if self._vector}, self._lanes)
        return MeaningHead(self._labels, *self.learnt, vector=self._vector, kept=kept)

    def _word(self, word: str) -> tuple[int, int]:
        return remember(self._words, word, self._ready.find(word) or self._made(word), self._room)

    def _made(self, word: str) -> tuple[int, int]:
        """What all labels say of a word, and the square of its length; of one unknown nothing."""
        vector = self._vector(word) if self._vector else None
        if vector is None:
            return 0, 0
        total: int = sum(map(mul, vector.values, self._columns), self._wide.zero)
        numbers = [_rounded(number - WIDE_HALF) for number in self._wide.numbers(total)]
        return self._lanes.packed(numbers), vector.square

    @cached_property
    def _wide(self) -> Lanes:
        return Lanes(self._labels, wide=True)

    @cached_property
    def _columns(self) -> list[int]:
        """For each direction the weights of all labels."""
        weights = self.learnt[0]
        return [self._wide.packed(weights[at :: self._each]) for at in range(self._each)]


def _pull(square: int, scale: int) -> int:
    """What the words' sums are to be multiplied by, where the logit 1 is `scale`."""
    length = max(1, math.isqrt(square))
    return ((scale << COARSE) + length // 2) // length


def _rounded(total: int) -> int:
    """A word's numbers times a label's, as they stand in a lane."""
    return (total >> FINE + COARSE - 1) + 1 >> 1
