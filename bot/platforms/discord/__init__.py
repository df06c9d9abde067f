"""The face on Discord."""

from bot.platforms.discord.courtesy import Rate
from bot.platforms.discord.manage import invite_link, register_commands
from bot.platforms.discord.options import Options
from bot.platforms.discord.run import run_discord

__all__ = ["Options", "Rate", "invite_link", "register_commands", "run_discord"]
