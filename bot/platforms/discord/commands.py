"""The commands: `/ask` for everybody, `/facts` for those who manage the home server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import discord
from discord import app_commands

from bot.dialogue.texts import Texts
from bot.platforms.discord.asking import Asking
from bot.platforms.discord.browsing import Browsing, about_command, browse_command
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.gaps import tell_gaps
from bot.platforms.discord.plain import (
    CHOICE_LIMIT,
    MESSAGE_LIMIT,
    clipped,
    readable,
    without_mentions,
)
from bot.platforms.discord.render import Message
from bot.platforms.discord.sending import respond

if TYPE_CHECKING:
    from bot.platforms.discord.client import FootnoteClient  # it imports this module

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., None]
MOST_CHOICES = 25
QUESTION_LIMIT = 500


def all_commands(
    desk: Desk, asking: Asking, browsing: Browsing
) -> tuple[Command | app_commands.ContextMenu | app_commands.Group, ...]:
    """Every command. Their descriptions name the event, so they are made anew with the facts."""
    return (
        ask_command(desk, asking),
        ask_about_menu(desk, asking),
        browse_command(desk, browsing),
        about_command(desk, browsing),
        facts_group(desk),
    )


def ask_about_menu(desk: Desk, asking: Asking) -> app_commands.ContextMenu:
    """A message command: looks up what anybody has written, for whoever wants to know."""
    texts = desk.answerer.texts

    async def ask_about(interaction: Interaction, message: discord.Message) -> None:
        text = without_mentions(message.content)
        if text:
            await asking.asked(interaction, text, private=True)
        else:
            note = desk.renderer.note(desk.answerer.texts.discord_nothing_there)
            await respond(interaction, note, private=True)

    return app_commands.ContextMenu(
        name=clipped(texts.discord_ask_about, 32),
        callback=ask_about,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )


def ask_command(desk: Desk, asking: Asking) -> Command:
    texts = desk.answerer.texts
    title = readable(desk.answerer.base.event.title)

    async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
        # A completion that was picked arrives as its value, the fact's id.
        await asking.asked(interaction, question, private=private)

    async def complete(_interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            found = desk.answerer.complete(typed, MOST_CHOICES)
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


def facts_group(desk: Desk) -> app_commands.Group:
    texts = desk.answerer.texts
    group = app_commands.Group(
        name="facts",
        description=clipped(texts.discord_facts_description, CHOICE_LIMIT),
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    async def reload(interaction: Interaction) -> None:
        refusal = refused(interaction, desk)
        if refusal:
            await respond(interaction, desk.renderer.note(refusal), private=True)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        before = desk.answerer.base.hash
        problems = await desk.read_anew()
        message = (
            problem_message(problems, desk.answerer.texts)
            if problems
            else desk.renderer.note(reloaded_text(desk, before))
        )
        await respond(interaction, message, private=True)
        if not problems:
            await cast("FootnoteClient", interaction.client).synchronise()

    description = clipped(texts.discord_reload_description, CHOICE_LIMIT)
    group.add_command(app_commands.Command(name="reload", description=description, callback=reload))

    async def gaps(interaction: Interaction) -> None:
        refusal = refused(interaction, desk)
        if refusal:
            await respond(interaction, desk.renderer.note(refusal), private=True)
            return
        await tell_gaps(interaction, desk)

    description = clipped(texts.discord_gaps_description, CHOICE_LIMIT)
    group.add_command(app_commands.Command(name="gaps", description=description, callback=gaps))
    return group


def refused(interaction: Interaction, desk: Desk) -> str:
    """Why somebody may not use `/facts`; empty where they may.

    The default permissions only hide the command, and a server's owner can show it to anybody; who
    may change the facts is decided here: those who manage the home server, and there alone.
    """
    texts = desk.answerer.texts
    home = home_server(desk, interaction.client)
    if home is None:
        return texts.discord_no_home
    if interaction.guild_id != home or not interaction.permissions.manage_guild:
        return texts.discord_facts_refused
    return ""


def home_server(desk: Desk, client: discord.Client) -> int | None:
    """The server in the settings; else the only one that the bot is in; else none."""
    if desk.home_server is not None:
        return desk.home_server
    return client.guilds[0].id if len(client.guilds) == 1 else None


def reloaded_text(desk: Desk, before: str) -> str:
    base, texts = desk.answerer.base, desk.answerer.texts
    text = texts.discord_unchanged if base.hash == before else texts.discord_reloaded
    return text.format(
        count=len(base.facts), version=base.hash[:10] or "-", before=before[:10] or "-"
    )


def problem_message(problems: tuple[str, ...], texts: Texts) -> Message:
    """The problems in a block of code; all of them in a file where they are too many."""
    heading = texts.discord_reload_failed
    fence: Callable[[str], str] = lambda lines: f"{heading}\n```\n{lines}\n```"  # noqa: E731
    lines = [line.replace("```", "'''") for line in problems]
    whole = fence("\n".join(lines))
    if len(whole) <= MESSAGE_LIMIT:
        return Message(whole)
    kept: list[str] = []
    for line in (clipped(line, 300) for line in lines):
        if len(fence("\n".join([*kept, line, "…"]))) > MESSAGE_LIMIT:
            break
        kept.append(line)
    return Message(fence("\n".join([*kept, "…"])), attached="\n".join(problems) + "\n")
