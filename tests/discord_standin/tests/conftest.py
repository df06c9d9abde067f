"""A small real discord.py bot, and a raw client, to try the stand-in with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands, ui

from tests.discord_standin import Channel, DiscordStandin, ManualClock, Server, User, serving

Interaction = discord.Interaction[Any]


class Note(ui.Modal, title="Note"):
    """A form with one field."""

    text: ui.TextInput[Note] = ui.TextInput(label="What is wrong?", custom_id="text")

    async def on_submit(self, interaction: Interaction, /) -> None:
        await interaction.response.send_message(f"noted: {self.text.value}", ephemeral=True)


class Panel(ui.View):
    """One component of each kind."""

    @ui.button(label="Edit", custom_id="edit")
    async def edit(self, interaction: Interaction, _button: ui.Button[Panel]) -> None:
        await interaction.response.edit_message(content="edited")

    @ui.button(label="Slow", custom_id="slow")
    async def slow(self, interaction: Interaction, _button: ui.Button[Panel]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="edited after deferring")

    @ui.button(label="Note", custom_id="note")
    async def note(self, interaction: Interaction, _button: ui.Button[Panel]) -> None:
        await interaction.response.send_modal(Note())

    @ui.select(custom_id="pick", options=[discord.SelectOption(label=x) for x in "ab"])
    async def pick(self, interaction: Interaction, select: ui.Select[Panel]) -> None:
        await interaction.response.send_message(f"picked {select.values[0]}", ephemeral=True)


class SmallBot(discord.Client):
    """Echoes mentions and direct messages, and has a command of each kind."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord.py's own sleeps for five seconds before each IDENTIFY but the first."""

    async def setup_hook(self) -> None:
        self.tree.add_command(app_commands.Command(name="echo", description="x", callback=echo))
        self.tree.add_command(app_commands.Command(name="later", description="x", callback=later))
        self.tree.add_command(app_commands.ContextMenu(name="Read this", callback=read))
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot:
            return
        self.heard.append(message.content)
        if message.guild is None or self.user in message.mentions:
            async with message.channel.typing():
                await message.reply(f"echo: {message.content}")


async def echo(interaction: Interaction, text: str) -> None:
    await interaction.response.send_message(text, view=Panel(timeout=None))


async def later(interaction: Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.followup.send("first")
    second = await interaction.followup.send("second", wait=True)
    await second.edit(content="second, edited")
    await interaction.edit_original_response(content="first, edited")
    await second.delete()


async def read(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"read: {message.content}", ephemeral=True)


@dataclass
class Scene:
    """A server, somebody in it, and the bot, connected."""

    discord: DiscordStandin
    clock: ManualClock
    server: Server
    channel: Channel
    alice: User
    bot: SmallBot

    @property
    def mention(self) -> str:
        return f"<@{self.discord.world.bot.id}>"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def standin(clock: ManualClock) -> AsyncIterator[DiscordStandin]:
    async with serving(clock=clock) as standin:
        yield standin
        assert standin.rest.unknown == []


@pytest.fixture
async def scene(
    standin: DiscordStandin, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Scene]:
    monkeypatch.setattr(discord.http.Route, "BASE", standin.api_url)
    gateway = yarl.URL(standin.gateway_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    alice = standin.world.add_user("alice")
    server, channel = await standin.add_server("Home", alice)
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    async with SmallBot(intents) as bot:
        task = asyncio.create_task(bot.start(standin.token))
        await standin.wait_ready()
        yield Scene(standin, clock, server, channel, alice, bot)
        await bot.close()
        await task


@pytest.fixture
async def web(standin: DiscordStandin) -> AsyncIterator[aiohttp.ClientSession]:
    """A bare HTTP client that bears the bot's token."""
    headers = {"Authorization": f"Bot {standin.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield session
