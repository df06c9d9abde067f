"""The stop: whatever somebody had pressed, sent or asked for by then is still answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.discord import run
from bot.platforms.discord.browse import Location
from bot.platforms.discord.ids import PREFIX
from tests.cli.support import edit
from tests.discord_standin import Interaction, Stored
from tests.discord_standin.interactions import DEFERRED, OPEN_MODAL

from .conftest import Heard, Place, Running

HELD = 0.2  # seconds for which Discord holds a response back, by its own limit
SIXTY = "how many firefighters came?"
Act = Callable[[], Awaitable[Interaction]]


async def used(place: Place, command: str) -> Stored:
    return await place.discord.response(
        await place.discord.people.slash(place.owner, place.channel, command)
    )


async def by_command(place: Place, command: str, **options: str) -> Act:
    slash: Callable[..., Awaitable[Interaction]] = place.discord.people.slash
    return lambda: slash(place.owner, place.channel, command, **options)


async def by_button(place: Place, command: str, label: str) -> Act:
    message = await used(place, command)
    return lambda: place.discord.people.press(place.owner, message, label)


async def by_vote(place: Place) -> Act:
    text = f"{place.mention} {SIXTY}"
    asked = await place.discord.people.say(place.alice, place.channel, text)
    reply = await place.discord.reply(asked)
    return lambda: place.discord.people.press(place.alice, reply, "Helpful")


async def by_select(place: Place) -> Act:
    message = await used(place, "browse")
    to = str(Location("people"))
    return lambda: place.discord.people.choose(place.owner, message, f"{PREFIX}-pick:0", to)


async def by_menu(place: Place, text: str) -> Act:
    message = await place.discord.people.say(place.alice, place.channel, text)
    return lambda: place.discord.people.menu(place.owner, place.channel, "Ask about this", message)


async def by_form(place: Place) -> Act:
    text = f"{place.mention} {SIXTY}"
    asked = await place.discord.people.say(place.alice, place.channel, text)
    reply = await place.discord.reply(asked)
    opened = await place.discord.people.press(place.alice, reply, "Ask a follow-up")
    await place.discord.settled(opened)
    return lambda: place.discord.people.submit(opened, question="when?")


async def by_confirming(place: Place, label: str) -> Act:
    message = await used(place, "facts reload")
    return lambda: place.discord.people.press(place.owner, message, label)


WAYS: dict[str, Callable[[Place], Awaitable[Act]]] = {
    "ask": lambda place: by_command(place, "ask", question=SIXTY),
    "browse": lambda place: by_command(place, "browse"),
    "about": lambda place: by_command(place, "about"),
    "history": lambda place: by_command(place, "facts history"),
    "audit": lambda place: by_command(place, "facts audit"),
    "gaps": lambda place: by_command(place, "facts gaps"),
    "a page": lambda place: by_button(place, "about", "Look through the facts"),
    "forget me": lambda place: by_button(place, "about", "Forget me"),
    "a wish": lambda place: by_button(place, "about", "Do not keep my questions"),
    "a vote": by_vote,
    "a select": by_select,
    "a message": lambda place: by_menu(place, SIXTY),
    "an empty message": lambda place: by_menu(place, ""),
    "a form": by_form,
    "confirming": lambda place: by_confirming(place, "Use them"),
    "cancelling": lambda place: by_confirming(place, "Cancel"),
}

TOLD = "Sixty firefighters came to the harbour."
FACTS = "4 facts to look through. Choose below how."
STOPPED = "I was stopped before that was done, and nothing has changed."
SAID = {
    "ask": TOLD,
    "browse": FACTS,
    "about": "I read nothing that was not addressed to me.",
    "history": STOPPED,
    "audit": STOPPED,
    "gaps": "Nothing was asked in vain in the last 30 days.",
    "a page": FACTS,
    "forget me": "Forgotten. Rows deleted by the hash of you: 0 (",
    "a wish": "From now on no question of yours is kept.",
    "a vote": "Noted: that was helpful.",
    "a select": "**Dana Whitlock**, mayor of Port Ellery",
    "a message": TOLD,
    "an empty message": "There is no text in that message that I could look up.",
    "a form": TOLD,
    "confirming": "In use now: 4 facts, version 2 (",
    "cancelling": "Cancelled. Nothing has changed.",
}


@pytest.mark.parametrize("way", WAYS)
async def test_what_was_begun_before_the_stop_is_answered(
    place: Place, running: Running, facts: Path, way: str
) -> None:
    async with running(place.discord):
        edit(facts, "Sixty firefighters came", "Ninety firefighters came")
        act = await WAYS[way](place)
        place.discord.rest.faults.limit("POST", "/interactions/", HELD)
        calls = len(place.discord.rest.calls)
        interaction = await act()
        await place.discord.wait_for(
            lambda: any(c.status == 429 for c in place.discord.rest.calls[calls:]) or None, "a 429"
        )
        assert answers(interaction) == []
    [answer] = answers(interaction)
    assert answer["type"] != OPEN_MODAL
    said = place.discord.world.messages[interaction.original or ""]
    assert SAID[way] in said.payload["content"]


async def test_what_could_not_be_answered_before_the_stop_is_one_line_in_the_log(
    place: Place,
    running: Running,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(run, "FINISHING", 0.0)
    with Heard("was not answered: the bot was stopped") as heard:
        async with running(place.discord):
            place.discord.rest.faults.limit("POST", "/interactions/", HELD)
            await place.discord.people.slash(place.alice, place.channel, "ask", question=SIXTY)
            await place.discord.wait_call("POST", "/interactions/")
        await heard.line()
    assert [record for record in caplog.records if record.exc_info] == []


def answers(interaction: Interaction) -> list[dict[str, Any]]:
    """The first response, if there was one by now."""
    return [] if interaction.answer is None else [interaction.answer]


CHECKS: tuple[tuple[str, Mapping[str, int]], ...] = (
    ("reload", {}),
    ("rollback", {"version": 1}),
    ("diff", {"first": 1}),
)


@pytest.mark.parametrize(("name", "options"), CHECKS)
async def test_a_check_under_way_is_ended_by_the_stop_and_its_moderator_is_told(
    place: Place, running: Running, facts: Path, name: str, options: Mapping[str, int]
) -> None:
    slash: Callable[..., Awaitable[Interaction]] = place.discord.people.slash
    async with running(place.discord):
        edit(facts, "Sixty firefighters came", "Ninety firefighters came")
        checking = await slash(place.owner, place.channel, f"facts {name}", **options)
        await place.discord.settled(checking)
        [answer] = answers(checking)
        assert answer["type"] == DEFERRED
    said = place.discord.world.messages[checking.original or ""]
    assert "stopped before that was done" in said.payload["content"]
    assert said.payload["components"] == []
