"""discord.py's own log made fit for a host's log: no chatter, and a lost connection in one line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import discord

from bot.platforms.discord.client import ACKNOWLEDGED, EXPIRED

# At level DEBUG these log whole payloads: what people wrote.
WITH_WORDS = ("discord.gateway", "discord.http", "discord.webhook.async_")


@contextmanager
def quiet_library() -> Iterator[None]:
    """While in the block, discord.py logs warnings and above, without a network error's traceback.

    At level DEBUG it may say everything but what people wrote.
    """
    library = logging.getLogger("discord")
    wordy = [logging.getLogger(name) for name in WITH_WORDS]
    client = logging.getLogger("discord.client")
    commands = logging.getLogger("discord.app_commands.tree")
    before = library.level
    if logging.getLogger().getEffectiveLevel() > logging.DEBUG:
        library.setLevel(logging.WARNING)
    for logger in wordy:
        logger.addFilter(_without_words)
    client.addFilter(_wanted)
    commands.addFilter(_in_time)
    try:
        yield
    finally:
        library.setLevel(before)
        for logger in wordy:
            logger.removeFilter(_without_words)
        client.removeFilter(_wanted)
        commands.removeFilter(_in_time)


def _without_words(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG


def _wanted(record: logging.LogRecord) -> bool:
    """Drop the warnings about voice; turn a reconnect's traceback into the error's own sentence."""
    if "voice will NOT be supported" in str(record.msg):
        return False
    if record.exc_info and str(record.msg).startswith("Attempting a reconnect"):
        error = record.exc_info[1]
        record.msg = f"{record.msg} (%s)"
        record.args = (*(record.args if isinstance(record.args, tuple) else ()), repr(error))
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def _in_time(record: logging.LogRecord) -> bool:
    """Drop the completions that came too late: whoever types on has asked for others by then."""
    error = record.exc_info[1] if record.exc_info else None
    too_late = isinstance(error, discord.HTTPException) and error.code in (EXPIRED, ACKNOWLEDGED)
    return not (too_late and str(record.msg).startswith("Ignoring exception in autocomplete"))
