"""Mends a misspelt word against the words that a base and its language know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONG, LONGER = 6, 10  # letters from which two, three slips are mended
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Repair:
    """A word that may have been meant, and how many slips (optimal string alignment) away."""

    word: str
    slips: int


def slips_allowed(word: str) -> int:
    """One slip in a short word, two from six letters on, three from ten."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < LONG else 2 if len(word) < LONGER else 3


class Speller:
    """Finds near words in buckets of first letter and length: the cost of a look-up grows with the
    bucket, not with the vocabulary. First letters are seldom mistyped (Pollock & Zamora 1984,
    'Automatic spelling correction in scientific and scholarly text'), so a word with another one
    must be nearer still: its second letter has to fit."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[tuple[str, int], list[str]] = {}
        self._by_second: dict[tuple[str, int], list[str]] = {}
        for word in sorted(set(words)):
            if len(word) >= SHORTEST:
                self._by_first.setdefault((word[0], len(word)), []).append(word)
                self._by_second.setdefault((word[1], len(word)), []).append(word)

    def repairs(self, typed: str) -> tuple[Repair, ...]:
        """The nearest words, all of the same number of slips; none: empty."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - two megabytes that many never need

        allowed = slips_allowed(typed)
        best: list[Repair] = []
        for word in self._near(typed, allowed):
            limit = min(allowed, best[0].slips) if best else allowed
            slips = OSA.distance(typed, word, score_cutoff=limit)
            if slips <= limit and slips <= slips_allowed(word):
                if best and slips < best[0].slips:
                    best = []
                best.append(Repair(word, slips))
        best.sort(key=lambda repair: (abs(len(repair.word) - len(typed)), repair.word))
        return tuple(best)

    def _near(self, typed: str, allowed: int) -> Iterable[str]:
        if allowed == 0:
            return
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

        for length in range(len(typed) - allowed, len(typed) + allowed + 1):
            yield from self._by_first.get((typed[0], length), ())
        if len(typed) >= 4:
            for length in range(len(typed) - 1, len(typed) + 2):
                for words in (
                    self._by_second.get((typed[1], length), ()),  # another first letter
                    self._by_second.get((typed[0], length), ()),  # swapped, or the first left out
                    self._by_first.get((typed[1], length), ()),  # swapped, or one too many
                ):
                    for word in words:
                        if word[0] != typed[0] and OSA.distance(typed, word, score_cutoff=1) <= 1:
                            yield word
