"""The labels that share most with a phrasing, which it has to be told from."""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Sequence
from heapq import nlargest
from typing import Protocol, TypeAlias

from bot.matching.linear import LANED

FEW_LABELS = 500  # labels of which all guesses are added up
TELLING = 300  # labels at most that a feature may have to be asked for others
LOOKED_AT = 30_000_000  # guesses at most that are looked at in all: some seconds

Guesses: TypeAlias = "dict[int, tuple[array[int], array[int]]]"  # by feature: labels, weights


class Near(Protocol):
    """Finds the likeliest labels of a phrasing's features but its own; of equals the first."""

    def rivals(self, features: Sequence[int], own: int, count: int) -> list[int]: ...


def near_labels(guesses: Guesses, labels: int, phrasings: int) -> Near:
    """By what training starts from, for so many labels and phrasings in all."""
    if labels <= FEW_LABELS:
        return _NearOfFew(guesses, labels)
    return _NearOfMany(guesses, LOOKED_AT // max(1, phrasings))


class _NearOfFew:
    """Finds the labels that share most with a phrasing, of so few that guesses can be added up in
    lanes: those of a feature that many labels have as one large integer."""

    def __init__(self, guesses: Guesses, labels: int) -> None:
        self._labels = range(labels)
        self._layout = struct.Struct(f"<{labels}I")
        self._few: dict[int, list[tuple[int, int]]] = {}
        self._lanes: dict[int, int] = {}
        for number, (owners, weights) in guesses.items():
            if len(owners) <= LANED:
                self._few[number] = list(zip(owners, weights, strict=True))
            else:
                spread = [0] * labels
                for owner, weight in zip(owners, weights, strict=True):
                    spread[owner] = weight
                self._lanes[number] = int.from_bytes(self._layout.pack(*spread), "little")

    def rivals(self, features: Sequence[int], own: int, count: int) -> list[int]:
        """The likeliest labels but its own; of equals the first."""
        lanes, few = self._lanes, self._few
        total = sum([lanes[number] for number in features if number in lanes])
        evidence = list(self._layout.unpack(total.to_bytes(self._layout.size, "little")))
        for number in features:
            for label, weight in few.get(number, ()):
                evidence[label] += weight
        evidence[own] = 0
        return [
            label
            for label in nlargest(count, self._labels, evidence.__getitem__)
            if evidence[label]
        ]


class _NearOfMany:
    """The same of many: the rarest features are asked first, until as many guesses as `most` were
    looked at."""

    def __init__(self, guesses: Guesses, most: int) -> None:
        self._guesses = guesses
        self._most = most

    def rivals(self, features: Sequence[int], own: int, count: int) -> list[int]:
        """The likeliest labels but its own; of equals the first."""
        left = self._most
        asked = [self._guesses[number] for number in features if number in self._guesses]
        asked.sort(key=lambda guess: len(guess[0]))
        evidence: defaultdict[int, int] = defaultdict(int)
        for owners, weights in asked:
            left -= len(owners)
            if len(owners) > TELLING or left < 0:
                break
            for label, weight in zip(owners, weights, strict=True):
                evidence[label] += weight
        evidence.pop(own, None)
        return nlargest(count, sorted(evidence), key=evidence.__getitem__)
