"""What happens when somebody presses a button or sends the follow-up form."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any, cast

import discord

from bot.dialogue.texts import Texts
from bot.platforms.discord.asking import Asking
from bot.platforms.discord.buttons import follow_up_form, typed_text
from bot.platforms.discord.desk import Asker, Desk
from bot.platforms.discord.ids import Press, parse
from bot.platforms.discord.more import more
from bot.platforms.discord.sending import NOBODY, replace, respond
from bot.platforms.discord.voting import vote

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]


class Presses:
    """Answers buttons and forms."""

    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk = desk
        self._asking = asking

    @property
    def _texts(self) -> Texts:
        return self._desk.answerer.texts

    async def pressed(self, interaction: Interaction, press: Press) -> None:
        match press.verb:
            case "show":
                await self._show(interaction, press)
            case "more":
                await self._more(interaction, press)
            case "follow":
                texts = self._texts
                await interaction.response.send_modal(
                    follow_up_form(
                        press,
                        texts.discord_follow_up,
                        texts.discord_form_label,
                        texts.discord_form_example,
                    )
                )
            case "none":
                await self._none(interaction, press)
            case "delete":
                await self._delete(interaction, press)
            case "good" | "bad" | "good-none" | "bad-none":
                await vote(interaction, press, self._desk)

    async def _show(self, interaction: Interaction, press: Press) -> None:
        """The asker's own message turns into the answer; anybody else gets one to themselves, and
        so does the asker where the channel was told it a moment ago."""
        desk, person, channel = self._desk, interaction.user.id, interaction.channel_id or 0
        own = press.asker in (None, person)
        public = own and interaction.guild_id is not None and not is_private(interaction)
        asker = Asker(person, channel, desk.clock(), public)
        addressed = desk.pick(press.facts[0] if press.facts else "", asker)
        if addressed is None:
            await self._say_gone(interaction)
            return
        with desk.claimed(addressed) as claimed:
            notices = (
                self._desk.notice(press.base_hash),
                "" if claimed else self._texts.discord_told_private,
            )
            notice = " ".join(filter(None, notices))
            # The label is gone with the button, and then nothing else says what was asked.
            asked = addressed.reply.question
            message = desk.renderer.reply(addressed.reply, person, picked=asked, notice=notice)
            if own and claimed and interaction.message is not None:
                await replace(interaction, message)
                desk.tell(addressed, interaction.message.id)
            else:
                await respond(interaction, message, private=True)
        desk.sent(addressed, None)

    async def _more(self, interaction: Interaction, press: Press) -> None:
        reply = self._desk.look_up(press.facts)
        if reply is None:
            await self._say_gone(interaction)
            return
        heading = self._desk.notice(press.base_hash) or self._texts.discord_more_heading
        answer = interaction.message
        delete = None
        if answer is not None and not is_private(interaction) and may_delete(interaction, press):
            delete = Press("delete", press.base_hash, press.asker, (str(answer.id),))
        renderer, person = self._desk.renderer, interaction.user.id
        for message in more(renderer, reply, person, heading, delete):
            await respond(interaction, message, private=True)

    async def _none(self, interaction: Interaction, press: Press) -> None:
        if press.asker not in (None, interaction.user.id):
            await self._say(interaction, self._texts.discord_not_yours)
            return
        if interaction.message is not None:
            self._desk.notebook.in_vain(interaction.message.id, "refused")
        text, examples = self._texts.discord_none_pressed, self._desk.examples()
        await replace(interaction, self._desk.renderer.none_of_these(text, examples, press))

    async def _delete(self, interaction: Interaction, press: Press) -> None:
        """Delete what the button stands under; or, under 'More', the answer that it names."""
        if not may_delete(interaction, press):
            await self._say(interaction, self._texts.discord_delete_refused)
            return
        await interaction.response.defer()
        if not press.facts:
            with suppress(discord.NotFound):  # pressed twice: it is gone, as was wished
                await interaction.delete_original_response()
            if interaction.message is not None:
                self._desk.courtesy.deleted(interaction.message.id)
            return
        answer, text = int(press.facts[0]), self._texts.discord_deleted
        channel = interaction.client.get_partial_messageable(interaction.channel_id or 0)
        try:
            await channel.get_partial_message(answer).delete()
        except discord.NotFound:
            log.debug("message %d was deleted already", answer)
        except discord.Forbidden:
            text = self._texts.discord_delete_failed
        self._desk.courtesy.deleted(answer)
        await interaction.edit_original_response(content=text, view=None, allowed_mentions=NOBODY)

    async def submitted(self, interaction: Interaction) -> None:
        """A form was sent, perhaps one that was opened before the last restart."""
        data = cast("dict[str, Any]", interaction.data or {})
        press = parse(str(data.get("custom_id", "")))
        if press is None or press.verb != "form":
            return
        text = typed_text(data["components"])
        await self._asking.asked(interaction, text, private=is_private(interaction), anchor=press)

    async def _say_gone(self, interaction: Interaction) -> None:
        await self._say(interaction, self._texts.discord_gone)

    async def _say(self, interaction: Interaction, text: str) -> None:
        await respond(interaction, self._desk.renderer.note(text), private=True)


def may_delete(interaction: Interaction, press: Press) -> bool:
    """Whether whoever pressed is the asker, or a moderator of the channel."""
    moderator = interaction.guild_id is not None and interaction.permissions.manage_messages
    return press.asker in (None, interaction.user.id) or moderator


def is_private(interaction: Interaction) -> bool:
    """Whether the message that this comes from is one that only its asker sees."""
    message = interaction.message
    return message is not None and message.flags.ephemeral
