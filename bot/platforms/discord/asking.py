"""Questions by interaction: `/ask`, the message command and the follow-up form."""

from __future__ import annotations

import asyncio
from typing import Any

import discord

from bot.platforms.discord.desk import Asker, Desk
from bot.platforms.discord.ids import Press
from bot.platforms.discord.options import Options
from bot.platforms.discord.plain import readable
from bot.platforms.discord.sending import respond

Interaction = discord.Interaction[Any]


class Asking:
    """Answers a question that came by an interaction, in public or to the asker alone."""

    def __init__(self, desk: Desk, options: Options) -> None:
        self._desk = desk
        self._options = options

    async def asked(
        self,
        interaction: Interaction,
        text: str,
        *,
        private: bool,
        anchor: Press | None = None,
        own: bool = True,
    ) -> None:
        """Answer `text`, or the fact whose id it is; `anchor`: the button that it follows up.

        `own`: the text is the asker's; what somebody else wrote is never kept.
        """
        desk, person, channel = self._desk, interaction.user.id, interaction.channel_id or 0
        since = desk.clock()
        in_server = interaction.guild_id is not None
        public = in_server and not private and self._options.allows(interaction.channel)
        public = public and bool(readable(text))  # blanks are nothing to tell others of
        wait = desk.courtesy.wait(
            person,
            channel if public else None,
            exempt=in_server and interaction.permissions.manage_messages,
        )
        texts = desk.answerer.texts
        if wait:
            line = texts.discord_wait.format(seconds=wait)
            await respond(interaction, desk.renderer.note(line), private=True)
            return
        await self._wait_for_turn(interaction, private=in_server and not public)
        asker = Asker(person, channel, since, public, own)
        picked = None if anchor or desk.is_typed(text) else desk.pick(text, asker)
        addressed = picked or desk.ask(text, asker, anchor)
        reply = addressed.reply
        echo, question = ("", reply.question) if picked else (text, "")
        notice = addressed.notice
        examples = () if reply.suggestions else desk.examples()
        with desk.claimed(addressed) as claimed:
            if not claimed and not interaction.response.is_done():
                public, notice = False, texts.discord_told_private
            message = desk.renderer.reply(
                reply, person, echo=echo, picked=question, notice=notice, examples=examples
            )
            sent = await respond(interaction, message, private=in_server and not public)
            if claimed and sent is not None:
                desk.tell(addressed, sent)
        desk.sent(addressed, sent)

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
