"""What a base says of itself and its sources: their dates and titles, which no text need repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta

from bot.facts.figures import FigureReader
from bot.facts.model import Base
from bot.facts.tokens import Keys

ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d")
NEAR = 7  # days in which a weekday names one day
DAYS_OF_MONTHS = frozenset(f"n:{day}" for day in range(1, 32))
FIRST_YEAR, LAST_YEAR = 1000, 2999


def metadata_text(base: Base) -> str:
    """Titles, publishers and dates as one text."""
    parts = [base.event.title, base.event.as_of, base.event.note]
    for source in base.sources:
        parts += [source.publisher, source.title, source.published or "", source.updated or ""]
    return "\n".join(part for part in parts if part)


def metadata_keys(base: Base, dates: Iterable[date], reader: FigureReader) -> Keys:
    """The figures in it, and in the `dates` of the base."""
    days = frozenset(key for day in dates for key in _keys(day))
    # The digits of '2025-03-14' are no 14 of anything.
    figures = reader.figures(ISO_DATE.sub(" ", metadata_text(base)))
    told = days.union(*(way for figure in figures for way in figure.ways))
    # Nor is the first day of '14 and 15 February'.
    noted = [way for figure in reader.figures(base.event.note) for way in figure.ways]
    dated = any(key.startswith("d:") for way in noted for key in way)
    alone = frozenset(key for way in noted if len(way) == 1 for key in way)
    return told - (alone & DAYS_OF_MONTHS) if dated else told


def keys_by_dates(keys: Keys, dates: Iterable[date]) -> Keys:
    """What the days and weekdays among the keys come to by the dates of the base: its 'Thursday' is
    the one before or after such a date, and its '13 March' is a Thursday."""
    found: set[str] = set()
    if not any(key.startswith(("w:", "d:")) for key in keys):
        return frozenset()
    for known in dates:
        for days in range(-NEAR, NEAR + 1):
            day = known + timedelta(days)
            if f"w:{day.isoweekday()}" in keys:
                found.update(_keys(day))
        for key in keys:
            if key.startswith("d:"):
                number, month = map(int, key[2:].split("-"))
                with suppress(ValueError):  # no such day in that year
                    found.add(f"w:{date(known.year, month, number).isoweekday()}")
    return frozenset(found)


def known_dates(base: Base, reader: FigureReader) -> frozenset[date]:
    """The days on which a source was published or changed, as far as they can be read."""
    return frozenset(_dates(base, reader))


def _dates(base: Base, reader: FigureReader) -> Iterator[date]:
    for source in base.sources:
        for text in (source.published, source.updated):
            with suppress(ValueError):
                yield date.fromisoformat((text or "")[:10])
    for text in (base.event.as_of, base.event.note):
        keys = reader.keys(text)
        years = [int(k[2:]) for k in keys if k.startswith("n:") and k[2:].isdecimal()]
        for key in keys:
            if not key.startswith("d:"):
                continue
            number, month = map(int, key[2:].split("-"))
            for year in years:
                if FIRST_YEAR <= year <= LAST_YEAR:
                    with suppress(ValueError):
                        yield date(year, month, number)


def _keys(day: date) -> Iterator[str]:
    yield f"d:{day.day}-{day.month}"
    yield f"m:{day.month}"
    yield f"w:{day.isoweekday()}"
    yield f"n:{day.year}"
