"""The link that adds the bot to a server, with the permissions that it uses and no others."""

from __future__ import annotations

import discord

# What each is for stands in the README. Without any of them the bot does with less.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    add_reactions=True,
)


def invite_url(application: int) -> str:
    return discord.utils.oauth_url(application, permissions=PERMISSIONS)
