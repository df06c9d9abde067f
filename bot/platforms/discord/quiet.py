"""discord.py's own log made fit for a host's log: no chatter, and a lost connection in one line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_library() -> Iterator[None]:
    """While in the block, discord.py logs warnings and above, without a network error's traceback.

    At level DEBUG it may say everything.
    """
    library = logging.getLogger("discord")
    client = logging.getLogger("discord.client")
    before = library.level
    if logging.getLogger().getEffectiveLevel() > logging.DEBUG:
        library.setLevel(logging.WARNING)
    client.addFilter(_wanted)
    try:
        yield
    finally:
        library.setLevel(before)
        client.removeFilter(_wanted)


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
