"""Forgets what people said when its time is over, also where nobody says anything any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.platforms.discord.desk import Desk
from bot.stopping import log_end

EVERY = 60.0  # seconds


@asynccontextmanager
async def sweeping(desk: Desk, every: float = EVERY) -> AsyncIterator[None]:
    """Look every so many seconds, until the block ends, for what is to be forgotten."""
    task = asyncio.create_task(_sweep(desk, every), name="sweeping")
    task.add_done_callback(log_end)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait((task,))


async def _sweep(desk: Desk, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        desk.sweep()
