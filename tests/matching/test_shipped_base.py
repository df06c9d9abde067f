"""What must hold of the engine on the shipped base."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.app import build_answerer
from bot.dialogue.answerer import Answerer
from bot.dialogue.compose import suggestions
from bot.facts.load import load_base
from bot.facts.model import Base, Fact, Unanswered
from bot.matching.text import tokens
from bot.resources import knowledge_dir
from tests.cli.support import ROOT, environment
from tests.matching.asked_in_order import replies, sample

# Both learn it anew, which takes long of so large a base.
BASES = pytest.mark.parametrize(
    "folder",
    [
        ROOT / "tests" / "events" / "flood",
        pytest.param(knowledge_dir() / "moscow-talks-2018", marks=pytest.mark.slow),
    ],
    ids=lambda folder: folder.name,
)
learnt = cache(lambda folder: build_answerer(load_base(folder)))
STEP = 7  # of the tests, every so manieth is asked
SPARSE = 21


def families(base: Base) -> dict[str, set[str]]:
    """Each fact with those that cover it, whose answer holds its own."""
    found = {fact.id: {fact.id} for fact in base.facts}
    for fact in base.facts:
        for part in fact.covers:
            found[part].add(fact.id)
    return found


def test_each_entry_is_found_by_each_of_its_own_questions(shipped: Answerer) -> None:
    fitting = families(shipped.base)
    missed: list[str] = []
    total = 0
    entries: tuple[Fact | Unanswered, ...] = (*shipped.base.facts, *shipped.base.unanswered)
    for entry in entries:
        for question in entry.questions:
            total += 1
            decision = shipped.matcher.match(tokens(question)).decision
            if entry.id in fitting:
                found = decision.verb == "answer" and decision.chosen[0] in fitting[entry.id]
            else:
                found = decision.verb != "answer"
            if not found:
                missed.append(f"{entry.id}: {question} -> {decision.verb} {decision.chosen}")
    assert len(missed) <= total * 0.005, "\n".join((f"{len(missed)} of {total}", *missed))


def test_what_a_fact_is_asked_of_now_is_no_question_beyond_it(shipped: Answerer) -> None:
    matches = [shipped.matcher.match(tokens(q)) for f in shipped.base.facts for q in f.questions]
    of_now = [m for m in matches if m.question.of_now and m.decision.verb == "answer"]
    assert of_now
    assert not any(map(shipped.matcher.asks_of_now, of_now))


def said_again(questions: Sequence[str]) -> tuple[str, ...]:
    """The same words with another first letter, other punctuation and other spaces."""
    return tuple(
        f"  {question[0].swapcase()}{question[1:].rstrip('?. ').replace(' ', '  ')} ?!"
        for question in questions
    )


def answers(answerer: Answerer, base: Base) -> dict[str, tuple[str, ...]]:
    return {
        question: (decision.verb, *decision.chosen)
        for question in sample(base, STEP)
        for decision in [answerer.matcher.match(tokens(question)).decision]
    }


def test_what_is_offered_reads_as_a_question(shipped: Answerer) -> None:
    offered = [suggestions([fact])[0].question for fact in shipped.base.facts]
    assert [text for text in offered if not (text[0].isupper() and text.endswith("?"))] == []


@BASES
def test_doubling_all_phrasings_of_a_fact_changes_no_answer(folder: Path) -> None:
    base = load_base(folder)
    doubled = replace(
        base,
        facts=tuple(
            replace(fact, questions=(*fact.questions, *said_again(fact.questions)))
            if number % 3 == 0
            else fact
            for number, fact in enumerate(base.facts)
        ),
    )
    assert answers(build_answerer(doubled), base) == answers(learnt(folder), base)


def test_the_same_questions_get_the_same_replies_in_any_order(shipped: Answerer) -> None:
    asked = sample(shipped.base, SPARSE)
    forwards = [shipped.reply(question) for question in asked]
    backwards = [shipped.reply(question) for question in reversed(asked)]
    assert forwards == backwards[::-1]


@BASES
def test_another_process_with_another_hash_seed_replies_in_the_same_bytes(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.matching.asked_in_order", str(folder), str(SPARSE)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=environment(PYTHONHASHSEED="4242"),
        timeout=120,
    )
    assert done.stdout == replies(learnt(folder), SPARSE).encode()
