"""Copies of the store."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.store.database import Database
from bot.store.errors import StoreError


async def write_backup(database: Database, file: Path) -> None:
    """Write a whole copy of this moment into a new file. Raises StoreError."""
    if await asyncio.to_thread(file.exists):
        raise StoreError(f"{file}: is there already; name a new file")
    partial = file.with_name(f".{file.name}.partial")
    try:
        await asyncio.to_thread(partial.unlink, missing_ok=True)
        # One statement sees one moment, whoever writes meanwhile; the copy is compact, and no WAL.
        await database.rows("VACUUM INTO ?", (str(partial),))
        await asyncio.to_thread(partial.replace, file)
    except OSError as error:
        raise StoreError(f"{file}: cannot be written ({error.strerror}); name another") from error
    finally:
        if await asyncio.to_thread(partial.exists):
            await asyncio.to_thread(partial.unlink)
