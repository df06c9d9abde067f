"""What can be set, from the environment and config/footnote.yaml: one table, one frozen result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bot.errors import FootnoteError

Kind = Literal[
    "text",
    "secret",
    "key",
    "folder",
    "base",
    "server",
    "channel",
    "channels",
    "roles",
    "count",
    "rate",
    "share",
    "http",
    "websocket",
    "level",
]

CONFIG_VARIABLE = "FOOTNOTE_CONFIG"
# What means the same to YAML and to the eye: no quotation marks, no `null`, nothing on more lines.
PLAIN_LINE = re.compile(
    r"(?P<key>[a-z_]+): *(?:(?<= )(?P<value>(?!null *$)[A-Za-z0-9/][\w./,-]*) *)?",
    re.ASCII | re.IGNORECASE,
)
USUAL_ANSWER_FROM = 0.4  # as the matcher takes it, which is not imported for this
MOST_SHARDS = 1000  # connections: two and a half million servers
SHORTEST_SECRET = 16  # characters; shorter ones are guessed, and stand in other words by chance
ADDRESSES = ("https://", "http://")  # what FOOTNOTE_KNOWLEDGE begins with where it is no folder
MOST_QUESTIONS, MOST_SECONDS = 1_000, 86_400  # of a rate: each question in it is held in memory
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set. `key` is its name in the file; the environment goes before the file."""

    variable: str
    key: str
    kind: Kind
    help: str


SETTINGS = (
    Setting("DISCORD_TOKEN", "", "secret", "the bot's token; with it `serve` connects to Discord"),
    Setting(CONFIG_VARIABLE, "", "text", "the settings file (else config/footnote.yaml)"),
    Setting(
        "FOOTNOTE_KNOWLEDGE",
        "knowledge",
        "base",
        "a fact base, a folder of fact bases, or for `serve` a zip's https address",
    ),
    Setting(
        "FOOTNOTE_EVENT", "event", "text", "the event to answer about, where there are several"
    ),
    Setting("FOOTNOTE_DATA", "data", "folder", "the folder for what the bot keeps"),
    Setting(
        "FOOTNOTE_KEY",
        "",
        "key",
        "what people are hashed with, 16 characters or more (else a key in the store)",
    ),
    Setting("FOOTNOTE_CACHE", "cache", "folder", "the folder for what can be made anew"),
    Setting("FOOTNOTE_HOME_SERVER", "home_server", "server", "the Discord server that may reload"),
    Setting(
        "FOOTNOTE_MODERATOR_ROLES",
        "moderator_roles",
        "roles",
        "roles there that may use `/facts`, besides whoever manages the server",
    ),
    Setting(
        "FOOTNOTE_ADMIN_ROLES",
        "admin_roles",
        "roles",
        "roles there that may go past the gate, besides its administrators",
    ),
    Setting(
        "FOOTNOTE_ANSWER_FROM", "answer_from", "share", "how sure it must be to answer (else 0.4)"
    ),
    Setting(
        "FOOTNOTE_SUGGEST_FROM", "suggest_from", "share", "how sure to suggest a fact (else 0.25)"
    ),
    Setting("FOOTNOTE_LOG", "log", "level", "how much is logged: debug, info, warning or error"),
    Setting(
        "DISCORD_CHANNELS", "discord_channels", "channels", "where it may answer (else anywhere)"
    ),
    Setting(
        "DISCORD_PERSON_RATE", "discord_person_rate", "rate", "questions of a person (else 5/30)"
    ),
    Setting(
        "DISCORD_CHANNEL_RATE", "discord_channel_rate", "rate", "those a channel sees (else 20/60)"
    ),
    Setting(
        "DISCORD_TEST_SERVER",
        "discord_test_server",
        "server",
        "where alone commands are registered",
    ),
    Setting(
        "DISCORD_MODERATORS",
        "discord_moderators",
        "channel",
        "the channel for notices to moderators",
    ),
    Setting("DISCORD_SHARDS", "discord_shards", "count", "how many connections (else one)"),
    Setting("DISCORD_API_URL", "discord_api_url", "http", "another REST address, for proxies"),
    Setting("DISCORD_GATEWAY_URL", "discord_gateway_url", "websocket", "another gateway address"),
)

