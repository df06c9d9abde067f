"""What is being answered, and must not be cut off when the bot stops."""

from __future__ import annotations

import asyncio
from types import TracebackType

from bot.stopping import within


class Underway:
    """`with underway:` stands around every answer."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()

    def __enter__(self) -> None:
        self._count += 1
        self._none.clear()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._count -= 1
        if not self._count:
            self._none.set()

    async def finish(self, seconds: float) -> bool:
        """Wait until nothing is being answered, but no longer than this; whether that came."""
        return not self._count or await within(seconds, self._none.wait())
