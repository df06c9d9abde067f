"""Turns: a lone question does not wait, and of many none holds up what else the loop has to do."""

from __future__ import annotations

import asyncio
import itertools

from bot.platforms.discord.turns import Turns


async def test_a_lone_question_does_not_wait() -> None:
    turns = Turns()
    for _ in range(3):
        others: list[str] = []
        asyncio.get_running_loop().call_soon(others.append, "had the loop")
        await turns.wait()
        assert not others
        await asyncio.sleep(0)


async def test_many_have_an_iteration_of_the_loop_each_in_the_order_of_asking() -> None:
    turns, loop, iterations = Turns(), asyncio.get_running_loop(), itertools.count()
    now = 0

    def tick() -> None:
        nonlocal now
        now = next(iterations)
        loop.call_soon(tick)

    async def asked(number: int) -> tuple[int, int]:
        await turns.wait()
        answered.append(number)
        return number, now

    answered: list[int] = []
    tick()
    async with asyncio.timeout(10):
        taken = await asyncio.gather(*(asked(n) for n in range(20)))
    assert answered == list(range(20))
    assert len({iteration for _, iteration in taken}) == 20


async def test_who_does_not_wait_any_longer_keeps_nobody_waiting() -> None:
    turns = Turns()
    await turns.wait()
    tasks = [asyncio.create_task(turns.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    tasks[1].cancel()
    async with asyncio.timeout(10):
        await tasks[2]
        await turns.wait()
