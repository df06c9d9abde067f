"""Runs the Discord bot until it is told to stop: through outages, but not with a wrong token."""

from __future__ import annotations

import asyncio
import logging
import math
import threading
import time
from pathlib import Path

import aiohttp
import discord
import yarl

from bot.curation.curator import Curator
from bot.dialogue.current import Current
from bot.errors import FootnoteError
from bot.platforms.discord.client import HOPELESS, FootnoteClient, TooOften, make_client
from bot.platforms.discord.courtesy import Courtesy
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.notebook import Notebook
from bot.platforms.discord.notices import Notices
from bot.platforms.discord.options import Options
from bot.platforms.discord.quiet import quiet_library
from bot.platforms.discord.sending import one_line
from bot.platforms.discord.session import Clock
from bot.platforms.discord.starts import Starts
from bot.platforms.discord.sweeping import sweeping
from bot.stopping import log_end, within
from bot.store.memory import Memory

log = logging.getLogger(__name__)

FIRST_DELAY, LONGEST_DELAY = 1.0, 300.0  # seconds between attempts to connect
FINISHING = 5.0  # seconds for answers under way when the bot is told to stop
BAD_TOKEN = 4004
REFUSED = (
    "DISCORD_TOKEN: Discord does not accept this token; "
    "copy the bot's token anew from the Discord Developer Portal (Bot, Reset Token)"
)
# Codes with which Discord refuses a connection for good: what to do. After a connection that held,
# the next attempt has to show it, for then it may have been a fault of that one.
FOR_GOOD = {
    4010: "DISCORD_SHARDS: Discord takes no such connection (4010); set another number, or none",
    4011: (
        "DISCORD_SHARDS: the bot is in too many servers for so few connections (4011); "
        "set a larger number: at least one for each 2,500 servers"
    ),
    4012: (
        "DISCORD_GATEWAY_URL: the gateway there does not speak this version (4012); "
        "leave it unset, or install a newer footnote"
    ),
    4013: (
        "DISCORD_GATEWAY_URL: the gateway there does not know what the bot wants to hear of "
        "(4013); leave it unset, or install a newer footnote"
    ),
    4014: (
        "DISCORD_GATEWAY_URL: the gateway there holds what the bot wants to hear of to be "
        "privileged (4014), which Discord itself does not; leave it unset, or allow it there"
    ),
}
NOT_DISCORD = (
    "DISCORD_API_URL: what answers there is not Discord; "
    "set the address of Discord's REST API, or leave it unset"
)
# What discord.py trips over as it logs in where another page than Discord's comes back.
UNLIKE_DISCORD = (TypeError, KeyError, ValueError)
ENDED = "the connection ended"
GIVEN_UP = f"no attempt came to a connection in {HOPELESS:.0f} s"
LOST = (
    discord.DiscordException,
    discord.gateway.ReconnectWebSocket,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
)


async def run_discord(
    *,
    current: Current,
    token: str,
    stop: asyncio.Event,
    data: Path,
    curator: Curator | None = None,
    options: Options | None = None,
    memory: Memory | None = None,
    api_url: str | None = None,
    gateway_url: str | None = None,
    clock: Clock = time.monotonic,
    wall_clock: Clock = time.time,
) -> None:
    """Connect and answer until `stop` is set. Returns when the connection is closed.

    `current` is the engine in use, `curator` what changes it (None: nobody can); `data` is the
    folder for what is kept, `memory` the store in it (None: nothing is remembered); `options` (the
    defaults where None) are the runner's; `api_url` and `gateway_url` are for proxies and
    compatible servers. Raises FootnoteError for a wrong token or address, and for whatever else
    Discord refuses for good.
    """
    point_to(api_url, gateway_url)
    options = options or Options()
    desk = Desk(
        current,
        clock,
        Courtesy(clock, options.person, options.channel),
        options.home_server,
        Notebook(memory, clock),
        curator,
        options.moderator_roles,
        options.admin_roles,
        stop,
    )
    notices = Notices(desk, options)
    if memory is not None:
        memory.listen(notices.trouble)
    starts = Starts(data, wall_clock, options.shards or 1)
    delay = FIRST_DELAY
    async with sweeping(desk):
        with quiet_library():
            pause = await asyncio.to_thread(starts.pause)
            if pause:
                log.warning("connected anew too often lately; connecting in %.0f s", pause)
                await within(pause, stop.wait())
            while not stop.is_set():
                client = make_client(desk, options, data, starts)
                since = clock()
                trouble = await _connected(client, notices, token, stop)
                if trouble is None:
                    return
                if clock() - since >= LONGEST_DELAY:  # it held: this is a new trouble
                    delay = FIRST_DELAY
                pause = max(delay, math.ceil(await asyncio.to_thread(starts.pause)))
                log.warning("Discord cannot be reached (%s); next attempt in %g s", trouble, pause)
                await within(pause, stop.wait())
                delay = min(delay * 2, LONGEST_DELAY)


