"""Finds facts whose `when` is ordered by another day than it shows.

It is silent wherever a text may mean another day than it names ('shortly after', 'the week of'),
and where it counts anything ('for nine years').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.facts.doubt import Doubt
from bot.facts.figures import Figure, FigureReader
from bot.facts.folding import fold
from bot.facts.metadata import FIRST_YEAR, LAST_YEAR
from bot.facts.model import Base
from bot.facts.moments import LAST_DAY
from bot.facts.problems import shown
from bot.facts.wording import Wording

SORT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d)?)?)?)?")
WORD = re.compile(r"[^\W\d_]+")
YEAR = re.compile(r"\d{4}")
DECADE = re.compile(r"\d{4}'?s\b")
ZONE = re.compile(r"\b[A-Z]{3,5}\b")


class _Sort(NamedTuple):
    """A `sort`, with 0 for what it leaves out; its time as a figure has it."""

    year: int
    month: int
    day: int
    time: str


class _Span(NamedTuple):
    """A day or month of some year: its first and its last day."""

    text: str
    first: tuple[int, int]
    last: tuple[int, int]


def timeline_doubts(base: Base, wording: Wording) -> Iterator[Doubt]:
    """The facts of which `text` and `sort` cannot both be right."""
    reader = FigureReader(wording)
    for fact in base.facts:
        if fact.when is None or not (sort := _read_sort(fact.when.sort)):
            continue
        text = fold(fact.when.text)
        words = {word.casefold() for word in WORD.findall(text)}
        if DECADE.search(text) or not words.isdisjoint(wording.shifts):
            continue
        if (astray := _Shown.of(text, reader).astray(sort)) is not None:
            day = _weekday(sort, wording)
            which = f", a {day}" if day and astray.casefold() in wording.weekdays else ""
            yield Doubt(
                fact.id,
                "when",
                f"`when` says {shown(astray)!r}, and its `sort` is {shown(fact.when.sort)}{which}",
                "correct one of them",
            )


@dataclass(slots=True)
class _Shown:
    """The figures of a `text`, by their kinds."""

    years: list[int]
    spans: list[_Span]
    weekdays: list[Figure]
    times: list[Figure]  # unless they are of some zone
    counts: bool  # whether something is counted

    @classmethod
    def of(cls, text: str, reader: FigureReader) -> _Shown:
        found = cls([], [], [], [], counts=False)
        for figure in reader.figures(text):
            key = min(key for way in figure.ways for key in way)
            kind, _, value = key.partition(":")
            if kind == "d":
                day, month = map(int, value.split("-"))
                found.spans.append(_Span(figure.text, (month, day), (month, day)))
            elif kind == "m" and figure.counts:
                found.spans.append(_Span(figure.text, (int(value), 1), (int(value), LAST_DAY)))
            elif any(key.startswith("w:") for way in figure.ways for key in way):
                found.weekdays.append(figure)
            elif any(key.startswith("t:") for way in figure.ways for key in way):
                found.times.append(figure)
            elif YEAR.fullmatch(figure.text) and FIRST_YEAR <= int(figure.text) <= LAST_YEAR:
                found.years.append(int(figure.text))
            else:
                found.counts = True
        if ZONE.search(text):
            found.times.clear()
        return found

    def astray(self, sort: _Sort) -> str | None:
        """What of it the `sort` contradicts."""
        if self.counts:
            return None
        years = self.years
        if years and years[0] <= years[-1] and not years[0] <= sort.year <= years[-1]:
            return str(years[0])
        if sort.month and self.spans and not _is_within(self.spans, sort):
            return self.spans[0].text
        if sort.day and len(self.weekdays) == 1:
            weekday = self.weekdays[0]
            with suppress(ValueError):  # no such day
                number = date(sort.year, sort.month, sort.day).isoweekday()
                if not weekday.is_among({f"w:{number}"}) and not _is_plural(weekday):
                    return weekday.text
        if sort.time and len(self.times) == 1 and not self.times[0].is_among({f"t:{sort.time}"}):
            return self.times[0].text
        return None


def _is_within(spans: Sequence[_Span], sort: _Sort) -> bool:
    first, last = spans[0].first, spans[-1].last
    if first > last:
        return True  # over the turn of a year
    if sort.day:
        return first <= (sort.month, sort.day) <= last
    return first[0] <= sort.month <= last[0]


def _is_plural(weekday: Figure) -> bool:
    return weekday.text.endswith("s")


def _read_sort(text: str) -> _Sort | None:
    found = SORT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute = found.groups(default="")
    time = f"{int(hour)}:{minute}" if hour else ""
    return _Sort(int(year), int(month or 0), int(day or 0), time)


def _weekday(sort: _Sort, wording: Wording) -> str:
    with suppress(ValueError):
        number = date(sort.year, sort.month, sort.day).isoweekday()
        return next((day.title() for day, at in wording.weekdays.items() if at == number), "")
    return ""
