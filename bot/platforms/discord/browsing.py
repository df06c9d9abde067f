"""`/browse` and `/about` on Discord: private pages with menus and buttons that turn in place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Self, cast

import discord
from discord import app_commands, ui

from bot.dialogue.compose import cited
from bot.dialogue.texts import Texts
from bot.facts.model import HASH_DIGITS, Citation
from bot.platforms.discord.answering import answered, client_of
from bot.platforms.discord.browse import NOTICE_ROOM, Entry, Location, location
from bot.platforms.discord.courtesy import SIGNS
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.ids import PREFIX
from bot.platforms.discord.plain import CHOICE_LIMIT, LABEL_LIMIT, clipped, echoed, shown
from bot.platforms.discord.privacy import wish_buttons
from bot.platforms.discord.render import Block, Message, joined, small
from bot.platforms.discord.sending import NOBODY, finished_view, respond

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., None]
HOME = Location()
# The number only keeps the ids apart; those of before had no hash.
NUMBER_AND_HASH = rf"\d:(?:(?P<hash>[0-9a-f]{{0,{HASH_DIGITS}}}):)?"


class GoButton(
    ui.DynamicItem[ui.Button[ui.View]], template=rf"{PREFIX}-go:{NUMBER_AND_HASH}(?P<to>.+)"
):
    """Turns to the location in its id, which has the hash of the base that it was made of, too."""

    def __init__(self, label: str, to: Location, base_hash: str, number: int) -> None:
        custom_id = f"{PREFIX}-go:{number}:{base_hash[:HASH_DIGITS]}:{to}"
        super().__init__(ui.Button(label=clipped(label, LABEL_LIMIT), custom_id=custom_id))
        self.to = to
        self.base_hash = base_hash

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls("…", location(match["to"]) or HOME, match["hash"] or "", 0)

    async def callback(self, interaction: Interaction) -> None:
        browsing = client_of(interaction).browsing
        await answered(interaction, browsing.turn(interaction, self.to, HOME, self.base_hash))


class PickMenu(
    ui.DynamicItem[ui.Select[ui.View]], template=rf"{PREFIX}-pick:{NUMBER_AND_HASH}(?P<at>.+)"
):
    """Turns to the location that was picked; its id says where it was picked, for the way back."""

    def __init__(
        self, placeholder: str, entries: Iterable[Entry], at: Location, base_hash: str, number: int
    ) -> None:
        options = [
            discord.SelectOption(
                label=entry.label, value=str(entry.to), description=entry.description or None
            )
            for entry in entries
        ]
        super().__init__(
            ui.Select(
                placeholder=placeholder[:150],
                options=options,
                custom_id=f"{PREFIX}-pick:{number}:{base_hash[:HASH_DIGITS]}:{at}",
            )
        )
        self.at = at
        self.base_hash = base_hash

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls("…", (), location(match["at"]) or HOME, match["hash"] or "", 0)

    async def callback(self, interaction: Interaction) -> None:
        browsing = client_of(interaction).browsing
        values = cast("dict[str, Any]", interaction.data or {}).get("values") or [""]
        to = location(values[0]) or HOME
        await answered(interaction, browsing.turn(interaction, to, self.at, self.base_hash))


class Browsing:
    """Shows the pages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _texts(self) -> Texts:
        return self._desk.answerer.texts

    async def open(self, interaction: Interaction) -> None:
        """The first page, to whoever asked for it alone."""
        content, view = self._page(interaction, HOME, HOME, "")
        await respond(interaction, Message(content), private=True, view=view)

    async def turn(
        self, interaction: Interaction, to: Location, came_from: Location, base_hash: str
    ) -> None:
        """Another page in the place of one that was made of the base with this hash."""
        notice = self._desk.notice(base_hash)
        content, view = self._page(interaction, to, came_from, notice)
        await interaction.response.edit_message(content=content, view=view, allowed_mentions=NOBODY)

    async def about(self, interaction: Interaction) -> None:
        """What this bot knows, from where, as of when; and what it keeps of whom."""
        browse = GoButton(self._texts.discord_browse, HOME, self._desk.answerer.base.hash, 0)
        view = finished_view((browse, *wish_buttons(self._texts)))
        await respond(interaction, Message(self.about_text()), private=True, view=view)

    def about_text(self) -> str:
        base, texts = self._desk.answerer.base, self._texts
        blocks = [Block(f"**{shown(base.event.title, 200)}**")]
        blocks.append(Block(shown(base.event.summary, 400), spare=2))
        for number, source in enumerate(base.sources[:5]):
            # As of when is told of all of them below.
            line = self._desk.renderer.source(replace(cited(Citation(source.id), base), as_of=""))
            # What is said of privacy is never cut off: long titles go before it does.
            blocks.append(Block(line, spare=3 if number else 1))
        if base.event.as_of:
            as_of = shown(base.event.as_of, 200)
            blocks.append(Block(texts.discord_as_of.format(as_of=as_of)))
        if base.event.note:
            note = texts.editors_note.format(note=shown(base.event.note, 300))
            blocks.append(Block(note, spare=1))
        digits = base.hash[:HASH_DIGITS] or "-"
        version = texts.discord_version.format(count=len(base.facts), version=digits)
        signs = ", ".join(f"{sign} {seconds}" for seconds, sign in SIGNS)
        blocks.append(Block(texts.discord_about_help.format(signs=signs)))
        blocks.append(Block(texts.discord_privacy))
        if not self._desk.notebook.remembering:
            blocks.append(Block(texts.discord_keeping_nothing))
        blocks.append(Block(small(version)))
        if self._desk.curator is not None:
            why = echoed(self._desk.curator.in_use.why, 200)
            blocks.append(Block(small(texts.discord_serving.format(why=why)), spare=1))
        return joined(blocks)

    def _page(
        self, interaction: Interaction, to: Location, came_from: Location, notice: str
    ) -> tuple[str, ui.View]:
        texts, browser = self._texts, self._desk.browser
        base_hash = browser.base.hash
        view = ui.View(timeout=None)
        if views := browser.views():  # Discord refuses a menu of nothing
            view.add_item(PickMenu(texts.discord_browse, views, HOME, base_hash, 0))
        if to.view == "fact":
            content = self._fact(interaction, to.of, notice)
            view.add_item(GoButton(texts.discord_back, came_from, base_hash, 0))
            view.stop()
            return content, view
        page = browser.page(to)
        if page is None:
            view.stop()
            return texts.discord_gone, view
        if page.entries:
            view.add_item(PickMenu(texts.discord_pick, page.entries, to, base_hash, 1))
        turning = ((texts.discord_before, page.before), (texts.discord_after, page.after))
        for number, (label, target) in enumerate(turning):
            if target is not None:
                view.add_item(GoButton(label, target, base_hash, number))
        view.stop()
        above = f"{small(shown(notice, NOTICE_ROOM - 4))}\n" if notice else ""
        return above + page.content, view

    def _fact(self, interaction: Interaction, fact: str, notice: str) -> str:
        person, channel = interaction.user.id, interaction.channel_id or 0
        reply = self._desk.show(fact, person, channel, public=False)
        if reply is None:
            return self._texts.discord_gone
        renderer = self._desk.renderer
        return renderer.reply(reply, person, picked=reply.question, notice=notice).content


def browse_command(desk: Desk, browsing: Browsing) -> Command:
    async def browse(interaction: Interaction) -> None:
        await answered(interaction, browsing.open(interaction))

    return _command("browse", desk.answerer.texts.discord_browse_description, browse)


def about_command(desk: Desk, browsing: Browsing) -> Command:
    async def about(interaction: Interaction) -> None:
        await answered(interaction, browsing.about(interaction))

    return _command("about", desk.answerer.texts.discord_about_description, about)


def _command(name: str, description: str, callback: Any) -> Command:  # noqa: ANN401 - discord's
    return app_commands.Command(
        name=name,
        description=clipped(description, CHOICE_LIMIT),
        callback=callback,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )
