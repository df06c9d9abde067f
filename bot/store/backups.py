"""Copies of the store: written while it is in use, and brought back while it is not."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bot.store.database import FILE, PRIVATE, Database
from bot.store.errors import StoreError, told
from bot.store.migrations import APPLICATION, LATEST

_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


async def write_backup(database: Database, file: Path) -> None:
    """Write a whole copy of this moment into a new file. Raises StoreError."""
    if await asyncio.to_thread(file.exists):
        raise StoreError(f"{file}: is there already; name a new file")
    partial = file.with_name(f".{file.name}.partial")
    try:
        await asyncio.to_thread(_make_empty, partial)
        # One statement sees one moment, whoever writes meanwhile; the copy is compact, and no WAL.
        await database.rows("VACUUM INTO ?", (str(partial),))
        await asyncio.to_thread(_settle, partial, file)
    except (OSError, StoreError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(f"{file}: cannot be written ({why}); name another") from error
    finally:
        with suppress(OSError):  # else it would be told in place of what went wrong
            await asyncio.to_thread(partial.unlink, missing_ok=True)


def _make_empty(partial: Path) -> None:
    """Where it cannot be written, that is told as the copy's trouble; and nobody else reads it."""
    partial.unlink(missing_ok=True)
    partial.touch(PRIVATE)


def _settle(partial: Path, file: Path) -> None:
    """Give the copy its name when all of it is on the disk."""
    with partial.open("rb+") as written:
        os.fsync(written.fileno())
    partial.replace(file)


def restore(folder: Path, file: Path) -> Path | None:
    """Put a backup in the place of the store in `folder`, all of it or nothing.

    The store before is kept beside it, and where is returned: of sound ones the last, of damaged
    ones each. Raises StoreError: the file is no sound backup, or the store is in use.
    """
    place = folder / FILE
    with closing(_checked(file)) as backup:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            aside = _free(place)
            if place.exists():
                return _exchanged(place, backup)
            place.touch(PRIVATE)  # SQLite would let everybody read a file that it makes
            with closing(sqlite3.connect(place, timeout=0)) as store:
                backup.backup(store)
        except (sqlite3.Error, OSError) as error:
            raise told(place, error) from error
    return aside


def _exchanged(place: Path, backup: sqlite3.Connection) -> Path:
    """Put a backup in the place of a sound store; where that one is kept."""
    before = place.with_name(f"{FILE}.before")
    partial = before.with_name(f".{before.name}.partial")
    try:
        _make_empty(partial)
        with closing(sqlite3.connect(place, timeout=0)) as store:
            with closing(sqlite3.connect(partial)) as copy:
                store.backup(copy)
            backup.backup(store)
        _settle(partial, before)  # last of all: it may be where the backup is read from
    finally:
        partial.unlink(missing_ok=True)
    return before


def _checked(file: Path) -> sqlite3.Connection:
    """The backup, opened for reading, whole and of a version that is known here."""
    if not file.is_file():
        raise StoreError(f"{file}: there is no such file; name one that `footnote backup` wrote")
    try:
        # Immutable: a backup has no other users, and may lie where nothing can be written.
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
    except sqlite3.Error as error:
        raise StoreError(f"{file}: cannot be read ({error}); name another file") from error
    try:
        wrong = _wrong(connection)
    except sqlite3.Error as error:
        wrong = f"is no sound backup ({error}); name another"
    if wrong:
        connection.close()
        raise StoreError(f"{file}: {wrong}")
    return connection


def _wrong(backup: sqlite3.Connection) -> str:
    """What is wrong with a backup, in words; empty where nothing is."""
    ((found,),) = backup.execute("PRAGMA integrity_check(1)").fetchall()
    ((application,),) = backup.execute("PRAGMA application_id").fetchall()
    ((version,),) = backup.execute("PRAGMA user_version").fetchall()
    if found != "ok":
        return f"is damaged ({found}); name another backup"
    if application != APPLICATION or not version:
        return "is no backup; name one that `footnote backup` wrote"
    if version > LATEST:
        return (
            f"was written by a newer footnote (its version {version}, known here up to {LATEST}); "
            "restore it with the newer one"
        )
    return ""


def _free(file: Path) -> Path | None:
    """Make sure that nobody has the store open, and leave it without a write-ahead log.

    A store that is damaged is moved aside, and its new place returned.
    """
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file, timeout=0)) as store:
            # SQLite itself only leaves the log where no other connection is open.
            store.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreError(f"{file}: is in use; stop the bot first, then restore") from error
        if not name.startswith(_DAMAGED):
            raise
    else:
        return None
    aside = _unused(file)
    file.replace(aside)
    for tail in ("-wal", "-shm", "-journal"):  # they belong to the damaged one
        file.with_name(file.name + tail).unlink(missing_ok=True)
    return aside


def _unused(file: Path) -> Path:
    number = 1
    while (aside := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    return aside
