"""Who did what to whom: the order of words counts, in active, passive and fronted clauses."""

from __future__ import annotations

import pytest

from bot.matching.engine import Matcher
from bot.matching.text import tokens
from tests.matching.bases import base, fact, matched, matching, objections

FACTS = (
    fact(
        "accusation",
        "Estonia accused Latvia of draining the lake.",
        "What did Estonia accuse Latvia of?",
        "did Estonia accuse Latvia of draining the lake",
        "Latvia was accused by Estonia",
        "who accused Latvia",
    ),
    fact(
        "invitation",
        "Iran invited Nora Quist to the talks.",
        "Whom did Iran invite?",
        "was Nora Quist invited by Iran",
        "did Iran invite Quist",
    ),
    fact("day", "Tuesday was the day.", "When were the talks?", "day of the talks"),
    fact("dam", "The dam cost nine crowns.", "What did the dam cost?", "price of the dam"),
    fact("boats", "Boats lay at the shore.", "Where did boats lie?", "place of the boats"),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base(FACTS, unanswered=()))


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("Did Estonia accuse Latvia?", "accusation"),
        ("Estonia accused Latvia", "accusation"),
        ("Was Latvia accused by Estonia?", "accusation"),
        ("Whom did Estonia accuse?", "accusation"),
        ("Who accused Latvia?", "accusation"),
        ("By whom was Latvia accused?", "accusation"),
        ("Of what has Estonia accused the Latvians?", "accusation"),
        ("Did Iran invite Nora Quist?", "invitation"),
        ("Was Quist invited by Iran?", "invitation"),
        ("Who did Iran invite?", "invitation"),
    ],
)
def test_rightly_ordered_roles_are_no_objection(
    matcher: Matcher, question: str, fact_id: str
) -> None:
    match = matched(matcher, question)
    assert objections(match, fact_id) == set()
    assert match.decision.verb == "answer"
    assert match.decision.chosen == (fact_id,)


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("Did Latvia accuse Estonia?", "accusation"),
        ("Latvia accused Estonia", "accusation"),
        ("Was Estonia accused by Latvia?", "accusation"),
        ("Whom did Latvia accuse?", "accusation"),
        ("Who accused Estonia?", "accusation"),
        ("By whom was Estonia accused?", "accusation"),
        ("Of what has Latvia accused the Estonians?", "accusation"),
        ("Did Nora Quist invite Iran?", "invitation"),
        ("Was Iran invited by Quist?", "invitation"),
        ("Who did Quist invite?", "invitation"),
    ],
)
def test_swapped_roles_veto(matcher: Matcher, question: str, fact_id: str) -> None:
    match = matched(matcher, question)
    assert "roles" in objections(match, fact_id)
    assert match.decision.verb != "answer"


@pytest.mark.parametrize(
    "question",
    [
        "Did Estonia with Iran accuse Latvia?",
        "In Tallinn, did Estonia accuse Latvia?",
        "accusation of Latvia",
    ],
)
def test_who_only_stands_by_has_no_role(matcher: Matcher, question: str) -> None:
    assert "roles" not in objections(matched(matcher, question), "accusation")


@pytest.mark.parametrize(
    ("question", "done_to"),
    [
        ("Which minister of Latvia did Estonia accuse", 0),
        ("How many of the Latvians did Estonia accuse", 1),
    ],
)
def test_whose_something_is_has_no_part_in_what_is_done_to_it(
    matcher: Matcher, question: str, done_to: int
) -> None:
    [role] = matcher.readings(tokens(question))[0].roles
    assert (len(role.doers), len(role.done_to)) == (1, done_to)


@pytest.fixture(scope="module")
def offered() -> Matcher:
    told = fact(
        "offer",
        "Estonia turned down what Latvia and Iran had offered.",
        "Did Estonia accept the offer of Latvia and Iran?",
        "has Estonia taken up the Latvian offer",
        "is Estonia against the offer that Iran made",
        "what became of the offer",
    )
    return matching(base((told, *FACTS[2:]), unanswered=()))


@pytest.mark.parametrize(
    "question",
    [
        "Did Latvia accept the offer of Estonia?",
        "were Latvia and Iran against the Estonian offer",
    ],
)
def test_names_that_change_places_are_objected_to(offered: Matcher, question: str) -> None:
    assert "roles" in objections(matched(offered, question), "offer")


@pytest.mark.parametrize(
    "question",
    [
        "Did Estonia say yes to the offer of Latvia?",
        "did the offer of Latvia have success with Estonia",
        "did Latvia get a yes from the Estonians for the offer",
        "did Iran and Latvia make an offer",
        "did Latvia or Iran make the offer",
    ],
)
def test_names_that_are_joined_or_stand_loosely_have_no_order(
    offered: Matcher, question: str
) -> None:
    assert "roles" not in objections(matched(offered, question), "offer")