EXPECTED: Mapping[Kind, str] = {
    "folder": "the folder's whole path, for whose home `~` means is not known",
    "key": f"a long random text, {SHORTEST_SECRET} characters or more",
    "base": "a folder, or an address such as https://example.org/base.zip",
    "server": "a number, as Discord's 'Copy Server ID' gives it",
    "channel": "a number, as Discord's 'Copy Channel ID' gives it",
    "channels": "numbers with commas between them, as Discord's 'Copy Channel ID' gives them",
    "roles": "numbers with commas between them, as Discord's 'Copy Role ID' gives them",
    "count": f"a whole number from 1 to {MOST_SHARDS}",
    "rate": "questions and seconds, such as 5/30, at most 1000/86400; 0/30 for no limit",
    "share": "a number from 0 to 1, such as 0.4",
    "http": "an address that begins with https:// or http://",
    "websocket": "an address that begins with wss:// or ws://",
    "level": "one of debug, info, warning, error",
}


class Secret:
    """Text that must not be shown: only `reveal` gives it, never `str`, `repr` or a log line."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that was set, checked. None: not set, and the user of it knows what follows."""

    data: Path
    cache: Path
    discord_token: Secret | None = None
    key: Secret | None = None
    knowledge: Path | None = None
    knowledge_address: str | None = None
    event: str | None = None
    home_server: int | None = None
    moderator_roles: frozenset[int] = frozenset()
    admin_roles: frozenset[int] = frozenset()
    answer_from: float | None = None
    suggest_from: float | None = None
    log: str = "INFO"
    discord_channels: frozenset[int] = frozenset()
    discord_person_rate: tuple[int, int] | None = None
    discord_channel_rate: tuple[int, int] | None = None
    discord_test_server: int | None = None
    discord_moderators: int | None = None
    discord_shards: int | None = None
    discord_api_url: str | None = None
    discord_gateway_url: str | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str], config: Path) -> Settings:
        """Read the environment, and the file `config` (or the one that FOOTNOTE_CONFIG names).

        An empty value is as good as none. Raises FootnoteError with a line for each mistake.
        """
        named = environ.get(CONFIG_VARIABLE, "").strip()
        in_file, problems = _read_file(Path(named) if named else config, required=bool(named))
        values: dict[str, str] = {}
        for setting in SETTINGS:
            value, origin = environ.get(setting.variable, "").strip(), setting.variable
            if not value and setting.key in in_file:
                value, origin = in_file[setting.key]
            if not value:
                continue
            kind = _kind(setting, value)
            if not _fits(kind, value):
                shown = _shown(kind, value)
                problems.append(f"{origin}: {shown} will not do; write {EXPECTED[kind]}")
                continue
            values[setting.variable] = value
        if problems:
            raise FootnoteError(*problems)
        settings = _settings(values, environ)
        answer, suggest = settings.answer_from, settings.suggest_from
        if suggest is not None and suggest > (USUAL_ANSWER_FROM if answer is None else answer):
            above = f"{USUAL_ANSWER_FROM:g} unless set" if answer is None else f"{answer:g}"
            raise FootnoteError(
                f"FOOTNOTE_SUGGEST_FROM: {suggest:g} is above FOOTNOTE_ANSWER_FROM, {above}; "
                "it suggests what it is less sure of: write a smaller number"
            )
        return settings


def _kind(setting: Setting, value: str) -> Kind:
    """What a value of this setting is: a base that lies at no address lies in a folder."""
    is_folder = setting.kind == "base" and not value.startswith(ADDRESSES)
    return "folder" if is_folder else setting.kind


def _shown(kind: Kind, value: str) -> str:
    if kind == "base":
        return "this address"  # which may hold a token
    if kind == "key":
        return "this key"
    return repr(value if len(value) <= 60 else value[:59] + "…")


