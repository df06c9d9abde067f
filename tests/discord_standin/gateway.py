"""Gateway v10: hello, identify, heartbeats, events by intent, resuming with replay."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from aiohttp import WSMsgType, web

from . import payloads
from .content import (
    ALL_INTENTS,
    DIRECT_MESSAGES,
    GUILD_MEMBERS,
    GUILD_MESSAGES,
    GUILDS,
    PRIVILEGED,
)
from .errors import Body, Json
from .frames import Compressor, compressor, send
from .people import VIEW_CHANNEL, Channel, Server
from .world import Stored, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 7, 8, 9, 10, 11

UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, BAD_TOKEN = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, BAD_SEQUENCE = 4005, 4007
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014
LATE_BY: Final = 0.1  # seconds past its interval at which a heartbeat counts as late


@dataclass
class Session:
    """What lives on while its connection drops: the numbering, and everything to replay."""

    id: str
    intents: int
    shard: int
    shards: int
    sequence: int = 0
    sent: list[Json] = field(default_factory=list)
    connection: Connection | None = None

    def concerns(self, server: str | None) -> bool:
        """Whether this shard gets a server's events; direct messages are the first shard's."""
        shard = (int(server) >> 22) % self.shards if server else 0
        return shard == self.shard


@dataclass
class Connection:
    """One WebSocket; `session` once it has identified or resumed."""

    socket: web.WebSocketResponse
    compress: Compressor | None
    session: Session | None = None
    last_beat: float | None = None
    closed_here: bool = False

    async def close(self, code: int) -> None:
        """Close from this side; the client's echo of it is no goodbye."""
        self.closed_here = True
        await self.socket.close(code=code)


