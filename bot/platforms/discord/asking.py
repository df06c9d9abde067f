"""Questions by interaction: `/ask`, the message command and the follow-up form, one pipeline."""

from __future__ import annotations

import asyncio
import math
from typing import Any

import discord

from bot.platforms.discord.courtesy import Courtesy
from bot.platforms.discord.desk import Asked, Desk
from bot.platforms.discord.options import Options
from bot.platforms.discord.sending import respond

Interaction = discord.Interaction[Any]


class Asking:
    """Answers a question that came by an interaction, in public or to the asker alone."""

    def __init__(self, desk: Desk, courtesy: Courtesy, options: Options) -> None:
        self._desk = desk
        self._courtesy = courtesy
        self._options = options

    async def asked(
        self,
        interaction: Interaction,
        text: str,
        *,
        private: bool,
        anchor: tuple[str, ...] = (),
        own: bool = True,
    ) -> None:
        """Answer `text`, or the fact whose id it is; `anchor` are the facts that it follows up.

        `own`: the text is the asker's; what somebody else wrote is never kept.
        """
        person, channel = interaction.user.id, interaction.channel_id or 0
        since = self._desk.sessions.clock()
        in_server = interaction.guild_id is not None
        wait = self._courtesy.wait(
            person,
            channel if in_server else None,
            exempt=in_server and interaction.permissions.manage_messages,
        )
        texts, renderer = self._desk.answerer.texts, self._desk.renderer
        if wait:
            line = texts.discord_wait.format(seconds=math.ceil(wait))
            await respond(interaction, renderer.note(line), private=True)
            return
        public = in_server and not private and self._options.allows(interaction.channel)
        await self._wait_for_turn(interaction, private=in_server and not public)
        picked = None if anchor else self._desk.show(text, person, channel)
        echo = text if picked is None else picked.question
        asked = Asked(picked) if picked else self._desk.ask(text, person, channel, anchor)
        reply = asked.reply
        key = self._desk.answer_key(reply)
        repeatable = public and self._desk.repeatable(asked)
        told = self._courtesy.told(channel, key) if repeatable else None
        notice = ""
        if told is not None and not interaction.response.is_done():
            public, notice = False, texts.discord_told_private
        examples = () if reply.suggestions else self._desk.examples()
        message = renderer.reply(reply, person, echo=echo, notice=notice, examples=examples)
        sent = await respond(interaction, message, private=in_server and not public)
        self._desk.replied(reply, person, since, sent, keepable=own)
        if public and sent is not None and repeatable:
            self._courtesy.tell(channel, key, sent)

    async def _wait_for_turn(self, interaction: Interaction, *, private: bool) -> None:
        """Wait for a turn; if that takes long, Discord is told in time that an answer will come.

        It waits three seconds for a first response, and never for one that is late.
        """
        turn = asyncio.create_task(self._desk.turns.wait(), name="turn")
        try:
            await asyncio.wait((turn,), timeout=self._options.patience)
            if not turn.done():
                await interaction.response.defer(ephemeral=private, thinking=True)
            await turn
        finally:
            turn.cancel()
