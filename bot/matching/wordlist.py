"""Sorted word lists that stay in their files: a look-up reads a page or two, not the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Protocol

REMEMBERED = 2048  # words lately asked for
SAME = 2  # bytes that words have in common of which the beginning and the end are remembered


class Text(Protocol):
    """Bytes, or a file mapped into memory."""

    def __len__(self) -> int: ...
    def __getitem__(self, piece: slice, /) -> bytes: ...
    def find(self, sought: bytes, start: int, /) -> int: ...
    def rfind(self, sought: bytes, start: int, end: int, /) -> int: ...


class WordList:
    """Lines in the order of their bytes, each a word or a word and its kin with spaces between.

    54,000 words take no memory of their own so, where a set of them would take six megabytes.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        # No cache around a method: that would be a cycle, and keep the file open with it.
        starts = lru_cache(REMEMBERED)(partial(_first_from, text))
        self._line = lru_cache(REMEMBERED)(partial(_found, text, starts))

    def __contains__(self, word: str) -> bool:
        return self._line(word) is not None

    def forget_words(self) -> None:
        """Forget which words were lately asked for."""
        self._line.cache_clear()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordList) and self.text[:] == other.text[:]

    def __hash__(self) -> int:
        return hash(self.text[:])

    def beginning(self, letters: str) -> list[str]:
        """The words that begin so, in order."""
        sought = letters.encode()
        low = _first_from(self.text, sought)
        high = _first_from(self.text, sought + b"\xff", low)
        lines = self.text[low:high].splitlines()
        return [line.partition(b" ")[0].decode() for line in lines]

    def kin(self, word: str) -> tuple[str, ...]:
        """What else stands on a word's line."""
        return self._line(word) or ()


def _found(text: Text, starts: Callable[[bytes], int], word: str) -> tuple[str, ...] | None:
    """What stands on a word's line, if there is one; `starts` finds where the words begin that
    begin with the same letters, and remembers it."""
    sought = word.encode()
    first = sought[:SAME]
    low, high = starts(first), starts(first + b"\xff") if first else 0
    start = _first_from(text, sought, low, high)
    end = text.find(b"\n", start)
    head, *kin = text[start : len(text) if end < 0 else end].split(b" ")
    return tuple(other.decode() for other in kin) if head == sought and word else None


def _first_from(text: Text, sought: bytes, low: int = 0, high: int | None = None) -> int:
    """Where the first line begins, between the beginnings of two, that does not stand before what
    is sought: a binary search."""
    high = len(text) if high is None else high
    while low < high:
        start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        if text[start:end] < sought:
            low = end + 1
        else:
            high = start
    return low
