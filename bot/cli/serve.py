"""`footnote serve`: the configured platforms, until SIGTERM or Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.context import Context

if TYPE_CHECKING:
    from bot.cli.main import Arguments


def run(arguments: Arguments, context: Context) -> int:
    from bot.serving import run_platforms  # noqa: PLC0415 - it imports discord.py: half a second

    run_platforms(context.settings, context.stderr, watching=arguments.watch)
    return 0
