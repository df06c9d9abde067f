"""What whoever runs the bot can choose about its manners on Discord."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.platforms.discord.courtesy import CHANNEL, PERSON, Rate


@dataclass(frozen=True, slots=True)
class Options:
    """`home_server`: whose managers look after the facts; `channels`: where it may answer in
    public, all where empty; `person` and `channel`: the rates of questions, a count of 0 lifts one;
    `test_server`: where alone the commands are registered; `moderators`: the channel for notices
    to them; `shards`: None for one connection; `patience`: the seconds that a command may wait for
    its turn before Discord is told that its answer will come later; `moderator_roles` and
    `admin_roles`: who has these rights besides those who manage the home server.
    """

    home_server: int | None = None
    channels: frozenset[int] = frozenset()
    person: Rate = PERSON
    channel: Rate = CHANNEL
    test_server: int | None = None
    moderators: int | None = None
    shards: int | None = None
    patience: float = 1.5
    moderator_roles: frozenset[int] = frozenset()
    admin_roles: frozenset[int] = frozenset()

    def allows(self, channel: object) -> bool:
        """Whether a channel is one to answer in; a thread goes by the channel that it is in."""
        if not self.channels or isinstance(channel, discord.DMChannel):
            return True
        ids = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        return bool(ids & self.channels)