@dataclass
class Gateway:
    """All connections and sessions. Records identifies, resumes, heartbeats and late ones, and the
    compression that each connection asked for. The next `refusing` connections get a 503, the
    next `hanging_up` are closed before the hello. `identify_refusal`: the code with which it closes
    whatever identifies, or the shard `refused_shard` alone. `resume_url`: where READY says that
    sessions are resumed (None: here)."""

    world: World
    token: str
    url: Callable[[], str]
    notify: Callable[[], None]
    granted: int = ALL_INTENTS & ~PRIVILEGED
    heartbeat_ms: int = 41_250
    sessions: dict[str, Session] = field(default_factory=dict)
    connections: list[Connection] = field(default_factory=list)
    compressions: list[str | None] = field(default_factory=list)
    identifies: list[Json] = field(default_factory=list)
    resumes: list[Json] = field(default_factory=list)
    ready: int = 0
    resumed: int = 0
    heartbeats: int = 0
    late_heartbeats: int = 0
    refusing: int = 0
    hanging_up: int = 0
    identify_refusal: int | None = None
    refused_shard: int | None = None
    resume_url: str | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until either side closes it."""
        if self.refusing:
            self.refusing -= 1
            return web.Response(status=503)
        try:
            compress = compressor(request.query.get("compress"))
        except (LookupError, ImportError):
            return web.Response(status=400)
        self.compressions.append(request.query.get("compress"))
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        if self.hanging_up:
            self.hanging_up -= 1
            await socket.close(code=1001)
            return socket
        connection = Connection(socket, compress)
        self.connections.append(connection)
        interval = {"heartbeat_interval": self.heartbeat_ms}
        await send(socket, compress, {"op": HELLO, "d": interval, "s": None, "t": None})
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
            session = connection.session
            if session is not None and session.connection is connection:
                session.connection = None
                said_goodbye = socket.close_code in (1000, 1001) and not connection.closed_here
                if said_goodbye:  # nothing to resume
                    self.sessions.pop(session.id, None)
            self.notify()
        return socket

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.socket:
            if frame.type is not WSMsgType.TEXT:
                await connection.close(DECODE_ERROR)
                return
            try:
                payload: Json = json.loads(frame.data)
            except ValueError:
                await connection.close(DECODE_ERROR)
                return
            code = await self._receive(connection, payload.get("op"), payload.get("d"))
            self.notify()
            if code is not None:
                await connection.close(code)
                return

    async def _receive(self, connection: Connection, op: object, data: Body) -> int | None:
        """Do what a client asks; the close code if it may not."""
        if op == HEARTBEAT:
            self._beat(connection)
            await send(connection.socket, connection.compress, {"op": ACK})
            return None
        if op in (IDENTIFY, RESUME):
            if connection.session is not None:
                return ALREADY_AUTHENTICATED
            if data["token"] != self.token:
                return BAD_TOKEN
            if op == IDENTIFY:
                return await self._identify(connection, data)
            return await self._resume(connection, data)
        if connection.session is None:
            return NOT_AUTHENTICATED
        if op == REQUEST_MEMBERS:
            await self._members(connection.session, data)
            return None
        return None if op in (PRESENCE, VOICE) else UNKNOWN_OPCODE

    def _beat(self, connection: Connection) -> None:
        now = asyncio.get_running_loop().time()
        if connection.last_beat is not None:
            late = now - connection.last_beat > self.heartbeat_ms / 1000 + LATE_BY
            self.late_heartbeats += late
        connection.last_beat = now
        self.heartbeats += 1

    async def _identify(self, connection: Connection, data: Json) -> int | None:
        self.identifies.append(data)
        shard, shards = data.get("shard") or (0, 1)
        if self.identify_refusal is not None and self.refused_shard in (None, shard):
            return self.identify_refusal
        intents = data["intents"]
        if intents & ~ALL_INTENTS:
            return INVALID_INTENTS
        if intents & ~self.granted:
            return DISALLOWED_INTENTS
        session = Session(f"session-{self.world.ids()}", intents, shard, shards)
        session.connection = connection
        connection.session = session
        self.sessions[session.id] = session
        servers = [s for s in self.world.servers.values() if session.concerns(s.id)]
        await self._dispatch(session, "READY", self._ready(session, servers))
        for server in servers:
            if intents & GUILDS:
                await self._dispatch(session, "GUILD_CREATE", payloads.guild(self.world, server))
        self.ready += 1
        return None

    def _ready(self, session: Session, servers: list[Server]) -> Json:
        return {
            "v": 10,
            "user": payloads.user(self.world.bot),
            "session_id": session.id,
            "resume_gateway_url": self.resume_url or self.url(),
            "shard": [session.shard, session.shards],
            "guilds": [{"id": server.id, "unavailable": True} for server in servers],
            "application": {"id": self.world.application_id, "flags": 0},
        }

    async def _resume(self, connection: Connection, data: Json) -> int | None:
        self.resumes.append(data)
        session = self.sessions.get(data["session_id"])
        if session is None:
            message = {"op": INVALID_SESSION, "d": False}
            await send(connection.socket, connection.compress, message)
            return None
        if data["seq"] > session.sequence:
            return BAD_SEQUENCE
        session.connection = connection
        connection.session = session
        for missed in [event for event in session.sent if event["s"] > data["seq"]]:
            await send(connection.socket, connection.compress, missed)
        await self._dispatch(session, "RESUMED", {})
        self.resumed += 1
        return None

    async def _members(self, session: Session, data: Json) -> None:
        server = self.world.servers[str(data["guild_id"])]
        everybody = session.intents & GUILD_MEMBERS
        ids = list(server.members) if everybody else [self.world.bot.id]
        members = [payloads.member(server, self.world.users[i]) for i in ids]
        chunk = {"guild_id": server.id, "members": members, "chunk_index": 0, "chunk_count": 1}
        extra: Json = {"not_found": [], "nonce": data.get("nonce")}
        await self._dispatch(session, "GUILD_MEMBERS_CHUNK", chunk | extra)

    async def _dispatch(self, session: Session, event: str, data: Body) -> None:
        session.sequence += 1
        payload = {"op": DISPATCH, "t": event, "s": session.sequence, "d": data}
        session.sent.append(payload)
        if session.connection is not None:
            await send(session.connection.socket, session.connection.compress, payload)

    async def dispatch(self, event: str, data: Json, server: str | None, intent: int = 0) -> None:
        """Send an event to whichever shards it concerns, if they asked for it (0: needs none)."""
        for session in list(self.sessions.values()):
            if session.concerns(server) and session.intents & intent == intent:
                await self._dispatch(session, event, data)

    async def message(self, event: str, stored: Stored) -> None:
        """A message was written, edited or deleted: tell whoever may see it, as they may see it."""
        channel = self.world.channels[stored.channel]
        direct = channel.server is None
        needed = DIRECT_MESSAGES if direct else GUILD_MESSAGES
        if stored.only_for is not None or not self._sees(channel):
            return
        for session in list(self.sessions.values()):
            if not session.concerns(channel.server) or not session.intents & needed:
                continue
            if event == "MESSAGE_DELETE":
                data: Json = {"id": stored.payload["id"], "channel_id": channel.id}
                data |= {"guild_id": channel.server} if channel.server else {}
            else:
                data = payloads.message_event(self.world, stored, session.intents)
            await self._dispatch(session, event, data)

    def _sees(self, channel: Channel) -> bool:
        return bool(self.world.permissions(self.world.bot, channel) & VIEW_CHANNEL)

    async def drop(self, code: int = 4000) -> None:
        """Close every connection with a code, as Discord does; sessions can be resumed."""
        for connection in list(self.connections):
            await connection.close(code)

    def cut(self) -> None:
        """Break every connection off without a word, as a failing network does."""
        for connection in list(self.connections):
            transport = connection.socket._req.transport if connection.socket._req else None
            if transport is not None:
                transport.abort()

    async def say(self, op: int, data: object = None) -> None:
        """Send a bare opcode to every connection, such as RECONNECT or INVALID_SESSION."""
        for connection in list(self.connections):
            await send(connection.socket, connection.compress, {"op": op, "d": data})

    async def forget_sessions(self) -> None:
        """Declare every session invalid: clients have to identify anew."""
        self.sessions.clear()
        await self.say(INVALID_SESSION, False)
