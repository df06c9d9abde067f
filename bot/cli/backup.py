"""`footnote backup FILE`: a whole copy of the store, also while the bot is running."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.cli.context import Context
from bot.cli.keeping import opened_store
from bot.settings import Settings


def run(arguments: argparse.Namespace, context: Context) -> int:
    asyncio.run(_backup(context.settings, arguments.file))
    context.say(f"{arguments.file}: written; `footnote restore` brings it back")
    return 0


async def _backup(settings: Settings, file: Path) -> None:
    async with opened_store(settings) as store:
        await store.backup(file)
