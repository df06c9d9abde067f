"""Measures an engine by a base's own tests: right, silent or wrong, with confidence intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from bot.dialogue.reply import Best, Outcome, Reply
from bot.facts.model import Base

Group = Literal["facts", "unanswered", "outside"]
Mark = Literal["right", "silent", "wrong"]

FOLDS = 10  # groups that questions are held out in
GROUPS: tuple[Group, ...] = ("facts", "unanswered", "outside")
CERTAINTY = 1.959964  # standard deviations either side that hold 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Case:
    """A question to ask, and where it stands; `entry` is empty for an outside test."""

    question: str
    group: Group
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a case got. A fact's test is right when that fact, or one that covers it, is shown;
    every other test is right when it is not answered. `in_part`: it is wrong, and all that was
    shown is covered by the fact."""

    case: Case
    outcome: Outcome
    shown: tuple[str, ...]
    mark: Mark
    best: Best | None
    in_part: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a set of verdicts."""

    right: int
    silent: int
    wrong: int

    @property
    def total(self) -> int:
        return self.right + self.silent + self.wrong

    def share(self, mark: Mark) -> float:
        """The share of `mark`, 0 to 1; 0 where nothing was asked."""
        return getattr(self, mark) / self.total if self.total else 0.0

    def interval(self, mark: Mark) -> tuple[float, float]:
        """Where the true share lies with 95 % certainty."""
        return wilson(getattr(self, mark), self.total)


@dataclass(frozen=True)
class Report:
    """All verdicts of one evaluation, in the order in which they were asked."""

    verdicts: tuple[Verdict, ...]

    @cached_property
    def facts(self) -> Score:
        return self.of("facts")

    @cached_property
    def declined(self) -> Score:
        """The tests that must not be answered: `right` counts those that were not."""
        return self.of("unanswered", "outside")

    def of(self, *groups: Group) -> Score:
        return score(v for v in self.verdicts if v.case.group in groups)

    def by_entry(self, group: Group) -> dict[str, Score]:
        """The score of each entry of a group, in the base's order."""
        entries: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            if verdict.case.group == group:
                entries.setdefault(verdict.case.entry, []).append(verdict)
        return {entry: score(verdicts) for entry, verdicts in entries.items()}

    @property
    def misses(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.verdicts if v.mark != "right")


def cases_from_tests(base: Base) -> tuple[Case, ...]:
    """Every `tests` question: of facts, of unanswered entries, and those outside."""
    return (
        *(Case(q, "facts", fact.id) for fact in base.facts for q in fact.tests),
        *(Case(q, "unanswered", entry.id) for entry in base.unanswered for q in entry.tests),
        *(Case(q, "outside") for q in base.outside),
    )


def cases_from_questions(base: Base) -> tuple[Case, ...]:
    """Every one of the `questions`, to be asked of a base that lacks it."""
    return (
        *(Case(q, "facts", fact.id) for fact in base.facts for q in fact.questions),
        *(Case(q, "unanswered", entry.id) for entry in base.unanswered for q in entry.questions),
    )


def folds(cases: Iterable[Case]) -> tuple[tuple[Case, ...], ...]:
    """The cases in groups to be held out together: of one entry's questions, at most every tenth
    (or one) is in the same group, so that each is asked of a base that lacks little else."""
    found: tuple[list[Case], ...] = tuple([] for _ in range(FOLDS))
    seen: dict[tuple[Group, str], int] = {}
    for case in cases:
        place = seen.get((case.group, case.entry), 0)
        seen[case.group, case.entry] = place + 1
        found[place % FOLDS].append(case)
    return tuple(tuple(fold) for fold in found if fold)


def without(base: Base, cases: Iterable[Case]) -> Base:
    """The base, less these questions of its entries."""
    gone = {(case.entry, case.question) for case in cases}
    return replace(
        base,
        facts=tuple(
            replace(f, questions=tuple(q for q in f.questions if (f.id, q) not in gone))
            for f in base.facts
        ),
        unanswered=tuple(
            replace(e, questions=tuple(q for q in e.questions if (e.id, q) not in gone))
            for e in base.unanswered
        ),
    )


def evaluate(base: Base, cases: Iterable[Case], ask: Callable[[Case], Reply]) -> Report:
    """Ask every case and judge the replies."""
    covering: dict[str, set[str]] = {}
    for fact in base.facts:
        for part in fact.covers:
            covering.setdefault(part, set()).add(fact.id)
    return Report(tuple(_judge(case, ask(case), covering) for case in cases))


def _judge(case: Case, reply: Reply, covering: dict[str, set[str]]) -> Verdict:
    shown = reply.facts if reply.outcome == "answer" else ()
    mark: Mark
    if case.group != "facts":
        mark = "wrong" if reply.outcome == "answer" else "right"
    elif reply.outcome != "answer":
        mark = "silent"
    else:
        fitting = {case.entry} | covering.get(case.entry, set())
        mark = "right" if fitting & set(shown) else "wrong"
    covered = bool(shown) and all(case.entry in covering.get(fact, ()) for fact in shown)
    in_part = mark == "wrong" and covered
    return Verdict(case, reply.outcome, shown, mark, reply.best, in_part)


def score(verdicts: Iterable[Verdict]) -> Score:
    marks = [verdict.mark for verdict in verdicts]
    return Score(marks.count("right"), marks.count("silent"), marks.count("wrong"))


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Wilson's interval of a share: honest near 0 and 1 and for few cases, unlike the usual one."""
    if total == 0:
        return 0.0, 1.0
    share, square = hits / total, CERTAINTY**2
    middle = (share + square / (2 * total)) / (1 + square / total)
    spread = math.sqrt(share * (1 - share) / total + square / (4 * total**2))
    half = CERTAINTY * spread / (1 + square / total)
    return max(0.0, middle - half), min(1.0, middle + half)
