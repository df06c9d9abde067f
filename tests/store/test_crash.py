"""kill -9 at random moments: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.crash import measure
from benchmarks.crash_ledger import Act, Ledger
from bot.store.database import FILE
from bot.store.store import Store

from .conftest import Calendar

KEY = b"key"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there() -> None:
    figures, told = measure(8)

    assert told == []
    assert (figures["kills"], figures["lost"], figures["corrupt"]) == (8, 0, 0)
    assert figures["acknowledged"] > 0


@pytest.fixture
def empty(folder: Path) -> Path:
    async def make() -> None:
        store = await Store.open(folder, key=KEY, now=Calendar())
        await store.close()

    asyncio.run(make())
    return folder


@pytest.mark.parametrize(
    "act",
    [
        {"act": "vote", "voter": 1, "answer": 2, "helpful": True},
        {"act": "gap", "text": "why?"},
        {"act": "wish", "voter": 1, "stop": True},
        {"act": "entry", "what": "noted 1"},
        {"act": "version", "origin": "reload", "sha256": "00"},
    ],
    ids=lambda act: str(act["act"]),
)
def test_the_check_sees_what_is_lost_but_not_what_was_never_acknowledged(
    empty: Path, act: Act
) -> None:
    ledger = Ledger(KEY, voters=3)
    ledger.begun(act)
    ledger.check(empty)
    assert ledger.lost == []
    ledger.begun(act)
    ledger.done(act | {"number": 1} if act["act"] == "version" else act)
    ledger.check(empty)
    assert len(ledger.lost) == 1


def test_the_check_sees_a_base_that_is_half_there(empty: Path) -> None:
    with closing(sqlite3.connect(empty / FILE)) as db, db:
        db.execute("INSERT INTO versions VALUES (1, 0, '00', '', '', '', '', 9, x'504b')")
    ledger = Ledger(KEY, voters=3)
    ledger.check(empty)
    assert ledger.corrupt == ["version 1 is not whole", "the log and the versions do not agree"]
