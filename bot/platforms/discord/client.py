"""The Discord client: fewest intents, smallest caches, and the ways of asking joined together."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.heap import give_back
from bot.platforms.discord.answering import answered
from bot.platforms.discord.asking import Asking
from bot.platforms.discord.browsing import Browsing, GoButton, PickMenu
from bot.platforms.discord.buttons import PressButton
from bot.platforms.discord.changes import ChangeButton
from bot.platforms.discord.commands import all_commands
from bot.platforms.discord.curating import Curating
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.invite import invite_url
from bot.platforms.discord.messages import Messages
from bot.platforms.discord.options import Options
from bot.platforms.discord.presses import Presses
from bot.platforms.discord.privacy import WishButton
from bot.platforms.discord.sending import NOBODY, UNREACHED, one_line, respond
from bot.platforms.discord.starts import Starts
from bot.platforms.discord.sync import REFUSALS, synchronise

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]

# Discord's codes for an interaction that has run out, or that was answered already.
EXPIRED, ACKNOWLEDGED = 10062, 40060

# Seconds without a connection after which discord.py is not trusted to make one: it asks for the
# session of before where Discord last said to, and nowhere else, however long nothing is there.
HOPELESS = 300.0

# Seconds before another session is begun: what Discord wants at the least, and what fits into an
# attempt, to which discord.py gives 60.
BETWEEN, PATIENT = 5.0, 30.0


def intents() -> discord.Intents:
    """What the bot has to hear of: its servers and channels, and messages. None is privileged."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class TooOften(discord.DiscordException):
    """So many sessions were begun lately that the next has to wait."""


