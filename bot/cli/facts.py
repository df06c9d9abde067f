"""`footnote facts`: what the base holds, to read or as a line of JSON per fact."""

from __future__ import annotations

import argparse

from bot.app import open_base
from bot.cli.context import Context
from bot.cli.json_form import fact_form
from bot.cli.words import counted
from bot.facts.model import Base


def run(arguments: argparse.Namespace, context: Context) -> int:
    if arguments.change is not None:
        from bot.cli.changes import change  # noqa: PLC0415 - it takes the store and more

        return change(arguments, context)
    base = open_base(context.settings)
    if arguments.json:
        for fact in base.facts:
            context.say_json(fact_form(fact))
    else:
        context.say(_listing(base))
    return 0


def _listing(base: Base) -> str:
    """The facts by topic, in the base's order, then what the source does not say."""
    topics: dict[str, list[str]] = {}
    for fact in base.facts:
        topics.setdefault(fact.topic or "facts", []).append(f"  {fact.id}: {fact.answer}")
    if base.unanswered:
        topics["not in the source"] = [
            f"  {entry.id}: {entry.questions[0]}" for entry in base.unanswered
        ]
    blocks = ["\n".join([topic, *lines]) for topic, lines in topics.items()]
    counts = (
        f"{base.event.title}: {counted(len(base.facts), 'fact')}, {len(base.unanswered)} unanswered"
    )
    return "\n\n".join([*blocks, counts])
