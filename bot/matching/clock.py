"""At what hour, on which day: questions for a time of day, and whether a text tells such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.matching.kinds import WHEN
from bot.matching.language import Language
from bot.matching.reading import YEAR, Word

HOURS = 24  # of a day: no larger figure is one


def asks_hour(words: Sequence[Word], language: Language) -> bool:
    """'At what time did it start', 'what time of day'; not 'what time of the year', 'what time and
    date', 'what time zone'."""
    for at, (asking, time) in enumerate(pairwise(words)):
        if asking.text == WHEN and asking.kind == "asks" and time.text in language.hours:
            behind = [word for word in words[at + 2 :] if word.text not in language.articles]
            if behind and behind[0].text in language.owner_markers:
                return len(behind) > 1 and behind[1].text in language.days
            return not behind or behind[0].kind not in {"word", "name"}
    return False


def tells_hour(told: Iterable[Sequence[Word]], language: Language) -> bool:
    """Whether sentences tell an hour ('9 am', '10:20', 'until 4') or a part of the day."""
    return any(
        word.text in language.day_parts or (word.kind == "figure" and _is_hour(words, at))
        for words in told
        for at, word in enumerate(words)
    )


def tells_day(told: Sequence[Word], units: Iterable[str], language: Language) -> bool:
    """Whether words tell a year, where one of the `units` is years, or else a month or a weekday:
    'what year', 'which day'."""
    if not language.years.isdisjoint(units):
        return any(YEAR.fullmatch(word.text) for word in told)
    return any(word.text in language.calendar or word.text in language.months for word in told)


def _is_hour(words: Sequence[Word], at: int) -> bool:
    """'At 9 am' and 'at 10:20', but not 'in 9 weeks', '9 May'."""
    behind = words[at + 1 : at + 2]
    hour = words[at].text.partition(".")[0]  # of 9.30
    is_small = hour.isdecimal() and int(hour) <= HOURS
    return is_small and all(word.kind not in {"word", "name"} for word in behind)
