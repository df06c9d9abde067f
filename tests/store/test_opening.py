"""Opening: made where there is none, migrated from every version, and refused in one line."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import FILE
from bot.store.errors import StoreError
from bot.store.migrations import APPLICATION, LATEST, MIGRATIONS
from bot.store.records import Entry, Vote
from bot.store.store import Store

from .conftest import Calendar


def old_store(folder: Path, version: int) -> Path:
    """A file as the program of that version left it, with a vote in it."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / FILE)) as db, db:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                db.execute(statement)
        db.execute("INSERT INTO votes VALUES ('hash', 'answer', 'size', 'somebody', 1)")
        db.execute(f"PRAGMA application_id={APPLICATION}")
        db.execute(f"PRAGMA user_version={version}")
    return folder / FILE


def schema(file: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


async def opened_and_closed(folder: Path, calendar: Calendar) -> None:
    store = await Store.open(folder, key=None, now=calendar)
    await store.close()


async def test_a_store_is_made_with_its_folder_and_keeps_a_write_ahead_log(
    folder: Path, calendar: Calendar
) -> None:
    await opened_and_closed(folder / "deep", calendar)
    with closing(sqlite3.connect(folder / "deep" / FILE)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (LATEST,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("version", range(1, LATEST))
async def test_every_earlier_version_becomes_what_a_new_one_is_and_keeps_what_it_holds(
    tmp_path: Path, calendar: Calendar, version: int
) -> None:
    await opened_and_closed(tmp_path / "new", calendar)
    file = old_store(tmp_path / "old", version)
    assert schema(file) != schema(tmp_path / "new" / FILE)
    store = await Store.open(tmp_path / "old", key=None, now=calendar)
    (tally,) = await store.votes.tallies()
    assert tally.helpful == 1
    await store.audit.add(Entry("olga", "migrated"))
    await store.close()
    assert schema(file) == schema(tmp_path / "new" / FILE)


async def test_a_migration_that_fails_leaves_the_earlier_version_whole(
    tmp_path: Path, calendar: Calendar
) -> None:
    file = old_store(tmp_path, 1)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE audit (in_the_way)")  # the second migration's last table
    before = schema(file)
    with pytest.raises(StoreError):
        await opened_and_closed(tmp_path, calendar)
    assert schema(file) == before
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)


async def test_a_newer_version_is_refused_in_one_line_and_left_alone(
    tmp_path: Path, calendar: Calendar
) -> None:
    file = old_store(tmp_path, LATEST)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(f"PRAGMA user_version={LATEST + 1}")
    before = file.read_bytes()
    with pytest.raises(StoreError) as raised:
        await opened_and_closed(tmp_path, calendar)
    (line,) = raised.value.lines
    assert f"its version {LATEST + 1}" in line
    assert "newer" in line
    assert file.read_bytes() == before


async def test_somebody_elses_database_is_refused_and_left_alone(
    tmp_path: Path, calendar: Calendar
) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute("CREATE TABLE customers (name)")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreError, match="another program's"):
        await opened_and_closed(tmp_path, calendar)
    assert (tmp_path / FILE).read_bytes() == before


async def test_what_is_no_database_is_told_with_the_remedy(
    tmp_path: Path, calendar: Calendar
) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"is no database; .*footnote restore"):
        await opened_and_closed(tmp_path, calendar)


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, calendar: Calendar) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="check FOOTNOTE_DATA"):
        await opened_and_closed(tmp_path / "file", calendar)


async def test_where_none_may_be_made_a_missing_store_is_told(
    folder: Path, calendar: Calendar
) -> None:
    with pytest.raises(StoreError, match="not there yet"):
        await Store.open(folder, key=None, now=calendar, create=False)
    assert not folder.exists()  # noqa: ASYNC240 - a test may wait for the disk


async def test_a_store_that_another_process_holds_is_told(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program holds it"):
            await Store.open(folder, key=None, now=Calendar(), busy=0.0)
        other.execute("ROLLBACK")
    await store.audit.add(Entry("olga", "goes on"))


async def test_what_is_written_to_a_file_that_was_taken_away_is_refused(
    store: Store, folder: Path
) -> None:
    (folder / FILE).rename(folder / "elsewhere")
    with pytest.raises(StoreError):
        await store.votes.put(Vote("hash", "answer", ("size",), "discord:1", helpful=True))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
async def test_only_the_bots_own_user_may_read_it(store: Store, folder: Path) -> None:
    await store.audit.add(Entry("olga", "wrote"))
    await store.backup(folder / "backup")
    modes = {file.stat().st_mode & 0o777 for file in folder.iterdir()}  # noqa: ASYNC240 - as above
    assert modes == {0o600}
