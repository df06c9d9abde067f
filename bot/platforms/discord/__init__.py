"""The face on Discord."""

from bot.platforms.discord.run import run_discord

__all__ = ["run_discord"]
