"""Normalising and cutting typed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.text import LINK, MAX_CHARACTERS, MAX_TOKENS, normalise, sentences, tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@given(st.text(max_size=200))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=200))
def test_no_token_is_empty_or_keeps_white_space(text: str) -> None:
    for token in tokens(text):
        assert token.text == token.text.strip() != ""
        assert token.surface


@given(st.lists(st.sampled_from(["who", "opened", "the", "talks"]), min_size=1, max_size=9))
def test_spaces_do_not_change_the_words(typed: list[str]) -> None:
    assert words("  \t ".join(typed)) == typed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("\u201cQuist\u201d didn\u2019t", '"Quist" didn\'t'),
        ("zero\u200bwidth", "zerowidth"),
        ("\u202eright to left\u202c", "right to left"),
        ("\uff37\uff48\uff4f?", "Who?"),
        ("a\tb\r\n", "a b"),
        ("1990\u20131999", "1990-1999"),
    ],
)
def test_look_alikes_are_folded_and_invisible_marks_dropped(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_what_is_beyond_the_longest_message_is_not_read() -> None:
    assert words("a " * MAX_CHARACTERS) == ["a"] * MAX_TOKENS
    assert words("a" * 2 * MAX_CHARACTERS) == ["a" * MAX_CHARACTERS]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("U.S. troops", ["us", "troops"]),
        ("tl;dr; well", ["tl", "dr", "well"]),
        ("90,000 people", ["90000", "people"]),
        ("1.3 million", ["1.3", "million"]),
        ("90.000 or 1.250.000, not 2.75", ["90000", "or", "1250000", "not", "2.75"]),
        ("7.125 is 12.125 percent", ["7.125", "is", "12.125", "percent"]),
        ("700k", ["700k"]),
        ("MH17 over the G7", ["mh17", "over", "the", "g7"]),
        ("covid19's end", ["covid19", "end"]),
        ("didn't", ["did", "n't"]),
        ("they're", ["they", "re"]),
        ("Latvia's lake", ["latvia", "lake"]),
        ("bread & water", ["bread", "and", "water"]),
        ("see https://example.org/a?b=c#d", ["see", LINK]),
        ("www.example.org", [LINK]),
        ("<@123456> hello <:smile:99>", ["hello"]),
        ("**bold** _and_ ~~struck~~", ["bold", "and", "struck"]),
        ("\U0001f600 \U0001f469\u200d\U0001f680", []),
        ("\u0645\u062a\u0649", ["\u0645\u062a\u0649"]),
    ],
)
def test_tokens(typed: str, read: list[str]) -> None:
    assert words(typed) == read


def test_a_possessive_is_remembered_and_capitals_are_kept() -> None:
    (whose, what) = tokens("Latvia's US")
    assert (whose.text, whose.surface, whose.possessive) == ("latvia", "Latvia", True)
    assert (what.text, what.surface, what.possessive) == ("us", "US", False)


@pytest.mark.parametrize(
    ("message", "cut"),
    [
        ("Who opened it? When?", ["Who opened it?", "When?"]),
        ("I read it.  Where was it", ["I read it.", "Where was it"]),
        ("Dr. Quist spoke", ["Dr. Quist spoke"]),
        ("The U.S. came", ["The U.S. came"]),
        ("It cost 1.5 million", ["It cost 1.5 million"]),
        ("one\ntwo", ["one", "two"]),
        ("?!? ... !", []),
    ],
)
def test_sentences_end_where_they_end(message: str, cut: list[str]) -> None:
    assert [sentence.text for sentence in sentences(message)] == cut


def test_only_a_question_mark_makes_a_sentence_ask() -> None:
    assert [s.asks for s in sentences("Who came? They came. Really?! Wow!")] == [
        True,
        False,
        True,
        False,
    ]
