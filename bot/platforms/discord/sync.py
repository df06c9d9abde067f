"""Registers the commands with Discord, but only when they have changed since the last time."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)

FILE = "discord-commands.json"


def tree_hash(tree: app_commands.CommandTree[Any]) -> str:
    """The SHA-256 of all commands as they would be sent."""
    commands = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()


async def synchronise(tree: app_commands.CommandTree[Any], application: int, data: Path) -> bool:
    """Send the commands unless they are known to be there; whether they were sent.

    `data` is the folder that keeps what was sent last; where it cannot be written, they are sent
    every time. A refusal is logged: the bot answers without its commands, too.
    """
    state = {"application": application, "commands": tree_hash(tree)}
    path = data / FILE
    if await asyncio.to_thread(_read, path) == state:
        return False
    try:
        await tree.sync()
    except (discord.HTTPException, app_commands.CommandSyncFailure) as error:
        log.warning("Discord refused the commands (%s); they are as they were", one_line(error))
        return False
    try:
        await asyncio.to_thread(_write, path, state)
    except OSError as error:
        log.warning("cannot note the commands in %s: %s; set FOOTNOTE_DATA", path, error.strerror)
    return True


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # not there, or not ours: the commands are sent anew


def _write(path: Path, state: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(state), encoding="utf-8")


def one_line(error: Exception) -> str:
    return " ".join(str(error).split())
