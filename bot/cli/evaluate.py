"""`footnote eval`: how well the base's own tests are answered, and whether that will do."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bot.app import build_answerer, open_base, replies_held_out, thresholds_of
from bot.cli.context import Context
from bot.cli.json_form import Json
from bot.dialogue.reply import Reply
from bot.errors import CheckFailed, FootnoteError
from bot.evaluation import (
    GROUPS,
    Case,
    Mark,
    Report,
    Score,
    Verdict,
    cases_from_questions,
    cases_from_tests,
    evaluate,
)
from bot.facts.model import Base
from bot.facts.problems import shown
from bot.matching.decide import Thresholds

MARKS: tuple[Mark, ...] = ("right", "silent", "wrong")


def run(arguments: argparse.Namespace, context: Context) -> int:
    base = open_base(context.settings)
    thresholds = thresholds_of(context.settings)
    every = cases_from_questions(base) if arguments.holdout else cases_from_tests(base)
    cases = _only(arguments.fact, every, base)
    if arguments.holdout:
        report = evaluate(base, cases, replies_held_out(base, thresholds, cases).__getitem__)
    else:
        report = evaluate(base, cases, _asking(base, thresholds))

    def declined_by(verdict: Verdict) -> str | None:
        """The entry that was taken to be asked for, where that is one of what is not said."""
        best = verdict.best
        if verdict.outcome != "unknown" or best is None or best.fact not in base.unanswered_by_id:
            return None
        return best.fact if best.confidence >= thresholds.suggest else None

    if arguments.json:
        context.say_json(_form(report, declined_by))
    else:
        context.say(_table(report, declined_by))
    failures = _below_bars(arguments, report)
    if failures:
        raise CheckFailed(*failures)
    return 0


def _only(ids: Sequence[str], cases: Sequence[Case], base: Base) -> Sequence[Case]:
    """Those of the cases that are of these entries; all, where none is named."""
    for entry_id in ids:
        if entry_id not in base.fact_by_id and entry_id not in base.unanswered_by_id:
            raise FootnoteError(
                f"--fact: {base.event.id} has no entry {shown(entry_id)!r}; `footnote facts` lists "
                "them"
            )
    return [case for case in cases if case.entry in ids] if ids else cases


def _asking(base: Base, thresholds: Thresholds) -> Callable[[Case], Reply]:
    answerer = build_answerer(base, thresholds=thresholds)
    return lambda case: answerer.reply(case.question)[0]


def _below_bars(arguments: argparse.Namespace, report: Report) -> list[str]:
    """A line for each bar that is not met. A base without tests meets none."""
    bars: tuple[tuple[str, float | None, Score, Mark, str], ...] = (
        ("right", arguments.min_right, report.facts, "right", "--min-right"),
        ("wrong", arguments.max_wrong, report.facts, "wrong", "--max-wrong"),
        ("declined", arguments.min_declined, report.declined, "right", "--min-declined"),
    )
    failures = []
    for name, bar, score, mark, option in bars:
        if bar is None:
            continue
        share = score.share(mark)
        too_bad = share > bar if option == "--max-wrong" else share < bar
        if score.total == 0:
            lacking = "nothing is to be declined" if name == "declined" else "no fact has a test"
            failures.append(f"footnote eval: {option} is {bar:.1%}, and {lacking}; write some")
        elif too_bad:
            count = f"{getattr(score, mark)} of {score.total}"
            failures.append(f"footnote eval: {name} {share:.1%} ({count}), {option} is {bar:.1%}")
    return failures


def _table(report: Report, declined_by: Callable[[Verdict], str | None]) -> str:
    """What was missed, then each fact's score, then the sums."""
    lines = [_miss_line(verdict, declined_by(verdict)) for verdict in report.misses]
    entries = report.by_entry("facts")
    if entries:
        width = max(len(entry) for entry in entries)
        lines += ["", f"{'fact':{width}}  right silent wrong  right, 95 % sure"]
        lines += [
            f"{entry:{width}}  {s.right:5} {s.silent:6} {s.wrong:5}  {_span(s, 'right')}"
            for entry, s in entries.items()
        ]
    taken = list(_taken(report))
    if taken:
        lines += ["", "taken for another, more than once", *taken]
    return "\n".join([*lines, "", *_sums(report)]).lstrip("\n")


def _taken(report: Report) -> Iterator[str]:
    """Which facts were told in the place of which, the commonest first: what to tell apart."""
    pairs = Counter(
        (verdict.case.entry, told)
        for verdict in report.misses
        if verdict.mark == "wrong" and verdict.case.entry and not verdict.in_part
        for told in verdict.shown
    )
    for (entry, told), times in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
        if times > 1:
            yield f"{times:5} times  {entry} was asked, and {told} told"


def _sums(report: Report) -> Iterator[str]:
    """A line for each mark of the facts, and for what is to be declined, where it was asked."""
    facts = report.facts
    if facts.total == 0:
        yield "facts       have no tests; `footnote eval --holdout` measures without them"
    else:
        for mark in MARKS:
            count = getattr(facts, mark)
            yield (
                f"facts       {mark:8} {count:5} of {facts.total:<5} {facts.share(mark):6.1%}"
                f"  {_span(facts, mark)}"
            )
        if parts := sum(verdict.in_part for verdict in report.misses):
            yield f"facts       of these {parts:8} told what the fact covers"
    for group in GROUPS[1:]:
        score = report.of(group)
        if score.total:
            share = score.share("right")
            yield (
                f"{group:11} declined {score.right:5} of {score.total:<5} {share:6.1%}"
                f"  {_span(score, 'right')}"
            )


def _miss_line(verdict: Verdict, declined_by: str | None) -> str:
    case = verdict.case
    got = ", ".join(verdict.shown) or verdict.outcome
    if declined_by:
        got = f"declined by {declined_by}"
    elif verdict.in_part:
        got += ", which it covers"
    return f"{verdict.mark:6}  {case.entry or case.group}: {case.question!r} got {got}"


def _span(score: Score, mark: Mark) -> str:
    low, high = score.interval(mark)
    return f"{low:.1%} to {high:.1%}"


def _form(report: Report, declined_by: Callable[[Verdict], str | None]) -> Json:
    return {
        "facts": _score_form(report.facts),
        "unanswered": _declined_form(report.of("unanswered")),
        "outside": _declined_form(report.of("outside")),
        "by_fact": {entry: _score_form(score) for entry, score in report.by_entry("facts").items()},
        "misses": [
            {
                "group": verdict.case.group,
                "expected": verdict.case.entry or None,
                "question": verdict.case.question,
                "mark": verdict.mark,
                "outcome": verdict.outcome,
                "facts": list(verdict.shown),
                "declined_by": declined_by(verdict),
                "covered": verdict.in_part,
            }
            for verdict in report.misses
        ],
    }


def _score_form(score: Score) -> Json:
    form: Json = {"total": score.total}
    for mark in MARKS:
        form[mark] = getattr(score, mark)
    for mark in MARKS:
        form[f"{mark}_share"] = round(score.share(mark), 4)
        form[f"{mark}_interval"] = [round(edge, 4) for edge in score.interval(mark)]
    return form


def _declined_form(score: Score) -> Json:
    return {
        "total": score.total,
        "declined": score.right,
        "answered": score.wrong,
        "declined_share": round(score.share("right"), 4),
        "declined_interval": [round(edge, 4) for edge in score.interval("right")],
    }
