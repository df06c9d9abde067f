"""Who may do what: anybody asks, moderators look after the facts, admins may go past the gate.

The command's default permissions only hide it, and a server's owner can show it to anybody. So it
is looked up here at every call, in what Discord says of the person at that moment.
"""

from __future__ import annotations

import logging
from enum import IntEnum
from typing import Any, cast

import discord

from bot.dialogue.texts import Texts
from bot.platforms.discord.desk import Desk

Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)


class Level(IntEnum):
    """What somebody may do; each may do what those below may."""

    ANYONE = 0
    MODERATOR = 1
    ADMIN = 2


async def level_of(interaction: Interaction, desk: Desk) -> Level:
    """The level of whoever this comes from, there: in all but the home server, ANYONE's.

    A moderator may manage the home server or has one of the moderators' roles; an admin is one of
    its administrators or has one of the admins' roles.
    """
    home = await desk.home.server(interaction.client)
    if home is None or interaction.guild_id != home:
        return Level.ANYONE
    roles = _roles(interaction)
    if interaction.permissions.administrator or roles & desk.admin_roles:
        return Level.ADMIN
    if interaction.permissions.manage_guild or roles & desk.moderator_roles:
        return Level.MODERATOR
    return Level.ANYONE


async def refused(interaction: Interaction, desk: Desk, needed: Level = Level.MODERATOR) -> str:
    """Why somebody may not do what needs this level; empty where they may. It is logged."""
    if await level_of(interaction, desk) >= needed:
        return ""
    log.warning(
        "refused: %s in server %s needs to be %s for %s",
        name_of(interaction),
        interaction.guild_id or "-",
        needed.name.lower(),
        _what(interaction),
    )
    texts: Texts = desk.answerer.texts
    if await desk.home.server(interaction.client) is None:
        return texts.discord_no_home
    return texts.discord_admins_only if needed is Level.ADMIN else texts.discord_facts_refused


def name_of(interaction: Interaction) -> str:
    """Who it was, for the logs: the name, and the id, which stays the same."""
    return f"{interaction.user.name} ({interaction.user.id})"


def _roles(interaction: Interaction) -> frozenset[int]:
    user = interaction.user
    if not isinstance(user, discord.Member):
        return frozenset()
    return frozenset(role.id for role in user.roles)


def _what(interaction: Interaction) -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data = cast("dict[str, Any]", interaction.data or {})
    return str(data.get("custom_id", "it"))