class Tree(app_commands.CommandTree["FootnoteClient"]):
    """The commands; an error in one is told like any other."""

    async def on_error(
        self,
        interaction: discord.Interaction[FootnoteClient],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await self.client.tell_error(interaction, cause)


class FootnoteClient(discord.Client):
    """Answers on Discord what the desk answers. `data` keeps what commands were registered;
    `starts` counts its sessions."""

    def __init__(
        self,
        desk: Desk,
        options: Options,
        data: Path,
        starts: Starts,
        **library: Any,  # noqa: ANN401 - discord.py's own options
    ) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=NOBODY,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **library,
        )
        self.desk = desk
        self.asking = Asking(desk, options)
        self.presses = Presses(desk, self.asking)
        self.browsing = Browsing(desk)
        self.curating = Curating(desk)
        self._messages = Messages(desk, options)
        self._data = data
        self._starts = starts
        self._sessions = 0
        self._server = options.test_server
        self._channels = options.channels
        self.registers_itself = True
        self.was_connected = False
        self.given_up = asyncio.Event()  # set where it connects no more, and a new one has to
        self._lost_at: float | None = None
        self._tree = Tree(self)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(PressButton, GoButton, PickMenu, WishButton, ChangeButton)
        if self.registers_itself:
            await self.synchronise()

    async def before_identify_hook(self, _shard: int | None, *, initial: bool = False) -> None:
        """Count the session that is now begun, and let no more be begun than Discord allows.

        Each connection's first was waited for before. Raises TooOften where another has to wait for
        long.
        """
        pause = 0.0 if initial else BETWEEN
        if self._sessions >= (self.shard_count or 1):
            pause = max(BETWEEN, await asyncio.to_thread(self._starts.pause))
        if pause > PATIENT:
            raise TooOften("one session after the other was lost")
        await asyncio.sleep(pause)
        self._sessions += 1
        await asyncio.to_thread(self._starts.note)

    async def synchronise(self) -> None:
        """Register the commands if they have changed; a refusal is logged, not raised.

        The bot answers mentions without its commands, too, and those of before still work.
        """
        try:
            await self.register()
        except REFUSALS as error:
            log.warning("Discord refused the commands: %s; they are as before", one_line(error))

    async def register(self, *, always: bool = False) -> int:
        """Make the commands for the facts in use and register them; how many there are."""
        server = discord.Object(self._server) if self._server else None
        commands = all_commands(self.desk, self.asking, self.browsing, self.curating)
        self._tree.clear_commands(guild=server)
        for command in commands:
            self._tree.add_command(command, guild=server)
        application = self.application_id or 0
        await synchronise(self._tree, application, self._data, server, always=always)
        return len(commands)

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        """Tell of an event. Closed, it has no loop to tell it in, though discord.py may be about to
        say that it is ready."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_connect(self) -> None:
        self._begin()
        self.was_connected = True
        self._log_connected()
        await self.desk.home.server(self)  # decided before it is in others

    def _begin(self) -> None:
        """A new session: what was deleted before it is never heard of."""
        self._lost_at = None
        self.desk.courtesy.forget_told()

    def _log_connected(self) -> None:
        log.info("connected to Discord as %s; servers: %d", self.user, len(self.guilds))
        self._log_invitation()

    def _log_invitation(self) -> None:
        """Say where it can be invited if it is in no server, now that all are known."""
        if not self.guilds:
            log.info("in no server; invite it: %s", invite_url(self.application_id or 0))

    async def on_ready(self) -> None:
        """Tell of what is set and cannot be meant, now that all servers are known."""
        give_back()  # what connecting took and left; all that was there before is frozen
        home = self.desk.home_server
        if home is not None and self.get_guild(home) is None:
            log.warning(
                "FOOTNOTE_HOME_SERVER: the bot is not in the server %d, so nobody can use /facts; "
                "invite it there, or correct the id",
                home,
            )
        await self.desk.home.tell(self)
        unknown = sorted(one for one in self._channels if self.get_channel(one) is None)
        if unknown:
            log.warning(
                "DISCORD_CHANNELS: %s: in none of the bot's servers; invite it there, or correct "
                "the ids",
                ", ".join(map(str, unknown)),
            )

    async def on_guild_join(self, _server: discord.Guild) -> None:
        await self.desk.home.server(self)  # as above: it may be the first

    async def on_guild_remove(self, server: discord.Guild) -> None:
        """It was thrown out, or the server was deleted; one that Discord has trouble with stays."""
        log.info("no longer in the server %d", server.id)
        if self.was_connected:
            self._log_invitation()

    async def on_disconnect(self) -> None:
        """discord.py says so as a connection ends, and of each attempt that comes to nothing."""
        now = self.desk.clock()
        if self._lost_at is None:
            log.debug("disconnected; discord.py connects again by itself")
            self._lost_at = now
        elif now - self._lost_at >= HOPELESS:
            self.given_up.set()

    async def on_resumed(self) -> None:
        self._lost_at = None
        log.info("connected to Discord again, and got what was missed")

    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None:
            await self._messages.received(message, self.user)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.desk.courtesy.deleted(event.message_id)

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        for message in event.message_ids:
            self.desk.courtesy.deleted(message)

    async def on_interaction(self, interaction: Interaction) -> None:
        # Forms only: discord.py itself takes commands and buttons to where they belong.
        if interaction.type is discord.InteractionType.modal_submit:
            await answered(interaction, self._submitted(interaction))

    async def _submitted(self, interaction: Interaction) -> None:
        if not await self.curating.submitted(interaction):
            await self.presses.submitted(interaction)

    async def tell_error(self, interaction: Interaction, error: Exception) -> None:
        """Tell the person in a sentence, privately, and the log in full."""
        if isinstance(error, discord.HTTPException) and error.code in (EXPIRED, ACKNOWLEDGED):
            log.warning("interaction %d could not be answered: %s", interaction.id, error.text)
            return
        if self.is_closed():
            log.warning("interaction %d was not answered: the bot was stopped", interaction.id)
            return
        log.error("interaction %d failed", interaction.id, exc_info=error)
        text = self.desk.answerer.texts.discord_failed.format(id=interaction.id)
        try:
            await respond(interaction, self.desk.renderer.note(text), private=True)
        except UNREACHED as second:
            log.warning("and its asker could not be told: %s", one_line(second))


class ShardedClient(FootnoteClient, discord.AutoShardedClient):
    """The same over several connections: discord.py's own sharding."""

    async def on_connect(self) -> None:
        """Say nothing yet: each connection knows of its own servers alone, and another may be
        refused for good."""
        self._begin()

    async def on_ready(self) -> None:
        self.was_connected = True
        self._log_connected()
        await super().on_ready()


def make_client(desk: Desk, options: Options, data: Path, starts: Starts) -> FootnoteClient:
    """The client that the options ask for."""
    if options.shards is None:
        return FootnoteClient(desk, options, data, starts)
    return ShardedClient(desk, options, data, starts, shard_count=options.shards)
