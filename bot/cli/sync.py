"""`footnote sync`: registers the bot's commands with Discord, changed or not."""

from __future__ import annotations

import argparse

from bot.cli.context import Context


def run(_arguments: argparse.Namespace, context: Context) -> int:
    from bot.serving import register  # noqa: PLC0415 - it imports discord.py: half a second

    context.say(f"{register(context.settings)} commands are registered")
    return 0
