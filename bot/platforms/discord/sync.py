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

log = logging.getLogger(__name__)

FILE = "discord-commands.json"
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

    The tree holds them either globally or for `server`, never both, and so will Discord: where they
    were before and are no longer, they are taken away. `data` is the folder that keeps what was
    sent last; where it cannot be written, they are sent every time. Raises one of REFUSALS.
    """
    now = Registered(application, server.id if server else None, tree_hash(tree, server))
    path = data / FILE
    before = await asyncio.to_thread(_read, path)
    if before == now and not always:
        return
    moved = before is not None and before.application == application
    if server is not None:
        await tree.sync()  # none there: what was registered for everywhere goes
    elif moved and before is not None and before.server is not None:
        await tree.sync(guild=discord.Object(before.server))
    await tree.sync(guild=server)
    try:
        await asyncio.to_thread(_write, path, now)
    except OSError as error:
        log.warning("cannot note the commands in %s: %s; set FOOTNOTE_DATA", path, error.strerror)


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
