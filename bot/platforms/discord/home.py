"""The home server: the one whose moderators look after the facts."""

from __future__ import annotations

import logging

import discord

from bot.platforms.discord.notebook import Notebook
from bot.store.errors import StoreError

NAME = "discord home server"  # of what the store keeps
NOWHERE = 0  # no server's id: it was in several when that was to be decided

log = logging.getLogger(__name__)


class Home:
    """The server in the settings; else the first that the bot is in, for good, and none, for good,
    where it is in several when that is first decided.

    It never becomes another one by itself: a bot that was taken off its owner's server would else
    belong to whoever else invited it. Kept in the store; where there is none, while the process
    lives. Where the store has trouble it is not known, unless it was before.
    """

    def __init__(self, chosen: int | None, notebook: Notebook) -> None:
        self._chosen = chosen
        self._notebook = notebook
        self._decided: int | None = None
        self._kept = False
        self._told = False

    async def server(self, client: discord.Client) -> int | None:
        """Its id; None where there is none, or the bot is no longer in the one that it was."""
        if self._chosen is not None:
            return self._chosen
        if not self._kept:
            await self._decide(client)
        is_there = self._decided is not None and client.get_guild(self._decided) is not None
        return self._decided if is_there else None

    async def tell(self, client: discord.Client) -> None:
        """Log once where the settings name none, now that all servers are known."""
        home = await self.server(client)
        if self._chosen is not None or self._told or not client.guilds:
            return
        self._told = True
        if home is None:
            log.warning(
                "FOOTNOTE_HOME_SERVER is not set, and which of its servers is the bot's home is "
                "not known, so nobody can use /facts; set it to the id of one"
            )
        else:
            log.warning(
                "FOOTNOTE_HOME_SERVER is not set: who manages the server %d may change the facts; "
                "set it to that id, or to the id of another",
                home,
            )

    async def _decide(self, client: discord.Client) -> None:
        """By what was decided before, if that is known; else by where the bot is now."""
        found = self._decided if self._decided is not None else only_server(client)
        try:
            if found is None:
                kept = await self._notebook.keep(lambda store: store.decided.get(NAME))
            else:
                kept = await self._notebook.keep(lambda store: store.decided.keep(NAME, str(found)))
        except StoreError:  # logged by the memory, if there is one; the next call tries again
            if self._notebook.memory is None:
                self._decided = found
            # Else another may have been decided, and a stranger's must not take its place.
            return
        if kept is not None:
            self._decided, self._kept = int(kept), True


def only_server(client: discord.Client) -> int | None:
    """The one server that the bot is in, or NOWHERE if it is in several; None: in none, or not all
    of them are known yet."""
    if not client.guilds or ((client.shard_count or 1) > 1 and not client.is_ready()):
        return None
    return client.guilds[0].id if len(client.guilds) == 1 else NOWHERE
