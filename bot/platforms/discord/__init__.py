"""The face on Discord."""

from bot.platforms.discord.courtesy import Rate
from bot.platforms.discord.options import Options
from bot.platforms.discord.run import run_discord

__all__ = ["Options", "Rate", "run_discord"]
