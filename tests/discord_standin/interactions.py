"""The life of an interaction: three seconds to the first response, fifteen minutes in all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from . import payloads
from .clock import timestamp
from .errors import (
    ApiError,
    Json,
    already_acknowledged,
    expired_token,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from .limits import check_choices, check_message, check_modal
from .payloads import COMPONENTS_V2, EPHEMERAL
from .people import Channel, User
from .world import Stored, World

SECONDS_TO_RESPOND = 3.0
SECONDS_TO_FOLLOW_UP = 15 * 60.0

# What an interaction is ...
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
# ... and how it may be answered.
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, OPEN_MODAL = 4, 5, 6, 7, 8, 9
ALLOWED = {
    COMMAND: {MESSAGE, DEFERRED, OPEN_MODAL},
    COMPONENT: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, OPEN_MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE},
}


@dataclass
class Interaction:
    """One press, command, completion or submitted form, and what came of it.

    `answer` is the first response as the bot sent it; `error` the refusal of a response, if any;
    `messages` are the ids of what the bot said to it, first response first.
    """

    id: str
    token: str
    kind: int
    user: User
    channel: Channel
    created: float
    source: Stored | None = None
    answer: Json | None = None
    error: ApiError | None = None
    original: str | None = None
    unfilled: bool = False
    ephemeral: bool = False
    messages: list[str] = field(default_factory=list)

    @property
    def data(self) -> Json:
        """The data of the first response. Raises LookupError where there is none yet."""
        if self.answer is None:
            raise LookupError("this interaction was not answered")
        data: Json = self.answer.get("data") or {}
        return data


Changed = Callable[[str, Stored], None]
"""Told of each message created, updated or deleted: the gateway event's name and the message."""


