"""The commands: `/ask` for everybody, `/facts` for those who manage the home server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any, cast

import discord
from discord import app_commands

from bot.dialogue.texts import Texts
from bot.platforms.discord.answering import answered
from bot.platforms.discord.asking import Asking
from bot.platforms.discord.browsing import Browsing, about_command, browse_command
from bot.platforms.discord.curating import Curating
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.plain import (
    CHOICE_LIMIT,
    clipped,
    readable,
    without_mentions,
)
from bot.platforms.discord.sending import respond

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., None]
MOST_CHOICES = 25
QUESTION_LIMIT = 500


def all_commands(
    desk: Desk, asking: Asking, browsing: Browsing, curating: Curating
) -> tuple[Command | app_commands.ContextMenu | app_commands.Group, ...]:
    """Every command. Their descriptions name the event, so they are made anew with the facts."""
    return (
        ask_command(desk, asking),
        ask_about_menu(desk, asking),
        browse_command(desk, browsing),
        about_command(desk, browsing),
        facts_group(desk, curating),
    )


def ask_about_menu(desk: Desk, asking: Asking) -> app_commands.ContextMenu:
    """A message command: looks up what anybody has written, for whoever wants to know."""
    texts = desk.answerer.texts

    async def ask_about(interaction: Interaction, message: discord.Message) -> None:
        # What is forwarded stands in a copy, and the message that holds it has no text of its own.
        copied = [copy.content for copy in message.message_snapshots]
        text = without_mentions(" ".join([message.content, *copied]))
        if text:
            answering = asking.asked(interaction, text, private=True, own=False)
            await answered(interaction, answering)
        else:
            note = desk.renderer.note(desk.answerer.texts.discord_nothing_there)
            await answered(interaction, respond(interaction, note, private=True))

    return app_commands.ContextMenu(
        name=clipped(texts.discord_ask_about, 32),
        callback=ask_about,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )


def ask_command(desk: Desk, asking: Asking) -> Command:
    texts = desk.answerer.texts
    title = readable(desk.answerer.title)

    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, QUESTION_LIMIT],
        private: bool = False,
    ) -> None:
        # A completion that was picked arrives as its value, the fact's id.
        await answered(interaction, asking.asked(interaction, question, private=private))

    async def complete(_interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            # In a thread: at each keystroke of everybody it would add up in the event loop.
            found = await asyncio.to_thread(desk.answerer.complete, typed, MOST_CHOICES)
        except Exception:
            log.exception("completion of %d characters failed", len(typed))
            return []
        return [
            app_commands.Choice(name=clipped(readable(s.question), CHOICE_LIMIT), value=s.fact)
            for s in found[:MOST_CHOICES]
        ]

    described = app_commands.describe(
        question=clipped(texts.discord_ask_question, CHOICE_LIMIT),
        private=clipped(texts.discord_ask_private, CHOICE_LIMIT),
    )(ask)
    description = clipped(texts.discord_ask_description.format(title=title), CHOICE_LIMIT)
    command: Command = app_commands.Command(
        name="ask",
        description=description,
        callback=described,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )
    command.autocomplete("question")(complete)
    return command


def facts_group(desk: Desk, curating: Curating) -> app_commands.Group:
    texts = desk.answerer.texts
    # Discord knows nothing of our roles: hidden from members without the permission, it would be
    # hidden from whoever has only a role. Who may is asked at every call in any case.
    by_role = desk.moderator_roles or desk.admin_roles
    group = app_commands.Group(
        name="facts",
        description=clipped(texts.discord_facts_description, CHOICE_LIMIT),
        guild_only=True,
        default_permissions=None if by_role else discord.Permissions(manage_guild=True),
    )

    for command in curating_commands(curating, texts):
        group.add_command(command)

    async def gaps(interaction: Interaction) -> None:
        await answered(interaction, curating.gaps(interaction))

    description = clipped(texts.discord_gaps_description, CHOICE_LIMIT)
    group.add_command(app_commands.Command(name="gaps", description=description, callback=gaps))
    return group


def curating_commands(curating: Curating, texts: Texts) -> Iterable[Command]:
    """What changes the facts, and tells how they have changed."""

    async def reload(interaction: Interaction, file: discord.Attachment | None = None) -> None:
        await answered(interaction, curating.reload(interaction, file))

    async def history(interaction: Interaction) -> None:
        await answered(interaction, curating.history(interaction))

    async def diff(interaction: Interaction, first: int, second: int | None = None) -> None:
        await answered(interaction, curating.diff(interaction, first, second))

    async def rollback(interaction: Interaction, version: int) -> None:
        await answered(interaction, curating.rollback(interaction, version))

    async def audit(interaction: Interaction) -> None:
        await answered(interaction, curating.audit(interaction))

    reload = app_commands.describe(file=clipped(texts.discord_reload_file, CHOICE_LIMIT))(reload)
    diff = app_commands.describe(
        first=clipped(texts.discord_diff_first, CHOICE_LIMIT),
        second=clipped(texts.discord_diff_second, CHOICE_LIMIT),
    )(diff)
    rollback = app_commands.describe(version=clipped(texts.discord_diff_first, CHOICE_LIMIT))(
        rollback
    )
    for name, description, callback in (
        ("reload", texts.discord_reload_description, reload),
        ("history", texts.discord_history_description, history),
        ("diff", texts.discord_diff_description, diff),
        ("rollback", texts.discord_rollback_description, rollback),
        ("audit", texts.discord_audit_description, audit),
    ):
        yield app_commands.Command(
            name=name,
            description=clipped(description, CHOICE_LIMIT),
            callback=cast("Any", callback),
        )
