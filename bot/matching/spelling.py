"""Mends a misspelt word against the words that a base and its language know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

LONG, LONGER = 6, 10  # letters from which two, three slips are mended
SHORTEST = 3
LEAST_OTHER = 4  # letters of a word whose first one may be mistyped


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


def one_slip(typed: str, words: Sequence[str]) -> tuple[Repair, ...]:
    """Those of some words that are one slip away, in their order."""
    return tuple(_within(typed, words, 1))


def _within(typed: str, words: Sequence[str], slips: int) -> list[Repair]:
    """Those of some words that are at most so many slips away, the nearest first."""
    from rapidfuzz import process  # noqa: PLC0415 - two megabytes that many never need
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near = process.extract(typed, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [Repair(word, found) for word, found, _ in near]


class Speller:
    """Finds near words in buckets of first letter and length: the cost of a look-up grows with the
    bucket, not with the vocabulary. First letters are seldom mistyped (Pollock & Zamora 1984,
    'Automatic spelling correction in scientific and scholarly text'), so that must be the only slip
    in a word, and what may have been meant is looked up as it would be spelt."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST)
        self._by_first: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._words):
            self._by_first.setdefault((word[0], len(word)), []).append(word)
        self._letters = sorted({letter for letter, _ in self._by_first})

    def repairs(self, typed: str) -> tuple[Repair, ...]:
        """The nearest words, all of the same number of slips; none: empty."""
        allowed = slips_allowed(typed)
        if allowed == 0:
            return ()
        alike = _within(typed, self._alike(typed, allowed), allowed)
        found = [repair for repair in alike if repair.slips <= slips_allowed(repair.word)]
        found += [Repair(word, 1) for word in self._others(typed)]
        least = min((repair.slips for repair in found), default=0)
        best = {repair for repair in found if repair.slips == least}
        return tuple(sorted(best, key=lambda r: (abs(len(r.word) - len(typed)), r.word)))

    def _alike(self, typed: str, allowed: int) -> list[str]:
        """Words with the same first letter, about as long."""
        lengths = range(len(typed) - allowed, len(typed) + allowed + 1)
        return [*chain.from_iterable(self._by_first.get((typed[0], n), ()) for n in lengths)]

    def _others(self, typed: str) -> list[str]:
        """Words one slip away with another first letter: one too many, swapped, another, or left
        out."""
        if len(typed) < LEAST_OTHER:
            return []
        first, second, rest = typed[0], typed[1], typed[2:]
        meant = [second + rest, second + first + rest]
        for letter in self._letters:
            meant += (letter + second + rest, letter + typed)
        return [word for word in meant if word in self._words and word[0] != first]
