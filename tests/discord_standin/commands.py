"""Application commands: what may be registered, and what a person's client then offers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .errors import Faults, Json
from .people import ADMINISTRATOR
from .world import World

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP, STRING = 1, 2, 3
BOT_DM = 1  # of the contexts in which a command is there: a conversation with the bot
_NAME = re.compile(r"[-_'\w]{1,32}")
LONGEST = 6000  # characters of an option
MOST = {CHAT_INPUT: 100, USER_MENU: 5, MESSAGE_MENU: 5}


@dataclass
class Commands:
    """What the bot has registered: under None for everywhere, else for one server."""

    world: World
    registered: dict[str | None, list[Json]] = field(default_factory=dict)

    def replace(self, server: str | None, commands: list[Json]) -> list[Json]:
        """Overwrite the whole list, as PUT does. Raises ApiError where one is not allowed."""
        check_commands(commands)
        self.registered[server] = [
            {
                "id": self.world.ids(),
                "application_id": self.world.application_id,
                "version": self.world.ids(),
                "type": CHAT_INPUT,
                "description": "",
                "default_member_permissions": None,
                "dm_permission": True,
                "nsfw": False,
            }
            | ({"guild_id": server} if server else {})
            | command
            for command in commands
        ]
        return self.registered[server]

    def find(self, name: str, kind: int, server: str | None) -> Json:
        """The command that a client there would offer. Raises LookupError where none is."""
        for where in (server, None):
            for command in self.registered.get(where, []):
                if command["name"] == name and command["type"] == kind:
                    return command
        raise LookupError(f"no command {name!r} is registered")


def is_shown(command: Json, granted: int) -> bool:
    """Whether a client shows a command to somebody with these permissions, by its default ones.

    "0" hides it from all but administrators, null from nobody.
    """
    default = command["default_member_permissions"]
    if default is None or granted & ADMINISTRATOR:
        return True
    needed = int(default)
    return needed != 0 and granted & needed == needed


def is_for_direct_messages(command: Json) -> bool:
    """Whether a client shows it in a conversation with the bot, too."""
    contexts: list[int] | None = command.get("contexts")
    return BOT_DM in contexts if contexts is not None else bool(command["dm_permission"])


def check_typed(command: Json, name: str, text: str) -> None:
    """Raises LookupError where a client would not send this text in an option of a command."""
    for option in command.get("options") or []:
        least, most = option.get("min_length") or 0, option.get("max_length") or LONGEST
        if option["name"] == name and not least <= len(text) <= most:
            raise LookupError(f"{name} takes {least} to {most} characters, not {len(text)}")


def check_commands(commands: list[Json]) -> None:
    """Refuse a list of commands that Discord would refuse. Raises ApiError."""
    faults = Faults()
    for kind, most in MOST.items():
        if sum(c.get("type", CHAT_INPUT) == kind for c in commands) > most:
            faults.add("name", "APPLICATION_COMMANDS_TOO_MANY", f"At most {most} are allowed.")
    seen: set[tuple[int, str]] = set()
    for n, command in enumerate(commands):
        kind = command.get("type", CHAT_INPUT)
        if (kind, command["name"]) in seen:
            message = "Application command names must be unique"
            faults.add(f"{n}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add((kind, command["name"]))
        if kind == CHAT_INPUT:
            _check_entry(faults, str(n), command)
            if _size(command) > 8000:
                message = "Command exceeds maximum size (8000)"
                faults.add(str(n), "APPLICATION_COMMAND_TOO_LARGE", message)
        else:
            faults.length(f"{n}.name", command["name"], 1, 32)
            faults.length(f"{n}.description", command.get("description") or "", 0, 0)
    faults.refuse()


def _check_entry(faults: Faults, at: str, entry: Json) -> None:
    name = entry["name"]
    if not _NAME.fullmatch(name) or name != name.lower():
        faults.add(f"{at}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    faults.length(f"{at}.description", entry.get("description"), 1, 100)
    options: list[Json] = entry.get("options") or []
    faults.count(f"{at}.options", options, 25)
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        message = "Required options must be placed before non-required options"
        faults.add(f"{at}.options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
    for m, option in enumerate(options):
        _check_entry(faults, f"{at}.options.{m}", option)
        for key, least in (("min_length", 0), ("max_length", 1)):
            if (length := option.get(key)) is not None and not least <= length <= LONGEST:
                message = f"Must be between {least} and {LONGEST}."
                faults.add(f"{at}.options.{m}.{key}", "NUMBER_TYPE_RANGE", message)
        choices: list[Json] = option.get("choices") or []
        faults.count(f"{at}.options.{m}.choices", choices, 25)
        if choices and option.get("autocomplete"):
            message = "Not both."
            faults.add(f"{at}.options.{m}", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", message)


def _size(entry: Json) -> int:
    """Characters of names, descriptions and values, as Discord counts them together."""
    size = len(entry["name"]) + len(entry.get("description") or "")
    size += sum(len(str(c["name"])) + len(str(c["value"])) for c in entry.get("choices") or [])
    return size + sum(_size(option) for option in entry.get("options") or [])
