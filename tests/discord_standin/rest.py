"""REST v10: each route that a bot of this kind uses, and nothing kinder than Discord."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import unquote

from aiohttp import web

from . import payloads
from .commands import Commands
from .errors import (
    ApiError,
    Body,
    Json,
    direct_messages_closed,
    missing_access,
    missing_permissions,
    no_history,
    not_the_author,
    unauthorized,
    unknown_channel,
    unknown_message,
    unknown_route,
)
from .faults import Fault, InjectedFaults
from .interactions import Interactions, check_edit
from .limits import check_message
from .people import (
    ADD_REACTIONS,
    ATTACH_FILES,
    DIRECT,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    THREAD,
    VIEW_CHANNEL,
    Channel,
)
from .world import Stored, World

PREFIX = "/api/v10"
UNAUTHENTICATED = {"interactions", "webhooks"}


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived, and the status that it got."""

    method: str
    path: str
    body: Body
    headers: dict[str, str]
    query: dict[str, str]
    status: int
    arrived: float  # time.perf_counter() seconds


@dataclass
class Rest:
    """The REST side. `calls` records every request, `unknown` those to no known route."""

    world: World
    commands: Commands
    interactions: Interactions
    token: str
    gateway_url: Callable[[], str]
    notify: Callable[[], None]
    changed: Callable[[str, Stored], None]
    faults: InjectedFaults = field(default_factory=InjectedFaults)
    calls: list[Call] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    shards: int = 1

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request: an injected fault, a refusal in Discord's form, or the real thing."""
        arrived = time.perf_counter()
        path = unquote(request.path).removeprefix(PREFIX)
        body = await _body(request)
        fault = self.faults.take(request.method, path)
        if fault is None or fault.delivered:
            response = self._answer(request, path, body)
        if fault is not None:
            if not fault.status and request.transport is not None:
                request.transport.abort()
            response = _fault_response(fault)
        sent = dict(request.headers), dict(request.query)
        self.calls.append(Call(request.method, path, body, *sent, response.status, arrived))
        self.notify()
        return response

    def _answer(self, request: web.Request, path: str, body: Body) -> web.Response:
        parts = path.strip("/").split("/")
        try:
            authorized = request.headers.get("Authorization") == f"Bot {self.token}"
            if parts[0] not in UNAUTHENTICATED and not authorized:
                raise unauthorized()
            status, answer = self._route([request.method, *parts], body)
        except ApiError as error:
            status, answer = error.status, error.body()
        return _response(status, answer, _limit_headers(request.method, parts))

    def _route(self, call: list[str], body: Body) -> tuple[int, Any]:
        match call:
            case ["GET", "users", "@me"]:
                return 200, self._me()
            case ["GET", "users", "@me", "guilds"]:
                servers = self.world.servers.values()
                return 200, [{"id": one.id, "name": one.name, "features": []} for one in servers]
            case ["GET", "oauth2", "applications", "@me"] | ["GET", "applications", "@me"]:
                return 200, self._application()
            case ["GET", "gateway"]:
                return 200, {"url": self.gateway_url()}
            case ["GET", "gateway", "bot"]:
                return 200, self._gateway_bot()
            case [method, "applications", _, "commands"]:
                return self._commands(method, None, body)
            case [method, "applications", _, "guilds", server, "commands"]:
                return self._commands(method, server, body)
            case ["POST", "users", "@me", "channels"]:
                return 200, self._open_direct(str(body["recipient_id"]))
            case ["GET", "channels", channel]:
                return 200, payloads.channel(self.world, self._channel(channel, VIEW_CHANNEL))
            case ["POST", "channels", channel, "typing"]:
                self._channel(channel, SEND_MESSAGES)
                return 204, None
            case ["POST", "channels", channel, "messages"]:
                return 200, self._send(channel, body)
            case [method, "channels", channel, "messages", message]:
                return self._message(method, channel, message, body)
            case [method, "channels", channel, "messages", message, "reactions", *_]:
                return self._react(method, channel, message)
            case ["POST", "interactions", interaction, token, "callback"]:
                return 200, self.interactions.respond(interaction, token, body)
            case ["POST", "webhooks", _, token]:
                return 200, self.interactions.follow_up(token, body)
            case ["GET", "webhooks", _, token, "messages", message]:
                return 200, self.interactions.message(token, message).payload
            case ["PATCH", "webhooks", _, token, "messages", message]:
                return 200, self.interactions.edit_message(token, message, body)
            case ["DELETE", "webhooks", _, token, "messages", message]:
                self.interactions.delete_message(token, message)
                return 204, None
        self.unknown.append(" ".join((call[0], "/".join(call[1:]))))
        raise unknown_route()

    def _me(self) -> Json:
        extra: Json = {"verified": True, "mfa_enabled": True, "flags": 0, "locale": "en-US"}
        return cast("Json", payloads.user(self.world.bot)) | extra

    def _application(self) -> Json:
        owner = next((u for u in self.world.users.values() if not u.bot), self.world.bot)
        return {
            "id": self.world.application_id,
            "name": self.world.bot.name,
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": payloads.user(owner),
            "verify_key": "0" * 64,
            "flags": 0,
            "team": None,
        }

    def _gateway_bot(self) -> Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 16}
        return {"url": self.gateway_url(), "shards": self.shards, "session_start_limit": limit}

    def _commands(self, method: str, server: str | None, body: Body) -> tuple[int, Any]:
        if server is not None and server not in self.world.servers:
            raise missing_access()
        if method == "GET":
            return 200, self.commands.registered.get(server, [])
        if method == "PUT":
            return 200, self.commands.replace(server, body)
        raise unknown_route()

    def _open_direct(self, recipient: str) -> Json:
        user = self.world.users.get(recipient)
        if user is None:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        return payloads.channel(self.world, self.world.direct(user))

    def _channel(self, channel_id: str, needed: int) -> Channel:
        """The channel, if the bot may do all of `needed` there."""
        channel = self.world.channels.get(channel_id)
        if channel is None:
            raise unknown_channel()
        granted = self.world.permissions(self.world.bot, channel)
        if not granted & VIEW_CHANNEL:
            raise missing_access()
        if channel.type == THREAD and needed & SEND_MESSAGES:
            needed = needed & ~SEND_MESSAGES | SEND_MESSAGES_IN_THREADS
        if granted & needed != needed:
            raise missing_permissions()
        return channel

    def _send(self, channel_id: str, body: Json) -> Json:
        files = ATTACH_FILES if body.get("_files") else 0
        channel = self._channel(channel_id, SEND_MESSAGES | files)
        if channel.recipient is not None and not channel.recipient.accepts_direct_messages:
            raise direct_messages_closed()
        granted = self.world.permissions(self.world.bot, channel)
        if not granted & EMBED_LINKS:
            body = body | {"embeds": []}  # Discord drops them without a word
        check_message(body)
        self._check_reference(body, granted)
        made = self.world.made_with(body)
        if made is None:
            made = payloads.create_message(self.world, channel, self.world.bot, body)
            self.world.note_nonce(body, made)
            self.changed("MESSAGE_CREATE", made)
        return made.payload

    def _check_reference(self, body: Json, granted: int) -> None:
        reference = body.get("message_reference")
        if reference is None:
            return
        if not granted & READ_MESSAGE_HISTORY:
            raise no_history()
        if str(reference["message_id"]) in self.world.messages:
            return
        if not reference.get("fail_if_not_exists", True):
            del body["message_reference"]
            return
        message = "Unknown message"
        fault = {"code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": message}
        tree = {"message_reference": {"_errors": [fault]}}
        raise ApiError(400, 50035, "Invalid Form Body", tree)

    def _message(
        self, method: str, channel_id: str, message_id: str, body: Body
    ) -> tuple[int, Any]:
        needed = READ_MESSAGE_HISTORY if method == "GET" else 0
        channel = self._channel(channel_id, needed)
        stored = self.world.messages.get(message_id)
        # A private response is nobody's to fetch: only its interaction's token reaches it.
        if stored is None or stored.channel != channel.id or stored.only_for is not None:
            raise unknown_message()
        own = stored.author == self.world.bot.id
        if method == "GET":
            return 200, stored.payload
        if method == "PATCH":
            if not own:
                raise not_the_author()
            check_edit(stored, body)
            self.interactions.edit(stored, body)
            return 200, stored.payload
        if method != "DELETE":
            raise unknown_route()
        if not own and (channel.type == DIRECT or not self._bot_moderates(channel)):
            raise missing_permissions()
        del self.world.messages[message_id]
        self.changed("MESSAGE_DELETE", stored)
        return 204, None

    def _bot_moderates(self, channel: Channel) -> bool:
        return bool(self.world.permissions(self.world.bot, channel) & MANAGE_MESSAGES)

    def _react(self, method: str, channel_id: str, message_id: str) -> tuple[int, Any]:
        adding = ADD_REACTIONS if method == "PUT" else 0
        self._channel(channel_id, READ_MESSAGE_HISTORY | adding)
        if message_id not in self.world.messages:
            raise unknown_message()
        return 204, None


async def _body(request: web.Request) -> Body:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        body: Json = json.loads(str(form["payload_json"])) if "payload_json" in form else {}
        files = {
            upload.filename: upload.file.read()
            for upload in form.values()
            if isinstance(upload, web.FileField)
        }
        return body | {"_files": files}
    return json.loads(await request.text() or "null")


def _limit_headers(method: str, parts: list[str]) -> dict[str, str]:
    """A wide bucket per method, route and first id: never in the way unless a fault says so."""
    return {
        "Via": "1.1 stand-in",
        "X-RateLimit-Bucket": "-".join((method, parts[0], parts[-1][:8] if parts[1:] else "")),
        "X-RateLimit-Limit": "100000",
        "X-RateLimit-Remaining": "99999",
        "X-RateLimit-Reset-After": "1.0",
        "X-RateLimit-Reset": str(time.time() + 1),
    }


def _fault_response(fault: Fault) -> web.Response:
    return _response(fault.status, fault.body, {"Via": "1.1 stand-in"} | fault.headers)


def _response(status: int, body: Body, headers: dict[str, str]) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    # discord.py compares the type with "application/json" exactly: no charset may follow.
    headers = headers | {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)
