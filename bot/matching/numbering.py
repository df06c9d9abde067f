"""Phrasings as the numbers of their features: their texts would take most of the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.matching.features import MINOR, is_part, kind_weight
from bot.matching.marks import mark_of


class Example(NamedTuple):
    """A phrasing, or a sentence of an answer, as its features; its label; and what it counts."""

    features: Sequence[str]
    label: int
    counts: float = 1.0


class Phrasing(NamedTuple):
    """The numbers of a phrasing's features."""

    features: array[int]
    label: int
    counts: float
    strange: int = 0  # features that are not learnt


class Numbered(NamedTuple):
    """What is known of each feature, by number."""

    keys: array[int]
    told: bytearray  # 0: a part of a word
    minor: bytearray  # 0: a stem

    def weight(self, number: int) -> float:
        return MINOR if self.minor[number] else 1.0


def numbered(examples: Iterable[Example]) -> tuple[list[Phrasing], Numbered]:
    """The phrasings with their features by number, and what each number stands for."""
    numbers: dict[int, int] = {}
    features = Numbered(array("I"), bytearray(), bytearray())
    phrasings = []
    for texts, label, counts in examples:
        known = array("i")
        for text in texts:
            key = mark_of(text)
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(numbers)
                features.keys.append(key)
                features.told.append(not is_part(text))
                features.minor.append(kind_weight(text) == MINOR)
            known.append(number)
        phrasings.append(Phrasing(known, label, counts))
    return phrasings, features


def without_singular(
    phrasings: Sequence[Phrasing], features: Numbered
) -> tuple[list[Phrasing], Numbered]:
    """The same without the pairs that one phrasing alone has: most of all pairs, and they tell
    nothing that this phrasing itself does not."""
    counts = array("i", bytes(4 * len(features.keys)))
    for known, *_ in phrasings:
        for number in known:
            counts[number] += 1
    renumbered = array("i", [-1]) * len(counts)
    left = Numbered(array("I"), bytearray(), bytearray())
    for number, count in enumerate(counts):
        if count > 1 or not features.minor[number]:
            renumbered[number] = len(left.keys)
            left.keys.append(features.keys[number])
            left.told.append(features.told[number])
            left.minor.append(features.minor[number])
    kept = []
    for phrasing in phrasings:
        known = phrasing.features
        numbers = array("i", [new for number in known if (new := renumbered[number]) >= 0])
        kept.append(phrasing._replace(features=numbers, strange=len(known) - len(numbers)))
    return kept, left
