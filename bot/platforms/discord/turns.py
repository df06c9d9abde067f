"""Turns of the event loop: a thousand questions at once must not hold it, one must not wait."""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """At most one in each iteration of the event loop, in the order of asking.

    An answer takes milliseconds of computing. A thousand of them in a row would hold the loop for
    seconds, heartbeats included; so between two of them it does whatever else is due.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._taken = False

    async def wait(self) -> None:
        """Wait for a turn: not at all if nobody has had one in this iteration."""
        loop = asyncio.get_running_loop()
        if not self._taken:
            self._taken = True
            loop.call_soon(self._pass_on)
            return
        turn = loop.create_future()
        self._waiting.append(turn)
        await turn

    def _pass_on(self) -> None:
        """Give the next turn; it is used in the iteration after this one."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():  # else whoever waited for it has been cancelled
                turn.set_result(None)
                turn.get_loop().call_soon(self._pass_on)
                return
        self._taken = False
