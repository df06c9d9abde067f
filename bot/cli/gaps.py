"""`footnote gaps`: what people ask in vain, most asked first."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.app import open_event
from bot.cli.context import Context
from bot.cli.keeping import opened_store
from bot.cli.words import counted
from bot.curation.archives import unpack
from bot.errors import FootnoteError
from bot.gaps.summary import GapGroup, summed_up
from bot.matching.language import Language
from bot.settings import Settings
from bot.store.gaps import first_kept
from bot.store.records import KeptGap, Version
from bot.work import work_folder

REASONS = {"unanswered": "no answer", "refused": "none of the offers", "unhelpful": "not helpful"}


def run(arguments: argparse.Namespace, context: Context) -> int:
    kept, latest = asyncio.run(_kept(context.settings))
    event, language = _event(context.settings, latest)
    groups = summed_up(kept, event, language)
    if arguments.json:
        for group in groups:
            context.say_json(_form(group))
    else:
        context.say(_listing(groups, event))
    return 0


async def _kept(settings: Settings) -> tuple[Sequence[KeptGap], Version | None]:
    """All gaps, and the version accepted last."""
    async with opened_store(settings) as store:
        return await store.gaps.since(first_kept(store.today)), await store.versions.latest()


def _event(settings: Settings, latest: Version | None) -> tuple[str, Language]:
    """The event's id and its language; where the facts are at an address, the last version's."""
    if settings.knowledge_address is None:
        return open_event(settings)
    if latest is None:
        raise FootnoteError(
            "footnote gaps: no facts were accepted yet from the address in FOOTNOTE_KNOWLEDGE; "
            "`footnote facts reload` takes them from there"
        )
    name = f"version-{latest.number}.zip"
    with work_folder() as work:
        folder = work / "base"
        folder.mkdir()
        unpack(latest.content, name, folder)
        try:
            return open_event(replace(settings, knowledge=folder, knowledge_address=None))
        except FootnoteError as error:
            raise FootnoteError(*(li.replace(str(folder), name) for li in error.lines)) from None


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
