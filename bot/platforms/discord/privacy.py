"""Privacy under `/about`: forget me, and do not keep my questions."""

from __future__ import annotations

import re
from typing import Any, Literal, Self, cast

import discord
from discord import ui

from bot.dialogue.texts import Texts
from bot.platforms.discord.answering import answered, client_of
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.ids import PREFIX
from bot.platforms.discord.notebook import person
from bot.platforms.discord.plain import LABEL_LIMIT, clipped
from bot.platforms.discord.render import Message
from bot.platforms.discord.sending import finished_view, respond
from bot.store.errors import StoreError

Interaction = discord.Interaction[Any]
Wish = Literal["forget", "stop", "keep"]


class WishButton(
    ui.DynamicItem[ui.Button[ui.View]], template=rf"{PREFIX}-me:(?P<wish>forget|stop|keep)"
):
    """What whoever presses it wishes for themselves; works on a message of any age."""

    def __init__(self, wish: Wish, label: str) -> None:
        custom_id = f"{PREFIX}-me:{wish}"
        super().__init__(ui.Button(label=clipped(label, LABEL_LIMIT), custom_id=custom_id))
        self.wish = wish

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("Wish", match["wish"]), "…")

    async def callback(self, interaction: Interaction) -> None:
        await answered(interaction, fulfil(interaction, self.wish, client_of(interaction).desk))


def wish_buttons(texts: Texts) -> tuple[WishButton, WishButton]:
    """The two that stand under `/about`."""
    return (
        WishButton("forget", texts.discord_forget),
        WishButton("stop", texts.discord_stop_keeping),
    )


async def fulfil(interaction: Interaction, wish: Wish, desk: Desk) -> None:
    """Do it, and say privately what was done, with the way back where there is one."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    texts, who = desk.answerer.texts, person(interaction.user.id)
    buttons: tuple[WishButton, ...] = ()
    try:
        match wish:
            case "forget":
                desk.notebook.forget(interaction.user.id)
                desk.sessions.forget(interaction.user.id)
                desk.answerer.forget_words()
                rows = await desk.notebook.keep(lambda store: store.votes.forget(who))
                text = texts.discord_forgotten.format(count=rows)
                buttons = (WishButton("stop", texts.discord_stop_keeping),)
            case "stop":
                desk.notebook.forget(interaction.user.id)
                await desk.notebook.keep(lambda store: store.optouts.add(who))
                text = texts.discord_stopped_keeping
                buttons = (WishButton("keep", texts.discord_keep_again),)
            case "keep":
                await desk.notebook.keep(lambda store: store.optouts.remove(who))
                text = texts.discord_keeping_again
                buttons = (WishButton("stop", texts.discord_stop_keeping),)
    except StoreError:  # logged, and told to the moderators, by the memory
        text = texts.discord_wish_failed
    view = finished_view(buttons) if buttons else None
    await respond(interaction, Message(text), private=True, view=view)
