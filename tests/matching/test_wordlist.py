"""Sorted lists that stay in their files: what is on them, what is not, and what is beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import load_language
from bot.matching.wordlist import WordList
from bot.resources import config_dir

WORDS = st.text(alphabet="abcé'-", min_size=1, max_size=4)


@given(st.sets(WORDS, min_size=1), WORDS)
def test_a_list_holds_its_words_and_no_others(words: set[str], other: str) -> None:
    lines = sorted(word.encode() for word in words)
    for end in (b"\n", b""):
        kept = WordList(b"\n".join(lines) + end)
        assert all(word in kept for word in words)
        assert (other in kept) == (other in words)


def test_the_kin_of_a_word_stand_behind_it_nearest_first() -> None:
    kept = WordList(b"abandon forsake leave\nabandoned derelict\nzoo\n")
    assert kept.kin("abandon") == ("forsake", "leave")
    assert kept.kin("abandoned") == ("derelict",)
    assert kept.kin("zoo") == kept.kin("aband") == kept.kin("") == ()


def test_the_words_that_begin_alike_stand_in_order() -> None:
    kept = WordList(b"abandon forsake leave\nabandoned derelict\nape\nzoo\n")
    assert kept.beginning("ab") == ["abandon", "abandoned"]
    assert kept.beginning("zo") == ["zoo"]
    assert kept.beginning("b") == []


def test_an_empty_list_holds_nothing() -> None:
    assert "word" not in WordList(b"")


@pytest.mark.parametrize("name", ["common", "known", "names", "related"])
def test_a_shipped_list_is_in_order_and_finds_every_word(name: str) -> None:
    kept: WordList = getattr(load_language(config_dir() / "language", "en").lists, name)
    heads = [line.split(b" ")[0] for line in bytes(kept.text[:]).splitlines()]
    assert heads == sorted(heads)
    assert all(head.decode() in kept for head in heads[::50])
