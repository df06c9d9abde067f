"""Measures how long a large fact base takes to load, and how much memory at the most.

`python benchmarks/loading.py` writes a base of 20,000 facts with 100,000 questions to a folder of
its own, loads it in a process of its own and prints a table; `--json` adds one JSON object as the
last line. It needs nothing but the program itself.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONSONANTS, VOWELS = "bcdfghjklmnprstvz", "aeiou"
FACTS_IN_A_FILE = 2_500
MIB = 1024 * 1024


def main() -> int:
    arguments = _arguments()
    if arguments.child:
        print(json.dumps(_load(Path(arguments.child))))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_base(folder, arguments.facts, arguments.questions, random.Random(1))  # noqa: S311
        figures = measure(folder)
    shown = {"MiB": round(size / MIB, 1)} | figures
    print(" ".join(f"{name:>9}" for name in shown))
    print(" ".join(f"{value:>9}" for value in shown.values()))
    if arguments.json:
        print(json.dumps(figures))
    return 0


def measure(folder: Path) -> dict[str, float]:
    """Loads `folder` in a new process: seconds, and MiB of resident memory at the peak."""
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--child", str(folder)],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def write_base(folder: Path, facts: int, questions: int, chance: random.Random) -> int:
    """Writes a base of made-up words, sources and neighbours; returns its size in bytes."""
    made_up = MadeUp(facts, questions, chance)
    (folder / "event.yaml").write_text(made_up.head(), encoding="utf-8")
    for first in range(0, facts, FACTS_IN_A_FILE):
        numbers = range(first, min(first + FACTS_IN_A_FILE, facts))
        text = "facts:\n" + "".join(made_up.fact(number) for number in numbers)
        (folder / f"facts-{first:06}.yaml").write_text(text, encoding="utf-8")
    return sum(path.stat().st_size for path in folder.iterdir())


class MadeUp:
    """The text of a base about nothing, as large as one likes."""

    def __init__(self, facts: int, questions: int, chance: random.Random) -> None:
        self.facts, self.questions, self._chance = facts, questions, chance
        self._words = sorted({self._word() for _ in range(8_000)})
        self._names = sorted({self._word().capitalize() for _ in range(300)})

    def head(self) -> str:
        people = (
            f"  - id: person-{number}\n    name: {name}\n    kind: person\n"
            for number, name in enumerate(self._names)
        )
        return (
            "event:\n  id: large\n  title: A large event\n"
            "sources:\n  - id: paper\n    publisher: The Paper\n    title: All of it\n"
            "people:\n" + "".join(people)
        )

    def fact(self, number: int) -> str:
        person = self._chance.randrange(len(self._names))
        before, after = (self.questions * n // self.facts for n in (number, number + 1))
        neighbour = (number + self._chance.randint(1, self.facts - 1)) % self.facts
        lines = [
            f"  - id: fact-{number}",
            f"    answer: {self._names[person]} said that {self._text(14)}.",
            "    questions:",
            *(f"      - What of {self._text(6)} {number} {n}?" for n in range(after - before)),
            "    tests:",
            *(f"      - How was {self._text(5)} {number} {n}?" for n in range(3)),
            f"    sources: [{{id: paper, at: [{number % 90 + 1}]}}]",
            f"    quotes:\n      - text: {self._text(8)}\n        speaker: person-{person}",
            f"    claim: {{by: person-{person}, status: asserted}}",
            f"    related: [fact-{neighbour}]",
        ]
        return "\n".join(lines) + "\n"

    def _text(self, length: int) -> str:
        return " ".join(self._chance.choices(self._words, k=length))

    def _word(self) -> str:
        return "".join(
            self._chance.choice(CONSONANTS) + self._chance.choice(VOWELS)
            for _ in range(self._chance.randint(2, 4))
        )


def _load(folder: Path) -> dict[str, float]:
    sys.path.insert(0, str(Path.cwd()))
    from bot.facts.load import load_base  # noqa: PLC0415 - the bare process is measured before

    bare = _peak_mb()
    began, busy_before = time.perf_counter(), time.process_time()
    base = load_base(folder)
    taken, busy = time.perf_counter() - began, time.process_time() - busy_before
    return {
        "facts": len(base.facts),
        "questions": sum(len(fact.questions) for fact in base.facts),
        "load_s": round(taken, 3),
        "cpu_s": round(busy, 3),
        "peak_mb": round(_peak_mb(), 1),
        "bare_mb": round(bare, 1),
    }


def _peak_mb() -> float:
    """The peak of this process's resident memory; on Windows 0, where there is no such figure."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - not there on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / MIB if sys.platform == "darwin" else peak / 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON too")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
