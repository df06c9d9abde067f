"""Whose name has an article, as the answers of a base have it."""

from __future__ import annotations

import pytest

from bot.dialogue.articles import with_articles
from bot.facts.model import Person
from tests.matching.bases import base, english, fact


@pytest.mark.parametrize(
    ("answers", "called"),
    [
        (["The Lake Board met."], "the Lake Board"),
        (["It was the Lake Board's wish."], "the Lake Board"),
        (["Lake Board met.", "The Lake Board met."], "the Lake Board"),
        (["Lake Board met.", "Lake Board sat.", "The Lake Board met."], "Lake Board"),
        (["The Lake Board house burnt."], "Lake Board"),  # the house has the article
        (["The board met."], "Lake Board"),  # that is what it is
        (["Somebody met."], "Lake Board"),
    ],
)
def test_a_name_has_the_article_that_it_mostly_stands_with(answers: list[str], called: str) -> None:
    board = Person("board", "Lake Board", "body", aliases=("board", "the Board"))
    facts = [fact(f"f{n}", answer, "What happened?") for n, answer in enumerate(answers)]
    known = with_articles(base(facts, people=[board]), english())
    assert known.person_by_id["board"].called == called


def test_a_person_has_none() -> None:
    ann = Person("ann", "Ann Berg", "person")
    known = with_articles(base([fact("a", "The Ann Berg sank.", "What?")], people=[ann]), english())
    assert known.person_by_id["ann"].called == "Ann Berg"
