"""What a question is made of for the linear head: stems, neighbouring stems, pieces of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

EDGE = "^"  # stands before the first stem and after the last
PIECE = "#"  # begins a piece of a word
PIECES = (3, 4)  # lengths of the pieces, the marks of a word's borders counted
MINOR = 0.6  # what a pair or a piece counts, of which there are many, against a stem


def features(words: Sequence[str], stems: Sequence[str]) -> list[str]:
    """Each once: stems as they are, neighbours as `a b`, pieces of words as `#abc`."""
    found = dict.fromkeys(stems)
    found |= dict.fromkeys(f"{left} {right}" for left, right in pairwise((EDGE, *stems, EDGE)))
    found |= dict.fromkeys(pieces(words))
    return list(found)


def pieces(words: Iterable[str]) -> list[str]:
    """A typing error spares most of them."""
    return [
        PIECE + bordered[start : start + length]
        for bordered in (f"_{word}_" for word in dict.fromkeys(words))
        for length in PIECES
        for start in range(len(bordered) - length + 1)
    ]


def kind_weight(feature: str) -> float:
    """What features of this kind count."""
    return MINOR if feature.startswith(PIECE) or " " in feature else 1.0
