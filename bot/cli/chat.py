"""`footnote chat`: a conversation in the terminal, or line by line in a pipe."""

from __future__ import annotations

import argparse

from bot.app import run_chat
from bot.cli.context import Context
from bot.cli.patience import tell_of_learning


def run(_arguments: argparse.Namespace, context: Context) -> int:
    tell_of_learning(context)
    run_chat(context.settings, context.environ, context.stdin, context.stdout)
    return 0
