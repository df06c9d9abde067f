"""Notices to the moderators: once that nothing is remembered, not at every attempt."""

from __future__ import annotations

import asyncio
import logging

import discord

from bot.platforms.discord.desk import Desk
from bot.platforms.discord.home import only_server
from bot.platforms.discord.options import Options
from bot.platforms.discord.plain import shown
from bot.platforms.discord.sending import NOBODY, UNREACHED, one_line
from bot.stopping import within

log = logging.getLogger(__name__)

# Seconds between two notices: a disk that comes and goes must not fill a channel.
BETWEEN = 6 * 3600.0
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 3600.0  # seconds until a notice that failed is tried again


class Notices:
    """Tells the moderators through whichever client is connected. Owns one task."""

    def __init__(self, desk: Desk, options: Options, *, pause: float = FIRST_PAUSE) -> None:
        """`pause` is how many seconds it waits after the first failure, and then twice as long."""
        self._desk = desk
        self._pause = pause
        self._options = options
        self._trouble: str | None = None
        self._told_at: float | None = None
        self._changed = asyncio.Event()

    def trouble(self, reason: str) -> None:
        """Remembering has stopped; returns at once."""
        self._trouble = reason
        self._changed.set()

    async def watch(self, client: discord.Client) -> None:
        """Tell, as long as this client is connected; cancel it when it is not."""
        await client.wait_until_ready()
        pause = self._pause
        while True:
            await self._changed.wait()
            if not self._desk.notebook.remembering:  # still
                if left := self._until_due():
                    await self._rest(left)
                    continue
                if not await self._tell(client):
                    await self._rest(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
                    continue
            self._changed.clear()
            pause = self._pause

    def _until_due(self) -> float:
        """Seconds until the next notice may be sent."""
        if self._told_at is None:
            return 0.0
        return max(0.0, self._told_at + BETWEEN - self._desk.clock())

    async def _rest(self, seconds: float) -> None:
        """Wait so long, but no longer than until the next trouble; then there is one to be told."""
        self._changed.clear()
        try:
            await within(seconds, self._changed.wait())
        finally:  # also for the next client, should this one be cancelled
            self._changed.set()

    async def _tell(self, client: discord.Client) -> bool:
        """Whether it was told."""
        text = self._desk.answerer.texts.discord_notice.format(
            reason=shown(self._trouble or "", 1000)
        )
        try:
            place = await self._place(client)
            if place is None:
                log.info("nobody to tell; set DISCORD_MODERATORS to a channel's id")
                return False
            await place.send(text, allowed_mentions=NOBODY)
        except UNREACHED as error:
            refused = isinstance(error, discord.HTTPException) and error.status < 500
            remedy = "set DISCORD_MODERATORS to a channel where it may write"
            if not refused:
                remedy = "it is tried again"
            log.warning("could not tell the moderators (%s); %s", one_line(error), remedy)
            return False
        self._told_at = self._desk.clock()
        return True

    async def _place(self, client: discord.Client) -> discord.abc.Messageable | None:
        """The channel in the settings; else where Discord tells the home server's moderators
        things; else that server's owner, in private."""
        if self._options.moderators is not None:
            return client.get_partial_messageable(self._options.moderators)
        # Which one is home may not be known while the store has trouble.
        home = await self._desk.home.server(client) or only_server(client)
        server = client.get_guild(home) if home is not None else None
        if server is None:
            return None
        channel = server.public_updates_channel
        if channel is not None or server.owner_id is None:
            return channel
        return await client.create_dm(discord.Object(server.owner_id))
