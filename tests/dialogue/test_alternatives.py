"""'Who opened it, Ann or Bob?': one of the two is told of, whichever way it is put."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer
from bot.dialogue.conversation import NOTHING_SAID
from tests.matching.bases import answering, base


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


@pytest.mark.parametrize(
    "asked",
    [
        "Who opened the talks, Hale or Quist?",
        "was it Quist or Hale who opened the talks",
        "Was it Omar Hale or Nora Quist that opened the talks?",
        "was it quist or ingrid who opened the talks?",
        "was it Ingrid Thorbecke or Quist who opened the talks?",
    ],
)
def test_asked_of_two_the_one_who_did_it_is_told(answerer: Answerer, asked: str) -> None:
    reply, _ = answerer.reply(asked, NOTHING_SAID)
    assert (reply.outcome, reply.facts) == ("answer", ("opener",))


@pytest.mark.parametrize(
    "asked",
    [
        "who is the mayor, Quist or Hale?",
        "was it Hale or Thorbecke who opened the talks?",  # neither did
        "was it Quist or Hale who painted the fence?",
    ],
)
def test_what_is_told_of_neither_is_not_made_to_be_of_one(answerer: Answerer, asked: str) -> None:
    assert "opener" not in answerer.reply(asked, NOTHING_SAID)[0].facts


def test_a_choice_that_names_nobody_is_an_ordinary_question(answerer: Answerer) -> None:
    reply, _ = answerer.reply("did fishermen attack the boat or the dam?", NOTHING_SAID)
    assert reply.outcome != "answer" or reply.facts == ("attack",)
