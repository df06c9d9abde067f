"""Finds the figures in a text - numbers, times, dates, months, weekdays - in digits or in words.

What a figure comes to is told by keys, so that 'five' and '5', '27 March' and 'March 27th' are one:
`n:5` a number, `d:27-3` a day, `m:3` a month, `w:4` a weekday, `t:20:00` a time, `f:2/3` a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.facts.folding import fold
from bot.facts.moments import HALF_DAY, read_date, read_time
from bot.facts.quantities import read_fraction, read_number
from bot.facts.tokens import Keys, Tokens
from bot.facts.wording import Wording

WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text, and the sets of keys each of which comes to it."""

    text: str
    ways: tuple[Keys, ...]
    also: Keys = frozenset()  # what a text that has it tells besides: a day has a month
    counts: bool = True  # False: what is as often no figure ('one of them')

    def is_among(self, keys: AbstractSet[str]) -> bool:
        """Whether a text with these keys has it."""
        return any(way <= keys for way in self.ways)


@dataclass(slots=True)
class FigureReader:
    """Reads texts of one language."""

    wording: Wording

    _openers: frozenset[str] = field(init=False)  # words with which a figure may begin

    def __post_init__(self) -> None:
        words = self.wording
        self._openers = frozenset().union(
            *(words.numbers, words.scales, words.ordinals, words.months, words.times),
            *(words.whole_fractions, words.one_of, words.weekdays),
            (f"{day}s" for day in words.weekdays),
        )

    def figures(self, text: str) -> Iterator[Figure]:
        """The figures in the order of the text."""
        plain = fold(text)
        tokens = Tokens.of(plain, self.wording)
        at = 0
        while at < len(tokens.items):
            token = tokens.items[at]
            may = token.kind in {"digits", "clock"} or token.folded in self._openers
            found = may and (
                read_date(tokens, at)
                or read_time(tokens, at)
                or read_fraction(tokens, at)
                or read_number(tokens, at)
            )
            if not found:
                at += 1
                continue
            written = plain[token.begin : tokens.items[found.behind - 1].end]
            yield Figure(written, found.ways, found.also, found.counts)
            at = found.behind

    def keys(self, text: str) -> Keys:
        """All that the text's figures, and the words that imply one, come to."""
        found: set[str] = set()
        for figure in self.figures(text):
            found.update(figure.also, *figure.ways)
        words = set(WORD.findall(text.casefold()))
        for word in words:
            found.update(f"n:{value}" for value in self.wording.implied.get(word, ()))
        for part, offset in self.wording.day_parts.items():
            if part in words:  # 'at eight in the evening'
                hours = [hour for hour in range(1, HALF_DAY + 1) if f"n:{hour}" in found]
                found.update(f"t:{hour % HALF_DAY + offset}:00" for hour in hours)
        return frozenset(found)
