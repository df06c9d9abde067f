"""Whose something is: somebody else's is another thing, though both are named all over the base."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.facts.model import Person
from bot.matching.belonging import post
from bot.matching.engine import Matcher
from bot.matching.lexicon import NAME
from bot.matching.text import tokens
from tests.matching.bases import EVENT, PEOPLE, base, fact, matched, matching, objections

FACTS = (
    fact(
        "envoy",
        "Nora Quist is Estonia's envoy to Iran.",
        "Who is Estonia's envoy?",
        "Who is the envoy?",
        "name of the Estonian envoy to Iran",
        "who represents Tallinn",
        about=("nora-quist", "estonia", "iran"),
    ),
    fact("day", "Tuesday was the day.", "When were the talks?", "day of the talks"),
    fact(
        "dam",
        "Latvia's dam cost nine crowns.",
        "What did the dam of Latvia cost?",
        "price of the Latvian dam",
        about=("latvia",),
    ),
    fact("boats", "Boats lay at the shore.", "Where did boats lie?", "place of the boats"),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    # 'Envoy to Iran' is one more name of hers, and the event names the countries.
    people = [replace(p, aliases=(*p.aliases, "envoy to Iran")) for p in PEOPLE[:1]]
    event = replace(EVENT, summary="Estonia, Latvia and Iran met to talk about a lake.")
    others: list[Person] = [*PEOPLE[1:]]
    return matching(replace(base(FACTS, [*people, *others], unanswered=()), event=event))


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("Who is the Latvian envoy?", "envoy"),
        ("Who is the envoy of Latvia?", "envoy"),
        ("Who is the Latvian envoy to Iran?", "envoy"),
        ("What did the Estonian dam cost?", "dam"),
        ("price of Iran's dam", "dam"),
    ],
)
def test_somebody_else_s_is_another_thing(matcher: Matcher, question: str, fact_id: str) -> None:
    match = matched(matcher, question)
    assert "whose" in objections(match, fact_id)
    assert match.decision.verb != "answer"


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("Who is the Estonian envoy?", "envoy"),
        ("Who is the envoy of Estonia?", "envoy"),
        ("Who is the envoy to Iran?", "envoy"),
        ("Who is Iran's Estonian envoy?", "envoy"),
        ("What did the Latvian dam cost?", "dam"),
        ("What did the dam cost?", "dam"),
        ("When were the Latvian talks?", "day"),  # nobody's talks are told of
    ],
)
def test_what_may_be_theirs_is_no_objection(matcher: Matcher, question: str, fact_id: str) -> None:
    match = matched(matcher, question)
    assert "whose" not in objections(match, fact_id)
    assert match.decision.chosen == (fact_id,)


@pytest.mark.parametrize(
    ("role", "noun", "owner"),
    [
        ("Estonia's president", "president", "estonia"),
        ("the foreign minister of Estonia", "minister", "estonia"),
        ("the Iran envoy to Estonia", "envoy", "iran"),
        ("the officials who accused Estonia", None, None),
        ("a farmer, aged 58", None, None),
    ],
)
def test_a_role_says_what_somebody_is_and_whose(
    role: str, noun: str | None, owner: str | None
) -> None:
    lexicon = matching(base()).lexicon
    found = post(tokens(role), lexicon)
    assert (found and found.noun) == noun
    assert found is None or found.owners == (f"{NAME}{owner}",)
