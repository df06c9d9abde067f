"""Asks a base some of its own tests and prints every reply in full: the same bytes each time.

Run as `python -m tests.matching.asked_in_order FOLDER STEP`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.app import build_answerer
from bot.dialogue.answerer import Answerer
from bot.facts.load import load_base
from bot.facts.model import Base, Fact, Unanswered


def sample(base: Base, step: int) -> list[str]:
    """Every `step`th test of a base, whatever it is a test of."""
    entries: tuple[Fact | Unanswered, ...] = (*base.facts, *base.unanswered)
    return [*(test for entry in entries for test in entry.tests), *base.outside][::step]


def replies(answerer: Answerer, step: int) -> str:
    """All that comes of the sample, conversation included."""
    return "\n".join(repr(answerer.reply(question)) for question in sample(answerer.base, step))


if __name__ == "__main__":
    sys.stdout.buffer.write(
        replies(build_answerer(load_base(Path(sys.argv[1]))), int(sys.argv[2])).encode()
    )
