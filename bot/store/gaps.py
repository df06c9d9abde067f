"""Questions asked in vain: kept 30 days, without a person."""

from __future__ import annotations

from collections.abc import Iterable

import aiosqlite

from bot.store.database import Database
from bot.store.pseudonyms import Pseudonyms
from bot.store.records import Gap, KeptGap

DAYS = 30
MOST = 20_000  # rows; whoever floods the bot pushes out the oldest and does not fill the disk


def first_kept(today: int) -> int:
    """The first of the 30 days whose gaps are kept; today is the last."""
    return today - DAYS + 1


class Gaps:
    """What people ask, and the base does not tell."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, day: int) -> tuple[KeptGap, ...]:
        """Those from that day on, the oldest first. Raises StoreError."""
        rows = await self._database.rows(
            "SELECT day, reason, event, text FROM gaps WHERE day >= ? ORDER BY day, id", (day,)
        )
        return tuple(KeptGap(*row) for row in rows)

    async def newest(self, day: int, event: str, limit: int) -> tuple[KeptGap, ...]:
        """The newest of an event from that day on, the oldest of them first. Raises StoreError."""
        rows = await self._database.rows(
            "SELECT day, reason, event, text FROM gaps WHERE day >= ? AND event = ? "
            "ORDER BY day DESC, id DESC LIMIT ?",
            (day, event, limit),
        )
        return tuple(KeptGap(*row) for row in reversed(rows))

    async def sweep(self, today: int) -> int:
        """Delete what is 30 days old; how many rows. Raises StoreError."""
        async with self._database.writing() as db:
            cursor = await db.execute("DELETE FROM gaps WHERE day < ?", (first_kept(today),))
            return cursor.rowcount


async def add_gaps(
    db: aiosqlite.Connection, pseudonyms: Pseudonyms, day: int, gaps: Iterable[Gap]
) -> None:
    """Add the gaps of those who have not opted out, within a transaction."""
    for gap in gaps:
        # Half of a surrogate pair is no text that SQLite takes, and would hold up all the rest.
        text = gap.text.encode("utf-8", "replace").decode("utf-8")
        # At most two: the hash by the key in use, and by the store's own of before.
        hashes = pseudonyms.hashes(gap.person)
        await db.execute(
            "INSERT INTO gaps (day, reason, event, text) SELECT ?, ?, ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM optouts WHERE person IN (?, ?))",
            (day, gap.reason, gap.event, text, hashes[0], hashes[-1]),
        )
    await db.execute(
        "DELETE FROM gaps WHERE id <= (SELECT id FROM gaps ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (MOST,),
    )
