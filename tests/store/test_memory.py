"""The face of the store at run time: it is never waited for, and goes on through every trouble."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, AsyncExitStack, closing, contextmanager
from pathlib import Path

import pytest

from bot.store.database import FILE
from bot.store.errors import StoreError
from bot.store.gaps import DAYS
from bot.store.memory import MOST_WAITING, Memory
from bot.store.records import Count, Gap, Vote
from bot.store.store import Store, day_of

from .conftest import Calendar

SOON = 0.001  # seconds until the next attempt
VOTE = Vote("hash", "answer", ("size",), "discord:1", helpful=True)


@pytest.fixture
def memory(folder: Path, calendar: Calendar) -> Memory:
    opening = lambda: Store.open(folder, key=b"key", now=calendar, busy=0)  # noqa: E731
    return Memory(opening, now=calendar, retry=SOON, gathering=0)


def count(fact: str = "size") -> Count:
    return Count(fact, "answer", 100)


async def asked(memory: Memory) -> int:
    """How many replies are counted in the store."""
    return sum(c.asked for c in await memory.use(lambda store: store.counts.since(0)))


def block(folder: Path) -> None:
    folder.write_text("a file in the folder's place")


def unblock(folder: Path) -> None:
    folder.unlink()


async def written(memory: Memory) -> None:
    async with asyncio.timeout(10):
        await memory.flushed()


async def test_what_is_noted_is_written_in_the_background(memory: Memory) -> None:
    async with memory:
        memory.note(count())
        memory.note(Gap("who pays?", "unanswered", "harbour", "discord:1"))
        await written(memory)
        assert await asked(memory) == 1
        (gap,) = await memory.use(lambda store: store.gaps.since(0))
        assert gap.text == "who pays?"


async def test_what_is_waiting_is_written_before_the_end(
    memory: Memory, folder: Path, calendar: Calendar
) -> None:
    async with memory:
        for _ in range(450):
            memory.note(count())
    store = await Store.open(folder, key=b"key", now=calendar)
    (counted,) = await store.counts.since(0)
    await store.close()
    assert counted.asked == 450


async def test_what_comes_soon_after_each_other_is_written_together(
    folder: Path, calendar: Calendar
) -> None:
    forever = 3600.0
    opening = lambda: Store.open(folder, key=b"key", now=calendar)  # noqa: E731
    async with Memory(opening, now=calendar, gathering=forever) as memory:
        memory.note(count())
        await asyncio.sleep(0)
        memory.note(count())
        assert await asked(memory) == 0
    store = await Store.open(folder, key=b"key", now=calendar)
    (counted,) = await store.counts.since(0)
    await store.close()
    assert counted.asked == 2  # and the end waits for nothing


async def test_a_day_later_the_old_gaps_are_swept(
    memory: Memory, folder: Path, calendar: Calendar
) -> None:
    async with memory:
        memory.note(Gap("who pays?", "unanswered", "harbour", "discord:1"))
        await written(memory)
        calendar.days_pass(DAYS)
        memory.note(count())
        await written(memory)
        assert await memory.use(lambda store: store.gaps.since(0)) == ()
        assert not any(b"who pays?" in file.read_bytes() for file in folder.iterdir())  # noqa: ASYNC240 - a test may wait


async def test_what_had_to_wait_is_kept_under_the_day_that_it_is_of(
    memory: Memory, folder: Path, calendar: Calendar
) -> None:
    block(folder)
    days = [day_of(calendar()), day_of(calendar()) + 20]
    async with memory:
        for word in ("first", "second"):
            memory.note(count())
            memory.note(Gap(word, "unanswered", "harbour", "discord:1"))
            calendar.days_pass(20 if word == "first" else 9)
        unblock(folder)
        await written(memory)
        kept = await memory.use(lambda store: store.gaps.since(0))
        assert [(gap.day, gap.text) for gap in kept] == list(
            zip(days, ("first", "second"), strict=True)
        )
        counts = await memory.use(lambda store: store.counts.since(0))
        assert [(c.day, c.asked) for c in counts] == [(day, 1) for day in days]


async def test_a_question_that_waited_for_thirty_days_is_not_written(
    memory: Memory, folder: Path, calendar: Calendar
) -> None:
    block(folder)
    async with memory:
        memory.note(count())
        memory.note(Gap("who pays?", "unanswered", "harbour", "discord:1"))
        calendar.days_pass(DAYS)
        memory.note(Gap("who paid?", "unanswered", "harbour", "discord:1"))
        unblock(folder)
        await written(memory)
        (kept,) = await memory.use(lambda store: store.gaps.since(0))
        assert kept.text == "who paid?"
        assert await asked(memory) == 1


async def test_a_question_is_not_held_for_longer_where_nothing_can_be_written(
    calendar: Calendar,
) -> None:
    attempts = asyncio.Queue[None]()

    async def opening() -> Store:
        attempts.put_nowait(None)
        raise StoreError("the disk is full")

    memory = Memory(opening, now=calendar, retry=SOON)
    async with memory:
        memory.note(Gap("who pays?", "unanswered", "harbour", "discord:1"))
        memory.note(count())
        calendar.days_pass(DAYS)
        while not attempts.empty():
            attempts.get_nowait()
        await attempts.get()
        assert [one.noted for one in memory._waiting] == [count()]


async def test_who_is_forgotten_is_forgotten_in_what_waits(memory: Memory, folder: Path) -> None:
    block(folder)
    async with memory:
        for n in (1, 2, 1):
            memory.note(count())
            memory.note(Gap(f"who pays {n}?", "unanswered", "harbour", f"discord:{n}"))
        memory.forget("discord:1")
        unblock(folder)
        await written(memory)
        (kept,) = await memory.use(lambda store: store.gaps.since(0))
        assert kept.text == "who pays 2?"
        assert await asked(memory) == 3


async def test_while_there_is_no_store_the_bot_is_told_so_once_and_then_it_picks_up(
    memory: Memory, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    block(folder)
    told: list[str] = []
    memory.listen(told.append)
    async with memory:
        for _ in range(3):
            memory.note(count())
            with pytest.raises(StoreError, match="FOOTNOTE_DATA"):
                await memory.use(lambda store: store.votes.put(VOTE))
        assert told == [memory.trouble]
        assert caplog.text.count("not remembering") == 1
        unblock(folder)
        await written(memory)
        assert memory.trouble is None
        assert await asked(memory) == 3
        await memory.use(lambda store: store.votes.put(VOTE))


async def test_who_listens_late_hears_of_a_trouble_at_once(memory: Memory, folder: Path) -> None:
    block(folder)
    async with memory:
        told: list[str] = []
        memory.listen(told.append)
        assert told == [memory.trouble]


async def test_without_a_store_the_newest_notes_wait_and_memory_does_not_grow(
    memory: Memory, folder: Path
) -> None:
    block(folder)
    async with memory:
        for n in range(MOST_WAITING + 50):
            memory.note(count(f"fact-{n}"))
        unblock(folder)
        await written(memory)
        facts = {c.fact for c in await memory.use(lambda store: store.counts.since(0))}
    assert facts == {f"fact-{n}" for n in range(50, MOST_WAITING + 50)}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def damaged(folder: Path) -> Iterator[None]:
    file = folder / FILE
    aside = folder / "aside"
    file.rename(aside)
    file.write_bytes(b"damaged" * 1000)
    yield
    aside.replace(file)  # at once: where there is none for a moment, the bot may make an empty one


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """No file may grow beyond what it is: every write that needs room fails."""
    import resource  # noqa: PLC0415 - not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = min(file.stat().st_size for file in folder.iterdir() if file.stat().st_size)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    folder.chmod(0o500)
    for file in folder.iterdir():
        file.chmod(0o400)
    yield
    folder.chmod(0o700)
    for file in folder.iterdir():
        file.chmod(0o600)


ROOT = sys.platform != "win32" and os.geteuid() == 0
NO_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
NOT_ROOT = pytest.mark.skipif(ROOT, reason="root may write everything")


@pytest.mark.parametrize(
    "trouble",
    [
        locked,
        pytest.param(damaged, marks=NO_WINDOWS),
        pytest.param(full, marks=NO_WINDOWS),
    ],
)
async def test_it_goes_on_through_a_trouble_and_picks_up_afterwards(
    memory: Memory,
    folder: Path,
    trouble: Callable[[Path], AbstractContextManager[None]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    async with memory:
        memory.note(count())
        await written(memory)
        with trouble(folder):
            for _ in range(500):
                memory.note(count("during"))
            with pytest.raises(StoreError) as raised:
                await memory.use(lambda store: store.votes.put(VOTE))
            assert len(raised.value.lines) == 1
            assert memory.trouble is not None
            assert caplog.text.count("not remembering") == 1
        await written(memory)
        assert not memory.trouble
        assert await asked(memory) == 501
        assert await memory.use(lambda store: store.votes.tallies()) == ()
        assert "remembering again" in caplog.text


async def test_it_is_opened_anew_only_when_the_one_that_failed_is_closed(
    folder: Path, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    close = Store.close

    async def slowly(store: Store) -> None:
        for _ in range(100):  # longer than until the next attempt
            await asyncio.to_thread(threading.get_ident)
        await close(store)
        happened.append("closed")

    async def opening() -> Store:
        happened.append("opened")
        return await Store.open(folder, key=b"key", now=calendar, busy=0)

    monkeypatch.setattr(Store, "close", slowly)
    async with Memory(opening, now=calendar, retry=SOON, gathering=0) as memory:
        memory.note(count())
        await written(memory)
        with damaged(folder), pytest.raises(StoreError):
            await memory.use(lambda store: store.votes.put(VOTE))
        memory.note(count())
        await written(memory)
        assert await asked(memory) == 2
    assert happened == ["opened", "closed", "opened", "closed"]


@contextmanager
def no_new_threads() -> Iterator[None]:
    """No thread can be started: there is no room for its stack."""
    before = threading.stack_size(1 << 46)
    try:
        yield
    finally:
        threading.stack_size(before)


@NO_WINDOWS
async def test_while_no_thread_can_be_started_it_is_tried_again(
    folder: Path, calendar: Calendar
) -> None:
    attempts = asyncio.Queue[None]()

    async def opening() -> Store:
        attempts.put_nowait(None)
        return await Store.open(folder, key=b"key", now=calendar)

    memory = Memory(opening, now=calendar, retry=SOON, gathering=0)
    async with AsyncExitStack() as stack:
        with no_new_threads():
            await stack.enter_async_context(memory)
            assert "can't start new thread" in (memory.trouble or "")
            memory.note(count())
            for _ in range(3):
                await attempts.get()
        await written(memory)
        assert await asked(memory) == 1


@NO_WINDOWS
async def test_a_store_that_finds_no_thread_to_write_with_is_opened_anew(
    memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    async with memory:
        await written(memory)
        # Whatever threads there are have work to do: the next act needs a new one.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        with no_new_threads(), pytest.raises(StoreError, match="can't start new thread"):
            await memory.use(lambda store: store.votes.put(VOTE))
        memory.note(count())
        await written(memory)
        assert await asked(memory) == 1
    assert caplog.text.count("not remembering") == 1


async def test_a_writer_that_ends_by_a_fault_is_logged(
    memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    async with memory:
        memory.note(Gap(None, "unanswered", "harbour", "discord:1"))  # type: ignore[arg-type]
    assert "the task 'memory' ended by itself" in caplog.text


@NO_WINDOWS
@NOT_ROOT
async def test_a_store_that_may_only_be_read_is_told_and_used_when_it_may_be_written(
    memory: Memory, folder: Path
) -> None:
    store = await Store.open(folder, key=b"key", now=Calendar())
    await store.close()
    with read_only(folder):
        async with memory:
            assert "may not be written" in (memory.trouble or "")
            memory.note(count())
            for file in (folder, *folder.iterdir()):  # noqa: ASYNC240 - a test may wait
                file.chmod(0o700)
            await written(memory)
            assert await asked(memory) == 1
