"""Words of the source in quotation marks: whose they are, and what only looks like that."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer


@pytest.mark.parametrize(
    ("asked", "fact_id"),
    [
        ('"friends of Afghanistan", who said that?', "lavrov-assistance"),
        ('whose words are "all possible assistance"?', "lavrov-assistance"),
        ('did Lavrov say "Just friendly talk"?', "sarabi-pleasantries"),
        ('"Just friendly talk"', "sarabi-pleasantries"),
    ],
)
def test_the_fact_that_has_the_words_is_told(shipped: Answerer, asked: str, fact_id: str) -> None:
    assert shipped.reply(asked)[0].facts[0] == fact_id
    assert shipped.explain(asked).quoted == fact_id


@pytest.mark.parametrize(
    "asked",
    [
        'when was "the meeting"?',
        'who attended "the meeting"?',
        'who was at "the meeting"?',
        'who said "to the"?',
        '"the meeting" - was it friendly?',
        'who organised "this conference"?',
        'how old is Lavrov? "I wish. I wish" I knew',
        'why did he say "Just friendly talk"?',
        'who said "peace in our time"?',
        '""""""' * 300,
    ],
)
def test_what_asks_for_more_is_a_question_like_any(shipped: Answerer, asked: str) -> None:
    assert shipped.explain(asked).quoted is None


def test_a_question_about_what_stands_in_quotation_marks_is_answered(shipped: Answerer) -> None:
    assert shipped.reply('when was "the meeting"?')[0].facts == ("meeting-date",)


@pytest.mark.parametrize(
    ("asked", "fact_id"),
    [
        ("who used the word bridgehead", "lavrov-bridgehead"),
        ("who spoke of friendly talk", "sarabi-pleasantries"),
    ],
)
def test_who_used_a_word_is_who_says_it_in_a_quote(
    shipped: Answerer, asked: str, fact_id: str
) -> None:
    assert shipped.reply(asked)[0].facts[0] == fact_id


def test_a_word_that_nobody_says_is_nobody_s(shipped: Answerer) -> None:
    assert shipped.reply("who used the word sledgehammer")[0].outcome != "answer"
