"""A message that says much besides its question."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer
from tests.matching.bases import answering, base


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


BEFORE = """\
My grandmother fished there, and I keep trying to recall where the talks were held. Would you happen
to help me out with that, dear friends?"""
BEHIND_A_PAUSE = """\
Leaving the quarrels of our fathers aside for just a moment, how many delegates came from
Iran?"""
WITH_A_MISTAKE = """\
Correct me if my memory plays tricks on an old woman, dear, but did the talks last six hours?"""


@pytest.mark.parametrize(
    ("message", "fact_id"),
    [(BEFORE, "place"), (BEHIND_A_PAUSE, "delegates"), (WITH_A_MISTAKE, "length")],
)
def test_the_question_is_found(answerer: Answerer, message: str, fact_id: str) -> None:
    reply, after = answerer.reply(message.replace("\n", " "))
    assert (reply.outcome, reply.facts) == ("answer", (fact_id,))
    assert after.facts == (fact_id,)


def test_what_a_question_asks_is_not_when_it_happened(answerer: Answerer) -> None:
    asked = "what was the old lady in the kitchen cooking when the talks were held"
    assert "day" not in answerer.reply(asked)[0].facts
    assert answerer.reply("would you know by any chance when the talks were held")[0].facts == (
        "day",
    )


def test_a_sentence_before_one_that_is_answered_is_left_alone(answerer: Answerer) -> None:
    reply, _ = answerer.reply("I know where the talks were held. Who opened the talks, though?")
    assert reply.facts == ("opener",)


def test_what_is_known_to_be_unanswered_is_not_exchanged_for_something_near(
    answerer: Answerer,
) -> None:
    reply, _ = answerer.reply("I know where the talks were held. When are the next talks going on?")
    assert (reply.outcome, reply.best and reply.best.fact) == ("unknown", "next-talks")


def test_a_word_for_oneself_means_nobody_else(answerer: Answerer) -> None:
    _, before = answerer.reply("What did Hale find?")
    reply, _ = answerer.reply("my uncle who fancies himself asks where the talks were", before)
    assert reply.facts == ("place",)


def test_a_comma_at_the_very_end_is_no_question(answerer: Answerer) -> None:
    reply, _ = answerer.reply("my cousin from the hills far away would like to know, please,")
    assert reply.outcome != "answer"


def test_what_is_asked_twice_is_told_once(answerer: Answerer) -> None:
    reply, _ = answerer.reply("Who opened the talks? Who was it that opened the talks?")
    assert (reply.facts, len(reply.parts)) == (("opener",), 1)
    reply, _ = answerer.reply("Who opened the talks? Where were the talks held?")
    assert (reply.facts, len(reply.parts)) == (("opener", "place"), 2)


@pytest.mark.parametrize(
    ("message", "fact_id"),
    [
        ("There is a new dam! What is the damage in money?", "price"),
        ("The delegates from Iran came! What number are we talking of?", "delegates"),
    ],
)
def test_a_question_that_needs_the_sentence_before_it_is_asked_with_it(
    answerer: Answerer, message: str, fact_id: str
) -> None:
    assert answerer.reply(message)[0].facts == (fact_id,)


def test_a_question_behind_a_long_story_is_read(shipped: Answerer) -> None:
    story = "I think that all of this is rather odd. " * 40

    reply, _ = shipped.reply(f"{story}So who opened the meeting?")

    assert reply.facts == ("meeting-opener",)


def test_of_many_questions_it_says_that_it_takes_four(shipped: Answerer) -> None:
    asked = "Who opened it? Where was it? When was it? Who is Lavrov? Who is Sarabi? Who is Choi?"

    reply, _ = shipped.reply(asked)

    *answers, note = reply.parts
    assert [part.outcome for part in answers] == ["answer"] * 4
    assert note.message == shipped.texts.too_many


def test_where_a_clause_is_nearly_understood_what_it_asks_is_offered(answerer: Answerer) -> None:
    story = "my old aunt from the hills mended nets there, and"
    reply, _ = answerer.reply(f"{story} who attacked the dam")
    assert reply.outcome == "suggest"
    assert [offer.fact for offer in reply.suggestions] == ["attack"]


@pytest.mark.parametrize(
    "message",
    [
        "Oops, wrong button. I want to know who the ambassador is",
        "really? who is the ambassador?",
    ],
)
def test_what_asks_nothing_or_comes_to_nothing_is_left_out_beside_an_answer(
    shipped: Answerer, message: str
) -> None:
    _, talk = shipped.reply("what is the capital of Mars")
    reply, _ = shipped.reply(message, talk)
    assert [part.facts for part in reply.parts] == [("who-is-kochai",)]


def test_what_was_asked_beside_an_answer_and_is_not_known_is_said(shipped: Answerer) -> None:
    reply, _ = shipped.reply("Who is the ambassador? And how do you boil an egg?")
    assert [part.outcome for part in reply.parts] == ["answer", "unknown"]


@pytest.mark.parametrize("joint", [" and ", ", and ", " and please "])
def test_a_request_behind_a_joint_is_a_question_of_its_own(answerer: Answerer, joint: str) -> None:
    reply, _ = answerer.reply(f"where were the talks held{joint}tell me who opened them")
    assert [part.facts for part in reply.parts] == [("place",), ("opener",)]
