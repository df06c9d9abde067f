"""What can be wrong with the store, each told in one line: what happened, where, what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.errors import FootnoteError

# By the beginning of SQLite's own name for the error; the first that fits counts.
_TOLD = (
    ("SQLITE_FULL", "the disk is full; make room on it"),
    ("SQLITE_READONLY", "may not be written; give the bot's user the right to, or another folder"),
    ("SQLITE_BUSY", "another program holds it; wait, or end that program"),
    ("SQLITE_LOCKED", "another program holds it; wait, or end that program"),
    ("SQLITE_CANTOPEN", "cannot be opened; check the folder and its permissions"),
    ("SQLITE_CORRUPT", "is damaged; put a backup in its place with `footnote restore FILE`"),
    ("SQLITE_NOTADB", "is no database; put a backup in its place with `footnote restore FILE`"),
    ("SQLITE_IOERR", "cannot be read or written; check the disk"),
)


class StoreError(FootnoteError):
    """The store cannot be opened, read or written; its one line says why."""


class Overtaken(FootnoteError):
    """A version was to follow another one than the newest; the store is sound, and as before."""


def told(file: Path, error: BaseException) -> StoreError:
    """The error of SQLite or of the system in one line."""
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", None) or ""
        for beginning, what in _TOLD:
            if name.startswith(beginning):
                return StoreError(f"{file}: {what}")
        return StoreError(f"{file}: cannot be used ({error}); check the disk, or restore a backup")
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        return StoreError(f"{file}: cannot be used ({reason}); check FOOTNOTE_DATA")
    return StoreError(f"{file}: cannot be used ({error}); start the bot anew")
