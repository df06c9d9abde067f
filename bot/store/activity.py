"""What is kept of what people do: votes, counts, and who wants nothing kept."""

from __future__ import annotations

from collections.abc import Iterable

import aiosqlite

from bot.store.database import Database
from bot.store.pseudonyms import Pseudonyms
from bot.store.records import Count, Counted, Tally, Vote

YEAR = 365  # days that counts are kept


class Votes:
    """One a person and reply; a second one takes the place of the first."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self._pseudonyms = pseudonyms

    async def put(self, vote: Vote) -> None:
        """Keep it. Raises StoreError."""
        reply = (vote.base_hash, vote.outcome, "+".join(vote.facts))
        voter, *before = self._pseudonyms.hashes(vote.person)
        async with self._database.writing() as db:
            for hashed in before:  # else a vote from before FOOTNOTE_KEY was set would count beside
                await db.execute(
                    "DELETE FROM votes "
                    "WHERE base_hash = ? AND outcome = ? AND facts = ? AND voter = ?",
                    (*reply, hashed),
                )
            await db.execute(
                "INSERT INTO votes (base_hash, outcome, facts, voter, helpful) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET helpful = excluded.helpful",
                (*reply, voter, vote.helpful),
            )

    async def tallies(self) -> tuple[Tally, ...]:
        """The votes by reply, most unhelpful first. Raises StoreError."""
        rows = await self._database.rows(
            "SELECT base_hash, outcome, facts, sum(helpful), sum(1 - helpful) AS unhelpful "
            "FROM votes GROUP BY base_hash, outcome, facts "
            "ORDER BY unhelpful DESC, facts, outcome, base_hash"
        )
        return tuple(
            Tally(base_hash, outcome, tuple(filter(None, facts.split("+"))), up, down)
            for base_hash, outcome, facts, up, down in rows
        )

    async def forget(self, person: str) -> int:
        """Delete all that is kept by this person's hash, opt-out included; how many rows.

        Nothing of it stays on the disk, unless another process is reading it: then until the next
        sweep. Raises StoreError.
        """
        rows = 0
        async with self._database.writing() as db:
            for hashed in self._pseudonyms.hashes(person):
                for statement in (
                    "DELETE FROM votes WHERE voter = ?",
                    "DELETE FROM optouts WHERE person = ?",
                ):
                    rows += (await db.execute(statement, (hashed,))).rowcount
        await self._database.wipe()
        return rows


class Optouts:
    """Who does not want their questions kept."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self._pseudonyms = pseudonyms

    async def add(self, person: str) -> None:
        """Raises StoreError."""
        async with self._database.writing() as db:
            await db.execute(
                "INSERT OR IGNORE INTO optouts (person) VALUES (?)",
                (self._pseudonyms.hash(person),),
            )

    async def remove(self, person: str) -> None:
        """Delete their hash from the disk, as `Votes.forget` does. Raises StoreError."""
        async with self._database.writing() as db:
            for hashed in self._pseudonyms.hashes(person):
                await db.execute("DELETE FROM optouts WHERE person = ?", (hashed,))
        await self._database.wipe()


class Counts:
    """How often each fact was told, by day and outcome, and how long that took."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, day: int) -> tuple[Counted, ...]:
        """Those from that day on. Raises StoreError."""
        rows = await self._database.rows(
            "SELECT day, fact, outcome, asked, total_us, most_us FROM counts WHERE day >= ? "
            "ORDER BY day, fact, outcome",
            (day,),
        )
        return tuple(Counted(*row) for row in rows)

    async def sweep(self, today: int) -> int:
        """Delete what is a year old; how many rows. Raises StoreError."""
        async with self._database.writing() as db:
            cursor = await db.execute("DELETE FROM counts WHERE day <= ?", (today - YEAR,))
            return cursor.rowcount


async def add_counts(db: aiosqlite.Connection, day: int, counts: Iterable[Count]) -> None:
    """Add to the counts of a day, within a transaction."""
    await db.executemany(
        "INSERT INTO counts (day, fact, outcome, asked, total_us, most_us)"
        " VALUES (?, ?, ?, 1, ?, ?)"
        " ON CONFLICT DO UPDATE SET asked = asked + 1, total_us = total_us + excluded.total_us,"
        " most_us = max(most_us, excluded.most_us)",
        [(day, c.fact, c.outcome, c.elapsed_us, c.elapsed_us) for c in counts],
    )
