"""Registers the commands with Discord, but only when they have changed since the last time."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.platforms.discord.sending import one_line

log = logging.getLogger(__name__)

FILE = "discord-commands.json"
FEW = 10  # servers that are looked at for commands of before, each of which takes a request
REFUSALS = (discord.HTTPException, app_commands.CommandSyncFailure)


@dataclass(frozen=True, slots=True)
class Registered:
    """What was sent last: for which bot, to which server (None: everywhere), which commands."""

    application: int
    server: int | None
    commands: str


def tree_hash(tree: app_commands.CommandTree[Any], server: discord.Object | None) -> str:
    """The SHA-256 of all commands as they would be sent."""
    commands = [command.to_dict(tree) for command in tree.get_commands(guild=server)]
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()


async def synchronise(
    tree: app_commands.CommandTree[Any],
    application: int,
    data: Path,
    server: discord.Object | None,
    *,
    always: bool = False,
) -> None:
    """Send the commands unless they are known to be there already (`always`: even then).

    The tree holds them either globally or for `server`, never both, and so will Discord: as soon as
    they are there, they are taken away from where they were before. Where that is not known, and
    with `always`, it is looked up: globally, and in the bot's servers if they are FEW. `data` is
    the folder that keeps what was sent last; where it cannot be written, they are sent every time.
    Raises one of REFUSALS where Discord does not take them; nothing has changed then. What cannot
    be taken away is logged.
    """
    now = Registered(application, server.id if server else None, tree_hash(tree, server))
    path = data / FILE
    before = await asyncio.to_thread(_read, path)
    if before == now and not always:
        return
    await tree.sync(guild=server)
    elsewhere = set[int | None]()
    try:
        if before is not None and before.application == application:
            elsewhere.add(before.server)
        if always or not elsewhere:
            elsewhere |= await _registered(tree)
        for place in elsewhere - {now.server}:
            await _take_away(tree, place)
    except REFUSALS as error:
        what = "could not take away what is registered elsewhere"
        log.warning("%s: %s; the next start tries again", what, one_line(error))
        return
    try:
        await asyncio.to_thread(_write, path, now)
    except OSError as error:
        log.warning("cannot note the commands in %s: %s; set FOOTNOTE_DATA", path, error.strerror)


async def _registered(tree: app_commands.CommandTree[Any]) -> set[int | None]:
    """Where the bot has commands (None: globally); in its servers only if they are FEW."""
    guilds = tree.client.fetch_guilds(limit=FEW + 1, with_counts=False)
    servers = [guild.id async for guild in guilds]
    found = set[int | None]()
    for place in (None, *(servers if len(servers) <= FEW else ())):
        try:
            if await tree.fetch_commands(guild=_snowflake(place)):
                found.add(place)
        except discord.Forbidden:  # invited without commands, so it has none there
            continue
    return found


async def _take_away(tree: app_commands.CommandTree[Any], place: int | None) -> None:
    """Empty the list of commands there, of which the tree holds none."""
    try:
        await tree.sync(guild=_snowflake(place))
    except (discord.Forbidden, discord.NotFound) as error:
        # It has left that server, or was never in it: no later attempt would get further.
        where = "all servers" if place is None else f"the server {place}"
        log.warning("could not take the commands out of %s: %s", where, one_line(error))


def _snowflake(place: int | None) -> discord.Object | None:
    return None if place is None else discord.Object(place)


def _read(path: Path) -> Registered | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Registered(kept["application"], kept["server"], kept["commands"])
    except (OSError, ValueError, TypeError, KeyError):
        return None  # not there, or not ours: the commands are sent anew


def _write(path: Path, registered: Registered) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "application": registered.application,
        "server": registered.server,
        "commands": registered.commands,
    }
    path.write_text(json.dumps(kept), encoding="utf-8")
