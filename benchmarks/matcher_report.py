"""What was measured, as text, as Markdown tables and as the one JSON object."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from typing import Any

from matcher_bars import OURS, Rows, bars, milliseconds, percent
from matcher_figures import Marks, Quality, calibration_error
from matcher_measure import EVENTS, Figures, Measured, Size
from matcher_peers import ENGINE

TITLES = {
    "full": "CLINC150 full: 150 facts of 100 phrasings",
    "small": "CLINC150 small: 150 facts of 50 phrasings",
    "shipped": "The shipped base: its facts, asked its tests",
    "flood": "An invented flood: 35 facts of 5 to 20 phrasings",
    "strike": "An invented strike: 30 facts of 16 to 18 phrasings",
    "outage": "An invented outage: 36 facts of 6 phrasings",
    "theft": "An invented theft: 28 facts of 20 phrasings",
}
HEAD = (
    "matcher", "accuracy, no threshold", "accuracy", "OOS recall", "H (95 %)",
    "median", "99th percentile", "load", "memory",
)  # fmt: skip

MARKS_SHOWN = "Right / wrong, of the tests that have an answer:"


def tables(measured: Measured) -> str:
    """The measured part of docs/matcher.md."""
    parts = [_where()]
    if rows := bars(measured):
        parts += ["## The bars", _markdown(("on", "bar", "measured", "met"), rows)]
    for name, found in measured.sets.items():
        parts += [f"## {TITLES[name]}", _markdown(HEAD, _quality_rows(name, found))]
        parts += _notes(name, found)
        if name == "shipped":
            parts += ["### Asked less well", *_perturbed(found)]
        elif name in EVENTS:
            parts += [MARKS_SHOWN, _marks_by_matcher(found)]
    if "full" in measured.sets:
        parts += [
            "## Accuracy against silence",
            "![Accuracy against out-of-scope recall](matcher-curves.svg)",
            "## How true the confidence is",
            "![Reliability diagram](matcher-reliability.svg)",
            _markdown(("set", "mean distance of confidence from truth"), _calibration(measured)),
        ]
    if measured.sizes:
        parts += [
            "## Against the size of the base",
            "![Time and memory against size](matcher-sizes.svg)",
            _markdown(
                ("matcher", "phrasings", "median", "99th percentile", "load", "memory",
                 "accuracy"),
                _size_rows(measured),
            ),
        ]  # fmt: skip
    parts += [f"Not in this run: {name} ({why})." for name, why in measured.skipped.items()]
    return "\n\n".join(parts)


def as_text(measured: Measured) -> str:
    """The same for a terminal, in columns."""
    parts = []
    for name, found in measured.sets.items():
        parts += [TITLES[name], _columns(HEAD, _quality_rows(name, found)), *_notes(name, found)]
        if name in EVENTS:
            parts.append(_columns(*_marks_table(found[OURS])))
    if measured.sizes:
        head = ("matcher", "phrasings", "median", "p99", "load", "memory", "accuracy")
        parts.append(_columns(head, _size_rows(measured)))
    if rows := bars(measured):
        parts.append(_columns(("on", "bar", "measured", "met"), rows))
    parts += [f"skipped: {name}: {why}" for name, why in measured.skipped.items()]
    return "\n\n".join(parts)


def as_json(measured: Measured) -> dict[str, Any]:
    """All figures; times in microseconds, memory in MiB, shares 0 to 1."""
    return {
        "sets": {
            name: {matcher: _figures(name, matcher, one) for matcher, one in found.items()}
            for name, found in measured.sets.items()
        },
        "sizes": {
            matcher: [
                {
                    "phrasings": size.phrasings,
                    "accuracy": round(size.accuracy, 4),
                    "median_us": round(size.median_us, 1),
                    "p99_us": round(size.p99_us, 1),
                    "load_s": round(size.load_s, 3),
                    "rss_mb": round(size.rss_mb, 1),
                }
                for size in sizes
            ]
            for matcher, sizes in measured.sizes.items()
        },
        "eval": {
            name: {key: found[key] for key in ("facts", "unanswered", "outside")}
            for name, found in measured.evaluated.items()
        },
        "skipped": measured.skipped,
    }


def _counted(name: str, matcher: str, found: Figures) -> Quality:
    """What H is told of. On the base of an event there is no threshold to choose for ours: it comes
    with one; the peers get the best that there is."""
    return found.own if name in EVENTS and matcher == OURS and found.own else found.quality


def _figures(name: str, matcher: str, found: Figures) -> dict[str, Any]:
    quality = _counted(name, matcher, found)
    figures: dict[str, Any] = {
        "accuracy": round(found.accuracy, 4),
        "accuracy_answered": round(quality.accuracy, 4),
        "oos_recall": round(quality.silence, 4),
        "h": round(quality.h, 4),
        "h_interval": [round(edge, 4) for edge in quality.interval],
        "threshold": round(found.threshold, 4),
        "median_us": round(found.median_us, 1),
        "p99_us": round(found.p99_us, 1),
        "load_s": round(found.load_s, 3),
        "rss_mb": round(found.rss_mb, 1),
    }
    if found.own and found.cached_load_s is not None and found.learning_rss_mb is not None:
        figures |= {
            "own_accuracy": round(found.own.accuracy, 4),
            "own_oos_recall": round(found.own.silence, 4),
            "own_h": round(found.own.h, 4),
            "cached_load_s": round(found.cached_load_s, 3),
            "learning_rss_mb": round(found.learning_rss_mb, 1),
            "calibration_error": round(calibration_error(found.bins), 4),
        }
    if len(found.marks) > 1:
        figures["tests"] = {
            variant: {
                "right": round(marks.right, 4),
                "wrong": round(marks.wrong, 4),
                "silent": round(marks.silent, 4),
                "declined": round(marks.declined, 4),
            }
            for variant, marks in found.marks.items()
        }
    return figures


def _quality_rows(name: str, found: dict[str, Figures]) -> Rows:
    rows = []
    for matcher, one in found.items():
        quality = _counted(name, matcher, one)
        low, high = quality.interval
        load = f"{one.load_s:.1f} s"
        if one.cached_load_s is not None:
            load += f" / {one.cached_load_s:.2f} s"
        rows.append(
            [
                matcher,
                percent(one.accuracy),
                percent(quality.accuracy),
                percent(quality.silence),
                f"{percent(quality.h)} ({percent(low)} to {percent(high)})",
                milliseconds(one.median_us),
                milliseconds(one.p99_us),
                load,
                f"{one.rss_mb:.0f} MB",
            ]
        )
    return rows


def _notes(name: str, found: dict[str, Figures]) -> list[str]:
    ours = found[OURS]
    notes = []
    if ours.own and name not in EVENTS:
        notes.append(
            f"By its own calibration, with no out-of-scope question seen, footnote's H is "
            f"{percent(ours.own.h)}: accuracy {percent(ours.own.accuracy)}, OOS recall "
            f"{percent(ours.own.silence)}."
        )
    if ours.learning_rss_mb is not None:
        notes.append(
            f"Memory is that of footnote started from its cache; the start that learns keeps "
            f"{ours.learning_rss_mb:.0f} MB."
        )
    return notes


def _perturbed(found: dict[str, Figures]) -> list[str]:
    """Ours in full, then the share of right answers for all."""
    variants = list(found[OURS].marks)
    rows = [
        [
            matcher,
            *(_right_wrong(one.marks[variant]) for variant in variants),
        ]
        for matcher, one in found.items()
    ]
    return [
        "footnote, as a person would meet it:",
        _markdown(*_marks_table(found[OURS])),
        MARKS_SHOWN,
        _markdown(("matcher", *variants), rows),
    ]


def _marks_by_matcher(found: dict[str, Figures]) -> str:
    rows = [
        [matcher, _right_wrong(one.marks["plain"]), percent(one.marks["plain"].declined)]
        for matcher, one in found.items()
    ]
    return _markdown(("matcher", "right / wrong", "declined, of what has no answer"), rows)


def _right_wrong(marks: Marks) -> str:
    return f"{percent(marks.right)} / {percent(marks.wrong)}"


def _marks_table(ours: Figures) -> tuple[Sequence[str], Rows]:
    rows = [
        [variant, percent(m.right), percent(m.silent), percent(m.wrong), percent(m.declined)]
        for variant, m in ours.marks.items()
    ]
    return ("tests", "right", "silent", "wrong", "declined, of what has no answer"), rows


def _calibration(measured: Measured) -> Rows:
    return [
        [TITLES[name], f"{100 * calibration_error(found[OURS].bins):.1f} points"]
        for name, found in measured.sets.items()
    ]


def _size_rows(measured: Measured) -> Rows:
    return [
        [_called(matcher), *_size_row(size)]
        for matcher, sizes in measured.sizes.items()
        for size in sizes
    ]


def _size_row(size: Size) -> list[str]:
    return [
        f"{size.phrasings:,}",
        milliseconds(size.median_us),
        milliseconds(size.p99_us),
        f"{size.load_s:.1f} s",
        f"{size.rss_mb:.0f} MB",
        percent(size.accuracy),
    ]


def _called(matcher: str) -> str:
    return "footnote, the matcher alone, learning" if matcher == ENGINE else matcher


def _where() -> str:
    return (
        f"Measured with {platform.python_implementation()} {platform.python_version()} on "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores of which a matcher "
        f"uses one."
    )


def _markdown(head: Sequence[str], rows: Rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _columns(head: Sequence[str], rows: Rows) -> str:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return "\n".join(_aligned(row, widths) for row in (head, *rows))


def _aligned(row: Iterable[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
