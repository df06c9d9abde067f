"""The store: the tables of one file, opened together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.store.activity import Counts, Optouts, Votes, add_counts
from bot.store.backups import write_backup
from bot.store.database import BUSY, FILE, Database, open_database
from bot.store.decided import Decided
from bot.store.gaps import Gaps, add_gaps
from bot.store.pseudonyms import Pseudonyms, open_pseudonyms
from bot.store.records import Count, Gap
from bot.store.versions import Audit, Versions

DAY = 86_400  # seconds


def day_of(at: float) -> int:
    """Days since 1970-01-01, UTC, at so many seconds since then."""
    return int(at // DAY)


class Store:
    """Made by `Store.open`. Every method of its tables raises StoreError where the file fails."""

    def __init__(
        self, database: Database, pseudonyms: Pseudonyms, now: Callable[[], float]
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._now = now
        self.votes = Votes(database, pseudonyms)
        self.gaps = Gaps(database)
        self.counts = Counts(database)
        self.optouts = Optouts(database, pseudonyms)
        self.versions = Versions(database, now)
        self.audit = Audit(database, now)
        self.decided = Decided(database)

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        key: bytes | None,
        now: Callable[[], float],
        create: bool = True,
        busy: float = BUSY,
    ) -> Store:
        """Open the store of a data folder; make it if `create`, migrate it, and sweep what is old.

        `key` hashes persons (None: the store's own key does), `now` gives seconds since 1970,
        `busy` is how many seconds to wait for another process. Raises StoreError.
        """
        database = await open_database(folder / FILE, create=create, busy=busy)
        try:
            store = cls(database, await open_pseudonyms(database, key), now)
            await store.sweep()
        except BaseException:
            await database.close()
            raise
        return store

    async def close(self) -> None:
        await self._database.close()

    @property
    def today(self) -> int:
        """Days since 1970-01-01, UTC."""
        return day_of(self._now())

    async def note(
        self, counts: Sequence[Count], gaps: Sequence[Gap], day: int | None = None
    ) -> None:
        """Keep what was gathered on a day (None: today), all in one transaction.

        Raises StoreError.
        """
        day = self.today if day is None else day
        async with self._database.writing() as db:
            await add_counts(db, day, counts)
            await add_gaps(db, self._pseudonyms, day, gaps)

    async def sweep(self) -> None:
        """Delete what has been kept for its time, and wipe it off the disk. Raises StoreError."""
        await self.gaps.sweep(self.today)
        await self.counts.sweep(self.today)
        await self.audit.sweep()
        # Also where nothing was old: an earlier wiping may have had to leave something.
        await self._database.wipe()

    async def backup(self, file: Path) -> None:
        """Write a whole copy of this moment into a new file. Raises StoreError."""
        await write_backup(self._database, file)
