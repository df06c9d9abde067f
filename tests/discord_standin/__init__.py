"""A Discord on loopback for tests: real sockets, Discord's rules, an injected clock."""

from .clock import ManualClock
from .errors import ApiError
from .interactions import Interaction
from .people import Channel, Overwrite, Server, User
from .server import DiscordStandin, serving
from .world import SentFile, Stored

__all__ = [
    "ApiError",
    "Channel",
    "DiscordStandin",
    "Interaction",
    "ManualClock",
    "Overwrite",
    "SentFile",
    "Server",
    "Stored",
    "User",
    "serving",
]
