"""Figures are read in digits and in words, and the same ones come to the same keys."""

from __future__ import annotations

import pytest

from bot.facts.figures import FigureReader
from bot.facts.wording import load_wording
from bot.resources import config_dir

READER = FigureReader(load_wording(config_dir() / "checking", "en"))


def _is_told(said: str, source: str) -> bool:
    """Whether the source has every figure of what is said."""
    keys = READER.keys(source)
    return all(figure.is_among(keys) for figure in READER.figures(said) if figure.counts)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("11,400 pumps in nine countries", ["11,400", "nine"]),
        ("a five-man delegation, 41-year-old", ["five", "41"]),
        ("700,000 to 1.3 million were killed", ["700,000", "1.3 million"]),
        ("twenty-one of a hundred and five thousand", ["twenty-one", "hundred and five thousand"]),
        ("ten years and five days", ["ten", "five"]),
        ("March 27th, the 27th of March", ["March 27th", "27th of March"]),
        ("on Fridays in June", ["Fridays", "June"]),
        ("8am, 2.40 p.m. and 14:40, at noon", ["8am", "2.40 p.m.", "14:40", "noon"]),
        ("two thirds and half of it", ["two thirds", "half"]),
        ("version 4.2", ["4.2"]),
        ("hundreds of them may march", []),
    ],
)
def test_figures_are_found_as_they_are_written(text: str, written: list[str]) -> None:
    assert [figure.text for figure in READER.figures(text)] == written


@pytest.mark.parametrize("text", ["one of them", "the third time", "May they come?"])
def test_what_is_counted_by_us_or_is_a_word_too_counts_for_nothing(text: str) -> None:
    assert not any(figure.counts for figure in READER.figures(text))


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("5", "five of them"),
        ("five", "5 of them"),
        ("1,300,000", "1.3 million"),
        ("2 million", "between 2 and 3 million"),
        ("9 billion", "9bn crowns"),
        ("2.5 years", "two and a half years"),
        ("two and a half", "2.5 years"),
        ("twelve", "a dozen"),
        ("two", "both of them"),
        ("27 March", "March 27"),
        ("27 March", "the 27th of March"),
        ("3 March", "from 3 to 5 March"),
        ("13 June", "June 11 to 13"),
        ("5 March", "the fifth of March"),
        ("March", "27 March"),
        ("8pm", "20:00"),
        ("8 am", "from 8 to 10 am"),
        ("8 pm", "at eight in the evening"),
        ("12:00", "at noon"),
        ("2 hours, 21 minutes and 9 seconds", "in 2:21:09"),
        ("2:21:09", "2 hours, 21 minutes and 9 seconds"),
        ("half", "50 per cent"),
        ("two-thirds", "two thirds"),
        ("in the 1990s", "in 1990"),
    ],
)
def test_the_same_in_other_figures_is_told(said: str, source: str) -> None:
    assert _is_told(said, source)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("11,900", "11,400"),
        ("28 March", "27 March, and 28 of them"),
        ("27 May", "27 March"),
        ("8pm", "8am"),
        ("four of them", "at 4:40 p.m."),
        ("1.3 billion", "1.3 million"),
        ("three quarters", "two thirds"),
        ("Thursday", "Tuesday"),
        ("twenty-one", "twenty-two"),
    ],
)
def test_other_figures_are_not(said: str, source: str) -> None:
    assert not _is_told(said, source)
