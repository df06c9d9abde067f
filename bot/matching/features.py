"""What a question is made of for the linear head: stems, neighbouring stems, pieces of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

EDGE = "^"  # stands before the first stem and after the last
PIECE = "#"  # begins a piece of a word
PIECES = (3, 4)  # lengths of the pieces, the marks of a word's borders counted
MINOR = 0.5  # what a pair or a piece counts, of which there are many, against a stem


@dataclass(frozen=True, slots=True)
class Features:
    """The distinct stems and pairs of a question, and its distinct words, to be cut to pieces.

    A piece that two words have counts twice: so all pieces of a word can be looked up as one.
    """

    grams: tuple[str, ...]
    words: tuple[str, ...]

    def all(self) -> list[str]:
        """Every feature: stems as they are, neighbours as `a b`, pieces of words as `#abc`."""
        return [*self.grams, *(piece for word in self.words for piece in pieces(word))]


def features(words: Iterable[str], stems: Sequence[str]) -> Features:
    """The features of a question, given as its words and its stems, both in order."""
    found = dict.fromkeys(stems)
    found |= dict.fromkeys(f"{left} {right}" for left, right in pairwise((EDGE, *stems, EDGE)))
    return Features(tuple(found), tuple(dict.fromkeys(words)))


@lru_cache(maxsize=4096)
def pieces(word: str) -> tuple[str, ...]:
    """The distinct pieces of a word. A typing error spares most of them."""
    bordered = f"_{word}_"
    found = (
        PIECE + bordered[start : start + length]
        for length in PIECES
        for start in range(len(bordered) - length + 1)
    )
    return tuple(dict.fromkeys(found))


def kind_weight(feature: str) -> float:
    """What features of this kind count."""
    return MINOR if feature.startswith(PIECE) or " " in feature else 1.0
