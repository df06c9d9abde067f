"""Around all that answers an interaction: done before a stop, and its errors are told."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, cast

import discord

if TYPE_CHECKING:
    from bot.platforms.discord.client import FootnoteClient


async def answered(interaction: discord.Interaction[Any], doing: Awaitable[object]) -> None:
    """Do it; the bot does not stop before that, and whatever goes wrong is told to the person.

    Everything that answers an interaction goes through here, apart from completions: those are
    sent by discord.py, after its callback has returned.
    """
    client = client_of(interaction)
    with client.desk.underway:
        try:
            await doing
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told
            await client.tell_error(interaction, error)


def client_of(interaction: discord.Interaction[Any]) -> FootnoteClient:
    """Our client, which discord.py hands to the buttons and menus that it makes of ids."""
    return cast("FootnoteClient", interaction.client)
