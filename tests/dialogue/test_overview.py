"""Who asks for the whole of the event is told the whole of it."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer
from tests.matching.bases import EVENT, FACTS, answering, base, fact

FIRE = fact("fire", "A boat burnt down.", "What happened to the boat?", "did a boat burn")
WHOLE = fact(
    "whole",
    "Neighbours of a lake met, and a boat burnt down.",
    "What is this about?",
    "what happened at the lake",
    "summary",
    "what is the story",
    "tell me what happened",
    "what do I need to know",
)
WAYS = ("what happened", "what's going on?", "tell me everything", "hi, tldr", "sum it up for me")


@pytest.fixture(scope="module")
def with_whole() -> Answerer:
    return answering(base((*FACTS, FIRE, WHOLE)))


@pytest.fixture(scope="module")
def without() -> Answerer:
    return answering(base((*FACTS, FIRE)))


@pytest.mark.parametrize("asked", WAYS)
def test_the_fact_that_most_such_questions_ask_for_tells_it(
    with_whole: Answerer, asked: str
) -> None:
    assert with_whole.reply(asked)[0].facts == ("whole",)


@pytest.mark.parametrize("asked", WAYS)
def test_else_the_event_s_summary_does(without: Answerer, asked: str) -> None:
    """And not whatever happened."""
    part = without.reply(asked)[0].parts[0]
    assert (part.outcome, EVENT.summary in part.message) == ("chat", True)


def test_a_fact_asked_in_just_these_words_tells_it() -> None:
    noise = fact("noise", "There was a noise at noon.", "what happened", "what was that noise")
    answerer = answering(base((*FACTS, FIRE, noise)))
    assert answerer.reply("what happened?")[0].facts == ("noise",)


def test_what_happened_then_goes_on_from_what_was_told(without: Answerer) -> None:
    _, before = without.reply("What happened to the boat?")
    for asked in ("what happened then?", "and what happened next"):
        reply, _ = without.reply(asked, before)
        assert EVENT.summary not in reply.parts[0].message


OF_THE_EVENT = (
    "recap please",
    "key points of the talks?",
    "could you give me the main facts about the incident",
    "what's the latest on the talks",
    "what do we know so far?",
)


@pytest.mark.parametrize("asked", OF_THE_EVENT)
def test_a_word_for_a_summary_asks_for_all_of_the_event(without: Answerer, asked: str) -> None:
    part = without.reply(asked)[0].parts[0]
    assert (part.outcome, EVENT.summary in part.message) == ("chat", True)


@pytest.mark.parametrize(
    "asked", ["key points of the boat", "their main points", "who gave the summary"]
)
def test_but_not_beside_what_is_a_part_of_it(without: Answerer, asked: str) -> None:
    assert all(EVENT.summary not in part.message for part in without.reply(asked)[0].parts)
