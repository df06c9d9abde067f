"""What takes long is ended by a stop, and only by that; what fails is heard."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.stopping import Stopped, log_end, unless, within


@pytest.fixture
def stop() -> asyncio.Event:
    return asyncio.Event()


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """No task is left after the block, and the loop met no error that nobody awaits."""
    loop = asyncio.get_running_loop()
    met: list[object] = []
    loop.set_exception_handler(lambda _, context: met.append(context))
    before = asyncio.all_tasks()
    yield
    assert asyncio.all_tasks() == before
    assert met == []


async def some_iterations(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_block_that_waits_is_ended_by_the_stop(stop: asyncio.Event) -> None:
    with nothing_left_behind():
        asyncio.get_running_loop().call_soon(stop.set)
        with pytest.raises(Stopped):
            async with unless(stop):
                await asyncio.Event().wait()


async def test_a_block_that_ends_by_itself_is_left_alone(stop: asyncio.Event) -> None:
    with nothing_left_behind():
        async with unless(stop):
            await some_iterations(3)
        stop.set()
        await some_iterations(3)


async def test_after_the_stop_nothing_is_begun(stop: asyncio.Event) -> None:
    stop.set()
    begun = False
    with pytest.raises(Stopped):
        async with unless(stop):
            begun = True
    assert not begun


@pytest.mark.parametrize("iterations", range(4))
async def test_a_stop_at_the_moment_of_its_end_does_no_harm(
    stop: asyncio.Event, iterations: int
) -> None:
    with nothing_left_behind():
        try:
            async with unless(stop):
                await some_iterations(3)
                stop.set()
                await some_iterations(iterations)
        except Stopped:
            assert iterations
        await some_iterations(5)


async def test_a_timeout_of_its_own_is_no_stop(stop: asyncio.Event) -> None:
    with nothing_left_behind(), pytest.raises(TimeoutError):
        async with unless(stop), asyncio.timeout(0):
            await asyncio.Event().wait()


async def test_who_is_cancelled_is_not_stopped(stop: asyncio.Event) -> None:
    async def wait() -> None:
        async with unless(stop):
            await asyncio.Event().wait()

    with nothing_left_behind():
        waiting = asyncio.create_task(wait())
        await some_iterations(3)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_a_wait_ends_with_what_is_waited_for_or_with_its_time(stop: asyncio.Event) -> None:
    with nothing_left_behind():
        assert not await within(0, stop.wait())
        asyncio.get_running_loop().call_soon(stop.set)
        assert await within(10, stop.wait())


async def test_only_a_task_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise RuntimeError("a fault")

    lasting = asyncio.create_task(some_iterations(1_000), name="lasting")
    tasks = [lasting, asyncio.create_task(some_iterations(1)), asyncio.create_task(fail())]
    tasks[-1].set_name("failing")
    for task in tasks:
        task.add_done_callback(log_end)
    await some_iterations(2)
    lasting.cancel()
    await asyncio.wait(tasks)
    [record] = caplog.records
    assert record.getMessage() == "the task 'failing' ended by itself"
    assert "a fault" in caplog.text