def point_to(api_url: str | None, gateway_url: str | None) -> None:
    """Set where discord.py finds Discord: it knows no setting but its class attributes.

    With a gateway, sessions are also resumed there: the address that Discord names for it goes
    around a proxy, or is not to be reached at all.
    """
    if api_url is not None:
        discord.http.Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        gateway = yarl.URL(gateway_url)
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
        always = property(lambda _: gateway, lambda _, _named: None)
        discord.gateway.DiscordWebSocket.gateway = always  # type: ignore[assignment]


async def _connected(
    client: FootnoteClient, notices: Notices, token: str, stop: asyncio.Event
) -> str | None:
    """One connection's life; None when stopped, else why it ended. Raises FootnoteError."""
    async with client:
        running = asyncio.create_task(client.start(token), name="discord")
        naming = asyncio.create_task(_keep_commands(client), name="commands")
        stopping = asyncio.create_task(stop.wait(), name="stop")
        losing = asyncio.create_task(client.given_up.wait(), name="given up")
        telling = asyncio.create_task(notices.watch(client), name="notices")
        for lasting in (naming, telling):
            lasting.add_done_callback(log_end)
        try:
            ends = (running, stopping, losing)
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            if not await client.desk.underway.finish(FINISHING):
                log.warning("questions are left unanswered: %.0f s were not enough", FINISHING)
        finally:
            beside = (stopping, losing, telling, naming)
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            await client.close()
            await _end_forgotten()
        try:
            # Closed, it ends by itself; a login that hangs has to be cancelled, and so has a wait
            # for the next attempt.
            if client.given_up.is_set() or (stop.is_set() and not client.is_ready()):
                running.cancel()
            await running
        except asyncio.CancelledError:
            if not stop.is_set() and not client.given_up.is_set():
                raise
            return None if stop.is_set() else GIVEN_UP
        except discord.LoginFailure as error:
            raise FootnoteError(REFUSED) from error
        except discord.PrivilegedIntentsRequired as error:
            raise FootnoteError(FOR_GOOD[4014]) from error
        except discord.ConnectionClosed as error:
            if error.code == BAD_TOKEN:
                raise FootnoteError(REFUSED) from error
            if error.code in FOR_GOOD and not client.was_connected:
                raise FootnoteError(FOR_GOOD[error.code]) from error
            return None if stop.is_set() else f"closed with code {error.code}"
        except (*LOST, AttributeError) as error:
            # discord.py would resume even a first connection that failed, and trips over there
            # being none.
            cause = error.__context__ if isinstance(error, AttributeError) else error
            if not isinstance(cause, LOST):
                raise
            return None if stop.is_set() else _told(cause)
        except UNLIKE_DISCORD as error:
            if client.application is not None:
                raise
            raise FootnoteError(NOT_DISCORD) from error
    return None if stop.is_set() else ENDED


async def _end_forgotten() -> None:
    """discord.py forgets a connection that was called off before it identified, and its thread."""
    loop = asyncio.get_running_loop()
    for thread in threading.enumerate():
        if isinstance(thread, discord.gateway.KeepAliveHandler) and thread.ws.loop is loop:
            thread.stop()
            await thread.ws.socket.close()


def _told(error: BaseException) -> str:
    if isinstance(error, discord.gateway.ReconnectWebSocket):
        return ENDED
    if isinstance(error, TooOften):
        return str(error)
    return f"{type(error).__name__}: {error}"


async def _keep_commands(client: FootnoteClient) -> None:
    """Register the commands anew after the facts have changed: their descriptions name the event.

    Runs until cancelled. Where Discord cannot be reached, the next change or start does it.
    """
    changed = asyncio.Event()
    forget = client.desk.current.listen(changed.set)
    try:
        while True:
            await changed.wait()
            changed.clear()
            await client.wait_until_ready()
            try:
                await client.synchronise()
            except (aiohttp.ClientError, OSError) as error:
                log.warning("registering the commands broke off: %s", one_line(error))
    finally:
        forget()
