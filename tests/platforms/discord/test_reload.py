"""`/facts reload`: for those who manage the home server, and nothing is lost by a mistake."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.platforms.discord import Options
from tests.discord_standin import Channel, Stored, User
from tests.discord_standin.people import MANAGE_GUILD

from .conftest import Place, Running


async def reload(place: Place, user: User, channel: Channel) -> Stored:
    people = place.discord.people
    used = await people.slash(user, channel, "facts reload", though_hidden=True)
    return await place.discord.response(used)


async def answer(place: Place) -> str:
    text = f"{place.mention} how many firefighters came?"
    message = await place.discord.people.say(place.alice, place.channel, text)
    reply = await place.discord.reply(message)
    return str(reply.payload["content"])


def edit(facts: Path, old: str, new: str) -> None:
    file = facts / "base.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


async def test_the_only_servers_manager_reloads_and_new_facts_are_told(
    home: Place, facts: Path
) -> None:
    assert "Sixty" in await answer(home)
    edit(facts, "Sixty firefighters", "Ninety firefighters")
    manager = home.discord.world.add_user("manny")
    home.discord.world.add_role(home.server, "managers", MANAGE_GUILD, manager)
    said = await reload(home, manager, home.channel)
    assert said.only_for == manager.id
    assert "4 facts" in said.payload["content"]
    assert "Ninety" in await answer(home)


async def test_it_is_hidden_from_those_who_do_not_manage_the_server(home: Place) -> None:
    with pytest.raises(LookupError, match="hidden"):
        await home.discord.people.slash(home.alice, home.channel, "facts reload")
    await home.discord.people.slash(home.owner, home.channel, "facts reload")


async def test_it_is_refused_even_where_it_was_unhidden(home: Place, facts: Path) -> None:
    edit(facts, "Sixty firefighters", "Ninety firefighters")
    said = await reload(home, home.alice, home.channel)
    assert "Only those who manage" in said.payload["content"]
    assert "Sixty" in await answer(home)


async def test_another_servers_owner_can_only_ask(
    place: Place, running: Running, facts: Path
) -> None:
    foreigner = place.discord.world.add_user("frank")
    _, foreign = await place.discord.add_server("Foreign", foreigner)
    async with running(place.discord, options=Options(home_server=int(place.server.id))):
        edit(facts, "Sixty firefighters", "Ninety firefighters")
        said = await reload(place, foreigner, foreign)
        assert "Only those who manage" in said.payload["content"]
        asked = await place.discord.people.slash(
            foreigner, foreign, "ask", question="how many firefighters came?"
        )
        told = await place.discord.response(asked)
        assert "Sixty" in told.payload["content"]
        allowed = await reload(place, place.owner, place.channel)
        assert "read anew" in allowed.payload["content"]


async def test_in_several_servers_and_no_home_nobody_may_and_it_says_what_to_set(
    place: Place, running: Running
) -> None:
    await place.discord.add_server("Second", place.owner)
    async with running(place.discord):
        said = await reload(place, place.owner, place.channel)
        assert "FOOTNOTE_HOME_SERVER" in said.payload["content"]


async def test_a_server_that_it_joins_later_takes_away_the_only_ones_right(home: Place) -> None:
    assert "read anew" in (await reload(home, home.owner, home.channel)).payload["content"]
    stranger = home.discord.world.add_user("stranger")
    await home.discord.add_server("Second", stranger)
    said = await reload(home, home.owner, home.channel)
    assert "FOOTNOTE_HOME_SERVER" in said.payload["content"]


async def test_a_broken_base_is_shown_with_its_lines_and_the_old_one_stays(
    home: Place, facts: Path
) -> None:
    edit(facts, "answer: Sixty firefighters came", "anwser: Sixty firefighters came")
    said = await reload(home, home.owner, home.channel)
    content = said.payload["content"]
    assert "base.yaml:" in content
    assert "anwser" in content
    assert "mistakes" in content
    assert "Sixty" in await answer(home)


async def test_facts_that_are_gone_are_told_and_the_old_ones_stay(home: Place, facts: Path) -> None:
    shutil.rmtree(facts)
    said = await reload(home, home.owner, home.channel)
    assert "mistakes" in said.payload["content"]
    assert "Sixty" in await answer(home)


async def test_more_mistakes_than_fit_come_as_a_file(home: Place, facts: Path) -> None:
    wrong = "".join(f"  - id: wrong-{n}\n    anwser: nothing\n" for n in range(60))
    edit(facts, "unanswered:\n", wrong + "unanswered:\n")
    used = await home.discord.people.slash(home.owner, home.channel, "facts reload")
    said = await home.discord.response(used)
    assert len(said.payload["content"]) <= 2000
    assert said.payload["content"].endswith("…\n```")
    assert said.payload["attachments"][0]["filename"] == "problems.txt"
    files = [c.body["_files"] for c in home.discord.rest.calls if "_files" in (c.body or {})]
    assert files[0]["problems.txt"].decode().count("anwser") >= 60
