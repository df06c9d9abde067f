"""Tells in plain text what another base would change: a summary, and all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.curation.changes import Changes, Otherwise, told
from bot.curation.gate import Answered, Examined, Worse
from bot.dialogue.texts import Texts
from bot.evaluation import Score, cases_from_tests, score
from bot.facts.model import Base
from bot.facts.problems import shown

LONGEST = 400  # characters of an answer
MOST = 500_000  # characters in all: who changes so much reads no more, and Discord has its limit
SUMMED_UP = 5  # questions that the summary names


@dataclass(frozen=True, slots=True)
class Told:
    """`summary` is a few lines; `full` names everything, and begins with the summary."""

    summary: str
    full: str


def tell(
    changes: Changes,
    worse: tuple[Worse, ...],
    scores: tuple[Score, Score],
    answers: tuple[Examined, Examined],
    texts: Texts,
) -> Told:
    """The changes in words; `scores` and `answers` are those before and after."""
    summary = "\n".join(_summary(changes, worse, scores, texts))
    sections = [summary]
    if worse:
        lines = [
            Otherwise(
                one.case.question,
                answers[0].answers[one.case.question],
                answers[1].answers[one.case.question],
            )
            for one in worse
        ]
        sections.append(_section(texts.curation_worse, _otherwise(lines, texts)))
    added = [f"{entry.id}: {_short(told(entry))}" for entry in changes.added]
    removed = [f"{entry.id}: {_short(told(entry))}" for entry in changes.removed]
    changed: list[str] = []
    for one in changes.changed:
        changed.append(f"{one.id} ({', '.join(one.parts)})")
        if one.before != one.after:
            changed += _pair(_short(one.before), _short(one.after), texts)
    unverified = [f"{one.fact}: “{_short(one.text)}”" for one in changes.unverified]
    for heading, lines_of in (
        (texts.curation_added, added),
        (texts.curation_removed, removed),
        (texts.curation_changed, changed),
        (texts.curation_gaps, _otherwise(changes.gaps, texts)),
        (texts.curation_tests, _otherwise(changes.tests, texts)),
        (texts.curation_unverified, unverified),
    ):
        if lines_of:
            sections.append(_section(heading, lines_of))
    full = "\n\n".join(sections)
    return Told(summary, full if len(full) <= MOST else f"{full[:MOST]}…")


def score_of(base: Base, examined: Examined) -> Score:
    """How an engine did on the tests of a base."""
    return score(examined.verdicts[case] for case in cases_from_tests(base))


def _summary(
    changes: Changes, worse: tuple[Worse, ...], scores: tuple[Score, Score], texts: Texts
) -> Iterable[str]:
    if changes.is_nothing:
        yield texts.curation_nothing
    else:
        yield texts.curation_counts.format(
            added=len(changes.added),
            changed=len(changes.changed),
            removed=len(changes.removed),
            tests=len(changes.tests),
            gaps=len(changes.gaps),
            unverified=len(changes.unverified),
        )
    if changes.others:
        yield texts.curation_others.format(names=", ".join(changes.others))
    before, after = scores
    yield texts.curation_scores.format(
        right=after.right,
        silent=after.silent,
        wrong=after.wrong,
        right_before=before.right,
        silent_before=before.silent,
        wrong_before=before.wrong,
    )
    if worse:
        yield texts.curation_got_worse.format(count=len(worse))
        yield from (f"  {_short(one.case.question)}" for one in worse[:SUMMED_UP])
        if len(worse) > SUMMED_UP:
            yield "  …"


def _section(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([heading, *(f"  {line}" for line in lines)])


def _otherwise(found: Iterable[Otherwise], texts: Texts) -> list[str]:
    lines = []
    for one in found:
        lines.append(_short(one.question))
        lines += _pair(_given(one.before, texts), _given(one.after, texts), texts)
    return lines


def _pair(before: str, after: str, texts: Texts) -> tuple[str, str]:
    return (
        "  " + texts.curation_before.format(text=before),
        "  " + texts.curation_after.format(text=after),
    )


def _given(given: Answered, texts: Texts) -> str:
    if given.outcome == "answer":
        return f"{_short(given.answer)} [{', '.join(given.facts)}]"
    return texts.curation_not_answered.format(text=_short(given.answer))


def _short(text: str) -> str:
    return shown(text, LONGEST)
