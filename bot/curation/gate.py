"""The gate: no base goes into use that answers a known question worse than the one before, or is
of another event, so that nothing can be compared.

Every `tests` question of a fact, of an unanswered entry and of outside is asked of both engines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.dialogue.reply import Outcome, Reply
from bot.evaluation import Case, Mark, Report, Verdict, cases_from_tests, evaluate
from bot.facts.model import Base

Ask = Callable[[str], Reply]

_ORDER: dict[Mark, int] = {"right": 0, "silent": 1, "wrong": 2}


@dataclass(frozen=True, slots=True)
class Answered:
    """What a question got: `answer` is what would be told, in our own words."""

    outcome: Outcome
    facts: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Examined:
    """An engine's answers to a set of questions, and what is right in them by its own tests."""

    answers: dict[str, Answered]
    verdicts: dict[Case, Verdict]


@dataclass(frozen=True, slots=True)
class Worse:
    """A question that the new base answers worse than the one in use."""

    case: Case
    before: Mark
    after: Mark


def questions_to_ask(bases: Iterable[Base], further: Iterable[str] = ()) -> tuple[Case, ...]:
    """The tests of all these bases, each once, and further questions, which nothing is right for:
    they stand as outside ones without an entry."""
    cases = [case for base in bases for case in cases_from_tests(base)]
    known = {case.question for case in cases}
    cases += [Case(question, "outside") for question in further if question not in known]
    return tuple(dict.fromkeys(cases))


def examine(base: Base, ask: Ask, cases: Iterable[Case]) -> Examined:
    """Ask an engine on `base` every case, each question once."""
    asked = tuple(cases)
    replies: dict[str, Reply] = {}

    def reply(case: Case) -> Reply:
        if case.question not in replies:
            replies[case.question] = ask(case.question)
        return replies[case.question]

    report: Report = evaluate(base, asked, reply)
    return Examined(
        {question: answered(given) for question, given in replies.items()},
        {verdict.case: verdict for verdict in report.verdicts},
    )


def answered(reply: Reply) -> Answered:
    """What of a reply a change is told by."""
    facts = reply.facts if reply.outcome == "answer" else ()
    return Answered(reply.outcome, facts, reply.answer)


def got_worse(
    serving: Base, candidate: Base, before: Examined, after: Examined
) -> tuple[Worse, ...]:
    """The questions that were right and are not, or were silent and are wrong.

    What the new base expects of a question goes before what the one in use expects. A test that is
    no longer in the base still counts, as long as the entry that it asked for is there.
    """
    found = []
    for case in _judged(serving, candidate):
        was, is_now = before.verdicts[case].mark, after.verdicts[case].mark
        if _ORDER[is_now] > _ORDER[was]:
            found.append(Worse(case, was, is_now))
    return tuple(found)


def _judged(serving: Base, candidate: Base) -> tuple[Case, ...]:
    own = cases_from_tests(candidate)
    spoken_for = {case.question for case in own}
    spoken_for |= {question for fact in candidate.facts for question in fact.questions}
    spoken_for |= {question for entry in candidate.unanswered for question in entry.questions}
    there = {("facts", fact.id) for fact in candidate.facts}
    there |= {("unanswered", entry.id) for entry in candidate.unanswered}
    there.add(("outside", ""))
    dropped = [
        case
        for case in cases_from_tests(serving)
        if case.question not in spoken_for and (case.group, case.entry) in there
    ]
    return (*own, *dropped)
