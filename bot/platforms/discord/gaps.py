"""`/facts gaps`: what people ask in vain, for moderators."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.collector import collector_paused
from bot.dialogue.answerer import Answerer
from bot.dialogue.texts import Texts
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.plain import echoed
from bot.platforms.discord.render import Block, Message, joined
from bot.platforms.discord.sending import respond
from bot.store.errors import StoreError
from bot.store.gaps import first_kept
from bot.store.records import KeptGap

if TYPE_CHECKING:
    from bot.gaps.summary import GapGroup

Interaction = discord.Interaction[Any]
SHOWN = 15
SETTLING = 2.0  # seconds to wait for what was asked just now
MOST_SUMMED_UP = 5_000  # some seconds' work, where nobody asks what another did
MOST_BYTES = 500_000  # of the file: who reads it reads no more, and Discord has its limit


async def tell_gaps(interaction: Interaction, desk: Desk) -> None:
    """Tell them, privately; whoever calls this has checked that they may be told."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await desk.notebook.settled(SETTLING)
    answerer = desk.answerer
    event = answerer.base.event.id
    try:
        kept = await desk.notebook.keep(
            lambda store: store.gaps.newest(first_kept(store.today), event, MOST_SUMMED_UP + 1)
        )
    except StoreError:  # logged by the memory
        message = Message(answerer.texts.discord_not_remembering)
    else:
        message = await asyncio.to_thread(_told, kept, answerer)
    await respond(interaction, message, private=True)


def _told(kept: Sequence[KeptGap], answerer: Answerer) -> Message:
    """In a thread: it takes seconds where much was asked."""
    from bot.gaps.summary import summed_up  # noqa: PLC0415 - few ask for it, and it takes memory

    newest = kept[-MOST_SUMMED_UP:]
    with collector_paused():  # a full search would stop the event loop for tens of milliseconds
        groups = summed_up(newest, answerer.base.event.id, answerer.language)
        return gaps_message(groups, answerer.texts, is_part=len(newest) < len(kept))


def gaps_message(groups: Sequence[GapGroup], texts: Texts, *, is_part: bool = False) -> Message:
    """The most asked; all of them in a file where there are more. `is_part`: only the newest were
    summed up."""
    if not groups:
        return Message(texts.discord_no_gaps)
    asked = sum(group.asked for group in groups)
    blocks = [Block(texts.discord_gaps.format(asked=asked, count=len(groups)))]
    newest = [texts.discord_gaps_newest.format(most=f"{MOST_SUMMED_UP:,}")] if is_part else []
    blocks += [Block(line) for line in newest]
    blocks += [
        Block(f"- {_line(group, texts, 150)}", n + 1) for n, group in enumerate(groups[:SHOWN])
    ]
    whole = ""
    if len(groups) > SHOWN:
        whole = _fitting([*newest, *(_line(group, texts, None) for group in groups)], texts)
    return Message(joined(blocks), attached=whole, file_name="gaps.txt")


def _fitting(lines: Iterable[str], texts: Texts) -> str:
    """As many whole lines as there is room for, and a last one that says so."""
    room = MOST_BYTES
    fitting: list[str] = []
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0:
            fitting.append(texts.discord_gaps_cut)
            break
        fitting.append(line)
    return "".join(f"{line}\n" for line in fitting)


def _line(group: GapGroup, texts: Texts, limit: int | None) -> str:
    text = group.text if limit is None else echoed(group.text, limit)
    told = {
        "unanswered": texts.discord_gap_unanswered,
        "refused": texts.discord_gap_refused,
        "unhelpful": texts.discord_gap_unhelpful,
    }
    reasons = ", ".join(told[reason] for reason, _ in group.reasons)
    return texts.discord_gap.format(
        asked=group.asked, question=text, reasons=reasons, last=group.last.isoformat()
    )
