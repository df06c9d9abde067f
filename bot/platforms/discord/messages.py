"""Messages: the bot answers when it is mentioned, replied to or written to, and never else."""

from __future__ import annotations

import logging
from dataclasses import replace

import discord

from bot.platforms.discord.courtesy import sign_of
from bot.platforms.discord.desk import AddressedReply, Asker, Desk
from bot.platforms.discord.ids import Press, parse
from bot.platforms.discord.options import Options
from bot.platforms.discord.plain import without_mentions
from bot.platforms.discord.sending import UNREACHED, Replies, may, may_answer, one_line, react
from bot.platforms.discord.session import Seen
from bot.platforms.discord.templates import payload_of

log = logging.getLogger(__name__)

TYPES = (discord.MessageType.default, discord.MessageType.reply)


class Messages:
    """Answers messages, each once, whatever the gateway repeats."""

    def __init__(self, desk: Desk, options: Options) -> None:
        self._desk = desk
        self._options = options
        self._replies = Replies()
        self._seen = Seen()
        self._told_of: set[tuple[int, str]] = set()

    async def received(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer if it is for the bot. Failures are logged, a line each."""
        hint = ""
        if not is_for(message, me):
            hint = self._hint_for(message, me)
            if not hint:
                return
        if not self._options.allows(message.channel):
            return
        if not self._seen.first_time(message.id):
            return
        if not may_answer(message):
            self._tell_once(
                message.channel.id, "may not write there; give it View Channel and Send Messages"
            )
            return
        with self._desk.underway:
            try:
                await (self._hint(message, hint) if hint else self._answer(message))
            except discord.Forbidden as error:
                self._tell_once(message.channel.id, f"was refused to write there: {error.text}")
            except UNREACHED as error:
                log.warning("could not answer message %d: %s", message.id, one_line(error))
            except Exception:
                log.exception("message %d failed", message.id)
                await self._say_failed(message)

    async def _say_failed(self, message: discord.Message) -> None:
        line = self._desk.answerer.texts.discord_failed.format(id=message.id)
        try:
            await self._replies.send(message, payload_of(self._desk.renderer.note(line)))
        except (*UNREACHED, RuntimeError) as error:  # RuntimeError: the client is closed
            log.warning("and its asker could not be told: %s", one_line(error))

    def _hint_for(self, message: discord.Message, me: discord.ClientUser) -> str:
        """How to ask, where a message was meant for the bot whose text does not reach it."""
        if not is_persons(message) or message.content:
            return ""
        texts = self._desk.answerer.texts
        if mentions_role(message):
            return texts.discord_role_mentioned
        return texts.discord_empty_reply if replies_to_response(message, me) else ""

    async def _hint(self, message: discord.Message, hint: str) -> None:
        if self._desk.courtesy.may_hint(message.author.id):
            await self._replies.send(message, payload_of(self._desk.renderer.note(hint)))

    async def _answer(self, message: discord.Message) -> None:
        desk, person, channel = self._desk, message.author.id, message.channel.id
        since, public = desk.clock(), not is_direct(message)
        wait = desk.courtesy.wait(person, channel if public else None, exempt=moderates(message))
        if wait:
            await self._ask_to_wait(message, wait)
            return
        await desk.turns.wait()
        text = without_mentions(message.content)
        if not text:
            said = desk.answerer.texts.discord_how_to_ask
            said = said.format(title=desk.answerer.title)
            offer = desk.renderer.offer(said, desk.examples(), person)
            await self._replies.send(message, payload_of(offer))
            return
        asker = Asker(person, channel, since, public)
        addressed = desk.ask(text, asker, anchor_of(message))
        desk.sent(addressed, await self._tell(message, addressed))

    async def _tell(self, message: discord.Message, addressed: AddressedReply) -> int | None:
        """Send the answer, and give its id; or a link to the one that the channel has."""
        desk = self._desk
        while True:
            with desk.claimed(addressed) as claimed:
                if claimed:
                    reply, person = addressed.reply, message.author.id
                    payload = desk.payload(reply, person, addressed.notice)
                    sent = await self._replies.send(message, payload)
                    desk.tell(addressed, sent)
                    return sent
            told = await desk.told(addressed)
            if told is not None:
                await self._link(message, told)
                return None

    async def _link(self, message: discord.Message, told: int) -> None:
        server = message.guild.id if message.guild else "@me"
        link = f"https://discord.com/channels/{server}/{message.channel.id}/{told}"
        line = self._desk.answerer.texts.discord_told_above.format(link=link)
        await self._replies.send(message, payload_of(self._desk.renderer.note(line)))

    async def _ask_to_wait(self, message: discord.Message, seconds: int) -> None:
        """By a sign; or by a line, once a wait: else anybody could make it fill the channel."""
        author, channel = message.author.id, message.channel.id
        sign = sign_of(seconds)
        if sign and may(message, "add_reactions", "read_message_history"):
            try:
                await react(message, sign)
            except discord.Forbidden as error:  # whoever blocks the bot gets no reaction from it
                self._tell_once(
                    channel, f"was refused to react there: {error.text}; a line says it"
                )
            else:
                return
        if self._desk.courtesy.may_hint(author, f"wait in {channel}", seconds):
            line = self._desk.answerer.texts.discord_wait.format(seconds=seconds)
            await self._replies.send(message, payload_of(self._desk.renderer.note(line)))

    def _tell_once(self, channel: int, what: str) -> None:
        """A line for whoever runs the bot, once a channel: a mention must not fill the log."""
        if (channel, what) not in self._told_of:
            self._told_of.add((channel, what))
            log.warning("was asked in channel %d but %s", channel, what)


def is_for(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message is meant for the bot: a person's, in private, or with a mention of it.

    A reply with ping counts, for Discord lists whom it pings among the mentions; so does the bot's
    own role where Discord shows the text then; @everyone does not.
    """
    if not is_persons(message):
        return False
    if is_direct(message) or any(user.id == me.id for user in message.mentions):
        return True
    return bool(message.content) and mentions_role(message)


def mentions_role(message: discord.Message) -> bool:
    """Whether it mentions the bot's own role, which the client lists beside the bot itself."""
    roles, server = message.role_mentions, message.guild
    return bool(roles) and server is not None and server.self_role in roles


def is_direct(message: discord.Message) -> bool:
    """Whether it was written to the bot in private. A server that is not in the cache is none."""
    return isinstance(message.channel, discord.DMChannel)


def is_persons(message: discord.Message) -> bool:
    return not message.author.bot and message.webhook_id is None and message.type in TYPES


def replies_to_response(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether it replies to our response to a command, and so not to us for Discord."""
    response = message.reference.resolved if message.reference else None
    return (
        isinstance(response, discord.Message)
        and response.author.id == me.id
        and response.interaction_metadata is not None
        and all(user.id != me.id for user in message.mentions)
    )


def moderates(message: discord.Message) -> bool:
    """Whether its author moderates the channel."""
    author, channel = message.author, message.channel
    if not isinstance(author, discord.Member) or not isinstance(
        channel, discord.abc.GuildChannel | discord.Thread
    ):
        return False
    return channel.permissions_for(author).manage_messages


def anchor_of(message: discord.Message) -> Press | None:
    """What our message that this one replies to told, or else offered; its buttons tell."""
    resolved = message.reference.resolved if message.reference else None
    if not isinstance(resolved, discord.Message) or not resolved.author.bot:
        return None
    offered: list[Press] = []
    for row in resolved.components:
        for component in getattr(row, "children", ()):
            press = parse(getattr(component, "custom_id", None) or "")
            if press is not None and press.verb == "follow":
                return press
            if press is not None and press.verb == "show":
                offered.append(press)
    if not offered:
        return None
    return replace(offered[0], facts=tuple(fact for press in offered for fact in press.facts))
