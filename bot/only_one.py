"""Lets one `serve` at a time use a data folder: two with one token would answer everything twice.

A second one waits in place of ending, so that a new one can be started before the old one is
stopped.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from bot.locking import Hold, hold

FILE = "serving.lock"  # empty
POLL = 1.0  # seconds between two looks whether the other one has ended

log = logging.getLogger(__name__)


@asynccontextmanager
async def only_one(
    data: Path, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> AsyncIterator[None]:
    """Wait until no other process is in this block with the same folder; `sleep` waits for it.

    Where nothing can be locked (Windows, a folder that may not be written), nobody is waited for.
    """
    file = _opened(data)
    if file is None:
        yield
        return
    with file:
        if hold(file) is Hold.ANOTHERS:
            log.warning("another `serve` uses %s; waiting for it to end", data)
            while hold(file) is Hold.ANOTHERS:
                await sleep(POLL)
            log.info("the other one has ended")
        yield


def _opened(data: Path) -> IO[bytes] | None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        return (data / FILE).open("wb")
    except OSError:
        return None  # the store tells of it
