"""Who and what there is: people, servers, roles, channels, and what each may do where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

# The bits of Discord's permission field that the stand-in looks at.
ADD_REACTIONS = 1 << 6
ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
USE_APPLICATION_COMMANDS = 1 << 31
SEND_MESSAGES_IN_THREADS = 1 << 38
EVERYTHING = (1 << 50) - 1
USUAL = (
    ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | SEND_MESSAGES_IN_THREADS
)

ChannelType = Literal[0, 1, 11]
TEXT: Final = 0
DIRECT: Final = 1
THREAD: Final = 11


@dataclass(frozen=True, slots=True)
class User:
    """Somebody, or a bot."""

    id: str
    name: str
    bot: bool = False
    accepts_direct_messages: bool = True


@dataclass(slots=True)
class Role:
    """A named set of permissions; the one that bears the server's id is @everyone.

    `bot`: the id of the bot whose own role it is, which Discord made when it was invited.
    """

    id: str
    name: str
    permissions: int
    position: int = 1
    bot: str | None = None


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel grants and takes away, for a role or for one member."""

    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Channel:
    """A text channel, a thread in one (`parent`), or a direct conversation with `recipient`."""

    id: str
    name: str
    type: ChannelType = TEXT
    server: str | None = None
    recipient: User | None = None
    parent: str | None = None
    overwrites: dict[str, Overwrite] = field(default_factory=dict)


@dataclass(slots=True)
class Server:
    """A guild: `members` maps user ids to the ids of their roles."""

    id: str
    name: str
    owner: str
    roles: dict[str, Role] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]


def server_permissions(server: Server, user: str) -> int:
    """What somebody may do in a server at large, before any channel has its say."""
    if user == server.owner:
        return EVERYTHING
    granted = server.everyone.permissions
    for role in server.members.get(user, set()):
        granted |= server.roles[role].permissions
    return EVERYTHING if granted & ADMINISTRATOR else granted


def channel_permissions(server: Server, channel: Channel, user: str) -> int:
    """What somebody may do in one channel: @everyone's overwrite, then the roles', then theirs."""
    granted = server_permissions(server, user)
    if granted == EVERYTHING:
        return granted
    home = server.channels[channel.parent] if channel.parent else channel
    everyone = home.overwrites.get(server.id, Overwrite())
    granted = granted & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role in server.members.get(user, set()):
        overwrite = home.overwrites.get(role, Overwrite())
        allow |= overwrite.allow
        deny |= overwrite.deny
    granted = granted & ~deny | allow
    own = home.overwrites.get(user, Overwrite())
    granted = granted & ~own.deny | own.allow
    # Whoever cannot see a channel can do nothing in it.
    return granted if granted & VIEW_CHANNEL else 0
