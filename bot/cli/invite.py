"""`footnote invite`: the link that adds the bot to a Discord server."""

from __future__ import annotations

import argparse

from bot.cli.context import Context


def run(_arguments: argparse.Namespace, context: Context) -> int:
    from bot.serving import invitation  # noqa: PLC0415 - it imports discord.py: half a second

    context.say(invitation(context.settings))
    return 0
