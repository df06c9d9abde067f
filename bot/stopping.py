"""Ends what takes long when the program is told to stop, and tells of what ends by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)


class Stopped(Exception):
    """It was not done to its end, because the program is to stop."""


@asynccontextmanager
async def unless(stop: asyncio.Event) -> AsyncIterator[None]:
    """As long as `stop` is not set. When it is, the block is cancelled and Stopped is raised; where
    it is set already, the block is not begun."""
    if stop.is_set():
        raise Stopped
    try:
        async with asyncio.timeout(None) as limit:
            waiting = asyncio.create_task(_end(limit, stop), name="stop")
            try:
                yield
            finally:  # before the limit is left, which may not be changed any more then
                waiting.cancel()
                await asyncio.wait([waiting])
    except TimeoutError:
        if not limit.expired():
            raise
        raise Stopped from None


async def _end(limit: asyncio.Timeout, stop: asyncio.Event) -> None:
    await stop.wait()
    limit.reschedule(asyncio.get_running_loop().time())


async def within(seconds: float, waiting: Awaitable[object]) -> bool:
    """Wait, but no longer than this; whether what is waited for came."""
    try:
        async with asyncio.timeout(seconds):
            await waiting
    except TimeoutError:
        return False
    return True


def log_end(task: asyncio.Task[None]) -> None:
    """Log the error of a task that nobody waits for, when it is done: else it would die unheard."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the task %r ended by itself", task.get_name(), exc_info=error)
