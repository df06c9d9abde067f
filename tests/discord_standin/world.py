"""Everything that exists on the stand-in: the one mutable store that all its sides share."""

from __future__ import annotations

from dataclasses import dataclass, field

from .clock import Clock, Snowflakes
from .errors import Json
from .people import (
    DIRECT,
    EVERYTHING,
    THREAD,
    USUAL,
    Channel,
    Role,
    Server,
    User,
    channel_permissions,
)

NONCE_LASTS = 300.0  # seconds; Discord says only "the past few minutes"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody attaches to a command."""

    name: str
    data: bytes


@dataclass(slots=True)
class Stored:
    """A message as kept: its payload, who alone sees it, and whether an interaction made it."""

    payload: Json
    channel: str
    author: str
    only_for: str | None = None
    from_interaction: bool = False


@dataclass
class World:
    """People, servers, channels and messages. Made with a bot and nothing else.

    `reads_role_mentions`: whether a mention of the bot's own role shows it the text, as one of the
    bot does; Discord's documentation does not say.
    """

    clock: Clock
    ids: Snowflakes
    bot: User
    application_id: str
    users: dict[str, User] = field(default_factory=dict)
    servers: dict[str, Server] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, Stored] = field(default_factory=dict)
    reads_role_mentions: bool = False
    _nonces: dict[str, tuple[float, Stored]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.users[self.bot.id] = self.bot

    def add_user(self, name: str, *, bot: bool = False, accepts: bool = True) -> User:
        user = User(self.ids(), name, bot, accepts)
        self.users[user.id] = user
        return user

    def add_server(self, name: str, owner: User, *, bot_permissions: int = USUAL) -> Server:
        """A server with the bot in it; the bot has a role of its own with `bot_permissions`."""
        server = Server(self.ids(), name, owner.id)
        server.roles[server.id] = Role(server.id, "@everyone", USUAL & bot_permissions, 0)
        role = Role(self.ids(), self.bot.name, bot_permissions, bot=self.bot.id)
        server.roles[role.id] = role
        server.members[owner.id] = set()
        server.members[self.bot.id] = {role.id}
        self.servers[server.id] = server
        return server

    def own_role(self, server: Server) -> Role:
        """The bot's own role in a server."""
        return next(role for role in server.roles.values() if role.bot == self.bot.id)

    def add_role(self, server: Server, name: str, permissions: int, *users: User) -> Role:
        role = Role(self.ids(), name, permissions)
        server.roles[role.id] = role
        for user in users:
            server.members.setdefault(user.id, set()).add(role.id)
        return role

    def add_channel(self, server: Server, name: str) -> Channel:
        channel = Channel(self.ids(), name, server=server.id)
        server.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def add_thread(self, parent: Channel, name: str) -> Channel:
        if parent.server is None:
            raise ValueError("a thread needs a server's channel")
        thread = Channel(self.ids(), name, THREAD, parent.server, parent=parent.id)
        self.servers[parent.server].channels[thread.id] = self.channels[thread.id] = thread
        return thread

    def direct(self, user: User) -> Channel:
        """The direct conversation between the bot and somebody, made at first use."""
        for channel in self.channels.values():
            if channel.recipient is not None and channel.recipient.id == user.id:
                return channel
        channel = Channel(self.ids(), "", DIRECT, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def note_nonce(self, body: Json, made: Stored) -> None:
        """Remember for a while which message the bot made of a body, if that enforces a nonce."""
        if body.get("enforce_nonce") and body.get("nonce"):
            self._nonces[str(body["nonce"])] = self.clock(), made

    def made_with(self, body: Json) -> Stored | None:
        """The bot's message of the past few minutes with the nonce that a body enforces."""
        if not body.get("enforce_nonce"):
            return None
        noted, made = self._nonces.get(str(body.get("nonce")), (0.0, None))
        return made if self.clock() - noted < NONCE_LASTS else None

    def server_of(self, channel: Channel) -> Server | None:
        return self.servers[channel.server] if channel.server else None

    def permissions(self, user: User, channel: Channel) -> int:
        server = self.server_of(channel)
        return EVERYTHING if server is None else channel_permissions(server, channel, user.id)
