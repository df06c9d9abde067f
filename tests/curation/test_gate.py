"""What a base would change, and the gate that it must pass, on the real engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app import build_answerer
from bot.curation.changes import Changes, Unverified, changes
from bot.curation.gate import Examined, examine, got_worse, questions_to_ask
from bot.curation.telling import score_of, tell
from bot.facts.load import load_base
from bot.facts.model import Base, Fact
from tests.cli.support import TEST, base_with_test

GAPS = ("who keeps the lamp burning", "may I swim there")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return load_base(base_with_test(tmp_path_factory.mktemp("base")))


def compared(before: Base, after: Base) -> tuple[list[str], Changes, str]:
    """The questions that got worse, the changes, and these in words."""
    cases = questions_to_ask((before, after), GAPS)
    both: list[Examined] = []
    for base in (before, after):
        answerer = build_answerer(base)
        both.append(examine(base, lambda q, a=answerer: a.reply(q)[0], cases))  # type: ignore[misc]
    worse = got_worse(before, after, *both)
    found = changes(before, after, (both[0].answers, both[1].answers), GAPS)
    scores = score_of(before, both[0]), score_of(after, both[1])
    texts = build_answerer(after).texts
    told = tell(found, worse, scores, (both[0], both[1]), texts)
    assert told.full.startswith(told.summary)
    return [one.case.question for one in worse], found, told.full


def edited(base: Base, fact: str, **parts: object) -> Base:
    return replace(
        base,
        facts=tuple(replace(f, **parts) if f.id == fact else f for f in base.facts),  # type: ignore[arg-type]
    )


def test_the_same_base_changes_nothing_and_passes(before: Base) -> None:
    worse, found, text = compared(before, before)
    assert worse == []
    assert found.is_nothing
    assert "Nothing would change" in text


def test_a_new_fact_is_told_with_the_gap_that_it_closes(before: Base) -> None:
    keeper = Fact(
        id="keeper",
        answer="Two keepers kept the lamp burning.",
        questions=("Who keeps the lamp burning?", "keepers of the lamp"),
        tests=("who are the keepers of the lamp",),
    )
    worse, found, text = compared(before, replace(before, facts=(*before.facts, keeper)))
    assert worse == []
    assert [entry.id for entry in found.added] == ["keeper"]
    assert [one.question for one in found.gaps] == [GAPS[0]]
    assert "Asked by people, answered otherwise\n  who keeps the lamp burning\n" in text
    assert "    after:  Two keepers kept the lamp burning. [keeper]" in text


def test_a_fact_that_loses_its_phrasings_is_refused_by_the_name_of_the_question(
    before: Base,
) -> None:
    after = edited(before, "height", questions=("What colour are the doors?",))
    worse, found, text = compared(before, after)
    assert worse == [TEST]
    assert [(one.id, one.parts) for one in found.changed] == [("height", ("questions",))]
    assert "WORSE: known questions that would be answered worse: 1" in text


def test_a_test_that_was_taken_out_still_counts_while_its_fact_is_there(before: Base) -> None:
    after = edited(before, "height", questions=("What colour are the doors?",), tests=())
    assert compared(before, after)[0] == [TEST]


def test_a_fact_that_is_removed_with_its_tests_is_told_and_passes(before: Base) -> None:
    after = replace(before, facts=before.facts[:1])
    worse, found, text = compared(before, after)
    assert worse == []
    assert [entry.id for entry in found.removed] == ["height"]
    assert TEST in text
    assert "(no answer)" in text


def test_what_must_not_be_answered_and_would_be_is_refused(before: Base) -> None:
    cat = Fact(
        id="cat",
        answer="A cat lives there and tells a joke.",
        questions=("tell me a joke about a cat", "jokes about cats", "cat jokes"),
    )
    after = replace(before, facts=(*before.facts, cat))
    assert compared(before, after)[0] == ["tell me a joke about cats"]


def test_what_was_outside_and_becomes_a_facts_own_test_passes(before: Base) -> None:
    cat = Fact(
        id="cat",
        answer="A cat lives there and tells a joke.",
        questions=("tell me a joke about a cat", "jokes about cats", "cat jokes"),
        tests=("tell me a joke about cats",),
    )
    after = replace(before, facts=(*before.facts, cat), outside=before.outside[:1])
    assert compared(before, after)[0] == []


def test_an_answer_in_other_words_is_told_before_and_after(before: Base) -> None:
    after = edited(before, "height", answer="Eighteen metres is how tall the lighthouse was.")
    worse, found, text = compared(before, after)
    assert worse == []
    assert [one.question for one in found.tests] == [TEST]
    assert "before: Seventeen metres" in text
    assert "after:  Eighteen metres" in text


def test_quotes_are_told_that_are_no_longer_verified(before: Base) -> None:
    [quote] = before.facts[0].quotes
    verified = edited(before, "builder", quotes=(replace(quote, verified=True),))
    _, found, text = compared(verified, before)
    assert found.unverified == (Unverified("builder", "It will stand"),)
    assert found.changed == ()
    assert "Quotes that are not verified\n  builder: “It will stand”" in text
    assert compared(before, verified)[1].is_nothing


def test_nothing_in_a_base_can_command_a_terminal(before: Base) -> None:
    after = edited(before, "height", answer="\x1b[2JSeventeen metres\nhigh")
    assert "\x1b" not in compared(before, after)[2]
