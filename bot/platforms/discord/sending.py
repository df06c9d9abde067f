"""Puts a rendered message on the wire, so that it pings nobody and every failure is told."""

from __future__ import annotations

import io
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import aiohttp
import discord
from discord import ui

from bot.platforms.discord.buttons import Row, components_of
from bot.platforms.discord.render import Message
from bot.platforms.discord.templates import Payload

log = logging.getLogger(__name__)

MOST_ROWS = 16  # kept to be used again

NOBODY = discord.AllowedMentions.none()

# Discord refuses, or cannot be reached.
UNREACHED = (discord.HTTPException, aiohttp.ClientError, OSError)

Interaction = discord.Interaction[Any]


def one_line(error: Exception) -> str:
    """What an error says, for a line of the log."""
    return " ".join(str(error).split())


def view_of(message: Message) -> ui.View | None:
    """The row of buttons; None where there is none."""
    if not message.buttons:
        return None
    return Row(components_of(message.buttons))


def finished_view(items: Iterable[ui.Item[Any]]) -> ui.View:
    """A view that discord.py does not keep: the ids say all, and memory does not grow."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def files_of(message: Message) -> list[discord.File]:
    """What is attached, if anything."""
    if not message.attached:
        return []
    return [discord.File(io.BytesIO(message.attached.encode()), message.file_name)]


async def respond(
    interaction: Interaction, message: Message, *, private: bool, view: ui.View | None = None
) -> int | None:
    """The first response to an interaction, or a further one where there was a first.

    `view` stands in the place of the message's own buttons. Gives the id of the message.
    """
    sending: dict[str, Any] = {
        "content": message.content,
        "view": view or view_of(message) or discord.utils.MISSING,
        "files": files_of(message),
        "ephemeral": private,
        "allowed_mentions": NOBODY,
        "suppress_embeds": True,
    }
    if interaction.response.is_done():
        further = await interaction.followup.send(**sending, wait=True)
        return further.id
    sent = await interaction.response.send_message(**sending)
    return sent.message_id


async def replace(interaction: Interaction, message: Message) -> None:
    """Put a message in the place of the one whose button was pressed, or whose form was sent; what
    was attached to that one goes."""
    if interaction.response.is_done():
        edit: Callable[..., Awaitable[object]] = interaction.edit_original_response
    elif interaction.message is not None:
        edit = interaction.response.edit_message
    else:
        await respond(interaction, message, private=True)
        return
    view = view_of(message)
    await edit(content=message.content, view=view, attachments=[], allowed_mentions=NOBODY)


class Replies:
    """Answers messages where they stand.

    Making a view, even of nothing, takes discord.py as long as the rest of a message, so a row of
    buttons is used again; never before its message is sent.
    """

    def __init__(self) -> None:
        self._rows: list[Row] = []

    async def send(self, asked: discord.Message, payload: Payload) -> int:
        """Answer a message, without the reference if its history may not be read.

        Gives the id of the answer.
        """
        if not payload.components:
            return await _send_reply(asked, payload.content, discord.utils.MISSING)
        row = self._rows.pop() if self._rows else Row()
        row.components = payload.components
        try:
            return await _send_reply(asked, payload.content, row)
        finally:
            if len(self._rows) < MOST_ROWS:
                self._rows.append(row)


async def _send_reply(asked: discord.Message, content: str, view: ui.View) -> int:
    # The client allows no mentions: to say so again would be merged with that each time.
    if may(asked, "read_message_history"):
        # fail_if_not_exists: whoever deletes a question still gets the answer, unattached.
        reference = asked.to_reference(fail_if_not_exists=False)
        sent = await asked.channel.send(
            content, view=view, reference=reference, suppress_embeds=True
        )
    else:
        sent = await asked.channel.send(content, view=view, suppress_embeds=True)
    return sent.id


async def react(asked: discord.Message, sign: str) -> None:
    """One reaction; whoever deleted the message in the meantime needs none."""
    try:
        await asked.add_reaction(sign)
    except discord.NotFound:
        return


def may(asked: discord.Message, *permissions: str) -> bool:
    """Whether the bot has these permissions where a message stands; in private it has all."""
    if asked.guild is None:
        return True
    channel = asked.channel
    if isinstance(channel, discord.PartialMessageable | discord.DMChannel | discord.GroupChannel):
        return True  # a place not in the cache: Discord itself will say
    granted = channel.permissions_for(asked.guild.me)
    return all(getattr(granted, permission) for permission in permissions)


def may_answer(asked: discord.Message) -> bool:
    """Whether the bot may write where a message stands."""
    in_thread = isinstance(asked.channel, discord.Thread)
    return may(asked, "send_messages_in_threads" if in_thread else "send_messages")
