"""A `sort` that its `text` contradicts is told; one that may be meant is not."""

from __future__ import annotations

import pytest

from bot.facts.model import Base, Event, Fact, When
from bot.facts.timeline import timeline_doubts
from bot.facts.wording import Wording, load_wording
from bot.resources import config_dir


def _told(text: str, sort: str, wording: Wording | None = None) -> list[str]:
    fact = Fact("one", "It was so.", ["When was it?"], when=When(text, sort))
    words = wording or load_wording(config_dir() / "checking", "en")
    found = timeline_doubts(Base(Event("event", "An event"), (), (fact,)), words)
    return [f"{one.key}: {one.message}; {one.remedy}" for one in found]


@pytest.mark.parametrize(
    ("text", "sort", "expected"),
    [
        ("26 November", "2024-12-26", "'26 November', and its `sort` is 2024-12-26"),
        ("on November 26th", "2024-11-27", "'November 26th', and its `sort` is 2024-11-27"),
        ("26 November", "2024-12", "'26 November', and its `sort` is 2024-12"),
        ("in early December", "2024-11-03", "'December', and its `sort` is 2024-11-03"),
        ("5-9 October", "2025-10-10", "'5', and its `sort` is 2025-10-10"),
        ("June and July", "2025-08-01", "'June', and its `sort` is 2025-08-01"),
        ("Friday", "2018-11-08", "'Friday', and its `sort` is 2018-11-08, a Thursday"),
        ("5 May 2024", "2023-05-05", "'2024', and its `sort` is 2023-05-05"),
        ("1934", "1943", "'1934', and its `sort` is 1943"),
        ("Sunday 5 October at 3.12am", "2025-10-05T15:12", "'3.12am', and its `sort` is"),
    ],
)
def test_a_sort_that_the_text_contradicts_is_told(text: str, sort: str, expected: str) -> None:
    [line] = _told(text, sort)

    assert line.startswith(f"when: `when` says {expected}")
    assert line.endswith("; correct one of them")


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("26 November", "2024-11-26"),
        ("26 November", "2024"),
        ("26 November", ""),
        ("26 November", "the winter"),
        ("26 November", "2024-11-26T00:30+02:00"),
        ("December", "2024-12-31"),
        ("December to February", "2025-01-15"),
        ("December and January", "2025-01-15"),
        ("Tuesday 7 to Thursday 9 October", "2025-10-07"),
        ("5-9 October", "2025-10-05"),
        ("by 15 January", "2026-01-10"),
        ("three days after 5 November", "2024-11-08"),
        ("the night of 5 October", "2025-10-06T01:00"),
        ("for nine years", "1979-11-09"),
        ("1934-35", "1935"),
        ("the 1990s", "1995"),
        ("1990 and 1995", "1993"),
        ("on Wednesday evening", "2024-11-20T18:00"),
        ("Fridays", "2024-11-20"),
        ("Friday or Saturday", "2024-11-20"),
        ("shortly after 4 p.m. on election day", "2024-11-05T16:10"),
        ("at 9", "2024-11-05T21:00"),
        ("10:20 AM UTC, Dec 13, 2023", "2023-12-13T11:20"),
        ("updated 10:20 AM, Dec 13, 2023", "2023-12-13"),
        ("during the talks", "2023-12-13"),
        ("30 February", "2023-02-30"),
    ],
)
def test_a_sort_that_may_be_meant_is_not_told(text: str, sort: str) -> None:
    assert _told(text, sort) == []


def test_a_language_without_words_has_its_years_compared() -> None:
    assert _told("26. November", "2024-12-26", Wording()) == []
    assert len(_told("1934", "1943", Wording())) == 1
