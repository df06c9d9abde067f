"""`footnote votes`: which replies helped and which did not, the worst first."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from bot.cli.context import Context
from bot.cli.keeping import opened_store
from bot.cli.words import counted
from bot.settings import Settings
from bot.store.records import Tally


def run(arguments: argparse.Namespace, context: Context) -> int:
    tallies = asyncio.run(_tallies(context.settings))
    if arguments.json:
        for tally in tallies:
            context.say_json(_form(tally))
    else:
        context.say(_listing(tallies))
    return 0


async def _tallies(settings: Settings) -> Sequence[Tally]:
    async with opened_store(settings) as store:
        return await store.votes.tallies()


def _form(tally: Tally) -> dict[str, object]:
    return {
        "facts": list(tally.facts),
        "outcome": tally.outcome,
        "base": tally.base_hash,
        "helpful": tally.helpful,
        "not_helpful": tally.unhelpful,
    }


def _listing(tallies: Sequence[Tally]) -> str:
    lines = [
        f"{tally.helpful:5} helpful {tally.unhelpful:5} not  "
        f"{' + '.join(tally.facts) or '-'}  ({tally.outcome}, facts of version {tally.base_hash})"
        for tally in tallies
    ]
    votes = sum(tally.helpful + tally.unhelpful for tally in tallies)
    return "\n".join([*lines, f"votes: {votes}, on {counted(len(tallies), 'reply')}"])
