"""Puts together what changes the facts of a running bot, beginning with those it starts with."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import base_folder, open_answerer
from bot.cache import Cache
from bot.collector import collector_paused
from bot.curation.archives import as_sent
from bot.curation.curator import Curator
from bot.curation.kept import Kept
from bot.curation.model import InUse, Keeper, Source
from bot.curation.refreshing import refresh, watch
from bot.curation.starting import Choice, as_it_lies, choices
from bot.dialogue.answerer import Answerer
from bot.dialogue.current import Current
from bot.errors import FootnoteError
from bot.facts.model import HASH_DIGITS
from bot.heap import trim
from bot.letting_go import let_go
from bot.preparing import prepare_apart
from bot.settings import Settings
from bot.stopping import log_end
from bot.store.errors import StoreError
from bot.store.records import NewVersion
from bot.work import work_folder

START, SIGNAL, WATCH = "start", "SIGHUP", "watch"  # who changes the facts where nobody does

log = logging.getLogger(__name__)


def source_of(settings: Settings) -> Source:
    """Where the settings say that the facts come from."""
    return Source(
        folder=lambda: base_folder(settings),
        cache=settings.cache,
        address=settings.knowledge_address,
        event=settings.event,
    )


@asynccontextmanager
async def curated(settings: Settings, keeper: Keeper) -> AsyncIterator[tuple[Current, Curator]]:
    """The engine to begin with, and what changes it from then on.

    Raises FootnoteError where there is no base that can be served.
    """
    with ExitStack() as held:
        work = None
        try:
            work = held.enter_context(work_folder())
            settings = _with_cache(settings, work)
            found = await choices(source_of(settings), keeper, work)
        except OSError as error:  # a full disk, mostly
            if settings.knowledge_address is not None:
                raise
            log.warning("no room to work in (%s): the folder is served as it lies", error.strerror)
            work, found = None, (as_it_lies(base_folder(settings)),)
        choice, answerer = await _first_that_loads(found, settings)
        number, why = await _kept(choice, answerer, keeper), choice.told(answerer.texts)
        known = max((one.version.number for one in found if one.version is not None), default=0)
        shown = answerer.base.hash[:HASH_DIGITS]
        log.info("serving %d facts (%s): %s", len(answerer.base.facts), shown, why)
        current, leaving = Current(answerer), set[asyncio.Task[None]]()
        curator = Curator(
            source=source_of(settings),
            kept=Kept(keeper, answerer.texts),
            load=lambda folder: _load(folder, settings, current, leaving),
            work=work,
            in_use=InUse(answerer.base.hash, choice.content, number, why),
            known_state=choice.state,
            known_number=number or known,
        )
        del answerer  # only `current` holds it: when it is exchanged, it goes
        try:
            yield current, curator
        finally:
            if leaving:
                await asyncio.wait(leaving)


@asynccontextmanager
async def refreshing(
    curator: Curator, hangup: asyncio.Event, *, watching: bool
) -> AsyncIterator[None]:
    """Look for other facts when `hangup` is set and, if `watching`, when the files change."""
    wanted: dict[str, asyncio.Event] = {SIGNAL: hangup, WATCH: asyncio.Event()}
    tasks = [
        asyncio.create_task(_refresh_when(event, curator, by), name=f"refresh-{by}")
        for by, event in wanted.items()
    ]
    if watching and curator.source.address is None:
        looking = watch(curator.source.folder, wanted[WATCH])
        tasks.append(asyncio.create_task(looking, name="watch"))
    elif watching:
        log.warning("an address is not watched; send SIGHUP, or use /facts reload")
    for task in tasks:
        task.add_done_callback(log_end)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _refresh_when(event: asyncio.Event, curator: Curator, by: str) -> None:
    while True:
        await event.wait()
        event.clear()
        try:
            await refresh(curator, by)
        except Exception:  # whatever it was: the next signal must be heard
            log.exception("the facts could not be read anew; they stay as they are")


@contextmanager
def hearing_hangups() -> Iterator[asyncio.Event]:
    """What SIGHUP sets, from the beginning: one that comes during the start is not to end it."""
    event = asyncio.Event()
    if not hasattr(signal, "SIGHUP"):  # on Windows
        yield event
        return
    loop = asyncio.get_running_loop()
    earlier = signal.getsignal(signal.SIGHUP)
    signal.signal(signal.SIGHUP, lambda *_: loop.call_soon_threadsafe(event.set))
    try:
        yield event
    finally:
        signal.signal(signal.SIGHUP, earlier)


def _with_cache(settings: Settings, work: Path) -> Settings:
    """Another process learns, and what it learns comes by the cache: there has to be one."""
    if Cache(settings.cache).is_writable():
        return settings
    log.info("%s cannot be written; each start has to learn anew", settings.cache)
    return replace(settings, cache=work / "cache")


async def _first_that_loads(found: Iterable[Choice], settings: Settings) -> tuple[Choice, Answerer]:
    """The best base that loads. Raises FootnoteError: the mistakes of the last one."""
    *better, last = found
    for choice in better:
        try:
            return choice, await _first(_at(choice.folder, settings))
        except FootnoteError as error:
            log.warning("%s cannot be served: %s", choice.why, "; ".join(_told(error, choice)))
    try:
        return last, await _first(_at(last.folder, settings))
    except FootnoteError as error:
        raise FootnoteError(*_told(error, last)) from None


def _told(error: FootnoteError, choice: Choice) -> tuple[str, ...]:
    return as_sent(error.lines, choice.folder, choice.name)


async def _first(settings: Settings) -> Answerer:
    """An engine in as little memory as it takes, because it is to stay. Raises FootnoteError."""
    await prepare_apart(settings)
    return open_answerer(settings)  # it holds up the event loop, but nobody is waiting yet


async def _kept(choice: Choice, answerer: Answerer, keeper: Keeper) -> int | None:
    """The number of the version that is served; a new one is made where there is none yet."""
    if choice.version is not None:
        return choice.version.number
    if choice.why != "folder" or choice.content is None:
        return None
    new = NewVersion(
        base_hash=answerer.base.hash,
        folder_hash=choice.state,
        origin=choice.told(answerer.texts),
        by=START,
        reason="",
        content=choice.content.read_bytes(),
    )
    try:
        return await keeper.use(lambda store: store.versions.add(new))
    except StoreError:
        return None  # the store has said so itself


async def _load(
    folder: Path, settings: Settings, current: Current, leaving: set[asyncio.Task[None]]
) -> Callable[[], None]:
    """Load a base beside the one in use; what it gives swaps them, and leaves a task that throws
    away the other one."""
    answerer = await asyncio.to_thread(_loaded, _at(folder, settings))

    def use() -> None:
        before: list[object] = [current.swap(answerer)]
        task = asyncio.create_task(asyncio.to_thread(_thrown_away, before), name="letting go")
        leaving.add(task)
        task.add_done_callback(leaving.discard)
        task.add_done_callback(log_end)

    return use


def _thrown_away(engine: list[object]) -> None:
    """In a thread. Else the C library keeps most of what an engine took, with every exchange."""
    let_go(engine)
    trim()


def _loaded(settings: Settings) -> Answerer:
    """In a thread. A collection would walk all that is new, and hold up the event loop."""
    with collector_paused():
        answerer = open_answerer(settings)
        gc.freeze()
        return answerer


def _at(folder: Path, settings: Settings) -> Settings:
    return replace(settings, knowledge=folder, knowledge_address=None, event=None)
