"""Which facts are served, and why: in `/about`, and in a line of the log at the start."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.cli.support import edit
from tests.discord_standin import SentFile, Stored

from .conftest import Place, Remembered, Running
from .test_reload import make_worse

NINETY = ("Sixty firefighters came", "Ninety firefighters came")


async def in_use(place: Place) -> str:
    """What `/about` says of it."""
    used = await place.discord.people.slash(place.alice, place.channel, "about")
    about = await place.discord.response(used)
    [line] = [li for li in about.payload["content"].splitlines() if "In use: " in li]
    return str(line).removeprefix("-# In use: ")


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What the log says of it, at the latest start."""
    lines = [r.getMessage() for r in caplog.records if "serving 4 facts" in r.getMessage()]
    return lines[-1].partition(": ")[2]


async def accepted(place: Place, file: SentFile) -> None:
    """Reload from a file and confirm."""
    people = place.discord.people
    checking = await people.slash(place.owner, place.channel, "facts reload", file=file)
    said: Stored = await place.discord.response(checking)
    await people.press(place.owner, said, "Use them")
    await place.discord.wait_for(
        lambda: "In use now" in said.payload["content"] or None, "the confirmation"
    )


async def test_the_folder_is_named_at_the_first_start_and_its_version_at_the_next(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for why in ("from the folder at the start", "version 1, from the folder at the start"):
        async with running(place.discord):
            assert await in_use(place) == logged(caplog) == why


async def test_what_was_accepted_is_named_while_it_runs_and_after_a_restart(
    place: Place, running: Running, facts: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    sent = (facts / "base.yaml").read_text().replace(*NINETY)
    async with running(place.discord):
        await accepted(place, SentFile("sent.yaml", sent.encode()))
        assert await in_use(place) == "from the file sent.yaml"
    async with running(place.discord):
        assert await in_use(place) == logged(caplog) == "version 2, from the file sent.yaml"
    edit(facts, "Sixty firefighters came", "Eighty firefighters came")
    async with running(place.discord):
        assert await in_use(place) == logged(caplog) == "from the folder at the start"


WORSE = "would answer known questions worse"
MISTAKES = "have mistakes"


@pytest.mark.parametrize("because", [WORSE, MISTAKES])
async def test_a_folder_that_lost_is_named_with_what_is_wrong_with_it(
    place: Place, running: Running, facts: Path, caplog: pytest.LogCaptureFixture, because: str
) -> None:
    caplog.set_level(logging.INFO)
    async with running(place.discord):
        pass
    if because == WORSE:
        make_worse(facts)
    else:
        edit(facts, "answer: Sixty", "anwser: Sixty")
    why = f"version 1, from the folder at the start; the facts in the folder {because}"
    async with running(place.discord):
        assert await in_use(place) == logged(caplog) == why


async def test_a_store_that_cannot_be_opened_is_named_too(
    place: Place, running: Running, remembered: Remembered, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    remembered.folder.write_text("no folder")
    why = "from the folder, because what is kept cannot be read"
    async with running(place.discord):
        assert await in_use(place) == logged(caplog) == why
