"""What phrasings, and entries for what is not said, are worth: the shipped base with fewer of them,
or without these, asked its tests.

`python benchmarks/thinned.py` keeps so many of each entry's phrasings, drawn at random, and writes
the table in docs/fact-base.md.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bot.app import build_answerer  # noqa: E402
from bot.evaluation import cases_from_tests, evaluate  # noqa: E402
from bot.facts.load import load_base  # noqa: E402
from bot.facts.model import Base  # noqa: E402

BASE = ROOT / "knowledge" / "moscow-talks-2018"
DOCUMENT = ROOT / "docs" / "fact-base.md"
BEGIN, END = "<!-- begin thinned -->\n", "<!-- end thinned -->\n"
KEPT = (4, 8, 16, 30)
SEED = 2018


def thinned(base: Base, kept: int) -> Base:
    """The base with at most so many phrasings of each entry."""
    draw = random.Random(SEED)  # noqa: S311 - to be the same each time

    def some(questions: Sequence[str]) -> tuple[str, ...]:
        return tuple(draw.sample(questions, min(kept, len(questions))))

    return replace(
        base,
        facts=tuple(replace(fact, questions=some(fact.questions)) for fact in base.facts),
        unanswered=tuple(replace(e, questions=some(e.questions)) for e in base.unanswered),
    )


def row(name: str, less: Base, whole: Base) -> str:
    """A line of the table, measured: the tests of the whole base, asked of one with less."""
    answerer = build_answerer(less)
    report = evaluate(whole, cases_from_tests(whole), lambda c: answerer.reply(c.question)[0])
    shares = [report.facts.share(mark) for mark in ("right", "silent", "wrong")]
    figures = (*shares, report.declined.share("right"))
    return f"| {name} | " + " | ".join(f"{share:.1%}" for share in figures) + " |\n"


def table(base: Base, kept: Sequence[int]) -> str:
    """All of it, in Markdown."""
    lines = [
        "| phrasings of each entry | right | silent | wrong | declined, of what is not said |\n",
        "| --- | --- | --- | --- | --- |\n",
        *(row(str(count), thinned(base, count), base) for count in kept),
        row("all", base, base),
        row("all, but no `unanswered` entries", replace(base, unanswered=()), base),
    ]
    return "".join(lines)


def main() -> None:
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    made = table(load_base(BASE), KEPT)
    DOCUMENT.write_text(f"{before}{BEGIN}{made}{END}{after}", "utf-8")
    print(made, end="")


if __name__ == "__main__":
    main()
