"""Fits what bases usually come to (`USUAL`, `BY_PHRASINGS`, `NAMELESS` in
bot/matching/confidence.py).

`python benchmarks/fit_confidence.py --data DIR` asks eleven bases questions that others wrote: the
shipped one and two invented events their tests (the shipped one also asked less well), CLINC150
full, small and six samples of it, of 20 to 100 intents with 6 to 30 phrasings, their `val` and
`oos_val`. It takes the likeliest fact of each and fits a logistic regression to whether it was
right: once to all, and once to those whose phrasings name nobody, where what is out of scope counts
as much as all the rest. It needs the extra `benchmarks`, and some minutes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from matcher_data import PERTURBATIONS, Asked, Task, perturbed, write_base  # noqa: E402
from matcher_measure import SEED, Bench  # noqa: E402

from bot.app import build_answerer  # noqa: E402
from bot.facts.load import load_base  # noqa: E402
from bot.matching.confidence import SIGNS, gap_of, plenty, signs  # noqa: E402
from bot.matching.engine import Matcher  # noqa: E402
from bot.matching.text import sentences  # noqa: E402

SAMPLES = ((28, 20), (60, 8), (40, 16), (30, 12), (20, 6), (100, 30))  # intents, phrasings of each
FITTED = ("shipped", "flood", "strike")  # the other events stay unseen
WEIGHTS = {"shipped": 20.0, "flood": 2.0, "strike": 2.0}  # of a base; of all others 1
LESS_WELL = ("no question word", "filler words", "shuffled order")  # the others are as plain ones
RIDGE, ROUNDS = 10.0, 20


class Seen(NamedTuple):
    """The signs of a likeliest fact, the constant before and the phrasings of an item behind them;
    whether it was right; what it counts; whether its question has an answer."""

    signs: tuple[float, ...]
    right: bool
    counts: float
    answerable: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", metavar="DIR", required=True)
    data = Path(parser.parse_args().data)
    if not (data / "clinc150").is_dir():
        print(f"fit_confidence: no {data / 'clinc150'}; --data names its folder", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(data, Path(name), lambda _: None)
        found = {task.name: _seen(task, bench) for task in _tasks(bench)}
    *factors, by_phrasings = _fitted([row for rows in found.values() for row in rows])
    print("USUAL =", tuple(round(factor, 2) for factor in factors))
    print("BY_PHRASINGS =", round(by_phrasings, 2))
    nameless = [rows for name, rows in found.items() if name not in FITTED]
    *factors, _ = _fitted([row for rows in nameless for row in _balanced(rows)])
    print("NAMELESS =", tuple(round(factor, 2) for factor in factors))
    return 0


def _tasks(bench: Bench) -> Iterator[Task]:
    """Each base's phrasings and what is asked of it."""
    for name in FITTED:
        task = bench.tasks[name]
        asked = task.asked
        if name == "shipped":
            for kind in LESS_WELL:
                asked += perturbed(task, kind, SEED).asked[:: PERTURBATIONS[kind][1]]
        yield Task(name, task.phrasings, asked)
    for name in ("full", "small"):
        task = bench.tasks[name]
        yield Task(name, task.phrasings, _for_choosing(task.asked))
    for number, (intents, each) in enumerate(SAMPLES, 1):
        sample = _sample(bench.tasks["full"], intents, each, number)
        bench.bases[sample.name] = bench.folder / sample.name
        bench.bases[sample.name].mkdir()
        write_base(sample, bench.bases[sample.name])
        yield sample


def _for_choosing(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    return tuple(one for one in asked if one.split == "val")


def _sample(source: Task, intents: int, each: int, seed: int) -> Task:
    """Some intents of a set; as many questions about others as there are out of scope."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    chosen = set(chance.sample(sorted({label for _, label in source.phrasings}), intents))
    phrasings: list[tuple[str, str]] = []
    for label in sorted(chosen):
        own = [one for one in source.phrasings if one[1] == label]
        phrasings += chance.sample(own, min(each, len(own)))
    asked = _for_choosing(source.asked)
    strange = [one for one in asked if not one.right]
    others = [Asked(one.text, frozenset()) for one in asked if one.right and not one.right & chosen]
    kept = [one for one in asked if one.right & chosen]
    kept += [*strange, *chance.sample(others, len(strange))]
    return Task(f"sample-{seed}", tuple(phrasings), tuple(kept))


def _seen(task: Task, bench: Bench) -> list[Seen]:
    """What the likeliest fact of each question shows; unanswered entries are no facts."""
    matcher = build_answerer(load_base(bench.bases[task.name])).matcher
    phrased = plenty(len(task.phrasings), len({label for _, label in task.phrasings}))
    found = [
        ((1.0, *shown, phrased), right, bool(one.right))
        for one in task.asked
        for shown, right in _likeliest(matcher, one)
    ]
    counts = WEIGHTS.get(task.name, 1.0) * 1000 / len(found)
    return [Seen(shown, right, counts, answerable) for shown, right, answerable in found]


def _balanced(rows: Sequence[Seen]) -> list[Seen]:
    """The same rows, those with an answer and those without counting half each."""
    total = sum(row.counts for row in rows)
    kinds = Counter(row.answerable for row in rows)
    return [row._replace(counts=total / 2 / kinds[row.answerable]) for row in rows]


def _likeliest(matcher: Matcher, one: Asked) -> Iterator[tuple[tuple[float, ...], bool]]:
    for sentence in sentences(one.text)[:1]:
        scored = matcher.search.scored(matcher.readings(sentence.tokens)[0], alone=False)
        if scored and scored[0].is_fact:
            gap = gap_of(scored[0], scored, matcher.index)
            yield signs(scored[0], gap), scored[0].id in one.right


def _fitted(rows: Sequence[Seen]) -> list[float]:
    """Newton's method on a logistic regression with a little ridge."""
    numpy: Any = import_module("numpy")
    shown = numpy.array([row.signs for row in rows])
    right = numpy.array([float(row.right) for row in rows])
    counts = numpy.array([row.counts for row in rows])
    factors = numpy.zeros(SIGNS + 2)
    for _ in range(ROUNDS):
        sure = 1 / (1 + numpy.exp(-numpy.clip(shown @ factors, -30, 30)))
        slope = RIDGE * factors + shown.T @ (counts * (sure - right))
        bends = (counts * sure * (1 - sure))[:, None] * shown
        factors = factors - numpy.linalg.solve(
            RIDGE * numpy.eye(SIGNS + 2) + shown.T @ bends, slope
        )
    return [float(factor) for factor in factors]


if __name__ == "__main__":
    sys.exit(main())
