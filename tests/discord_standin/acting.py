"""What people do on Discord: write, reply, forward, use commands, press, choose, fill in forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import payloads
from .commands import (
    CHAT_INPUT,
    MESSAGE_MENU,
    STRING,
    SUBCOMMAND,
    SUBCOMMAND_GROUP,
    check_typed,
    is_for_direct_messages,
    is_shown,
)
from .errors import Json
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, OPEN_MODAL, Interaction
from .limits import BUTTON, TEXT_INPUT, walk
from .payloads import FORWARD
from .people import Channel, User, channel_permissions
from .world import SentFile, Stored

if TYPE_CHECKING:
    from .server import DiscordStandin

ATTACHMENT = 11
_OPTION_TYPES = {bool: 5, int: 4, float: 10, str: 3}


class Acting:
    """People's doings. What their client would not let them do raises LookupError."""

    def __init__(self, standin: DiscordStandin) -> None:
        self._standin = standin
        self._world = standin.world

    async def say(
        self,
        author: User,
        channel: Channel,
        text: str,
        *,
        reply_to: Stored | None = None,
        ping: bool = True,
    ) -> Stored:
        """Write in a channel; `ping`: a reply notifies whom it answers, the client's default."""
        body: Json = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to.payload["id"]}
            if not ping:
                parse = ["users", "roles", "everyone"]
                body["allowed_mentions"] = {"parse": parse, "replied_user": False}
        stored = payloads.create_message(self._world, channel, author, body)
        await self._standin.gateway.message("MESSAGE_CREATE", stored)
        return stored

    async def forward(self, author: User, channel: Channel, message: Stored) -> Stored:
        """Forward a message: a message with a copy of it, and no text of its own."""
        message_id = message.payload["id"]
        reference = {"type": FORWARD, "channel_id": message.channel, "message_id": message_id}
        body = {"content": "", "message_reference": reference}
        stored = payloads.create_message(self._world, channel, author, body)
        await self._standin.gateway.message("MESSAGE_CREATE", stored)
        return stored

    async def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        *,
        though_hidden: bool = False,
        age: float = 0,
        **options: str | int | float | bool | SentFile,
    ) -> Interaction:
        """Use a command by its whole name ("facts reload"). `age`: seconds lost on the way.

        `though_hidden`: even if its default permissions hide it from this user, as an
        administrator's override would allow.
        """
        data, command = self._command(user, channel, name, though_hidden)
        values: list[Json] = []
        for key, value in options.items():
            if isinstance(value, str):
                check_typed(command, key, value)
            if isinstance(value, SentFile):
                attached = self._standin.attach(value)
                data.setdefault("resolved", {"attachments": {}})["attachments"] |= {
                    attached["id"]: attached
                }
                values.append({"name": key, "type": ATTACHMENT, "value": attached["id"]})
            else:
                values.append({"name": key, "type": _OPTION_TYPES[type(value)], "value": value})
        _innermost(data)["options"] = values
        interaction = self._open(COMMAND, user, channel, age=age)
        return await self._send(interaction, data)

    async def complete(
        self, user: User, channel: Channel, name: str, option: str, typed: str
    ) -> Interaction:
        """Type in an option that completes: the choices are in the interaction's answer."""
        data, _ = self._command(user, channel, name, though_hidden=False)
        focused = {"name": option, "type": STRING, "value": typed, "focused": True}
        _innermost(data)["options"] = [focused]
        return await self._send(self._open(AUTOCOMPLETE, user, channel), data)

    async def menu(self, user: User, channel: Channel, name: str, target: Stored) -> Interaction:
        """Use a message command on a message; it arrives whole, whoever wrote it."""
        command = self._offered(user, channel, name, MESSAGE_MENU)
        target_id = target.payload["id"]
        data: Json = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_MENU,
            "target_id": target_id,
            "resolved": {"messages": {target_id: target.payload}},
        }
        return await self._send(self._open(COMMAND, user, channel), data)

    async def press(self, user: User, message: Stored, label: str) -> Interaction:
        """Press the button that bears this label (or custom id)."""
        for component in self._components(user, message):
            named = label in (component.get("label"), component.get("custom_id"))
            if component["type"] == BUTTON and named and not component.get("disabled"):
                data = {"custom_id": component["custom_id"], "component_type": BUTTON}
                return await self._on_message(COMPONENT, user, message, data)
        raise LookupError(f"no button {label!r} to press")

    async def choose(
        self, user: User, message: Stored, custom_id: str, *values: str
    ) -> Interaction:
        """Choose in the select menu whose custom id begins so."""
        for component in self._components(user, message):
            if component["type"] == BUTTON or not component.get("custom_id", "").startswith(
                custom_id
            ):
                continue
            offered = {option["value"] for option in component.get("options", [])}
            if not offered.issuperset(values):
                raise LookupError(f"{values} are not among {sorted(offered)}")
            data: Json = {
                "custom_id": component["custom_id"],
                "component_type": component["type"],
                "values": list(values),
            }
            return await self._on_message(COMPONENT, user, message, data)
        raise LookupError(f"no select {custom_id!r} to choose in")

    async def submit(self, opened: Interaction, **values: str) -> Interaction:
        """Fill in and send the modal with which the bot answered `opened`, by custom ids."""
        if opened.answer is None or opened.answer["type"] != OPEN_MODAL:
            raise LookupError("no modal was opened")
        modal = opened.data
        known = {c["custom_id"] for c in walk(modal["components"]) if c["type"] == TEXT_INPUT}
        if known != set(values):
            raise LookupError(f"the modal has the fields {sorted(known)}")
        data = {
            "custom_id": modal["custom_id"],
            "components": _filled(modal["components"], values),
            "resolved": {},
        }
        if opened.source is not None:
            return await self._on_message(MODAL, opened.user, opened.source, data)
        return await self._send(self._open(MODAL, opened.user, opened.channel), data)

    def _command(
        self, user: User, channel: Channel, name: str, though_hidden: bool
    ) -> tuple[Json, Json]:
        """What the client sends of a command, and the (sub)command as it is registered."""
        words = name.split()
        command = self._offered(user, channel, words[0], CHAT_INPUT, though_hidden=though_hidden)
        data: Json = {"id": command["id"], "name": words[0], "type": CHAT_INPUT, "options": []}
        data |= {"guild_id": command["guild_id"]} if "guild_id" in command else {}
        inner, entry = data, command
        for word in words[1:]:
            entry = next(o for o in entry["options"] if o["name"] == word)
            if entry["type"] not in (SUBCOMMAND, SUBCOMMAND_GROUP):
                raise LookupError(f"{word!r} is no subcommand")
            inner["options"] = [{"name": word, "type": entry["type"], "options": []}]
            inner = inner["options"][0]
        return data, entry

    def _offered(
        self, user: User, channel: Channel, name: str, kind: int, *, though_hidden: bool = False
    ) -> Json:
        """A command as this user's client offers it there."""
        command = self._standin.commands.find(name, kind, channel.server)
        server = self._world.server_of(channel)
        if server is None and not is_for_direct_messages(command):
            raise LookupError(f"{name} is hidden from direct messages")
        if server is not None and not though_hidden:
            granted = channel_permissions(server, channel, user.id)
            if not is_shown(command, granted):
                raise LookupError(f"{name} is hidden from {user.name}")
        return command

    def _components(self, user: User, message: Stored) -> list[Json]:
        if message.only_for not in (None, user.id):
            raise LookupError(f"{user.name} does not see this message")
        if message.payload["id"] not in self._world.messages:
            raise LookupError("this message was deleted")
        return list(walk(message.payload["components"]))

    def _open(
        self, kind: int, user: User, channel: Channel, source: Stored | None = None, age: float = 0
    ) -> Interaction:
        return self._standin.interactions.open(kind, user, channel, source, age)

    async def _on_message(self, kind: int, user: User, message: Stored, data: Json) -> Interaction:
        channel = self._world.channels[message.channel]
        interaction = self._open(kind, user, channel, message)
        return await self._send(interaction, data, {"message": message.payload})

    async def _send(
        self, interaction: Interaction, data: Json, extra: Json | None = None
    ) -> Interaction:
        channel, user = interaction.channel, interaction.user
        server = self._world.server_of(channel)
        payload: Json = {
            "id": interaction.id,
            "application_id": self._world.application_id,
            "type": interaction.kind,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": payloads.channel(self._world, channel),
            "locale": "en-US",
            "app_permissions": payloads.app_permissions(self._world, channel),
            "entitlements": [],
            "attachment_size_limit": 10 * 1024 * 1024,
            "authorizing_integration_owners": {"0": server.id if server else "0"},
            "context": 1 if server is None else 0,
        }
        if server is None:
            payload["user"] = payloads.user(user)
        else:
            payload |= {
                "guild_id": server.id,
                "guild": payloads.partial_guild(server),
                "guild_locale": "en-US",
                "member": payloads.member(server, user, channel),
            }
        await self._standin.gateway.dispatch(
            "INTERACTION_CREATE", payload | (extra or {}), channel.server
        )
        return interaction


def _innermost(data: Json) -> Json:
    """The part of a command's data that takes the options: the last subcommand."""
    options: list[Json] = data["options"]
    return _innermost(options[0]) if options else data


def _filled(components: list[Json], values: dict[str, str]) -> list[Json]:
    """A modal's components as a client sends them back: the same nesting, with values."""
    filled: list[Json] = []
    for number, component in enumerate(components, 1):
        kept: Json = {"type": component["type"], "id": component.get("id") or number}
        if component["type"] == TEXT_INPUT:
            custom_id: Any = component["custom_id"]
            kept |= {"custom_id": custom_id, "value": values[custom_id]}
        if "components" in component:
            kept["components"] = _filled(component["components"], values)
        if "component" in component:
            kept["component"] = _filled([component["component"]], values)[0]
        filled.append(kept)
    return filled
