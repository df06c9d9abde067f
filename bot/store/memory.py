"""The store as the running bot uses it: never on the path of a reply, and never a reason to stop.

Counts and gaps go through a bounded queue that one task writes. Where the store cannot be used, the
bot goes on, says so once, tries again, and picks up where it can.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import islice, takewhile
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from bot.stopping import log_end, within
from bot.store.errors import StoreError
from bot.store.gaps import first_kept
from bot.store.records import Count, Gap
from bot.store.store import Store, day_of

log = logging.getLogger(__name__)

T = TypeVar("T")
Opening = Callable[[], Awaitable[Store]]

MOST_WAITING = 2_000  # notes in the queue; of what cannot be written, the newest are kept
BATCH = 200  # notes in a transaction
FIRST_RETRY, LONGEST_RETRY = 5.0, 300.0  # seconds between attempts to open the store
GATHERING = 0.5  # seconds in which notes come together: one write for all, when answers are given
IDLE = 3600.0  # seconds after which an idle writer looks whether a new day has begun


class Waiting(NamedTuple):
    """A note that is not written yet, and the day that it is of."""

    day: int
    noted: Count | Gap


class Memory:
    """Use it as `async with Memory(...)`: the store is open in the block, if it can be.

    `opening` opens the store and raises StoreError; `now` gives seconds since 1970, by the store's
    own clock; `retry` is how many seconds to wait before the second attempt, `gathering` how many
    to wait for further notes before writing.
    """

    def __init__(
        self,
        opening: Opening,
        *,
        now: Callable[[], float],
        retry: float = FIRST_RETRY,
        gathering: float = GATHERING,
    ) -> None:
        self._opening = opening
        self._now = now
        self._retry = retry
        self._gathering = gathering
        self._store: Store | None = None
        self._trouble: str | None = None
        self._listener: Callable[[str], None] | None = None
        self._waiting: deque[Waiting] = deque(maxlen=MOST_WAITING)
        self._wake = asyncio.Event()
        self._written = asyncio.Event()
        self._written.set()
        self._stop = asyncio.Event()
        # A file that is opened while an older connection to it is being closed can lose what that
        # one still has in its log.
        self._turn = asyncio.Lock()
        self._swept: int | None = None
        self._writer: asyncio.Task[None] | None = None

    @property
    def trouble(self) -> str | None:
        """Why nothing is remembered at the moment; None where all is well."""
        return self._trouble

    async def __aenter__(self) -> Self:
        await self._open()
        self._writer = asyncio.create_task(self._write(), name="memory")
        self._writer.add_done_callback(log_end)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write what is waiting, if that is possible, and close."""
        self._stop.set()
        self._wake.set()
        if self._writer is not None:
            await asyncio.wait([self._writer])
        if self._store is not None:
            await self._store.close()
            self._store = None

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call `listener` whenever remembering stops, with the reason; and now, if it has."""
        self._listener = listener
        if self._trouble is not None:
            listener(self._trouble)

    def note(self, noted: Count | Gap) -> None:
        """Remember it, of this day, when there is time; returns at once."""
        self._waiting.append(Waiting(day_of(self._now()), noted))
        self._written.clear()
        self._wake.set()

    def forget(self, person: str) -> None:
        """Forget the questions of a person that are not written yet."""
        self._drop(lambda one: isinstance(one.noted, Gap) and one.noted.person == person)

    async def flushed(self) -> None:
        """Wait until all that was noted is in the store."""
        await self._written.wait()

    async def use(self, work: Callable[[Store], Awaitable[T]]) -> T:
        """Do something with the store, and come back when that is committed.

        Raises StoreError where it cannot be used; then it is opened anew in the background.
        """
        store = self._store
        if store is None:
            raise StoreError(self._trouble or "the store is not open")
        try:
            return await work(store)
        except StoreError as error:
            await self._fail(store, error)
            raise

    async def _open(self) -> bool:
        self._drop_old()  # each time: what cannot be written must not be held for longer, either
        try:
            async with self._turn:
                store = await self._opening()
        except StoreError as error:
            self._say(error)
            return False
        if self._trouble is not None:
            log.info("remembering again")
            self._trouble = None
        self._store = store
        return True

    async def _fail(self, store: Store, error: StoreError) -> None:
        """Let go of a store that failed; the writer opens it anew."""
        if self._store is store:  # else somebody was faster, and it may be open again by now
            self._say(error)
            self._store = None
            self._wake.set()
            async with self._turn:
                await store.close()

    def _say(self, error: StoreError) -> None:
        if self._trouble is None:
            log.warning("not remembering: %s; answers go on, and it will be tried again", error)
            self._trouble = str(error)
            if self._listener is not None:
                self._listener(self._trouble)

    async def _write(self) -> None:
        delay = self._retry
        while True:
            if self._store is None:
                if self._stop.is_set():
                    return
                await within(delay, self._stop.wait())
                delay = min(2 * delay, LONGEST_RETRY)
                if self._stop.is_set() or not await self._open():
                    continue
            if await self._write_waiting():
                delay = self._retry
                if self._stop.is_set():
                    return
                await within(IDLE, self._wake.wait())
                if self._gathering:
                    await within(self._gathering, self._stop.wait())
            self._wake.clear()

    async def _write_waiting(self) -> bool:
        """Write all that waits, a batch at a time; False where the store failed."""
        store = self._store
        if store is None:
            return False
        try:
            if store.today != self._swept:
                await store.sweep()
                self._swept = store.today
            while self._waiting:
                # They stay in the queue until they are written: a failure loses none.
                batch = self._first()
                await store.note(
                    [one.noted for one in batch if isinstance(one.noted, Count)],
                    [one.noted for one in batch if isinstance(one.noted, Gap)],
                    batch[0].day,
                )
                self._written_are(batch)
        except StoreError as error:
            await self._fail(store, error)
            return False
        self._written.set()
        return True

    def _first(self) -> list[Waiting]:
        """The first that wait, all of one day."""
        day = self._waiting[0].day
        return list(islice(takewhile(lambda one: one.day == day, self._waiting), BATCH))

    def _written_are(self, batch: list[Waiting]) -> None:
        """Take what was written out of the queue; some may have been dropped meanwhile."""
        for one in batch:
            if self._waiting and self._waiting[0] is one:
                self._waiting.popleft()

    def _drop_old(self) -> None:
        """Forget the questions that the store would not keep any more."""
        first = first_kept(day_of(self._now()))
        self._drop(lambda one: isinstance(one.noted, Gap) and one.day < first)

    def _drop(self, unwanted: Callable[[Waiting], bool]) -> None:
        self._waiting = deque((o for o in self._waiting if not unwanted(o)), MOST_WAITING)
