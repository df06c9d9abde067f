"""`footnote explain`: why a question gets the reply it gets."""

from __future__ import annotations

import argparse

from bot.app import answerer_without, open_answerer, open_base, thresholds_of
from bot.cli.context import Context
from bot.cli.patience import tell_of_learning
from bot.dialogue.answerer import Answerer
from bot.errors import FootnoteError
from bot.facts.problems import shown
from bot.matching.explain import explain_text


def run(arguments: argparse.Namespace, context: Context) -> int:
    question = " ".join(arguments.question)
    engine = _held_out(question, context) if arguments.holdout else _usual(context)
    context.say(explain_text(engine.explain(question)))
    return 0


def _usual(context: Context) -> Answerer:
    tell_of_learning(context)
    return open_answerer(context.settings)


def _held_out(question: str, context: Context) -> Answerer:
    base = open_base(context.settings)
    engine = answerer_without(base, question, thresholds_of(context.settings))
    if engine is None:
        raise FootnoteError(
            f"footnote explain: no entry of {base.event.id} has the question {shown(question)!r}; "
            "leave --holdout out, or ask as it stands in the base"
        )
    return engine
