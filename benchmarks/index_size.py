"""How the time of one question grows with the base, up to a million phrasings, at the level of the
index: what is looked up, without what was learnt of real words.

`python benchmarks/index_size.py` makes indexes of 1,000 to 1,000,000 phrasings, 20 to a fact, of
words drawn by rank (Zipf) from a vocabulary that grows with them (Heaps), and prints the median
time of one look-up: the weights of all facts, the likeliest six, and the best phrasing of each.
With `--json` also, as its last line, one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from array import array
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # `python benchmarks/NAME.py` puts benchmarks/ there alone
    sys.path.insert(0, str(ROOT))

from bot.matching.features import Features  # noqa: E402
from bot.matching.index import STEPS, Index, Postings  # noqa: E402
from bot.matching.linear import LinearModel  # noqa: E402
from bot.matching.marks import mark_of  # noqa: E402
from bot.matching.rank import Weighed, evidence_of  # noqa: E402
from bot.matching.reading import Word  # noqa: E402
from bot.matching.search import CANDIDATES  # noqa: E402
from bot.matching.weights import Weights  # noqa: E402

SIZES = (1_000, 10_000, 100_000, 1_000_000)
EACH = 20  # phrasings of a fact
WORDS = 6  # of a phrasing that count
HEAPS = 16.0  # distinct words for each square root of a word written, as CLINC150 has them
ASKED = 200  # questions timed
SEED = 2018


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    arguments = parser.parse_args()
    found = {}
    print(f"{'phrasings':>10} {'facts':>7} {'median ms':>10}")
    for size in arguments.sizes:
        median = measured(size)
        found[str(size)] = round(median, 4)
        print(f"{size:>10,} {size // EACH:>7,} {median:>10.3f}", flush=True)
    if arguments.json:
        print(json.dumps({"median_ms": found}))
    return 0


def measured(size: int) -> float:
    """The median of the milliseconds that a question takes in a base of so many phrasings."""
    chance = random.Random(SEED)  # noqa: S311 - a benchmark, no secret
    facts = max(1, size // EACH)
    vocabulary = round(HEAPS * (WORDS * size) ** 0.5)
    shares = list(accumulate(1 / rank for rank in range(1, vocabulary + 1)))
    held: list[dict[int, list[int]]] = [{} for _ in range(vocabulary)]
    for fact in range(facts):
        own = chance.choices(range(vocabulary), cum_weights=shares, k=3 * WORDS)
        for term in sorted(set(own)):
            held[term][fact] = []
        for place in range(EACH):
            for term in set(chance.sample(own, WORDS)):
                held[term][fact].append(place)
    index = _index(held, facts)
    model = _model(held, facts, chance)
    times = []
    for _ in range(ASKED):
        drawn = sorted(set(chance.choices(range(vocabulary), cum_weights=shares, k=WORDS)))
        asked = Features(tuple(f"w{term}" for term in drawn), ())
        weighed = [Weighed(Word(f"w{term}", "word"), (f"w{term}",), 0.5) for term in drawn]
        began = time.perf_counter()
        scores = model.scores(asked)
        best = [label for label, _ in scores.best(CANDIDATES)]
        scores.powers(0, 0.5)
        evidence_of(best, weighed, index)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _index(held: list[dict[int, list[int]]], facts: int) -> Index:
    phrases = facts * EACH
    return Index(
        items=(),
        terms={f"w{term}": term for term in range(len(held))},
        weights=array("I", [STEPS // 2]) * len(held),
        phrases=array("I", range(0, phrases + EACH, EACH)),
        phrase_weights=array("I", [STEPS * WORDS // 2]) * phrases,
        lines=array("I", [0]) * phrases,
        wordings=array("I", [0]) * phrases,
        postings=Postings.of(items.items() for items in held),
        words={},
        verbs=frozenset(),
        background=frozenset(),
        family={},
        covers={},
        dated=False,
    )


def _model(held: list[dict[int, list[int]]], facts: int, chance: random.Random) -> LinearModel:
    """Every word speaks for the facts that have it, more or less."""
    owners, starts, weights = array("I"), array("I", [0]), array("h")
    ordered = sorted((mark_of(f"w{term}"), term) for term in range(len(held)))
    for _, term in ordered:
        owners.extend(held[term])
        weights.extend(chance.randrange(200, 3000) for _ in held[term])
        starts.append(len(owners))
    keys, squares = array("I", [key for key, _ in ordered]), array("I", [400]) * len(ordered)
    return LinearModel(facts, 1000, Weights(keys, squares, starts, owners, weights), cut=False)


if __name__ == "__main__":
    sys.exit(main())
