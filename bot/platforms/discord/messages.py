"""Messages: the bot answers when it is mentioned, replied to or written to, and never else."""

from __future__ import annotations

import logging

import discord

from bot.platforms.discord.desk import Desk
from bot.platforms.discord.ids import parse
from bot.platforms.discord.plain import without_mentions
from bot.platforms.discord.render import Message
from bot.platforms.discord.sending import may_answer, reply_to
from bot.platforms.discord.session import Seen

log = logging.getLogger(__name__)

TYPES = (discord.MessageType.default, discord.MessageType.reply)


class Messages:
    """Answers messages, each once, whatever the gateway repeats."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen = Seen()
        self._told_of: set[int] = set()

    async def received(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer if it is for the bot. Failures are logged, a line each."""
        if not is_for(message, me) or not self._seen.first_time(message.id):
            return
        if not may_answer(message):
            self._tell_once(message.channel.id, "may not write")
            return
        try:
            await reply_to(message, self._answer(message))
        except discord.Forbidden as error:
            self._tell_once(message.channel.id, f"was refused to write ({error.text})")
        except discord.HTTPException as error:
            log.warning("could not answer message %d: %s", message.id, error)

    def _answer(self, message: discord.Message) -> Message:
        desk = self._desk
        public = message.guild is not None
        text = without_mentions(message.content)
        if not text:
            examples = desk.examples()
            said = desk.answerer.texts.discord_how_to_ask.format(
                title=desk.answerer.base.event.title
            )
            return desk.renderer.offer(said, examples, message.author.id)
        reply = desk.ask(text, message.author.id, message.channel.id, answered_facts(message))
        return desk.renderer.reply(reply, message.author.id, public=public)

    def _tell_once(self, channel: int, what: str) -> None:
        """A line for whoever runs the bot, once a channel: a mention must not fill the log."""
        if channel not in self._told_of:
            self._told_of.add(channel)
            log.warning(
                "was asked in channel %d but %s there; give it View Channel and Send Messages",
                channel,
                what,
            )


def is_for(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message is meant for the bot: a person's, in private, or with a mention of it.

    A reply with ping counts, for Discord lists whom it pings among the mentions; @everyone does
    not.
    """
    if message.author.bot or message.webhook_id is not None or message.type not in TYPES:
        return False
    return message.guild is None or any(user.id == me.id for user in message.mentions)


def answered_facts(message: discord.Message) -> tuple[str, ...]:
    """The facts of our answer that a message replies to; the buttons under it tell."""
    reference = message.reference
    resolved = reference.resolved if reference else None
    if not isinstance(resolved, discord.Message) or not resolved.author.bot:
        return ()
    for row in resolved.components:
        for component in getattr(row, "children", ()):
            press = parse(getattr(component, "custom_id", None) or "")
            if press is not None and press.verb == "follow":
                return press.facts
    return ()
