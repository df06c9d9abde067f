"""What a question is made of for the linear head: stems, neighbouring stems, parts of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from bot.matching.vectors import VectorOf

EDGE = "^"  # stands before the first stem and after the last
PIECE = "#"  # begins a piece of a word
NEARBY = "~"  # begins the stem of a word, or of one near it in meaning
PIECES = (3, 4)  # lengths of the pieces, the marks of a word's borders counted
MINOR = 0.5  # what a pair or a piece counts, of which there are many, against a stem

Related: TypeAlias = Callable[[str], Sequence[str]]  # a word's stem, and those near it in meaning
Parts: TypeAlias = Callable[[str], Sequence[str]]  # the features that are a word's own


class Likeness(NamedTuple):
    """What a language knows of how alike words are in meaning."""

    related: Related
    vector: VectorOf


@dataclass(frozen=True, slots=True)
class Features:
    """The distinct stems and pairs of a question, and its distinct words, to be taken apart.

    A part that two words have counts twice: so all parts of a word can be looked up as one.
    """

    grams: tuple[str, ...]
    words: tuple[str, ...]

    def all(self, parts: Parts) -> list[str]:
        """Every feature: stems as they are, neighbours as `a b`, and the parts of words."""
        return [*self.grams, *(part for word in self.words for part in parts(word))]


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


def pieces_and(related: Related) -> Parts:
    """A word's parts where there are few phrasings to learn from: its pieces, and what is related
    to it, so that a word no phrasing has can stand for one that some have."""
    return lambda word: (*pieces(word), *[NEARBY + stem for stem in related(word)])


def is_part(feature: str) -> bool:
    """Whether a feature is a word's own: a piece, or what is related to it."""
    return feature.startswith((PIECE, NEARBY))


def is_pair(feature: str) -> bool:
    """Whether a feature is two neighbouring stems."""
    return " " in feature


def kind_weight(feature: str) -> float:
    """What features of this kind count."""
    return MINOR if feature.startswith(PIECE) or is_pair(feature) else 1.0
