"""One SQLite file through one connection: one act at a time, each in a transaction of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiosqlite

from bot.store.errors import StoreError, told
from bot.store.migrations import APPLICATION, LATEST, MIGRATIONS

FILE = "footnote.sqlite3"
PRIVATE = 0o600  # SQLite gives its other files the same permissions
BUSY = 5.0  # seconds to wait for another process that is writing

Row = tuple[Any, ...]


class Database:
    """Made by `open_database`. Whatever SQLite raises arrives as a StoreError."""

    def __init__(self, file: Path, connection: aiosqlite.Connection, busy: float) -> None:
        self.file = file
        self._busy = busy
        self._connection = connection
        self._turn = asyncio.Lock()
        self._inode = file.stat().st_ino

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """A transaction: all of it is on the disk after the block, or nothing is.

        Raises StoreError, also where the file is no longer the one that was opened.
        """
        async with self._turn:
            try:
                await asyncio.to_thread(self._check_in_place)
                async with transaction(self._connection):
                    yield self._connection
            except (sqlite3.Error, OSError, ValueError, RuntimeError) as error:
                raise told(self.file, error) from error

    async def rows(self, sql: str, parameters: Iterable[Any] = ()) -> list[Row]:
        """The rows of a query. Raises StoreError."""
        async with self._turn:
            try:
                return [tuple(r) for r in await self._connection.execute_fetchall(sql, parameters)]
            except (sqlite3.Error, ValueError) as error:
                raise told(self.file, error) from error

    async def wipe(self) -> None:
        """Write the log back and empty it: what was deleted still stands in its old pages.

        Never raises: the deletion itself is on the disk. Where another process reads what was
        before, or the file has trouble, it is left to the next time.
        """
        async with self._turn:
            # Of a closed store the log is gone already (ValueError); a reader is told in the row.
            with suppress(sqlite3.Error, ValueError):
                # It would hold the right to write while it waits for readers.
                await self._connection.execute_fetchall("PRAGMA busy_timeout = 0")
                try:
                    await self._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    wait = f"PRAGMA busy_timeout = {round(self._busy * 1000)}"
                    await self._connection.execute_fetchall(wait)

    async def close(self) -> None:
        """Close it; what was committed is in the file. Never raises for a file that has trouble."""
        async with self._turn:
            await _close(self._connection)

    def _check_in_place(self) -> None:
        """Else what is written would go to a file that nobody finds again."""
        if self.file.stat().st_ino != self._inode:
            raise OSError(0, "the file was replaced")


async def open_database(file: Path, *, create: bool, busy: float = BUSY) -> Database:
    """Open the file, make it if `create`, and bring it to the present form.

    Raises StoreError: it is not there, damaged, of a newer version, or something else's.
    """
    try:
        if create:
            await asyncio.to_thread(file.parent.mkdir, parents=True, exist_ok=True)
            await asyncio.to_thread(file.touch, PRIVATE)
        elif not await asyncio.to_thread(file.exists):
            raise StoreError(
                f"{file}: is not there yet; `footnote serve` makes it, or `footnote facts reload`"
            )
        connection = await aiosqlite.connect(file, isolation_level=None, timeout=busy)
    except (sqlite3.Error, OSError, RuntimeError) as error:  # the last: no thread can be started
        raise told(file, error) from error
    try:
        await _prepare(file, connection)
        return Database(file, connection, busy)
    except (sqlite3.Error, OSError) as error:
        await _close(connection)
        raise told(file, error) from error
    except BaseException:
        await _close(connection)
        raise


async def _prepare(file: Path, connection: aiosqlite.Connection) -> None:
    await check_ours(file, connection)  # first, so that a file that is not ours is not touched
    await connection.execute("PRAGMA journal_mode=WAL")
    # What is acknowledged must outlive a power cut, too; and what is deleted must be gone.
    await connection.execute("PRAGMA synchronous=FULL")
    await connection.execute("PRAGMA secure_delete=ON")
    await connection.execute("PRAGMA cache_size=-256")  # KiB: the bot reads little of it twice
    async with transaction(connection):
        # Asked again inside: another process may just have done it.
        version = await check_ours(file, connection)
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                await connection.execute(statement)
        # Written each time: a full disk must show here, not after remembering has been resumed.
        await connection.execute(f"PRAGMA application_id={APPLICATION}")
        await connection.execute(f"PRAGMA user_version={LATEST}")


async def check_ours(file: Path, connection: aiosqlite.Connection) -> int:
    """The version of a store; 0 for an empty file. Raises StoreError for anything else."""
    ((version,),) = await connection.execute_fetchall("PRAGMA user_version")
    ((application,),) = await connection.execute_fetchall("PRAGMA application_id")
    ((tables,),) = await connection.execute_fetchall("SELECT count(*) FROM sqlite_master")
    if application != APPLICATION and (tables or version or application):
        raise StoreError(f"{file}: is another program's database; set FOOTNOTE_DATA elsewhere")
    if version > LATEST:
        raise StoreError(
            f"{file}: was written by a newer footnote (its version {version}, known here up to "
            f"{LATEST}); run the newer one, or restore an older backup"
        )
    return int(version)


@asynccontextmanager
async def transaction(connection: aiosqlite.Connection) -> AsyncIterator[None]:
    """All of the block or nothing; the right to write is taken at once, so it cannot fail later."""
    try:
        await connection.execute("BEGIN IMMEDIATE")
        yield
        await connection.execute("COMMIT")
    except BaseException:
        # It fails where nothing was begun or SQLite rolled back by itself: the cause goes on up.
        with suppress(sqlite3.Error):
            await connection.execute("ROLLBACK")
        raise


async def _close(connection: aiosqlite.Connection) -> None:
    # Of a file in trouble: what was committed is in it, and there is nothing left to do.
    with suppress(sqlite3.Error):
        await connection.close()
