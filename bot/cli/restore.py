"""`footnote restore FILE`: puts a backup in the place of the store, while no bot is running."""

from __future__ import annotations

import argparse

from bot.cli.context import Context
from bot.store.backups import restore


def run(arguments: argparse.Namespace, context: Context) -> int:
    aside = restore(context.settings.data, arguments.file)
    if aside is not None:
        context.complain(f"{aside}: the damaged store is kept there; delete it when you like")
    context.say(f"{arguments.file}: restored into {context.settings.data}")
    return 0
