"""What counts as right, silent and wrong, and how sure the figures are."""

from __future__ import annotations

import pytest

from bot.dialogue.reply import Outcome, Part, Reply, Side
from bot.evaluation import Case, cases_from_questions, cases_from_tests, evaluate, wilson
from bot.facts.model import Base, Event, Fact, Source, Unanswered

BASE = Base(
    event=Event("talks", "Talks"),
    sources=(Source("paper", "The Paper", "Talks"),),
    facts=(
        Fact("all", "All of it.", ("all?", "everything?"), ("whole?",), covers=("part",)),
        Fact("part", "A part.", ("part?",), ("piece?", "bit?")),
    ),
    unanswered=(Unanswered("next", ("next?",), ("then?",)),),
    outside=("weather?",),
)


def judged(expected: str, outcome: Outcome, *shown: str) -> str:
    part = Part("?", outcome, sides=tuple(Side(fact, "...") for fact in shown))
    case = Case("?", "facts", expected) if expected else Case("?", "outside")
    (verdict,) = evaluate(BASE, [case], lambda _: Reply("?", (part,))).verdicts
    return verdict.mark


@pytest.mark.parametrize(
    ("expected", "outcome", "shown", "mark"),
    [
        ("part", "answer", ["part"], "right"),
        ("part", "answer", ["other", "part"], "right"),  # a side of a contradiction
        ("part", "answer", ["all"], "right"),  # the whole tells the part
        ("all", "answer", ["part"], "wrong"),  # the part does not tell the whole
        ("part", "answer", ["other"], "wrong"),
        ("part", "suggest", [], "silent"),
        ("part", "unknown", [], "silent"),
        ("part", "chat", [], "silent"),
        ("", "answer", ["part"], "wrong"),
        ("", "suggest", [], "right"),
        ("", "unknown", [], "right"),
        ("", "chat", [], "right"),
    ],
)
def test_a_reply_is_judged_by_what_it_shows(
    expected: str, outcome: Outcome, shown: list[str], mark: str
) -> None:
    assert judged(expected, outcome, *shown) == mark


def test_every_test_and_every_question_is_a_case_once() -> None:
    assert [(case.question, case.group, case.entry) for case in cases_from_tests(BASE)] == [
        ("whole?", "facts", "all"),
        ("piece?", "facts", "part"),
        ("bit?", "facts", "part"),
        ("then?", "unanswered", "next"),
        ("weather?", "outside", ""),
    ]
    assert [case.question for case in cases_from_questions(BASE)] == [
        "all?",
        "everything?",
        "part?",
        "next?",
    ]


def test_scores_are_kept_apart_by_group_and_entry() -> None:
    silent = Reply("?", (Part("?", "unknown"),))

    report = evaluate(BASE, cases_from_tests(BASE), lambda _: silent)

    assert (report.facts.silent, report.facts.total) == (3, 3)
    assert (report.declined.right, report.declined.total) == (2, 2)
    assert {entry: score.total for entry, score in report.by_entry("facts").items()} == {
        "all": 1,
        "part": 2,
    }


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Newcombe 1998, table I, method 3 (Wilson without continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.00006)


def test_nothing_asked_is_nothing_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
