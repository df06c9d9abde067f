"""The bot as it runs, connected to a Discord on loopback."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self, TypeVar

import discord
import pytest

from bot.curating import curated
from bot.platforms.discord import Options, Rate, run_discord
from bot.platforms.discord.session import Clock
from bot.settings import Settings
from bot.store.memory import Memory
from bot.store.store import DAY, Store
from tests.cli.support import CACHE
from tests.discord_standin import Channel, DiscordStandin, ManualClock, Server, User, serving
from tests.discord_standin.errors import Json
from tests.discord_standin.interactions import UPDATE
from tests.discord_standin.rest import Call

# Most tests ask faster than people may.
UNHURRIED = Options(person=Rate(0, 1), channel=Rate(0, 1))
NOW = 20_000.0 * DAY  # when all of it happens
SOON = 0.01  # seconds until the store is tried again
BASE = Path(__file__).parent / "base"
SUPPRESS_EMBEDS = 1 << 2

T = TypeVar("T")


@dataclass
class Place:
    """A server with a channel, its owner, and somebody who asks."""

    discord: DiscordStandin
    server: Server
    channel: Channel
    owner: User
    alice: User

    @property
    def mention(self) -> str:
        return f"<@{self.discord.world.bot.id}>"


@dataclass
class Remembered:
    """What the running bot keeps, and where."""

    folder: Path
    memory: Memory | None = None

    async def use(self, work: Callable[[Store], Awaitable[T]]) -> T:
        """Look into the store, when all that was noted is in it."""
        assert self.memory is not None
        async with asyncio.timeout(10):
            await self.memory.flushed()
        return await self.memory.use(work)


class Running(Protocol):
    """Starts the bot; it runs until the block ends, and must then end by itself."""

    def __call__(
        self, standin: DiscordStandin, *, options: Options = UNHURRIED
    ) -> AbstractAsyncContextManager[asyncio.Task[None]]: ...


class Heard(logging.Handler):
    """The bot's lines with this text that are logged in the block; `line` waits for the next."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        if self._text in record.getMessage():
            self._lines.put_nowait(record.getMessage())

    async def line(self) -> str:
        async with asyncio.timeout(10):
            return await self._lines.get()

    def __enter__(self) -> Self:
        logging.getLogger("bot").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("bot").removeHandler(self)


@pytest.fixture(autouse=True)
def discord_addresses() -> Iterator[None]:
    """discord.py's class attributes, put back after each test."""
    base = discord.http.Route.BASE
    socket = discord.gateway.DiscordWebSocket
    gateway = socket.DEFAULT_GATEWAY
    yield
    discord.http.Route.BASE = base
    socket.DEFAULT_GATEWAY = gateway
    if "gateway" in vars(socket):
        del socket.gateway


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A copy of the small base, to be edited at will."""
    return Path(shutil.copytree(BASE, tmp_path / "facts"))


@pytest.fixture
def clock() -> ManualClock:
    """The bot's clock for conversations."""
    return ManualClock()


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    """The store of the bot that runs."""
    return Remembered(tmp_path / "store")


@pytest.fixture
def running(facts: Path, tmp_path: Path, clock: Clock, remembered: Remembered) -> Running:
    @asynccontextmanager
    async def run(
        standin: DiscordStandin, *, options: Options = UNHURRIED
    ) -> AsyncIterator[asyncio.Task[None]]:
        stop = asyncio.Event()
        before = standin.gateway.ready
        opening = lambda: Store.open(remembered.folder, key=b"key", now=lambda: NOW)  # noqa: E731
        settings = Settings(data=tmp_path / "data", cache=CACHE, knowledge=facts)
        async with (
            Memory(opening, now=lambda: NOW, retry=SOON, gathering=0) as memory,
            curated(settings, memory) as (current, curator),
        ):
            remembered.memory = memory
            task = asyncio.create_task(
                run_discord(
                    current=current,
                    curator=curator,
                    token=standin.token,
                    stop=stop,
                    data=tmp_path / "data",
                    options=options,
                    memory=memory,
                    api_url=standin.api_url,
                    gateway_url=standin.gateway_url,
                    clock=clock,
                )
            )
            await standin.wait_ready(before + 1)
            yield task
            stop.set()
            async with asyncio.timeout(10):
                await task

    return run


@pytest.fixture
async def standin() -> AsyncIterator[DiscordStandin]:
    """The Discord; afterwards, the bot must have used nothing that it does not model."""
    async with serving(clock=ManualClock()) as standin:
        yield standin
        assert standin.rest.unknown == []


@pytest.fixture
async def place(standin: DiscordStandin) -> Place:
    """One server, before any bot is connected."""
    owner, alice = standin.world.add_user("olga"), standin.world.add_user("alice")
    server, channel = await standin.add_server("Ellery", owner)
    server.members[alice.id] = set()
    return Place(standin, server, channel, owner, alice)


@pytest.fixture
async def home(place: Place, running: Running) -> AsyncIterator[Place]:
    """One server with the bot in it, connected; nobody was pinged by anything it said, and under
    nothing stood a preview of a page."""
    async with running(place.discord):
        yield place
    assert_pings_nobody(place.discord)
    assert_previews_nothing(place.discord)


def assert_pings_nobody(standin: DiscordStandin) -> None:
    for _, data in said(standin):
        assert data["allowed_mentions"]["parse"] == []
        assert not data["allowed_mentions"].get("replied_user")


def assert_previews_nothing(standin: DiscordStandin) -> None:
    for call, data in said(standin):
        assert isinstance(call.body, dict)
        if call.method == "POST" and call.body.get("type") != UPDATE:  # an edit leaves it as it was
            assert data["flags"] & SUPPRESS_EMBEDS, data["content"]


def said(standin: DiscordStandin) -> Iterator[tuple[Call, Json]]:
    """What the bot sent to be shown."""
    for call in standin.rest.calls:
        data = call.body.get("data", call.body) if isinstance(call.body, dict) else {}
        if isinstance(data, dict) and "content" in data:
            yield call, data
