"""The store, for the commands that look into it; the bot may be running."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from bot.store.store import Store


@asynccontextmanager
async def opened_store(settings: Settings, *, create: bool = False) -> AsyncIterator[Store]:
    """The store in the data folder, made if `create` and there is none.

    Raises StoreError where there is none, or none of use.
    """
    key = settings.key.reveal().encode() if settings.key else None
    store = await Store.open(settings.data, key=key, now=time.time, create=create)
    try:
        yield store
    finally:
        await store.close()