def _settings(values: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    def folder(name: str) -> Path | None:
        return Path(values[name]).expanduser() if name in values else None

    def number(name: str) -> int | None:
        return int(values[name]) if name in values else None

    def rate(name: str) -> tuple[int, int] | None:
        if name not in values:
            return None
        count, _, seconds = values[name].partition("/")
        return int(count), int(seconds)

    def share(name: str) -> float | None:
        return float(values[name]) if name in values else None

    def secret(name: str) -> Secret | None:
        return Secret(values[name]) if name in values else None

    def numbers(name: str) -> frozenset[int]:
        return frozenset(int(part) for part in values.get(name, "").split(",") if part)

    knowledge = values.get("FOOTNOTE_KNOWLEDGE", "")
    address = knowledge if knowledge.startswith(ADDRESSES) else None
    return Settings(
        data=folder("FOOTNOTE_DATA") or _user_folder(environ, "XDG_DATA_HOME", ".local/share"),
        cache=folder("FOOTNOTE_CACHE") or _user_folder(environ, "XDG_CACHE_HOME", ".cache"),
        discord_token=secret("DISCORD_TOKEN"),
        key=secret("FOOTNOTE_KEY"),
        knowledge=None if address else folder("FOOTNOTE_KNOWLEDGE"),
        knowledge_address=address,
        event=values.get("FOOTNOTE_EVENT"),
        home_server=number("FOOTNOTE_HOME_SERVER"),
        moderator_roles=numbers("FOOTNOTE_MODERATOR_ROLES"),
        admin_roles=numbers("FOOTNOTE_ADMIN_ROLES"),
        answer_from=share("FOOTNOTE_ANSWER_FROM"),
        suggest_from=share("FOOTNOTE_SUGGEST_FROM"),
        log=values.get("FOOTNOTE_LOG", "INFO").upper(),
        discord_channels=numbers("DISCORD_CHANNELS"),
        discord_person_rate=rate("DISCORD_PERSON_RATE"),
        discord_channel_rate=rate("DISCORD_CHANNEL_RATE"),
        discord_test_server=number("DISCORD_TEST_SERVER"),
        discord_moderators=number("DISCORD_MODERATORS"),
        discord_shards=number("DISCORD_SHARDS"),
        discord_api_url=values.get("DISCORD_API_URL"),
        discord_gateway_url=values.get("DISCORD_GATEWAY_URL"),
    )


def _user_folder(environ: Mapping[str, str], variable: str, below_home: str) -> Path:
    """The user's own folder: by the XDG rules, on Windows in LOCALAPPDATA."""
    base = environ.get(variable) or environ.get("LOCALAPPDATA")
    if base:
        return Path(base) / "footnote"
    home = environ.get("HOME") or environ.get("USERPROFILE")
    return Path(home or ".") / below_home / "footnote"


def _fits(kind: Kind, value: str) -> bool:
    match kind:
        case "server" | "channel":
            return _is_number(value)
        case "count":
            return _is_number(value) and 0 < int(value) <= MOST_SHARDS
        case "channels" | "roles":
            return all(_is_number(part.strip()) for part in value.split(","))
        case "rate":
            count, slash, seconds = value.partition("/")
            counted = bool(slash) and _is_number(count) and _is_number(seconds)
            return counted and int(count) <= MOST_QUESTIONS and 0 < int(seconds) <= MOST_SECONDS
        case "key":
            return len(value) >= SHORTEST_SECRET
        case "share":
            return _is_share(value)
        case "base" | "http":
            return _is_address(value, ("http", "https"))
        case "websocket":
            return _is_address(value, ("ws", "wss"))
        case "level":
            return value.upper() in LEVELS
        case "folder":
            return _is_folder(value)
        case "text" | "secret":
            return True


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 20


def _is_folder(value: str) -> bool:
    """Whether it can be one: `~ada` is only where there is somebody of that name."""
    try:
        Path(value).expanduser()
    except RuntimeError:
        return False
    return True


def _is_share(value: str) -> bool:
    whole, _, part = value.partition(".")
    return value.isascii() and (whole + part).isdigit() and 0 <= float(value) <= 1


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        # To read the port is to check it; no server listens on port 0.
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _read_file(path: Path, *, required: bool) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """The file's values, each with where it stands, and what is wrong with the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        missing = f"{CONFIG_VARIABLE}: there is no file {path}; correct the path or unset it"
        return {}, [missing] if required else []
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        return {}, [f"{path}: cannot be read: {reason}; correct the file or {CONFIG_VARIABLE}"]
    if (plain := _plain_lines(path, text)) is not None:
        return plain, []
    from bot.settings_yaml import read_settings  # noqa: PLC0415 - few files take YAML and its memory

    return read_settings(path, text, [setting.key for setting in SETTINGS if setting.key])


def _plain_lines(path: Path, text: str) -> dict[str, tuple[str, str]] | None:
    """The values of a file of comments and plain lines; None: it takes YAML, or is wrong."""
    known = {setting.key for setting in SETTINGS if setting.key}
    found: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip(" ") or line.startswith("#"):
            continue
        plain = PLAIN_LINE.fullmatch(line)
        if plain is None or plain["key"] not in known or plain["key"] in found:
            return None
        found[plain["key"]] = plain["value"] or "", f"{path}:{number}:1"
    return found
