"""A statement with a tag asks whether it is so."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer
from bot.matching.tags import Tags
from bot.matching.text import tokens
from tests.matching.bases import answering, base, english


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("It was on a Monday, right?", "it was on a monday"),
        ("They met in Riga, didn't they?", "they met in riga"),
        ("They did not meet in Riga, did they?", "they did n't meet in riga"),
        ("It lasted six hours, isn't that so?", "it lasted six hours"),
        ("it was Hale who opened the talks rite", "it was hale who opened the talks"),
        ("Iran sent six people. Is that the figure?", "iran sent six people"),
    ],
)
def test_a_tag_is_taken_off_and_the_rest_asked(said: str, stated: str) -> None:
    asked = Tags(english()).as_asked(tokens(said.replace("did not", "didn't")))
    assert " ".join(token.text for token in asked) == f"did {stated}"


@pytest.mark.parametrize(
    "question",
    [
        "How old is it?",
        "Who opened the talks, right?",
        "Where were they?",
        "Is it right?",
        "Were they right about that, yes?",
        "which of the two sides was it",
        "the talks were held in Riga",
        "is that so",
        "9 dead near the lake",
        "we sent 9 delegates",
        "tell me about the two sides",
        "positions of the two sides",
        "I think you should tell me more of it",
    ],
)
def test_what_asks_already_stays_as_it_is(question: str) -> None:
    words = tokens(question)
    assert Tags(english()).as_asked(words) is words


@pytest.mark.parametrize("half", ["or not", "or nah", "or what"])
def test_a_question_loses_its_other_half(half: str) -> None:
    asked = Tags(english()).as_asked(tokens(f"did the talks last six hours {half}?"))
    assert " ".join(token.text for token in asked) == "did the talks last six hours"


@pytest.mark.parametrize(
    ("said", "fact_id"),
    [
        ("There were six delegates from Iran, no?", "delegates"),
        ("The talks lasted six hours, didn't they?", "length"),
        ("The talks were held in Riga, right?", "place"),
        ("It was Omar Hale who opened the talks, wasn't it?", "opener"),
        ("The talks lasted six hours. Is that right?", "length"),
        ("The talks lasted four hours, am I right?", "length"),
        ("Iran sent nine delegates", "delegates"),
        ("I think that Iran sent nine delegates", "delegates"),
        ("People say that Omar Hale opened the talks", "opener"),
        ("Omar Hale opened the talks, didn't he?", "opener"),
    ],
)
def test_what_is_stated_is_confirmed_or_put_right(
    answerer: Answerer, said: str, fact_id: str
) -> None:
    reply, _ = answerer.reply(said)
    assert (reply.outcome, reply.facts) == ("answer", (fact_id,))
