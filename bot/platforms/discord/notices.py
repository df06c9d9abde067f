"""Notices to the moderators: once that nothing is remembered, not at every attempt."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import discord

from bot.platforms.discord.desk import Desk
from bot.platforms.discord.options import Options
from bot.platforms.discord.permissions import home_server
from bot.platforms.discord.plain import shown
from bot.platforms.discord.sending import NOBODY

log = logging.getLogger(__name__)

# Seconds between two notices: a disk that comes and goes must not fill a channel.
BETWEEN = 6 * 3600.0


class Notices:
    """Tells the moderators through whichever client is connected. Owns one task."""

    def __init__(self, desk: Desk, options: Options) -> None:
        self._desk = desk
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
        while True:
            await self._changed.wait()
            self._changed.clear()
            now = self._desk.sessions.clock()
            if self._told_at is None or now - self._told_at >= BETWEEN:
                self._told_at = now
                await self._tell(client)

    async def _tell(self, client: discord.Client) -> None:
        text = self._desk.answerer.texts.discord_notice.format(
            reason=shown(self._trouble or "", 1000)
        )
        try:
            place = await self._place(client)
            if place is None:
                log.info("nobody to tell; set DISCORD_MODERATORS to a channel's id")
                return
            await place.send(text, allowed_mentions=NOBODY)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("could not tell the moderators (%s); set DISCORD_MODERATORS", error)

    async def _place(self, client: discord.Client) -> discord.abc.Messageable | None:
        """The channel in the settings; else where Discord tells the home server's moderators
        things; else that server's owner, in private."""
        if self._options.moderators is not None:
            return client.get_partial_messageable(self._options.moderators)
        home = home_server(self._desk, client)
        server = client.get_guild(home) if home is not None else None
        if server is None:
            return None
        channel = server.public_updates_channel
        if channel is not None or server.owner_id is None:
            return channel
        return await client.create_dm(discord.Object(server.owner_id))
