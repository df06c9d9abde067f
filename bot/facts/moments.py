"""Reads days, months, weekdays and times in a text."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.facts.tokens import Found, Keys, Tokens, number_key

LAST_DAY, LAST_HOUR, CLOCK_PARTS = 31, 23, 2
HALF_DAY, MINUTES = 12, 60


def read_date(tokens: Tokens, at: int) -> Found | None:
    """'27 March', 'the 27th of March', 'March 27', 'March', 'Friday'."""
    token = tokens.items[at]
    if token.kind == "word" and token.text[:1].isupper():
        if weekday := tokens.words.weekdays.get(token.folded.removesuffix("s")):
            return Found((frozenset({f"w:{weekday}"}),), at + 1)
        if month := tokens.words.months.get(token.folded):
            behind = at + 1 + (tokens.is_text(at + 1, ".") and _day(tokens, at + 2) is not None)
            if day := _day(tokens, behind):
                return _day_found(day[0], month, day[1])
            unsure = token.folded in tokens.words.words_too and tokens.opens(at)
            return Found((frozenset({f"m:{month}"}),), at + 1, counts=not unsure)
    return _day_before_month(tokens, at)


def _day_before_month(tokens: Tokens, at: int) -> Found | None:
    day = _day(tokens, at)
    if day is None:
        return None
    behind = tokens.skipped(day[1], tokens.words.before_months)
    if month := _month(tokens, behind):
        return _day_found(day[0], month, behind + 1)
    if month := _month_of_range(tokens, day[1]) or _month_before(tokens, at):
        found = _day_found(day[0], month, day[1])
        return found._replace(ways=(*found.ways, frozenset({f"n:{day[0]}"})))
    return None


def _day(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """A day of a month at this place, and the place behind it."""
    token = tokens.at(at)
    if token is None:
        return None
    if token.kind == "digits" and token.text.isdecimal() and 1 <= int(token.text) <= LAST_DAY:
        after = tokens.at(at + 1)
        ends = after is not None and after.begin == token.end
        if ends and after is not None and after.folded in tokens.words.ordinal_ends:
            return int(token.text), at + 2
        return int(token.text), at + 1
    if (value := tokens.words.ordinals.get(token.folded, 0)) and _month(
        tokens, tokens.skipped(at + 1, tokens.words.before_months)
    ):
        return value, at + 1
    return None


def _month(tokens: Tokens, at: int) -> int:
    token = tokens.at(at)
    if token is None or not token.text[:1].isupper():
        return 0
    return tokens.words.months.get(token.folded, 0)


def _month_of_range(tokens: Tokens, at: int) -> int:
    """The month that '3' has in '3 to 5 March'."""
    while (token := tokens.at(at)) and token.folded in tokens.words.ranges:
        day = _day(tokens, at + 1)
        if day is None:
            return 0
        at = tokens.skipped(day[1], tokens.words.before_months)
        if month := _month(tokens, at):
            return month
    return 0


def _month_before(tokens: Tokens, at: int) -> int:
    """The month that '13' has in 'June 11 to 13'."""
    before = tokens.at(at - 1)
    if before is None or before.folded not in tokens.words.ranges:
        return 0
    last = at - 2
    token = tokens.at(last)
    if token is not None and token.folded in tokens.words.ordinal_ends:
        last -= 1
    token = tokens.at(last)
    return _month(tokens, last - 1) if token is not None and token.kind == "digits" else 0


def _day_found(day: int, month: int, behind: int) -> Found:
    also = frozenset({f"m:{month}", f"n:{day}"})
    return Found((frozenset({f"d:{day}-{month}"}),), behind, also)


def read_time(tokens: Tokens, at: int) -> Found | None:
    """'14:40', '2.40 pm', '8am', '8 o'clock', 'noon', and a span such as '2:21:09'."""
    token = tokens.items[at]
    if named := tokens.words.times.get(token.folded):
        return Found((frozenset({f"t:{named}"}),), at + 1)
    parts = re.split(r"[:.]", token.text) if token.kind in {"clock", "digits"} else []
    if token.kind == "word" and token.folded in tokens.words.numbers:
        parts = [str(tokens.words.numbers[token.folded])]
    if not parts or not all(part.isdecimal() for part in parts):
        return None
    half = _half_of_day(tokens, at + 1)
    if token.kind != "clock" and half is None:
        return _time_of_range(tokens, at, parts)
    spelled = frozenset(f"n:{int(part)}" for part in parts)
    ways = _clock(parts, half or "") if len(parts) <= CLOCK_PARTS else ()
    if half is None or not ways:  # or so many hours, minutes and seconds
        ways += (spelled,)
    # '4 p.m.' has a four, and '4:40 p.m.' has none.
    also = spelled if half is None or len(parts) == 1 else frozenset[str]()
    return Found(ways, at + 1 + (half is not None), also)


def _time_of_range(tokens: Tokens, at: int, parts: list[str]) -> Found | None:
    """'8' in 'from 8 to 10 pm': a time, or a number."""
    joint, then = tokens.at(at + 1), tokens.at(at + 2)
    if joint is None or then is None or joint.folded not in tokens.words.ranges:
        return None
    half = _half_of_day(tokens, at + 3)
    if half is None or then.kind not in {"digits", "clock"}:
        return None
    number = frozenset({number_key(Decimal(".".join(parts)))})
    return Found((*_clock(parts, ""), number), at + 1)


def _half_of_day(tokens: Tokens, at: int) -> str | None:
    """'am' or 'pm'; empty where it may be either; None where no hour stands before it."""
    token = tokens.at(at)
    if token is None:
        return None
    if token.folded in tokens.words.morning:
        return "am"
    if token.folded in tokens.words.afternoon:
        return "pm"
    return "" if token.folded in tokens.words.oclock else None


def _clock(parts: list[str], half: str) -> tuple[Keys, ...]:
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    if hour > LAST_HOUR or minute >= MINUTES:
        return ()
    hours = {"am": [hour % HALF_DAY], "pm": [hour % HALF_DAY + HALF_DAY]}.get(half)
    if hours is None:
        hours = [hour] if hour > HALF_DAY else [hour % HALF_DAY, hour % HALF_DAY + HALF_DAY]
    return tuple(frozenset({f"t:{one}:{minute:02}"}) for one in hours)
