"""The store, for the commands that look into it; the bot may be running."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from bot.store.store import Store


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """The store in the data folder. Raises StoreError where there is none, or none of use."""
    key = settings.key.reveal().encode() if settings.key else None
    store = await Store.open(settings.data, key=key, now=time.time, create=False)
    try:
        yield store
    finally:
        await store.close()
