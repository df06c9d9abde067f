"""What one run of the matcher's benchmark measures, and how."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matcher_data import (
    PERTURBATIONS,
    UNANSWERED,
    Asked,
    Task,
    event_task,
    generated,
    perturbed,
    read_clinc,
    write_base,
)
from matcher_figures import (
    Bin,
    Judged,
    Marks,
    Quality,
    accuracy,
    at_threshold,
    best_threshold,
    by_own_decision,
    curve,
    marks_of,
    percentile,
    reliability,
)
from matcher_peers import ENGINE
from matcher_run import ROOT, Run, run

from bot.facts.load import load_base
from bot.facts.locate import find_base
from bot.resources import knowledge_dir

EVENT = "moscow-talks-2018"
INVENTED = ("flood", "strike", "outage", "theft")  # events with few phrasings, in tests/events
EVENTS = ("shipped", *INVENTED)  # they hold what must not be answered, and decide by themselves
SEED = 2018
SIZES = (1_000, 10_000, 100_000)
# Small enough to load at 100,000 phrasings: a classifier of 5,000 labels is not.
SIZED = {ENGINE: 400, "bm25": 400, "tfidf-char-nearest": 200, "rapidfuzz-wratio": 60}
EACH = 20  # phrasings of a generated fact
FIRST = "how are things over there"  # asked before the clock starts, as loading


@dataclass(frozen=True, slots=True)
class Figures:
    """One matcher on one set. Times of a question in microseconds."""

    accuracy: float  # no threshold
    quality: Quality  # at the threshold chosen on other questions, where there are any
    threshold: float
    own: Quality | None  # by its own decision, if it takes one
    median_us: float
    p99_us: float
    load_s: float
    cached_load_s: float | None
    rss_mb: float
    learning_rss_mb: float | None
    curve: Sequence[tuple[float, float, float]]
    bins: Sequence[Bin]
    marks: dict[str, Marks]  # by perturbation; "plain" is the tests as they are


@dataclass(frozen=True, slots=True)
class Size:
    """One matcher on a generated set."""

    phrasings: int
    accuracy: float
    median_us: float
    p99_us: float
    load_s: float
    rss_mb: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All of a run, by set and matcher; `sizes` by matcher; `skipped` with the reason."""

    sets: dict[str, dict[str, Figures]]
    sizes: dict[str, list[Size]]
    skipped: dict[str, str]
    evaluated: dict[str, dict[str, Any]] = field(default_factory=dict)


