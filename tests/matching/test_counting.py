"""How many of what: the number of other things than a fact counts is not what it tells."""

from __future__ import annotations

import pytest

from bot.matching.engine import Matcher
from tests.matching.bases import base, fact, matched, matching, objections

FACTS = (
    fact(
        "minister",
        "Edvin Salko resigned 12 days after the flood and sent the committee a letter.",
        "Did the minister come?",
        "What did the minister send the committee?",
        "the minister's letter",
        "How many days after the flood did the minister resign?",
    ),
    fact(
        "gallery",
        "About 30 relatives of the dead sat in the gallery.",
        "Who sat in the gallery?",
        "How many relatives sat in the gallery?",
        "relatives in the gallery",
    ),
    fact(
        "train",
        "On 15 March a train to the lake stood still for forty minutes.",
        "Why did the train stop?",
        "how long was the train delayed",
        "when did the train stand still",
    ),
    fact("prize", "£4,300 is what the prize was.", "What was the prize?", "how large a prize"),
    fact("river", "The river rose at night.", "When did the river rise?", "the rise of the river"),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base(FACTS, unanswered=()))


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("How many pages was the minister's letter to the committee?", "minister"),
        ("How many doors has the gallery?", "gallery"),
        ("How many dogs came into the gallery?", "gallery"),
        ("How many policemen came into the gallery?", "gallery"),
        ("How many schoolchildren came into the gallery?", "gallery"),
        ("How many children sat in the gallery?", "gallery"),
        ("How many passengers were on the train?", "train"),  # forty minutes are nobody
        ("How many people won the prize?", "prize"),  # nor are pounds
        ("How many cups was the prize?", "prize"),
        ("How many Iranian pages are in the minister's letter?", "minister"),
    ],
)
def test_other_things_are_not_counted(matcher: Matcher, question: str, fact_id: str) -> None:
    match = matched(matcher, question)

    assert "count" in objections(match, fact_id)
    assert match.decision.verb != "answer"


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("How many days after the flood did the minister resign?", "minister"),
        ("How many relatives were in the gallery?", "gallery"),
        ("How many people sat in the gallery?", "gallery"),  # whoever they are
        ("How many sat in the gallery?", "gallery"),
        ("How many want seats in the gallery?", "gallery"),
        ("How many minutes did the train stand still?", "train"),
        ("How much of the letter did the committee read?", "minister"),
    ],
)
def test_what_may_be_counted_is_no_objection(matcher: Matcher, question: str, fact_id: str) -> None:
    assert "count" not in objections(matched(matcher, question), fact_id)


def test_a_fact_without_figures_is_left_to_what_is_asked_for(matcher: Matcher) -> None:
    match = matched(matcher, "How many houses stand at the river?")

    assert "count" not in objections(match, "river")
