"""Finds a base's own questions word for word: there is nothing to guess about those."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.facts.folding import question_key
from bot.matching.marks import Marks, mark_of
from bot.matching.packing import Numbers


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Every question of a base: the CRC-32 of its key, in order, its item, its place there."""

    marks: Marks
    items: Numbers
    lines: Numbers

    @classmethod
    def of(cls, questions: Iterable[Sequence[str]]) -> Verbatim:
        """The questions of each item, in the order of the items."""
        found = sorted(
            (mark_of(question_key(text)), item, line)
            for item, texts in enumerate(questions)
            for line, text in enumerate(texts)
        )
        marks, items, lines = (array("I", [row[column] for row in found]) for column in range(3))
        return cls(Marks(marks), items, lines)

    def like(self, key: str) -> Iterator[tuple[int, int]]:
        """Items and places of the questions that may have this key: two keys can share a mark."""
        mark = mark_of(key)
        at = self.marks.place(mark)
        while at is not None and self.marks.has_at(at, mark):
            yield self.items[at], self.lines[at]
            at += 1
