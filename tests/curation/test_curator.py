"""Candidates that wait, are accepted, discarded and pushed out, also several at a time."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from bot.curation.curator import Curator
from bot.curation.model import Accepted, Keeper, Load, NotAccepted, NotChecked, Upload
from bot.curation.refreshing import refresh
from bot.errors import FootnoteError
from bot.store.memory import Memory
from bot.store.records import NewVersion
from bot.store.store import Store
from tests.cli.support import edit

from .conftest import Started, fail, height, interrupt, nothing, numbers

T = TypeVar("T")
ACTS = frozenset({"open", "os.remove", "os.rmdir", "shutil.copyfile", "shutil.rmtree"})


@dataclass
class Held:
    """Loads as `load` does, but only when it may."""

    load: Load
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    may: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, folder: Path) -> Callable[[], None]:
        self.begun.set()
        await self.may.wait()
        return await self.load(folder)


def metres(folder: Path, number: str) -> Upload:
    """The base with another height of the lighthouse."""
    text = (folder / "base.yaml").read_text().replace("Seventeen metres", f"{number} metres")
    return Upload("new.yaml", text.encode())


async def accepted(*accepting: Awaitable[Accepted]) -> list[int | str | None]:
    """The number of each version, or why there is none, of what is accepted at the same time."""
    done = await asyncio.gather(*accepting, return_exceptions=True)
    found: list[int | str | None] = []
    for one in done:
        assert isinstance(one, Accepted | NotAccepted)
        found.append(one.number if isinstance(one, Accepted) else one.why)
    return found


async def test_what_is_being_accepted_cannot_be_discarded(start: Started, folder: Path) -> None:
    async with start() as (current, curator):
        edit(folder, "Seventeen metres", "Nineteen metres")
        candidate = await curator.check()
        curator.load = held = Held(curator.load)
        accepting = asyncio.create_task(curator.accept(candidate.key, "ada"))
        await held.begun.wait()
        assert curator.candidate(candidate.key) is None
        await curator.discard(candidate.key)
        held.may.set()
        assert (await accepting).number == 2
        assert height(current).startswith("Nineteen")


async def test_what_is_being_accepted_is_not_pushed_out_by_newer_checks(
    start: Started, folder: Path
) -> None:
    async with start() as (current, curator):
        first, *_ = [await curator.check(metres(folder, n)) for n in ("Nine", "Ten", "Twenty")]
        curator.load = held = Held(curator.load)
        accepting: list[asyncio.Task[Accepted]] = []

        async def accept() -> None:
            accepting.append(asyncio.create_task(curator.accept(first.key, "ada")))
            await held.begun.wait()

        interrupt(curator, nothing, accept)
        await curator.check(metres(folder, "Thirty"))
        held.may.set()
        assert await accepted(*accepting) == [2]
        assert height(current).startswith("Nine")


async def fail_to_load(_folder: Path) -> Callable[[], None]:
    """Loads nothing."""
    raise FootnoteError("no memory")


async def test_what_could_not_be_loaded_waits_to_be_accepted_again(
    start: Started, folder: Path
) -> None:
    async with start() as (current, curator):
        edit(folder, "Seventeen metres", "Nineteen metres")
        candidate = await curator.check()
        load, curator.load = curator.load, fail_to_load
        with pytest.raises(FootnoteError, match="no memory"):
            await curator.accept(candidate.key, "ada")
        assert height(current).startswith("Seventeen")
        assert await numbers(curator) == [1]
        curator.load = load
        assert (await curator.accept(candidate.key, "ada")).number == 2
        assert height(current).startswith("Nineteen")


async def test_facts_that_could_not_be_kept_are_kept_when_they_are_accepted_once_more(
    start: Started, folder: Path
) -> None:
    async with start() as (_, curator):
        assert (await curator.check()).is_nothing
        first = await curator.check(metres(folder, "Nine"))
        interrupt(curator, fail)
        assert (await curator.accept(first.key, "ada")).number is None
        again = await curator.check(metres(folder, "Nine"))
        assert again.built.same
        assert not again.is_nothing
        assert (await curator.accept(again.key, "ada")).number == 2
        assert (await curator.check(metres(folder, "Nine"))).is_nothing
        assert [entry.who for entry in await curator.kept.audit()] == ["ada", "start"]
    async with start() as (current, _):
        assert height(current).startswith("Nine")


async def test_a_version_of_elsewhere_that_could_not_be_loaded_leaves_no_files_behind(
    start: Started,
) -> None:
    async with start() as (_, curator):
        assert curator.work is not None
        before = set(curator.work.iterdir())
        curator.load = fail_to_load
        with pytest.raises(FootnoteError, match="no memory"):
            await curator.adopt(await curator.kept.version(1))
        assert set(curator.work.iterdir()) == before


async def test_a_second_press_makes_no_second_version(start: Started, folder: Path) -> None:
    async with start() as (_, curator):
        edit(folder, "Seventeen metres", "Nineteen metres")
        key = (await curator.check()).key
        pressed = (curator.accept(key, "ada"), curator.accept(key, "ada"))
        assert await accepted(*pressed) == [2, "gone"]
        assert await numbers(curator) == [2, 1]


async def test_of_two_that_are_accepted_at_once_the_second_was_compared_with_facts_of_before(
    start: Started, folder: Path
) -> None:
    async with start() as (current, curator):
        keys = [(await curator.check(metres(folder, n))).key for n in ("Nine", "Ten")]
        assert await accepted(*(curator.accept(key, "ada") for key in keys)) == [2, "stale"]
        assert height(current).startswith("Nine")
        assert await numbers(curator) == [2, 1]


async def test_a_check_that_was_overtaken_elsewhere_is_stale_and_the_next_one_knows_of_it(
    start: Started, folder: Path
) -> None:
    async with start() as (current, curator), start() as (_, elsewhere):
        mine = await curator.check(metres(folder, "Nine"))
        theirs = await elsewhere.check(metres(folder, "Ten"))
        assert await accepted(elsewhere.accept(theirs.key, "command line")) == [2]
        assert await accepted(curator.accept(mine.key, "ada")) == ["stale"]
        assert height(current).startswith("Seventeen")
        again = await curator.check(metres(folder, "Nine"))
        assert height(current).startswith("Ten")
        assert "before: Ten metres" in again.built.full
        assert await accepted(curator.accept(again.key, "ada")) == [3]
        assert await numbers(curator) == [3, 2, 1]


@dataclass
class Overtaken:
    """A keeper; `act` is done when it was used for the first time, before that is known of."""

    keeper: Keeper
    act: Callable[[], Awaitable[object]]

    async def use(self, work: Callable[[Store], Awaitable[T]]) -> T:
        found = await self.keeper.use(work)
        act, self.act = self.act, nothing
        await act()
        return found


async def test_what_is_accepted_while_the_newest_version_is_looked_up_stays_the_newest_known(
    start: Started, folder: Path
) -> None:
    async with start() as (current, curator):
        candidate = await curator.check(metres(folder, "Nine"))
        keeper = Overtaken(curator.kept.keeper, lambda: curator.accept(candidate.key, "ada"))
        curator.kept = replace(curator.kept, keeper=keeper)
        await curator.catch_up()
        assert height(current).startswith("Nine")
        assert curator.known_number == 2
        again = await curator.check(metres(folder, "Ten"))
        assert await accepted(curator.accept(again.key, "ada")) == [3]


async def test_a_version_of_elsewhere_that_two_checks_find_is_used_once(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with start() as (_, curator), start() as (_, elsewhere):
        theirs = await elsewhere.check(metres(folder, "Ten"))
        await elsewhere.accept(theirs.key, "command line")
        caplog.clear()
        await asyncio.gather(curator.catch_up(), curator.catch_up())
        assert caplog.text.count("using version 2") == 1


async def test_a_damaged_version_of_elsewhere_is_told_once_and_keeps_no_other_from_use(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as (current, curator):
        damaged = NewVersion("ff", await curator.source_state(), "elsewhere", "bob", "", b"no zip")
        await curator.kept.keeper.use(lambda store: store.versions.add(damaged))
        assert (await curator.check_version(1)).built.same
        await refresh(curator, "SIGHUP")  # its folder was as this one is: that must not count
        assert caplog.text.count("version 2 cannot be used and is passed over: ") == 1
        edit(folder, "Seventeen metres", "Nineteen metres")
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Nineteen")
        assert await numbers(curator) == [3, 2, 1]


async def test_a_version_of_elsewhere_that_could_not_be_checked_is_tried_again(
    start: Started, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as (current, curator), start() as (_, elsewhere):
        theirs = await elsewhere.check(metres(folder, "Ten"))
        await elsewhere.accept(theirs.key, "command line")
        with monkeypatch.context() as without_python:
            without_python.setattr(sys, "executable", str(folder / "no-such-program"))
            with pytest.raises(NotChecked):
                await curator.catch_up()
        await curator.catch_up()
        assert height(current).startswith("Ten")


async def test_where_all_that_was_kept_is_gone_facts_are_accepted_as_the_first_version(
    start: Started, folder: Path, tmp_path: Path
) -> None:
    opening = lambda: Store.open(tmp_path / "data", key=None, now=lambda: 1.0)  # noqa: E731
    async with start() as (_, curator):
        (tmp_path / "data").rename(tmp_path / "gone")
        async with Memory(opening, now=lambda: 1.0) as memory:
            curator.kept = replace(curator.kept, keeper=memory)
            candidate = await curator.check(metres(folder, "Nine"))
            assert await accepted(curator.accept(candidate.key, "ada")) == [1]


async def test_three_candidates_wait_and_the_oldest_makes_room(
    start: Started, folder: Path
) -> None:
    async with start() as (_, curator):
        checked = [await curator.check(metres(folder, n)) for n in ("Nine", "Ten", "Six", "Two")]
        assert [waits(curator, one.key) for one in checked] == [False, True, True, True]
        assert [one.into.exists() for one in checked] == [False, True, True, True]


async def test_files_are_written_copied_and_removed_while_the_event_loop_goes_on(
    start: Started, folder: Path
) -> None:
    async with start() as (_, curator):
        assert curator.work is not None
        with acts_of_this_thread(curator.work) as acts:
            for number in ("Nine", "Ten", "Six", "Two"):
                candidate = await curator.check(metres(folder, number))
            await curator.compare(1, None)
            await curator.accept(candidate.key, "ada")
            await curator.compare(1, 2)
            await curator.discard((await curator.check(metres(folder, "Eight"))).key)
            await curator.check(Upload("broken.yaml", b"event: {}"))
            await curator.adopt(await curator.kept.version(1))
            assert acts == []
        assert len(list(curator.work.glob("*/base"))) == 3  # what it began with, and two that wait


@contextmanager
def acts_of_this_thread(folder: Path) -> Iterator[list[str]]:
    """What this thread opens, copies and removes in the folder, as Python itself tells it."""
    acts: list[str] = []
    thread, is_over = threading.get_ident(), False

    def note(event: str, args: tuple[object, ...]) -> None:
        if is_over or threading.get_ident() != thread or event not in ACTS:
            return
        if str(args[0]).startswith(f"{folder}{os.sep}"):
            acts.append(f"{event} {args[0]}")

    sys.addaudithook(note)  # which cannot be taken away again
    try:
        yield acts
    finally:
        is_over = True


def waits(curator: Curator, key: str) -> bool:
    return curator.candidate(key) is not None
