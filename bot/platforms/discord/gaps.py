"""`/facts gaps`: what people ask in vain, for moderators."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.dialogue.texts import Texts
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.plain import shown
from bot.platforms.discord.render import Block, Message, joined
from bot.platforms.discord.sending import respond
from bot.store.errors import StoreError
from bot.store.gaps import first_kept

if TYPE_CHECKING:
    from bot.gaps.summary import GapGroup

Interaction = discord.Interaction[Any]
SHOWN = 15
SETTLING = 2.0  # seconds to wait for what was asked just now


async def tell_gaps(interaction: Interaction, desk: Desk) -> None:
    """Tell them, privately; whoever calls this has checked that they may be told."""
    from bot.gaps.summary import summed_up  # noqa: PLC0415 - few ask for it, and it takes memory

    await interaction.response.defer(ephemeral=True, thinking=True)
    await desk.notebook.settled(SETTLING)
    answerer = desk.answerer
    event = answerer.base.event.id
    try:
        kept = await desk.notebook.keep(lambda store: store.gaps.since(first_kept(store.today)))
    except StoreError:  # logged by the memory
        message = Message(answerer.texts.discord_not_remembering)
    else:
        groups = await asyncio.to_thread(summed_up, kept, event, answerer.language)
        message = gaps_message(groups, answerer.texts)
    await respond(interaction, message, private=True)


def gaps_message(groups: Sequence[GapGroup], texts: Texts) -> Message:
    """The most asked; all of them in a file where there are more."""
    if not groups:
        return Message(texts.discord_no_gaps)
    asked = sum(group.asked for group in groups)
    blocks = [Block(texts.discord_gaps.format(asked=asked, count=len(groups)))]
    blocks += [
        Block(f"- {_line(group, texts, 150)}", n + 1) for n, group in enumerate(groups[:SHOWN])
    ]
    lines = [f"{_line(group, texts, None)}\n" for group in groups]
    whole = "".join(lines) if len(groups) > SHOWN else ""
    return Message(joined(blocks), attached=whole, file_name="gaps.txt")


def _line(group: GapGroup, texts: Texts, limit: int | None) -> str:
    text = group.text if limit is None else shown(group.text, limit)
    told = {
        "unanswered": texts.discord_gap_unanswered,
        "refused": texts.discord_gap_refused,
        "unhelpful": texts.discord_gap_unhelpful,
    }
    reasons = ", ".join(told[reason] for reason, _ in group.reasons)
    return texts.discord_gap.format(
        asked=group.asked, question=text, reasons=reasons, last=group.last.isoformat()
    )
