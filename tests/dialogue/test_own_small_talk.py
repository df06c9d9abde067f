"""A base of something else than an event: small talk and pronouns may be what it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.answerer import Answerer
from tests.matching.bases import SOURCE, answering, base, fact

FACTS = (
    fact(
        "thanks",
        "You are welcome, any time.",
        "thank you",
        "thanks for your help",
        "thank you so much for that",
        "i appreciate it, thanks",
    ),
    fact(
        "text",
        "Your text is on its way.",
        "send a text to mom",
        "text my wife that i am late",
        "can you text bob and say hello",
        "shoot a text message to my boss",
    ),
    fact(
        "call",
        "I am calling.",
        "call mom",
        "phone my boss",
        "make a call to dad",
        "can you dial the office",
    ),
)


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base(FACTS, ()))


@pytest.mark.parametrize("said", ["thanks a lot", "thank you very much"])
def test_thanks_are_answered_by_a_base_that_has_a_fact_about_thanks(
    answerer: Answerer, said: str
) -> None:
    assert answerer.reply(said)[0].facts == ("thanks",)


def test_small_talk_of_other_kinds_stays_small_talk(answerer: Answerer) -> None:
    assert answerer.reply("good morning")[0].outcome == "chat"


def test_where_nobody_is_told_of_him_is_no_question_of_whom(answerer: Answerer) -> None:
    assert answerer.reply("send him a text")[0].facts == ("text",)


@pytest.mark.parametrize("asked", ["help", "/help", "Help!"])
def test_help_alone_asks_for_help_though_a_fact_tells_of_some(asked: str) -> None:
    inside = fact("inside", "They had help from inside.", "did they have help", "was there help")
    answerer = answering(base((inside, FACTS[1]), ()))

    assert answerer.reply("was there any help")[0].facts == ("inside",)
    assert answerer.reply(asked)[0].outcome == "chat"


@pytest.mark.parametrize(
    "message", ["who wrote this article?", "when was this article published", "Where is this from"]
)
def test_where_it_is_from_is_told_of_a_base_without_a_fact_on_that(message: str) -> None:
    letter = fact("letter", "Ada wrote a letter.", "Who wrote the letter?", "the letter's author")
    dated = replace(SOURCE, published="2018-05-02")
    asked = answering(replace(base((letter, *FACTS)), sources=(dated,)))

    (part,) = asked.reply(message)[0].parts

    assert part.outcome == "chat"
    assert SOURCE.publisher in part.message
    assert "published 2018-05-02, no web address recorded" in part.message


def test_where_it_is_from_is_told_by_the_base_s_own_fact(shipped: Answerer) -> None:
    assert shipped.reply("when was this published?")[0].facts == ("report-date",)
    assert shipped.reply("who wrote this article")[0].best is not None
