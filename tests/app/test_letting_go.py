"""Letting go of a base: all of it goes, and nothing that somebody else still has."""

from __future__ import annotations

import weakref
from pathlib import Path

from bot.app import build_answerer
from bot.facts.load import load_base
from bot.letting_go import let_go
from tests.cli.support import SMALL_BASE


def test_all_of_an_engine_goes_but_what_is_still_held(tmp_path: Path) -> None:
    more = "".join(
        f"  - id: f{n}\n    answer: Number {n}.\n    questions: [what is number {n}]\n"
        for n in range(600)
    )
    text = SMALL_BASE.replace("unanswered:\n", f"{more}unanswered:\n")
    (tmp_path / "base.yaml").write_text(text)
    parts: list[object] = [answerer := build_answerer(load_base(tmp_path))]
    gone, kept = weakref.ref(answerer.matcher), answerer.base.facts[5]
    del answerer
    let_go(parts)
    assert parts == []
    assert gone() is None
    assert kept.answer == "Number 3."
