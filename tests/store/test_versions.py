"""Versions of the base and the audit log: numbered, whole, both or neither."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import FILE
from bot.store.errors import Overtaken, StoreError
from bot.store.records import Entry, NewVersion, Recorded
from bot.store.store import DAY, Store
from bot.store.versions import AUDIT_LASTS, KEPT

from .conftest import Calendar


def new(number: int) -> NewVersion:
    content = b"PK" + bytes([number]) * 1000
    return NewVersion(f"hash-{number}", "folder", "attached", "olga", "a correction", content)


async def test_there_is_no_version_at_first(store: Store) -> None:
    assert await store.versions.latest() is None
    assert await store.versions.list() == ()


async def test_a_version_comes_back_as_it_was_with_its_entry_in_the_log(
    store: Store, calendar: Calendar
) -> None:
    first = await store.versions.add(new(1))
    second = await store.versions.add(new(2))
    assert (first, second) == (1, 2)
    latest = await store.versions.latest()
    assert latest is not None
    assert (latest.number, latest.base_hash, latest.content) == (2, "hash-2", new(2).content)
    earlier = await store.versions.get(1)
    assert earlier is not None
    assert earlier.content == new(1).content
    assert [s.number for s in await store.versions.list()] == [2, 1]
    assert (await store.versions.list(1))[0].size == len(new(2).content)
    newest, _ = await store.audit.recent()
    assert newest == Recorded(calendar(), "olga", "version 2: attached", "a correction")


async def test_the_last_fifty_are_kept_and_numbers_go_on(store: Store) -> None:
    numbers = [await store.versions.add(new(n)) for n in range(KEPT + 2)]
    kept = [summary.number for summary in await store.versions.list(1000)]
    assert kept == numbers[:1:-1]
    assert len(kept) == KEPT
    assert await store.versions.get(2) is None


async def test_a_version_follows_the_one_that_it_was_compared_with_or_is_not_kept(
    store: Store,
) -> None:
    assert await store.versions.add(new(1), after=0) == 1
    assert await store.versions.add(new(2), after=1) == 2
    for other in (0, 1, 3):
        with pytest.raises(Overtaken):
            await store.versions.add(new(3), after=other)
    assert [summary.number for summary in await store.versions.list()] == [2, 1]
    assert len(await store.audit.recent()) == 2


async def test_a_version_that_the_log_cannot_note_is_not_kept(store: Store, folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as db, db:
        db.execute(
            "CREATE TRIGGER no_log BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'no'); END"
        )
    with pytest.raises(StoreError):
        await store.versions.add(new(1))
    assert await store.versions.latest() is None


async def test_the_log_gives_the_newest_entries_first(store: Store, calendar: Calendar) -> None:
    await store.audit.add(Entry("olga", "refused", "no permission"))
    calendar.days_pass(1)
    await store.audit.add(Entry("alice", "reloaded"))
    assert [entry.who for entry in await store.audit.recent(10)] == ["alice", "olga"]
    assert [entry.who for entry in await store.audit.recent(1)] == ["alice"]


async def test_the_log_is_kept_for_a_year_and_as_long_as_a_version_of_that_time(
    store: Store, calendar: Calendar
) -> None:
    async def left() -> list[str]:
        await store.sweep()
        return [entry.what for entry in await store.audit.recent()]

    await store.audit.add(Entry("olga", "refused"))
    calendar.days_pass(1)
    await store.versions.add(new(1))
    calendar.days_pass(1)
    await store.audit.add(Entry("olga", "refused again"))
    calendar.time += AUDIT_LASTS - 2 * DAY
    assert await left() == ["refused again", "version 1: attached", "refused"]
    calendar.days_pass(1)
    assert await left() == ["refused again", "version 1: attached"]
    calendar.days_pass(1000)
    assert await left() == ["refused again", "version 1: attached"]


async def test_the_log_alone_is_kept_for_a_year(store: Store, calendar: Calendar) -> None:
    await store.audit.add(Entry("olga", "refused"))
    calendar.time += AUDIT_LASTS
    await store.sweep()
    assert len(await store.audit.recent()) == 1
    calendar.days_pass(1)
    await store.sweep()
    assert await store.audit.recent() == ()
