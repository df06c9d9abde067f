"""What an answer can tell by its own words: an age, how long something takes, or is."""

from __future__ import annotations

import pytest

from bot.matching.lexicon import build_lexicon
from bot.matching.question import understand
from bot.matching.reading import read
from bot.matching.tells import gives_measures_alone, told_kinds
from bot.matching.text import tokens
from tests.matching.bases import base, english


@pytest.mark.parametrize(
    ("kind", "answer", "is_told"),
    [
        ("age", "Omar Hale, 58, found it.", True),
        ("age", "In Estonia four of the children fell ill.", False),
        ("duration", "The river runs 870 kilometres to the sea.", True),
        ("duration", "They spoke for half an hour.", True),
        ("duration", "The train waited forty minutes.", True),
        ("duration", "The lagoon was less than half full.", False),
        ("why", "They were fined for entering late.", True),
        ("why", "The talks were held for two days after the flood.", False),
        ("when", "The sum was paid in May.", True),
        ("when", "The sum may be paid.", False),
        ("when", "On 14 May the sum was paid.", True),
        ("when", "The sum was paid on May 14.", True),
        ("money", "The rent of the barn was 900 euros.", True),
        ("money", "She has paid rent for the barn since 2009.", False),
        ("count", "She has rented the barn since 2009.", False),
        ("when", "She has rented the barn since 2009.", True),
    ],
)
def test_an_answer_tells_by_its_words(kind: str, answer: str, is_told: bool) -> None:
    words = read(tokens(answer), build_lexicon(base(), english()))
    told = told_kinds([understand(words, english())], english())
    assert (kind in told) is is_told


@pytest.mark.parametrize(
    ("answer", "measures"),
    [
        ("On 15 March the train waited forty minutes, in 2019.", True),
        ("The wall is 3 kilometres long.", True),
        ("For three days two hunters waited.", False),
        ("The train waited.", False),
        ("About 1,800 marched for five hours.", False),
        ("200 paid five euros each.", False),
        ("Forty night guards were hurt.", False),
    ],
)
def test_figures_of_time_length_and_money_count_nobody(answer: str, measures: bool) -> None:
    words = read(tokens(answer), build_lexicon(base(), english()))
    assert gives_measures_alone([words], english()) is measures
