"""`footnote explain`: why a question gets the reply it gets."""

from __future__ import annotations

import argparse

from bot.app import open_answerer
from bot.cli.context import Context
from bot.cli.patience import tell_of_learning
from bot.matching.explain import explain_text


def run(arguments: argparse.Namespace, context: Context) -> int:
    tell_of_learning(context)
    engine = open_answerer(context.settings)
    context.say(explain_text(engine.explain(" ".join(arguments.question))))
    return 0
