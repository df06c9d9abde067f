"""Votes: helpful or not, changeable, one a person and reply; thanked for when they are kept."""

from __future__ import annotations

from typing import Any

import discord

from bot.platforms.discord.desk import Desk
from bot.platforms.discord.ids import Press
from bot.platforms.discord.notebook import person
from bot.platforms.discord.sending import respond
from bot.store.errors import StoreError
from bot.store.records import Vote

Interaction = discord.Interaction[Any]
HELPFUL = ("good", "good-none")
ON_ANSWERS = ("good", "bad")
NO_ANSWER = "no answer"


async def vote(interaction: Interaction, press: Press, desk: Desk) -> None:
    """Keep the vote on the reply that the button names, and then say so."""
    # The disk may take longer than the three seconds that Discord gives.
    await interaction.response.defer(ephemeral=True, thinking=True)
    texts = desk.answerer.texts
    helpful = press.verb in HELPFUL
    try:
        await desk.notebook.keep(
            lambda store: store.votes.put(
                Vote(
                    press.base_hash,
                    "answer" if press.verb in ON_ANSWERS else NO_ANSWER,
                    (*sorted(press.facts), *([""] if press.cut else [])),
                    person(interaction.user.id),
                    helpful,
                )
            )
        )
        if not helpful and interaction.message is not None:
            desk.notebook.in_vain(interaction.message.id, "unhelpful")
        text = texts.discord_voted_helpful if helpful else texts.discord_voted_unhelpful
    except StoreError:  # logged, and told to the moderators, by the memory
        text = texts.discord_not_remembering
    await respond(interaction, desk.renderer.note(text), private=True)
