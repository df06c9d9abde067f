"""`footnote counts`: how often each fact was told, the most often first, and how long that took."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from bot.cli.context import Context
from bot.cli.keeping import opened_store
from bot.cli.words import counted
from bot.settings import Settings
from bot.store.records import Counted


@dataclass(frozen=True, slots=True)
class _Told:
    """One fact over all days, and `replies` by their outcome; `fact` is empty where none was told.
    Times in milliseconds."""

    fact: str
    asked: int
    mean: float
    most: float
    replies: dict[str, int] = field(default_factory=dict)


def run(arguments: argparse.Namespace, context: Context) -> int:
    told = asyncio.run(_told(context.settings, arguments.days))
    if arguments.json:
        for one in told:
            context.say_json(_form(one))
    else:
        context.say(_listing(told, arguments.days))
    return 0


async def _told(settings: Settings, days: int) -> Sequence[_Told]:
    async with opened_store(settings) as store:
        rows = await store.counts.since(store.today - days + 1)
    by_fact = groupby(sorted(rows, key=attrgetter("fact")), key=attrgetter("fact"))
    told = [_together(fact, list(some)) for fact, some in by_fact]
    return sorted(told, key=lambda one: (-one.asked, one.fact))


def _together(fact: str, rows: Sequence[Counted]) -> _Told:
    asked = sum(row.asked for row in rows)
    replies: dict[str, int] = {}
    for row in rows:
        replies[row.outcome] = replies.get(row.outcome, 0) + row.asked
    mean = sum(row.total_us for row in rows) / asked / 1000
    return _Told(fact, asked, mean, max(row.most_us for row in rows) / 1000, replies)


def _form(one: _Told) -> dict[str, object]:
    return {
        "fact": one.fact or None,
        "asked": one.asked,
        "outcomes": one.replies,
        "mean_ms": round(one.mean, 2),
        "most_ms": round(one.most, 2),
    }


def _listing(told: Sequence[_Told], days: int) -> str:
    lines = [
        f"{one.asked:6}  {one.fact or '(none)'}  {one.mean:.1f} ms, {one.most:.1f} at most"
        f"  ({', '.join(f'{outcome} {n}' for outcome, n in sorted(one.replies.items()))})"
        for one in told
    ]
    replies = counted(sum(one.asked for one in told), "reply")
    return "\n".join([*lines, f"in the last {counted(days, 'day')}: {replies}"])
