"""Ends what takes long when the program is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Stopped(Exception):
    """It was not done to its end, because the program is to stop."""


@asynccontextmanager
async def unless(stop: asyncio.Event) -> AsyncIterator[None]:
    """As long as `stop` is not set. When it is, the block is cancelled and Stopped is raised."""
    loop = asyncio.get_running_loop()
    waiting = asyncio.create_task(stop.wait(), name="stop")
    try:
        async with asyncio.timeout(None) as limit:
            waiting.add_done_callback(
                lambda task: None if task.cancelled() else limit.reschedule(loop.time())
            )
            yield
    except TimeoutError:
        if not limit.expired():
            raise
        raise Stopped from None
    finally:
        waiting.cancel()
