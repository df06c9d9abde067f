"""Runs the platforms that have a token, until SIGTERM or Ctrl-C.

discord.py is imported late: reading the facts leaves holes in the memory, which its many small
objects fill.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING

from bot.app import open_answerer
from bot.curating import curated, hearing_hangups, refreshing
from bot.errors import FootnoteError
from bot.heap import give_back, share_one_heap
from bot.logs import logging_to
from bot.only_one import only_one
from bot.settings import SHORTEST_SECRET, Settings
from bot.stopping import Stopped, unless
from bot.store.memory import Memory
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.platforms.discord import Options

log = logging.getLogger(__name__)

THREADS = "footnote-worker"
GRACE = 1.0  # seconds for what threads still do when all is closed


def run_platforms(settings: Settings, stderr: TextIOWrapper, *, watching: bool = False) -> None:
    """Run every platform that a token is set for, until SIGTERM or SIGINT.

    `watching`: read the facts anew when their files change; on SIGHUP they are in any case.
    Raises FootnoteError where there is no token, or what a platform needs is wrong.
    """
    token = _token(settings)
    share_one_heap()
    threads = ThreadPoolExecutor(thread_name_prefix=THREADS)
    with (
        logging_to(stderr, settings.log, secrets=_secrets(settings)),
        asyncio.Runner() as runner,
    ):
        runner.get_loop().set_default_executor(threads)
        failed: FootnoteError | None = None
        try:
            runner.run(_serve(settings, token, watching=watching))
        except FootnoteError as error:
            failed = error
        threads.shutdown(wait=False, cancel_futures=True)
        if _still_run(GRACE):
            # All is closed and written. Python itself would wait for them: tens of seconds, where
            # one looks up a name and no server answers.
            stderr.writelines(f"{line}\n" for line in (failed.lines if failed else ()))
            for stream in filter(None, (sys.stdout, stderr)):
                stream.flush()
            os._exit(failed.exit_code if failed else 0)
        if failed:
            raise failed


def _still_run(seconds: float) -> bool:
    """Whether one of our threads has not ended after this time."""
    until = time.monotonic() + seconds
    ours = [one for one in threading.enumerate() if one.name.startswith(THREADS)]
    try:
        for one in ours:
            one.join(max(0.0, until - time.monotonic()))
    except KeyboardInterrupt:
        return True  # whoever told it to stop twice does not want to wait for them
    return any(one.is_alive() for one in ours)


def _secrets(settings: Settings) -> tuple[str, ...]:
    """What no log line may hold. A short one is none, and would strike out parts of words."""
    given = (one.reveal() for one in (settings.discord_token, settings.key) if one)
    return tuple(one for one in given if len(one) >= SHORTEST_SECRET)


def _token(settings: Settings) -> str:
    if settings.discord_token is None:
        raise FootnoteError(
            "footnote: no platform has a token; set DISCORD_TOKEN to your Discord bot's token"
        )
    return settings.discord_token.reveal()


async def _serve(settings: Settings, token: str, *, watching: bool) -> None:
    if sys.version_info >= (3, 12):
        # A message is then answered while it is read, instead of in the loop's next iteration.
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    stop = asyncio.Event()
    with stopping_on_signals(stop), hearing_hangups() as hangup:
        async with AsyncExitStack() as parts:
            try:
                async with unless(stop):
                    await parts.enter_async_context(only_one(settings.data))
                    memory = await parts.enter_async_context(open_memory(settings))
                    facts = curated(settings, memory)
                    current, curator = await parts.enter_async_context(facts)
            except Stopped:
                log.info("stopped before it was ready")
                return
            await parts.enter_async_context(refreshing(curator, hangup, watching=watching))
            from bot.platforms.discord import run_discord  # noqa: PLC0415 - as said above

            give_back()
            # The facts live as long as they are in use: a collection that walks them each time
            # holds up answers for tens of milliseconds and frees nothing.
            gc.freeze()
            await run_discord(
                current=current,
                curator=curator,
                token=token,
                options=discord_options(settings),
                api_url=settings.discord_api_url,
                gateway_url=settings.discord_gateway_url,
                stop=stop,
                data=settings.data,
                memory=memory,
            )


def open_memory(settings: Settings) -> Memory:
    """The store in the data folder, as the running bot uses it."""
    key = settings.key.reveal().encode() if settings.key else None
    return Memory(lambda: Store.open(settings.data, key=key, now=time.time), now=time.time)


def invitation(settings: Settings) -> str:
    """The link that adds the bot to a server. Raises FootnoteError."""
    from bot.platforms.discord import invite_link  # noqa: PLC0415

    return asyncio.run(
        invite_link(
            token=_token(settings),
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
        )
    )


def register(settings: Settings) -> int:
    """Register the bot's commands with Discord; how many there are. Raises FootnoteError."""
    answerer = open_answerer(settings)
    from bot.platforms.discord import register_commands  # noqa: PLC0415

    return asyncio.run(
        register_commands(
            answerer=answerer,
            token=_token(settings),
            data=settings.data,
            options=discord_options(settings),
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
        )
    )


def discord_options(settings: Settings) -> Options:
    """What the settings say of the bot's manners on Discord; the rest by default."""
    from bot.platforms.discord import Options, Rate  # noqa: PLC0415

    usual = Options()
    person, channel = settings.discord_person_rate, settings.discord_channel_rate
    return Options(
        home_server=settings.home_server,
        channels=settings.discord_channels,
        person=Rate(*person) if person else usual.person,
        channel=Rate(*channel) if channel else usual.channel,
        test_server=settings.discord_test_server,
        moderator_roles=settings.moderator_roles,
        admin_roles=settings.admin_roles,
        moderators=settings.discord_moderators,
        shards=settings.discord_shards,
    )


@contextmanager
def stopping_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGTERM and SIGINT: discord.py alone would die of SIGTERM without closing.

    SIGINT after that ends the process at once, whatever the loop is busy with. SIGTERM does not:
    hosts send it more than once, and SIGKILL when their patience is over.
    """
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    earlier = {number: signal.getsignal(number) for number in signals}

    def begin() -> None:
        if not stop.is_set():
            log.info("stopping; Ctrl-C ends it at once")
            stop.set()

    def hear(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        loop.call_soon_threadsafe(begin)

    for number in signals:
        with suppress(NotImplementedError):  # Windows
            # It wakes the loop, also where the signal comes just before that begins to wait.
            loop.add_signal_handler(number, begin)
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, handler in earlier.items():
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, handler)
