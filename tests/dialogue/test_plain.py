"""A reply as plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.answerer import Answerer
from bot.dialogue.plain import as_text
from bot.facts.model import Citation, Claim, Fact, Quote
from tests.matching.bases import FACTS, SOURCE, answering, base, texts


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


def told(answerer: Answerer, question: str) -> str:
    return as_text(answerer.reply(question)[0], texts())


def told_with(fact: Fact, question: str) -> str:
    """What is told on a base in which one fact is another."""
    facts = tuple(fact if fact.id == one.id else one for one in FACTS)
    return told(answering(base(facts)), question)


LENGTH = next(fact for fact in FACTS if fact.id == "length")
ENTRY = 'The Gazette, "Neighbours Meet" (printed on a Wednesday), paragraph 1'


def test_an_answer_is_followed_by_its_source(answerer: Answerer) -> None:
    assert told(answerer, "How long did the talks last?").splitlines() == [
        "Four hours is how long the talks lasted.",
        f"Source: {ENTRY}, no web address recorded",
    ]


def test_a_quote_names_its_speaker_and_role(answerer: Answerer) -> None:
    assert (
        '> "everybody\'s well" - Nora Quist, chair of the talks'
        in told(answerer, "What did Quist say?").splitlines()
    )


def test_the_source_s_own_words_have_no_speaker() -> None:
    fact = replace(LENGTH, quotes=(Quote("four long hours", SOURCE.id),))
    assert '> "four long hours"' in told_with(fact, LENGTH.questions[0]).splitlines()


def test_paragraphs_are_listed_and_may_be_left_out() -> None:
    several = replace(LENGTH, sources=(Citation(SOURCE.id, (2, 5)),))
    none = replace(LENGTH, sources=(Citation(SOURCE.id),))
    assert "paragraphs 2, 5," in told_with(several, LENGTH.questions[0])
    assert "paragraph" not in told_with(none, LENGTH.questions[0])


def test_the_address_of_a_source_is_shown_where_it_has_one() -> None:
    known = replace(base(), sources=(replace(SOURCE, url="https://gazette.example/1"),))
    text = told(answering(known), LENGTH.questions[0])
    assert text.endswith("https://gazette.example/1")


def test_an_editor_s_note_is_told_as_ours() -> None:
    noted = replace(LENGTH, note="Counted by us.")
    assert "Editor's note: Counted by us." in told_with(noted, LENGTH.questions[0]).splitlines()


def test_each_side_of_a_dispute_has_a_line(answerer: Answerer) -> None:
    assert told(answerer, "What did Latvia deny?").splitlines()[:2] == [
        "Latvia denied that it had drained the lake.",
        "Estonia accused Latvia of draining the lake.",
    ]


def test_what_is_not_known_is_followed_by_numbered_offers(answerer: Answerer) -> None:
    assert told(answerer, "when are the next talks").splitlines() == [
        "The source does not say whether they meet again.",
        "I can answer:",
        "1. When were the talks held?",
    ]


def test_the_parts_of_a_message_stand_apart(answerer: Answerer) -> None:
    first, second = told(answerer, "Who opened the talks? How long did they last?").split("\n\n")
    assert first.startswith("Nora Quist opened")
    assert second.startswith("Four hours")


def test_what_a_follow_up_was_taken_as_comes_first(answerer: Answerer) -> None:
    _, conversation = answerer.reply("How many delegates came from Iran?")
    reply, _ = answerer.reply("when did the talks take place", conversation)
    assert not as_text(reply, texts()).startswith("Taken as")
    _, conversation = answerer.reply("Who opened the talks?")
    reply, _ = answerer.reply("what did she say", conversation)
    assert as_text(reply, texts()).splitlines()[0] == "Taken as: what did Nora Quist say"


def test_markup_in_a_fact_is_told_as_it_stands() -> None:
    starred = replace(LENGTH, answer="*Four* hours {sources} %s.", claim=Claim((), "reported"))
    assert told_with(starred, LENGTH.questions[0]).startswith("*Four* hours {sources} %s.\n")
