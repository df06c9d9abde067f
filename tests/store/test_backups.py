"""Backups are written while the store is in use, and brought back only while it is not."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.backups import restore
from bot.store.database import FILE
from bot.store.errors import StoreError
from bot.store.migrations import LATEST
from bot.store.records import Entry, NewVersion
from bot.store.store import Store

from .conftest import Calendar
from .test_opening import old_store


@pytest.fixture
async def backup(store: Store, tmp_path: Path) -> Path:
    """A backup of a store with two entries in its log; the store is closed."""
    await store.audit.add(Entry("olga", "first"))
    await store.versions.add(NewVersion("hash", "folder", "attached", "olga", "why", b"PK"))
    await store.backup(tmp_path / "backup")
    await store.audit.add(Entry("olga", "after the backup"))
    await store.close()
    return tmp_path / "backup"


async def log_of(folder: Path) -> list[str]:
    store = await Store.open(folder, key=None, now=Calendar(), create=False)
    try:
        return [entry.what for entry in await store.audit.recent()]
    finally:
        await store.close()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_backup_brings_back_its_moment(backup: Path, folder: Path) -> None:
    restore(folder, backup)
    assert await log_of(folder) == ["version 1: attached", "first"]


async def test_the_store_of_before_is_kept_and_can_be_brought_back_in_its_turn(
    backup: Path, folder: Path
) -> None:
    aside = restore(folder, backup)
    assert aside == folder / f"{FILE}.before"
    assert restore(folder, aside) == aside
    assert (await log_of(folder))[0] == "after the backup"
    assert restore(folder, aside) == aside
    assert await log_of(folder) == ["version 1: attached", "first"]
    assert files(folder) == {FILE, aside.name}


async def test_a_backup_makes_a_store_where_there_is_none(backup: Path, tmp_path: Path) -> None:
    assert restore(tmp_path / "new" / "host", backup) is None
    assert len(await log_of(tmp_path / "new" / "host")) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
async def test_only_the_bots_own_user_may_read_what_was_brought_back(
    backup: Path, folder: Path, tmp_path: Path
) -> None:
    (folder / FILE).write_bytes(b"damaged" * 1000)
    for place in (folder, tmp_path / "new"):
        restore(place, backup)
        assert (place / FILE).stat().st_mode & 0o777 == 0o600
    aside = restore(folder, backup)
    assert aside is not None
    assert aside.stat().st_mode & 0o777 == 0o600


async def test_a_backup_of_an_earlier_version_is_brought_back_and_then_migrated(
    tmp_path: Path, folder: Path
) -> None:
    restore(folder, old_store(tmp_path / "old", 1))
    assert await log_of(folder) == []


async def test_one_that_is_written_meanwhile_holds_whole_acts_only(
    store: Store, tmp_path: Path
) -> None:
    async def accept() -> None:
        for n in range(30):
            await store.versions.add(NewVersion(f"{n}", "folder", "a", "olga", "", b"PK" * 20_000))

    async def back_up() -> None:
        for n in range(5):
            await store.backup(tmp_path / f"backup-{n}")

    await asyncio.gather(accept(), back_up())
    for n in range(5):
        with closing(sqlite3.connect(tmp_path / f"backup-{n}")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (versions,) = db.execute("SELECT count(*) FROM versions").fetchone()
            assert db.execute("SELECT count(*) FROM audit").fetchone() == (versions,)


async def test_a_file_that_is_there_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        await store.backup(tmp_path / "precious")
    with pytest.raises(StoreError, match=r"backup: cannot be written \(No such file"):
        await store.backup(tmp_path / "no-such-folder" / "backup")
    with pytest.raises(StoreError, match=r"backup: cannot be written .*; name another"):
        await store.backup(tmp_path / "precious" / "backup")
    await store.audit.add(Entry("olga", "goes on"))


async def test_while_the_store_is_in_use_nothing_is_restored(backup: Path, folder: Path) -> None:
    store = await Store.open(folder, key=None, now=Calendar())
    with pytest.raises(StoreError, match="stop the bot first"):
        restore(folder, backup)
    await store.audit.add(Entry("olga", "goes on"))
    await store.close()
    assert (await log_of(folder))[:2] == ["goes on", "after the backup"]


async def test_a_damaged_store_is_moved_aside(backup: Path, folder: Path) -> None:
    for number in (1, 2):
        (folder / FILE).write_bytes(b"damaged" * 1000)
        aside = restore(folder, backup)
        assert aside == folder / f"{FILE}.damaged-{number}"
        assert aside.read_bytes() == b"damaged" * 1000
        assert len(await log_of(folder)) == 2


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def overwritten(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    file.write_bytes(content)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def no_database(file: Path) -> None:
    file.write_text("a letter " * 1000)


def another_programs(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE customers (name)")


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(f"PRAGMA user_version={LATEST + 1}")


@pytest.mark.parametrize(
    "spoil",
    [cut_short, overwritten, emptied, no_database, another_programs, newer, Path.unlink],
)
async def test_what_is_no_sound_backup_is_refused_in_a_line_and_the_store_left(
    backup: Path, folder: Path, spoil: object
) -> None:
    assert callable(spoil)
    spoil(backup)
    with pytest.raises(StoreError) as raised:
        restore(folder, backup)
    assert len(raised.value.lines) == 1
    assert "after the backup" in await log_of(folder)