class Bench:
    """The data of a run in a temporary folder, and the matchers asked about it."""

    def __init__(self, data: Path, folder: Path, tell: Callable[[str], None]) -> None:
        self.folder = folder
        self._tell = tell
        self.tasks = {
            name: read_clinc(data / "clinc150" / f"data_{name}.json", name)
            for name in ("full", "small")
        }
        self.bases = {name: ROOT / "tests" / "events" / name for name in INVENTED}
        self.bases["shipped"] = find_base(None, EVENT, knowledge_dir())
        for name in EVENTS:
            self.tasks[name] = event_task(load_base(self.bases[name]), name)
        for name in ("full", "small"):
            self.bases[name] = folder / name
            self.bases[name].mkdir()
            write_base(self.tasks[name], self.bases[name])

    def ours(self, name: str) -> Figures:
        """By the public command line: once to learn, once more from the cache to answer."""
        self._tell(f"{name}: footnote")
        task = self.tasks[name]
        command = ("-m", "bot", "ask", "--batch", "--knowledge", str(self.bases[name]))
        environ = {"FOOTNOTE_CACHE": str(self.folder / f"cache-{name}")}
        learning = run(command, [FIRST], environ, FIRST)
        plain, variants = self._asked(task)
        found = run(
            command, [one.text for part in variants.values() for one in part.asked], environ, FIRST
        )
        labels = {label for _, label in task.phrasings}
        return _figures(plain, variants, found, labels, learning)

    def peer(self, name: str, peer: str) -> Figures:
        """One of the peers. Raises NotThereError where it cannot run."""
        self._tell(f"{name}: {peer}")
        task = self.tasks[name]
        plain, variants = self._asked(task)
        questions = [one.text for part in variants.values() for one in part.asked]
        found = run(self._peer_command(task, peer), questions, {}, FIRST)
        return _figures(plain, variants, found, {label for _, label in task.phrasings})

    def sizes(self) -> dict[str, list[Size]]:
        """Sets made from the full one, each asked the same number of questions."""
        found: dict[str, list[Size]] = {}
        for size in SIZES:
            task = generated(self.tasks["full"], size, EACH, max(SIZED.values()), SEED)
            for matcher, count in SIZED.items():
                self._tell(f"{len(task.phrasings)} phrasings: {matcher}")
                asked = task.asked[:count]
                got = run(self._peer_command(task, matcher), [a.text for a in asked], {}, FIRST)
                judged = _judged(asked, got.answers, set())
                found.setdefault(matcher, []).append(
                    Size(
                        len(task.phrasings),
                        accuracy(judged),
                        percentile(got.times, 0.5),
                        percentile(got.times, 0.99),
                        got.load_s,
                        got.rss_mb,
                    )
                )
        return found

    def evaluated(self) -> dict[str, dict[str, Any]]:
        """What `footnote eval` says of the shipped base, by its tests and held out."""
        found = {}
        for name, options in (("tests", ()), ("holdout", ("--holdout",))):
            self._tell(f"shipped: footnote eval, {name}")
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "bot",
                    "eval",
                    "--json",
                    *options,
                    "--knowledge",
                    str(self.bases["shipped"]),
                ],
                cwd=ROOT,
                env=os.environ | {"FOOTNOTE_CACHE": str(self.folder / "cache-shipped")},
                capture_output=True,
                text=True,
                check=True,
            )
            found[name] = json.loads(done.stdout.splitlines()[-1])
        return found

    def _asked(self, task: Task) -> tuple[Task, dict[str, Task]]:
        """The task as it is; on the shipped base also perturbed."""
        variants = {"plain": task}
        if task.name == "shipped":
            variants |= {name: perturbed(task, name, SEED) for name in PERTURBATIONS}
        return task, variants

    def _peer_command(self, task: Task, peer: str) -> tuple[str, ...]:
        path = self.folder / f"{task.name}.json"
        if not path.exists():
            path.write_text(json.dumps(task.phrasings), encoding="utf-8")
        return ("benchmarks/matcher_peers.py", peer, str(path))


def _figures(
    plain: Task,
    variants: dict[str, Task],
    found: Run,
    labels: set[str],
    learning: Run | None = None,
) -> Figures:
    judged: dict[str, list[Judged]] = {}
    at = 0
    for name, task in variants.items():
        judged[name] = _judged(task.asked, found.answers[at : at + len(task.asked)], labels)
        at += len(task.asked)
    ours = learning is not None
    tests = [one for one in judged["plain"] if one.asked.split == "test"]
    # Without questions to choose a threshold on, it is the best for the tests themselves.
    choosing = [one for one in judged["plain"] if one.asked.split == "val"] or tests
    threshold = best_threshold(choosing)
    times = found.times[: len(plain.asked)]
    return Figures(
        accuracy=accuracy(tests),
        quality=at_threshold(tests, threshold),
        threshold=threshold,
        own=by_own_decision(tests) if ours else None,
        median_us=percentile(times, 0.5),
        p99_us=percentile(times, 0.99),
        load_s=learning.load_s if learning else found.load_s,
        cached_load_s=found.load_s if learning else None,
        rss_mb=found.rss_mb,
        learning_rss_mb=learning.rss_mb if learning else None,
        curve=curve(tests),
        bins=reliability(tests) if ours else (),
        marks={
            name: marks_of(
                [one for one in some if one.asked.split == "test"], None if ours else threshold
            )
            for name, some in judged.items()
        },
    )


def _judged(
    asked: Sequence[Asked], answers: Sequence[dict[str, Any]], labels: set[str]
) -> list[Judged]:
    """Answers as they came, beside their questions; what the base calls unanswered is no label."""
    found = []
    for one, answer in zip(asked, answers, strict=True):
        best = answer.get("best") or {"fact": None, "confidence": 0.0}
        label: str | None = best["fact"]
        if label is not None and (label.startswith(UNANSWERED) or UNANSWERED + label in labels):
            label = None
        found.append(
            Judged(
                one,
                label,
                float(best["confidence"]),
                answer["outcome"] == "answer" if "outcome" in answer else None,
                frozenset(answer.get("facts", ())),
            )
        )
    return found
