"""A Discord on loopback: one aiohttp server with REST v10 and gateway v10 on a free port."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from aiohttp import web

from . import payloads
from .acting import Acting
from .clock import Clock, Snowflakes
from .commands import Commands
from .content import GUILDS
from .errors import Json
from .gateway import Gateway
from .interactions import Interaction, Interactions
from .people import USUAL, Channel, Server, User
from .rest import PREFIX, Call, Rest
from .world import SentFile, Stored, World

TOKEN = "loopback-token"  # noqa: S105 - opens nothing but a stand-in
Found = TypeVar("Found")
FILES = "/attachments"
PATIENCE = 30.0  # seconds until a wait for the bot is given up


class DiscordStandin:
    """Everything together. Use `async with serving(...) as standin`.

    `people` acts; `rest.calls`, `gateway` and `world` record; `wait_for` and its kin wait for what
    the bot does, woken by its requests, never polling.
    """

    def __init__(self, *, clock: Clock = time.time, token: str = TOKEN) -> None:
        ids = Snowflakes(clock)
        bot = User(ids(), "footnote", bot=True)
        self.token = token
        self.world = World(clock, ids, bot, bot.id)
        self.commands = Commands(self.world)
        self.interactions = Interactions(self.world, self._changed)
        self.gateway = Gateway(self.world, token, lambda: self.gateway_url, self._notify)
        self.rest = Rest(
            self.world,
            self.commands,
            self.interactions,
            token,
            lambda: self.gateway_url,
            self._notify,
            self._changed,
        )
        self.people = Acting(self)
        self.port = 0
        self._attached: dict[str, bytes] = {}
        self._news = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    def attach(self, sent: SentFile) -> Json:
        """Take a file as Discord does, to be fetched from where this says."""
        number = self.world.ids()
        self._attached[number] = sent.data
        url = f"http://127.0.0.1:{self.port}{FILES}/{number}/{sent.name}"
        size = len(sent.data)
        return {"id": number, "filename": sent.name, "size": size, "url": url, "proxy_url": url}

    async def file(self, request: web.Request) -> web.Response:
        """Give back a file that somebody has attached."""
        return web.Response(body=self._attached[request.match_info["number"]])

    def _notify(self) -> None:
        self._news.set()

    def _changed(self, event: str, stored: Stored) -> None:
        """Tell the bot of a message, its own included, after the call that made it returns."""
        task = asyncio.get_running_loop().create_task(self.gateway.message(event, stored))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    # What there is

    async def add_server(
        self, name: str, owner: User, *, bot_permissions: int = USUAL
    ) -> tuple[Server, Channel]:
        """A server with one channel, #general; the bot is told, as when it is invited."""
        server = self.world.add_server(name, owner, bot_permissions=bot_permissions)
        channel = self.world.add_channel(server, "general")
        created = payloads.guild(self.world, server)
        await self.gateway.dispatch("GUILD_CREATE", created, server.id, GUILDS)
        return server, channel

    async def remove_server(self, server: Server) -> None:
        """The bot is thrown out of a server."""
        del self.world.servers[server.id]
        await self.gateway.dispatch("GUILD_DELETE", {"id": server.id}, server.id, GUILDS)

    # What the bot does

    async def wait_for(
        self,
        find: Callable[[], Found | None],
        what: str = "it",
        *,
        patience: float = PATIENCE,
    ) -> Found:
        """Wait until `find` finds something, `patience` seconds at most.

        Raises TimeoutError, naming `what`.
        """
        try:
            async with asyncio.timeout(patience):
                while True:
                    self._news.clear()
                    found = find()
                    if found is not None:
                        return found
                    await self._news.wait()
        except TimeoutError:
            calls = ", ".join(f"{c.method} {c.path} {c.status}" for c in self.rest.calls[-8:])
            raise TimeoutError(f"waited for {what} in vain; last calls: {calls}") from None

    async def wait_ready(self, times: int = 1, *, patience: float = PATIENCE) -> None:
        """Until a client has identified and got its servers."""
        await self.wait_for(lambda: self.gateway.ready >= times or None, "READY", patience=patience)

    async def wait_resumed(self, times: int = 1) -> None:
        await self.wait_for(lambda: self.gateway.resumed >= times or None, "RESUMED")

    async def wait_call(self, method: str, path: str, times: int = 1) -> Call:
        """The call number `times` (from 1) of this method whose path contains `path`."""

        def find() -> Call | None:
            found = [c for c in self.rest.calls if c.method == method and path in c.path]
            return found[times - 1] if len(found) >= times else None

        return await self.wait_for(find, f"{method} {path}")

    async def settled(self, interaction: Interaction) -> Interaction:
        """Until the bot's response to an interaction was accepted or refused."""

        def find() -> Interaction | None:
            return interaction if interaction.answer or interaction.error else None

        return await self.wait_for(find, "a response")

    async def response(self, interaction: Interaction) -> Stored:
        """The message that a response made or changed. Raises its refusal."""
        await self.settled(interaction)
        if interaction.error is not None:
            raise interaction.error
        return await self.wait_for(
            lambda: self.world.messages.get(interaction.original or ""), "a message"
        )

    def replies(self, message: Stored) -> list[Stored]:
        """What the bot has replied to a message so far."""
        return [
            stored
            for stored in self.world.messages.values()
            if stored.author == self.world.bot.id
            and (stored.payload.get("message_reference") or {}).get("message_id")
            == message.payload["id"]
        ]

    async def reply(self, message: Stored) -> Stored:
        """The bot's reply to a message, waited for."""
        return await self.wait_for(lambda: next(iter(self.replies(message)), None), "a reply")


@asynccontextmanager
async def serving(
    *, clock: Clock = time.time, token: str = TOKEN, heartbeat_ms: int = 41_250
) -> AsyncIterator[DiscordStandin]:
    """A stand-in, listening on a free loopback port until the block ends."""
    standin = DiscordStandin(clock=clock, token=token)
    standin.gateway.heartbeat_ms = heartbeat_ms
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", PREFIX + "/{tail:.*}", standin.rest.handle)
    app.router.add_get(FILES + "/{number}/{name}", standin.file)
    app.router.add_get("/gateway", standin.gateway.handle)
    app.router.add_get("/gateway/", standin.gateway.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        standin.port = runner.addresses[0][1]
        yield standin
    finally:
        await standin.gateway.drop(1001)
        for task in list(standin._sending):
            task.cancel()
        await runner.cleanup()