@dataclass
class Interactions:
    """All interactions by token, and the REST calls that answer them."""

    world: World
    changed: Changed
    by_token: dict[str, Interaction] = field(default_factory=dict)

    def open(
        self, kind: int, user: User, channel: Channel, source: Stored | None = None, age: float = 0
    ) -> Interaction:
        """Begin one; `age` seconds of its life have passed on the way to the bot."""
        token = f"interaction-{self.world.ids()}"
        interaction = Interaction(
            self.world.ids(), token, kind, user, channel, self.world.clock() - age, source
        )
        self.by_token[token] = interaction
        return interaction

    def respond(self, interaction_id: str, token: str, body: Json) -> Json:
        """The first response, POST .../callback. Raises ApiError."""
        interaction = self.by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise unknown_interaction()
        try:
            return self._respond(interaction, body)
        except ApiError as error:
            interaction.error = error
            raise

    def _respond(self, interaction: Interaction, body: Json) -> Json:
        if interaction.answer is not None:
            raise already_acknowledged()
        if self.world.clock() - interaction.created > SECONDS_TO_RESPOND:
            raise unknown_interaction()
        kind, data = body["type"], body.get("data") or {}
        allowed = ALLOWED[interaction.kind]
        if interaction.kind == MODAL and interaction.source is None:
            allowed = allowed - {UPDATE, DEFERRED_UPDATE}
        if kind not in allowed:
            faults = {"type": {"_errors": [{"code": "INTERACTION_INVALID_TYPE", "message": ""}]}}
            raise ApiError(400, 50035, "Invalid Form Body", faults)
        self._check(kind, data, interaction)
        interaction.answer = body
        if "_files" in body:
            data = data | {"_files": body["_files"]}
        made: Stored | None = None
        if kind == MESSAGE:
            made = self._say(interaction, data)
            interaction.original = made.payload["id"]
        elif kind == DEFERRED:
            interaction.unfilled = True
            interaction.ephemeral = bool((data.get("flags") or 0) & EPHEMERAL)
        elif kind == DEFERRED_UPDATE and interaction.source is not None:
            interaction.original = interaction.source.payload["id"]
        elif kind == UPDATE and interaction.source is not None:
            made = interaction.source
            self.edit(made, data)
            interaction.original = made.payload["id"]
        return self._callback_response(interaction, kind, data, made)

    @staticmethod
    def _check(kind: int, data: Json, interaction: Interaction) -> None:
        if kind == MESSAGE:
            check_message(data, interaction=True)
        elif kind == UPDATE and interaction.source is not None:
            check_edit(interaction.source, data)
        elif kind == CHOICES:
            check_choices(data)
        elif kind == OPEN_MODAL:
            check_modal(data)

    @staticmethod
    def _callback_response(
        interaction: Interaction, kind: int, data: Json, made: Stored | None
    ) -> Json:
        about: Json = {
            "id": interaction.id,
            "type": interaction.kind,
            "response_message_loading": kind == DEFERRED,
            "response_message_ephemeral": bool((data.get("flags") or 0) & EPHEMERAL),
        }
        if made is None:
            return {"interaction": about}
        about["response_message_id"] = made.payload["id"]
        return {"interaction": about, "resource": {"type": kind, "message": made.payload}}

    def _say(self, interaction: Interaction, data: Json) -> Stored:
        made = payloads.create_message(
            self.world, interaction.channel, self.world.bot, data, asker=interaction.user
        )
        if (data.get("flags") or 0) & EPHEMERAL:
            made.only_for = interaction.user.id
        interaction.messages.append(made.payload["id"])
        self.changed("MESSAGE_CREATE", made)
        return made

    def follow_up(self, token: str, body: Json) -> Json:
        """POST /webhooks/APP/TOKEN: only after a first response, and within 15 minutes."""
        interaction = self._alive(token)
        flags = body.get("flags") or 0
        if interaction.unfilled:
            # The first follow-up fills the deferred response, and is as private as that was.
            flags = flags & ~EPHEMERAL | (EPHEMERAL if interaction.ephemeral else 0)
        check_message(body, interaction=True)
        made = self._say(interaction, body | {"flags": flags})
        if interaction.unfilled:
            interaction.unfilled = False
            interaction.original = made.payload["id"]
        return made.payload

    def message(self, token: str, message_id: str) -> Stored:
        """A message of this interaction's; `@original` is its first response."""
        interaction = self._alive(token)
        wanted = interaction.original if message_id == "@original" else message_id
        own = {*interaction.messages, interaction.original}
        if wanted is None or wanted not in own or wanted not in self.world.messages:
            raise unknown_message()
        return self.world.messages[wanted]

    def edit_message(self, token: str, message_id: str, body: Json) -> Json:
        """PATCH /webhooks/APP/TOKEN/messages/ID."""
        interaction = self._alive(token)
        if message_id == "@original" and interaction.unfilled:
            return self.follow_up(token, body)
        stored = self.message(token, message_id)
        check_edit(stored, body)
        self.edit(stored, body)
        return stored.payload

    def delete_message(self, token: str, message_id: str) -> None:
        """DELETE /webhooks/APP/TOKEN/messages/ID."""
        stored = self.message(token, message_id)
        del self.world.messages[stored.payload["id"]]
        self.changed("MESSAGE_DELETE", stored)

    def _alive(self, token: str) -> Interaction:
        interaction = self.by_token.get(token)
        if interaction is None or interaction.answer is None:
            raise unknown_webhook()
        if self.world.clock() - interaction.created > SECONDS_TO_FOLLOW_UP:
            raise expired_token()
        return interaction

    def edit(self, stored: Stored, body: Json) -> None:
        """Write an edit down; null empties a field."""
        for key in ("content", "embeds", "components"):
            if key in body:
                stored.payload[key] = body[key] if body[key] is not None else type_of_empty(key)
        stored.payload["flags"] |= (body.get("flags") or 0) & COMPONENTS_V2
        stored.payload["edited_timestamp"] = timestamp(self.world.clock())
        self.changed("MESSAGE_UPDATE", stored)


def type_of_empty(key: str) -> str | list[Json]:
    return "" if key == "content" else []


def check_edit(stored: Stored, body: Json) -> None:
    """An edit is checked as what the message will be; it cannot stop being Components V2."""
    flags = (stored.payload["flags"] & COMPONENTS_V2) | (body.get("flags") or 0)
    check_message(body | {"flags": flags & ~EPHEMERAL}, interaction=True, edit=True)
