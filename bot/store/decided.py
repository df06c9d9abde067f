"""What was decided once, by name: the first value stays, whatever is found later."""

from __future__ import annotations

from bot.store.database import Database


class Decided:
    """Single values that are never changed by themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str | None:
        """What was decided; None: nothing yet. Raises StoreError."""
        rows = await self._database.rows("SELECT value FROM decided WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    async def keep(self, name: str, value: str) -> str:
        """Decide it, unless it was decided before; what holds. Raises StoreError."""
        before = await self.get(name)
        if before is not None:  # mostly, and nothing is to be written then
            return before
        async with self._database.writing() as db:
            await db.execute(
                "INSERT OR IGNORE INTO decided (name, value) VALUES (?, ?)", (name, value)
            )
        return await self.get(name) or value
