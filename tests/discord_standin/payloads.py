"""People, servers and messages as Discord writes them in JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from .clock import timestamp
from .content import without_content
from .errors import Json
from .people import DIRECT, THREAD, Channel, Server, User, channel_permissions
from .world import Stored, World

if TYPE_CHECKING:  # at run time these modules import each other in a circle
    from discord.types.channel import DMChannel as DMChannelPayload
    from discord.types.role import Role as RolePayload
    from discord.types.user import User as UserPayload

EPHEMERAL = 1 << 6
COMPONENTS_V2 = 1 << 15
FORWARD = 1  # the type of a reference to what a message holds a copy of
_MENTION = re.compile(r"<@!?(\d+)>")
_ROLE_MENTION = re.compile(r"<@&(\d+)>")


def user(person: User) -> UserPayload:
    return {
        "id": person.id,
        "username": person.name,
        "discriminator": "0",
        "avatar": None,
        "global_name": None if person.bot else person.name.title(),
        "bot": person.bot,
    }


def member(server: Server, person: User, channel: Channel | None = None) -> Json:
    """A member; with a channel, as an interaction from there has it (permissions included)."""
    payload: Json = {
        "user": user(person),
        "roles": sorted(server.members.get(person.id, set())),
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    if channel is not None:
        payload["permissions"] = str(channel_permissions(server, channel, person.id))
    return payload


def direct_channel(channel: Channel) -> DMChannelPayload:
    if channel.recipient is None:
        raise ValueError(f"channel {channel.id} is no direct conversation")
    return {
        "id": channel.id,
        "name": "",
        "type": 1,
        "recipients": [user(channel.recipient)],
        "last_message_id": None,
    }


def guild_channel(server: Server, channel: Channel) -> Json:
    payload: Json = {
        "id": channel.id,
        "type": channel.type,
        "name": channel.name,
        "guild_id": server.id,
        "position": 0,
        "topic": None,
        "nsfw": False,
        "last_message_id": None,
        "parent_id": channel.parent,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {
                "id": target,
                "type": 0 if target in server.roles else 1,
                "allow": str(overwrite.allow),
                "deny": str(overwrite.deny),
            }
            for target, overwrite in channel.overwrites.items()
        ],
    }
    if channel.type == THREAD:
        payload |= {
            "owner_id": server.owner,
            "message_count": 0,
            "member_count": 1,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2024-01-01T00:00:00+00:00",
                "locked": False,
            },
        }
    return payload


def channel(world: World, which: Channel) -> Json:
    if which.type == DIRECT:
        return cast("Json", direct_channel(which))
    return guild_channel(world.servers[which.server or ""], which)


def role(which_role: object, server: Server) -> RolePayload:
    found = server.roles[str(which_role)]
    payload: RolePayload = {
        "id": found.id,
        "name": found.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": found.position,
        "permissions": str(found.permissions),
        "managed": found.bot is not None,
        "mentionable": False,
        "flags": 0,
    }
    if found.bot is not None:
        payload["tags"] = {"bot_id": found.bot}
    return payload


def guild(world: World, server: Server) -> Json:
    """GUILD_CREATE's payload. Without the members intent it names the bot alone."""
    channels = [c for c in server.channels.values() if c.type != THREAD]
    threads = [c for c in server.channels.values() if c.type == THREAD]
    return {
        "id": server.id,
        "name": server.name,
        "owner_id": server.owner,
        "member_count": len(server.members),
        "large": False,
        "unavailable": False,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "roles": [role(found, server) for found in server.roles],
        "channels": [guild_channel(server, c) for c in channels],
        "threads": [guild_channel(server, c) for c in threads],
        "members": [member(server, world.bot)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "afk_timeout": 300,
        "system_channel_flags": 0,
    }


def create_message(
    world: World, channel: Channel, author: User, body: Json, *, asker: User | None = None
) -> Stored:
    """Write a message down and return it; `body` is what a REST call or a person sends.

    `asker`: whose interaction it responds to, if it does.
    """
    content = body.get("content") or ""
    payload: Json = {
        "id": world.ids(),
        "channel_id": channel.id,
        "author": user(author),
        "content": content,
        "timestamp": timestamp(world.clock()),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": _may_mention_everyone(body) and "@everyone" in content,
        "mention_roles": _pinged_roles(world, channel, content, body),
        "attachments": _attachments(world, body),
        "embeds": body.get("embeds") or [],
        "components": body.get("components") or [],
        "pinned": False,
        "type": 0,
        "flags": body.get("flags") or 0,
        "reactions": [],
    }
    pinged = _pinged(world, content, body)
    reference = body.get("message_reference")
    if reference is not None and reference.get("type") == FORWARD:
        forwarded = world.messages[str(reference["message_id"])].payload
        payload |= {"message_reference": reference, "message_snapshots": [_snapshot(forwarded)]}
    elif reference is not None:
        source = world.messages.get(str(reference["message_id"]))
        payload |= {
            "type": 19,
            "message_reference": {
                "type": 0,
                "channel_id": channel.id,
                "message_id": str(reference["message_id"]),
            },
            "referenced_message": None if source is None else source.payload,
        }
        if source is not None and _pings_author(body) and not source.from_interaction:
            pinged[source.author] = world.users[source.author]
    payload["mentions"] = [user(person) for person in pinged.values()]
    if asker is not None:
        payload["application_id"] = world.application_id
        payload["interaction_metadata"] = _interaction_metadata(world, asker)
    stored = Stored(payload, channel.id, author.id, from_interaction=asker is not None)
    world.messages[payload["id"]] = stored
    return stored


def _snapshot(message: Json) -> Json:
    """What a forward holds of a message; not who wrote it."""
    left_out = ("id", "channel_id", "author", "interaction_metadata", "referenced_message")
    return {"message": {key: part for key, part in message.items() if key not in left_out}}


def _interaction_metadata(world: World, asker: User) -> Json:
    return {
        "id": world.ids(),
        "type": 2,
        "user": user(asker),
        "authorizing_integration_owners": {},
    }


def _may_mention_everyone(body: Json) -> bool:
    allowed = body.get("allowed_mentions")
    return allowed is None or "everyone" in allowed.get("parse", [])


def _pings_author(body: Json) -> bool:
    """A reply pings whom it answers unless it says not to."""
    allowed = body.get("allowed_mentions")
    return allowed is None or bool(allowed.get("replied_user", False))


def _pinged(world: World, content: str, body: Json) -> dict[str, User]:
    allowed = body.get("allowed_mentions")
    named = [i for i in _MENTION.findall(content) if i in world.users]
    if allowed is not None and "users" not in allowed.get("parse", []):
        named = [i for i in named if i in allowed.get("users", [])]
    return {i: world.users[i] for i in named}


def _pinged_roles(world: World, channel: Channel, content: str, body: Json) -> list[str]:
    server, allowed = world.server_of(channel), body.get("allowed_mentions")
    if server is None or (allowed is not None and "roles" not in allowed.get("parse", [])):
        return []
    return [i for i in _ROLE_MENTION.findall(content) if i in server.roles]


def _attachments(world: World, body: Json) -> list[Json]:
    files: dict[str, bytes] = body.get("_files", {})
    return [
        {
            "id": world.ids(),
            "filename": name,
            "size": len(data),
            "url": f"https://cdn.invalid/{name}",
            "proxy_url": f"https://cdn.invalid/{name}",
            "content_type": "text/plain",
        }
        for name, data in files.items()
    ]


def message_event(world: World, stored: Stored, intents: int) -> Json:
    """MESSAGE_CREATE or _UPDATE for the bot: with member and server, emptied where it must be."""
    payload = dict(stored.payload)
    where = world.channels[stored.channel]
    server = world.server_of(where)
    if server is not None:
        author = world.users[stored.author]
        payload["guild_id"] = server.id
        payload["member"] = {k: v for k, v in member(server, author).items() if k != "user"}
    payload = without_content(world, payload, intents, direct=server is None)
    referenced = payload.get("referenced_message")
    if referenced is not None:
        payload["referenced_message"] = without_content(
            world, referenced, intents, direct=server is None
        )
    return payload


def app_permissions(world: World, where: Channel) -> str:
    return str(world.permissions(world.bot, where))


def partial_guild(server: Server) -> Json:
    return {"id": server.id, "features": [], "locale": "en-US"}
