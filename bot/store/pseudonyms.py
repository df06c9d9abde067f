"""Persons as keyed hashes: without the key, a hash cannot be told from a list of all user ids."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from bot.store.database import Database

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The keys, the one in use first. Those of before still recognise whom they hashed."""

    keys: tuple[bytes, ...]

    def hash(self, person: str) -> str:
        """The hash to keep."""
        return keyed_hash(self.keys[0], person)

    def hashes(self, person: str) -> tuple[str, ...]:
        """All that may be kept of this person."""
        return tuple(keyed_hash(key, person) for key in self.keys)

    def __repr__(self) -> str:
        return "Pseudonyms(...)"  # the keys are nobody's business


def keyed_hash(key: bytes, person: str) -> str:
    """HMAC-SHA256, the first 32 hex digits."""
    return hmac.new(key, person.encode(), hashlib.sha256).hexdigest()[:32]


async def open_pseudonyms(database: Database, key: bytes | None) -> Pseudonyms:
    """With the given key; where there is none, with the store's own, made when first needed.

    Raises StoreError.
    """
    kept = await database.rows("SELECT value FROM secrets WHERE name = 'key'")
    own = tuple(bytes(value) for (value,) in kept)
    if key is not None:
        return Pseudonyms((key, *own))
    if not own:
        async with database.writing() as db:
            # Another process may have been first; then its key counts.
            await db.execute(
                "INSERT OR IGNORE INTO secrets (name, value) VALUES ('key', ?)",
                (secrets.token_bytes(KEY_BYTES),),
            )
        return await open_pseudonyms(database, None)
    return Pseudonyms(own)
