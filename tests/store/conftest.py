"""A store in a folder of its own, with a clock that is set by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.store.store import DAY, Store


@dataclass
class Calendar:
    """Seconds since 1970, moved by the test."""

    time: float = 20_000.0 * DAY

    def __call__(self) -> float:
        return self.time

    def days_pass(self, days: float) -> None:
        self.time += days * DAY


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the store is; it does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
async def store(folder: Path, calendar: Calendar) -> AsyncIterator[Store]:
    opened = await Store.open(folder, key=None, now=calendar)
    yield opened
    await opened.close()
