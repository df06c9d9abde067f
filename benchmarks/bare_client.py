"""The yardstick: discord.py and nothing else. `idle` only connects, `echo` replies what it got."""

from __future__ import annotations

import os
import sys

import discord
import yarl


class Bare(discord.Client):
    """With the same intents as ours, and otherwise as it comes."""

    async def on_message(self, message: discord.Message) -> None:
        if sys.argv[1] == "echo" and not message.author.bot:
            await message.reply(message.content)


def main() -> None:
    discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
    gateway = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    Bare(intents=intents).run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
