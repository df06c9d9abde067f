"""What whoever runs the bot does from the command line: the invitation, and the commands."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import discord

from bot.dialogue.answerer import Answerer
from bot.dialogue.current import Current
from bot.errors import FootnoteError
from bot.platforms.discord.client import FootnoteClient, make_client
from bot.platforms.discord.courtesy import Courtesy
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.invite import invite_url
from bot.platforms.discord.options import Options
from bot.platforms.discord.quiet import quiet_library
from bot.platforms.discord.run import NOT_DISCORD, REFUSED, UNLIKE_DISCORD, point_to
from bot.platforms.discord.sending import UNREACHED, one_line
from bot.platforms.discord.starts import Starts
from bot.platforms.discord.sync import REFUSALS


async def invite_link(*, token: str, api_url: str | None, gateway_url: str | None) -> str:
    """The link that adds the bot to a server. Raises FootnoteError."""
    point_to(api_url, gateway_url)
    client = discord.Client(intents=discord.Intents.none())
    async with _logged_in(client, token):
        return invite_url(client.application_id or 0)


async def register_commands(
    *,
    answerer: Answerer,
    token: str,
    data: Path,
    options: Options,
    api_url: str | None,
    gateway_url: str | None,
) -> int:
    """Register the commands, changed or not; how many there are. Raises FootnoteError."""
    point_to(api_url, gateway_url)
    clock = asyncio.get_running_loop().time
    desk = Desk(
        Current(answerer),
        clock,
        Courtesy(clock),
        moderator_roles=options.moderator_roles,
        admin_roles=options.admin_roles,
    )
    client = make_client(desk, options, data, Starts(data, time.time))
    client.registers_itself = False
    async with _logged_in(client, token):
        suspects = "DISCORD_TEST_SERVER and " if options.test_server else ""
        return await _register(client, f"check {suspects}the base's texts")


async def _register(client: FootnoteClient, remedy: str) -> int:
    try:
        return await client.register(always=True)
    except REFUSALS as error:
        raise FootnoteError(
            f"footnote sync: Discord refused the commands: {one_line(error)}; "
            f"{remedy}, or try again later"
        ) from error
    except (aiohttp.ClientError, OSError) as error:
        raise _unreachable(error) from error


def _unreachable(error: Exception) -> FootnoteError:
    return FootnoteError(f"Discord cannot be reached: {one_line(error)}; try again later")


@asynccontextmanager
async def _logged_in(client: discord.Client, token: str) -> AsyncIterator[None]:
    """Logged in over REST alone: no gateway, so a running bot is not disturbed."""
    with quiet_library():
        async with client:
            try:
                await client.login(token)
            except discord.LoginFailure as error:
                raise FootnoteError(REFUSED) from error
            except UNREACHED as error:
                raise _unreachable(error) from error
            except UNLIKE_DISCORD as error:
                if client.application is not None:
                    raise
                raise FootnoteError(NOT_DISCORD) from error
            yield
