"""`footnote ask`: one question, or with --batch many as JSON Lines."""

from __future__ import annotations

import argparse
import time

from bot.app import open_answerer
from bot.cli.batch import run_batch
from bot.cli.context import Context
from bot.cli.json_form import reply_form
from bot.cli.patience import tell_of_learning
from bot.dialogue.plain import as_text
from bot.errors import FootnoteError


def run(arguments: argparse.Namespace, context: Context) -> int:
    words: list[str] = arguments.question
    if arguments.batch and words:
        raise FootnoteError(
            "footnote ask: --batch reads its questions from standard input; leave out QUESTION"
        )
    if not arguments.batch and not words:
        raise FootnoteError(
            'footnote ask: no question; write one, as in: footnote ask "who took part?"'
        )
    tell_of_learning(context)
    answerer = open_answerer(context.settings)
    if arguments.batch:
        run_batch(answerer, context, time.perf_counter_ns)
        return 0
    message = " ".join(words)  # the shell has split it where it was not quoted
    began = time.perf_counter_ns()
    reply, _ = answerer.reply(message)
    elapsed_us = (time.perf_counter_ns() - began) // 1000
    if arguments.json:
        form = reply_form(reply, answerer.texts, id_=None, elapsed_us=elapsed_us)
        context.say_json(form)
    else:
        context.say(as_text(reply, answerer.texts))
    return 0
