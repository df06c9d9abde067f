"""What a bot without the message-content intent gets to read: Discord's rules, no kinder."""

from __future__ import annotations

from .errors import Json
from .world import World

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
ALL_INTENTS = (1 << 26) - 1


def without_content(world: World, message: Json, intents: int, *, direct: bool) -> Json:
    """The message as this bot receives it.

    Whole with the intent, in direct messages, if the bot wrote it, or if it mentions the bot (a
    reply with ping to one of its regular messages does; one to an interaction's response does
    not; whether one of the bot's own role does is not documented). Otherwise content, embeds,
    attachments, components and what is forwarded arrive empty.
    """
    if intents & MESSAGE_CONTENT or direct or message["author"]["id"] == world.bot.id:
        return message
    if any(mentioned["id"] == world.bot.id for mentioned in message["mentions"]):
        return message
    if world.reads_role_mentions and any(
        world.own_role(server).id in message["mention_roles"] for server in world.servers.values()
    ):
        return message
    empty = {"content": "", "embeds": [], "attachments": [], "components": []}
    return message | empty | ({"message_snapshots": []} if "message_snapshots" in message else {})
