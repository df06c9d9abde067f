"""Runs the platforms that have a token, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from bot.app import open_answerer
from bot.dialogue.answerer import Answerer
from bot.errors import FootnoteError
from bot.logs import logging_to
from bot.platforms.discord import Options, run_discord
from bot.settings import Settings


def run_platforms(settings: Settings, stderr: TextIOWrapper) -> None:
    """Run every platform that a token is set for, until SIGTERM or SIGINT.

    Raises FootnoteError where there is no token, or what a platform needs is wrong.
    """
    token = _token(settings)
    answerer = open_answerer(settings)
    with logging_to(stderr, settings.log, secrets=(token,)):
        asyncio.run(_serve(settings, token, answerer))


def _token(settings: Settings) -> str:
    if settings.discord_token is None:
        raise FootnoteError(
            "footnote serve: no platform has a token; set DISCORD_TOKEN to your Discord bot's token"
        )
    return settings.discord_token.reveal()


async def _serve(settings: Settings, token: str, answerer: Answerer) -> None:
    stop = asyncio.Event()
    with _stopping_on_signals(stop):
        await run_discord(
            answerer=answerer,
            reload=lambda: open_answerer(settings),
            token=token,
            options=Options(home_server=settings.home_server),
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
            stop=stop,
            data=settings.data,
        )


@contextmanager
def _stopping_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGTERM and SIGINT: discord.py alone would die of SIGTERM without closing."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    earlier = {number: signal.getsignal(number) for number in signals}
    for number in signals:
        # Not loop.add_signal_handler: Windows has none.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
