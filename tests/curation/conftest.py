"""What looks after the facts of a running bot, on a folder and a store of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest

from bot.curating import curated
from bot.curation.curator import Curator
from bot.curation.model import Keeper
from bot.dialogue.current import Current
from bot.settings import Settings
from bot.store.errors import StoreError
from bot.store.memory import Memory
from bot.store.store import Store
from tests.cli.support import CACHE, TEST, base_with_test

T = TypeVar("T")
Started = Callable[[], AbstractAsyncContextManager[tuple[Current, Curator]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return base_with_test(tmp_path)


@pytest.fixture
def start(tmp_path: Path, folder: Path) -> Started:
    """Start what looks after the facts, on the folder and a store of this test's own."""
    data = tmp_path / "data"
    settings = Settings(data=data, cache=CACHE, knowledge=folder)

    @asynccontextmanager
    async def started() -> AsyncIterator[tuple[Current, Curator]]:
        async with (
            Memory(lambda: Store.open(data, key=None, now=lambda: 1.0), now=lambda: 1.0) as memory,
            curated(settings, memory) as both,
        ):
            yield both

    return started


@dataclass
class Interrupted:
    """A keeper; before one use after the other, what stands in `acts` is done."""

    keeper: Keeper
    acts: list[Callable[[], Awaitable[object]]]

    async def use(self, work: Callable[[Store], Awaitable[T]]) -> T:
        if self.acts:
            await self.acts.pop(0)()
        return await self.keeper.use(work)


def interrupt(curator: Curator, *acts: Callable[[], Awaitable[object]]) -> None:
    """Before one use of its store after the other, do what stands in `acts`."""
    curator.kept = replace(curator.kept, keeper=Interrupted(curator.kept.keeper, [*acts]))


async def nothing() -> None:
    """What somebody else does at first."""


async def fail() -> None:
    """The store cannot be used for a moment."""
    raise StoreError("the disk is full")


def height(current: Current) -> str:
    return current.answerer.reply(TEST)[0].answer


async def numbers(curator: Curator) -> list[int]:
    return [version.number for version in await curator.kept.history()]
