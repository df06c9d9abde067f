"""`footnote gaps`: what people ask in vain, most asked first."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from bot.app import open_event
from bot.cli.context import Context
from bot.cli.keeping import opened_store
from bot.cli.words import counted
from bot.gaps.summary import GapGroup, summed_up
from bot.settings import Settings
from bot.store.gaps import first_kept
from bot.store.records import KeptGap

REASONS = {"unanswered": "no answer", "refused": "none of the offers", "unhelpful": "not helpful"}


def run(arguments: argparse.Namespace, context: Context) -> int:
    event, language = open_event(context.settings)
    kept = asyncio.run(_kept(context.settings))
    groups = summed_up(kept, event, language)
    if arguments.json:
        for group in groups:
            context.say_json(_form(group))
    else:
        context.say(_listing(groups, event))
    return 0


async def _kept(settings: Settings) -> Sequence[KeptGap]:
    async with opened_store(settings) as store:
        return await store.gaps.since(first_kept(store.today))


def _form(group: GapGroup) -> dict[str, object]:
    return {
        "question": group.text,
        "asked": group.asked,
        "reasons": dict(group.reasons),
        "first": group.first.isoformat(),
        "last": group.last.isoformat(),
    }


def _listing(groups: Sequence[GapGroup], event: str) -> str:
    lines = [f"{group.asked:5}  {group.text}  ({_about(group)})" for group in groups]
    asked = sum(group.asked for group in groups)
    questions = counted(len(groups), "question")
    return "\n".join([*lines, f"{event}: asked in vain in the last 30 days: {asked}, {questions}"])


def _about(group: GapGroup) -> str:
    reasons = ", ".join(REASONS[reason] for reason, _ in group.reasons)
    return f"{reasons}; last {group.last.isoformat()}"
