"""What is decided once: it stays, also for another process and after a restart."""

from __future__ import annotations

from pathlib import Path

from bot.store.store import Store

from .conftest import Calendar


async def test_what_was_decided_first_stays(store: Store, folder: Path, calendar: Calendar) -> None:
    assert await store.decided.get("home") is None
    assert await store.decided.keep("home", "1") == "1"
    assert await store.decided.keep("home", "2") == "1"
    another = await Store.open(folder, key=None, now=calendar)
    assert await another.decided.get("home") == "1"
    await another.close()
