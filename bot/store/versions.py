"""The accepted bases, whole, by number; and the log of who did what."""

from __future__ import annotations

from collections.abc import Callable

import aiosqlite

from bot.store.activity import YEAR
from bot.store.database import Database, Row
from bot.store.errors import Overtaken
from bot.store.records import Entry, NewVersion, Recorded, Version, VersionSummary

KEPT = 50
AUDIT_LASTS = YEAR * 86_400  # seconds
_SUMMARY = "number, at, base_hash, folder_hash, origin, by, reason, size"


class Versions:
    """Every accepted base is a version; the last 50 are kept."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def add(self, new: NewVersion, *, after: int | None = None) -> int:
        """Keep it, with its entry in the audit log, both or neither; its number.

        `after` is the number of the version that it is to follow (0: it is the first; None:
        whichever is the newest). Raises Overtaken where another is the newest, and StoreError.
        """
        at = self._now()
        async with self._database.writing() as db:
            ((newest,),) = await db.execute_fetchall("SELECT ifnull(max(number), 0) FROM versions")
            if after not in (None, newest):
                raise Overtaken("other facts were accepted meanwhile; check anew")
            cursor = await db.execute(
                "INSERT INTO versions (at, base_hash, folder_hash, origin, by, reason, size, "
                "content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(at, new.base_hash, new.folder_hash, new.origin, new.by, new.reason),
                    *(len(new.content), new.content),
                ),
            )
            number = cursor.lastrowid or 0
            await db.execute("DELETE FROM versions WHERE number <= ?", (number - KEPT,))
            await record(db, at, Entry(new.by, f"version {number}: {new.origin}", new.reason))
        return number

    async def latest(self) -> Version | None:
        """The newest version; None where there is none. Raises StoreError."""
        return _version(
            await self._database.rows(
                f"SELECT {_SUMMARY}, content FROM versions ORDER BY number DESC LIMIT 1"  # noqa: S608
            )
        )

    async def get(self, number: int) -> Version | None:
        """A version; None where it is not kept. Raises StoreError."""
        return _version(
            await self._database.rows(
                f"SELECT {_SUMMARY}, content FROM versions WHERE number = ?",  # noqa: S608
                (number,),
            )
        )

    async def list(self, limit: int = KEPT) -> tuple[VersionSummary, ...]:
        """The newest versions, newest first. Raises StoreError."""
        rows = await self._database.rows(
            f"SELECT {_SUMMARY} FROM versions ORDER BY number DESC LIMIT ?",  # noqa: S608
            (limit,),
        )
        return tuple(VersionSummary(*row) for row in rows)


class Audit:
    """Who did what to the bot, when and why."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def add(self, entry: Entry) -> None:
        """Raises StoreError."""
        async with self._database.writing() as db:
            await record(db, self._now(), entry)

    async def recent(self, limit: int = 50) -> tuple[Recorded, ...]:
        """The newest entries, newest first. Raises StoreError."""
        rows = await self._database.rows(
            "SELECT at, who, what, why FROM audit ORDER BY id DESC LIMIT ?", (limit,)
        )
        return tuple(Recorded(*row) for row in rows)

    async def sweep(self) -> None:
        """Delete entries older than a year and than every version. Raises StoreError."""
        async with self._database.writing() as db:
            await db.execute(
                "DELETE FROM audit WHERE at < ? "
                "AND NOT EXISTS (SELECT 1 FROM versions WHERE versions.at <= audit.at)",
                (self._now() - AUDIT_LASTS,),
            )


async def record(db: aiosqlite.Connection, at: float, entry: Entry) -> None:
    """Add an entry within a transaction."""
    await db.execute(
        "INSERT INTO audit (at, who, what, why) VALUES (?, ?, ?, ?)",
        (at, entry.who, entry.what, entry.why),
    )


def _version(rows: list[Row]) -> Version | None:
    return Version(VersionSummary(*rows[0][:-1]), bytes(rows[0][-1])) if rows else None
