"""What must hold of the engine on the shipped base."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from bot.app import build_answerer
from bot.dialogue.answerer import Answerer
from bot.facts.model import Base
from bot.resources import knowledge_dir
from tests.cli.support import ROOT, environment
from tests.matching.asked_in_order import replies, sample

SHIPPED = knowledge_dir() / "moscow-talks-2018"
STEP = 7


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
    for fact in shipped.base.facts:
        for question in fact.questions:
            total += 1
            reply, _ = shipped.reply(question)
            if reply.outcome != "answer" or not fitting[fact.id] & set(reply.facts):
                missed.append(f"{fact.id}: {question} -> {reply.outcome} {reply.facts}")
    for entry in shipped.base.unanswered:
        for question in entry.questions:
            total += 1
            reply, _ = shipped.reply(question)
            if reply.outcome == "answer":
                missed.append(f"{entry.id}: {question} -> {reply.facts}")
    assert len(missed) <= total * 0.005, "\n".join(missed)


def said_again(questions: tuple[str, ...]) -> tuple[str, ...]:
    """The same words in capitals, with other punctuation and spaces."""
    return tuple(f"  {question.rstrip('?. ').upper()} !?" for question in questions)


def test_doubling_all_phrasings_of_a_fact_changes_no_answer(shipped: Answerer) -> None:
    base = shipped.base
    doubled_ids = {fact.id for fact in base.facts[::3]}
    doubled = replace(
        base,
        facts=tuple(
            replace(fact, questions=fact.questions + said_again(fact.questions))
            if fact.id in doubled_ids
            else fact
            for fact in base.facts
        ),
    )
    answerer = build_answerer(doubled)
    assert {
        question: (reply.outcome, reply.facts)
        for question in sample(base, STEP)
        for reply in [shipped.reply(question)[0]]
    } == {
        question: (reply.outcome, reply.facts)
        for question in sample(base, STEP)
        for reply in [answerer.reply(question)[0]]
    }


def test_the_same_questions_get_the_same_replies(shipped: Answerer) -> None:
    assert replies(shipped, STEP * 2) == replies(shipped, STEP * 2)


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_another_process_with_another_hash_seed_replies_the_same(
    shipped: Answerer, seed: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.matching.asked_in_order", str(SHIPPED), str(STEP * 2)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=environment(PYTHONHASHSEED=seed),
        timeout=120,
    )
    assert done.stdout.decode() == replies(shipped, STEP * 2)
