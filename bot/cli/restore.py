"""`footnote restore FILE`: puts a backup in the place of the store, while no bot is running."""

from __future__ import annotations

import argparse

from bot.cli.context import Context
from bot.store.backups import restore


def run(arguments: argparse.Namespace, context: Context) -> int:
    aside = restore(context.settings.data, arguments.file)
    context.say(f"{arguments.file}: restored into {context.settings.data}")
    if aside is not None:
        context.say(f"{aside}: the store before is kept there; delete it when you like")
    return 0
