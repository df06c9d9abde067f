"""Questions that ask the same stand together, and others do not."""

from __future__ import annotations

import pytest

from bot.gaps.likeness import alike
from bot.language import load_language
from bot.matching.language import Language
from bot.resources import config_dir


@pytest.fixture(scope="module")
def english() -> Language:
    return load_language(config_dir() / "language", "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who paid for the flights?", "who paid for the flights"),
        ("who paid for the flights", "pls tell me who payed for the flight??"),
        ("why was the delegation late", "why was the delegaton so late"),
        ("why did the harbour crane fall?", "why did the big harbour crane fall over"),
        ("were the hotel rooms paid by Russia?", "did russia pay the hotel rooms"),
        ("how many journalists came", "how many journalist were there who came"),
        ("did he sign it in 2018", "in 2018, did he sign it?"),
        ("were five lawyers there", "were there 5 lawyers"),
    ],
)
def test_they_ask_the_same(english: Language, one: str, other: str) -> None:
    assert alike([one, other], english) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("when did the crane fall", "where did the crane fall"),
        ("did the mayor resign", "did the mayor not resign"),
        ("what happened in 2014", "what happened in 2015"),
        ("were there five lawyers", "were there six lawyers"),
        ("who paid for the flights", "who paid for the hotel"),
        ("what did Iran say", "what did Iraq say"),
        ("how many journalists came", "how much did the journalists pay"),
        ("who is the minister", "who is the minister's wife"),
    ],
)
def test_they_do_not(english: Language, one: str, other: str) -> None:
    assert alike([one, other], english) == [[0], [1]]


def test_groups_and_their_members_keep_their_order(english: Language) -> None:
    texts = ["who paid the flights", "is it raining", "who paid the flight", "", "is it raining?"]
    assert alike(texts, english) == [[0, 2], [1, 4], [3]]


def test_many_different_questions_take_no_time(english: Language) -> None:
    texts = [f"why did crane{n} fall on the harbour wall{n % 7}" for n in range(3000)]
    assert len(alike(texts, english)) > 1
