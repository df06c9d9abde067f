"""`/browse` and `/about`: private, paged, and usable after a restart."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import get_args

import pytest

from bot.facts.model import Base, Citation, Event, Fact, Person, Quote, Source, When
from bot.platforms.discord.browse import (
    NOTICE_ROOM,
    Browser,
    Entry,
    Location,
    Page,
    View,
    key_of,
    location,
)
from bot.platforms.discord.browsing import GoButton, PickMenu
from bot.resources import config_dir
from bot.texts import load_texts
from tests.discord_standin import Stored

from .conftest import Place, Running

PLAIN_BASE = """\
event: {id: lighthouse, title: The lighthouse}
sources:
  - {id: gazette, publisher: The Gazette, title: A Light at Last}
facts:
  - id: builder
    answer: Robert Stevenson built the lighthouse.
    questions: [Who built the lighthouse?, builder of the lighthouse]
  - id: height
    answer: Seventeen metres is how tall the lighthouse was.
    questions: [How tall is the lighthouse?, height of the lighthouse tower]
"""
NASTY = "**x** ||y|| @everyone <@1> \u202e https://a.b " * 9


def large_base() -> Base:
    """Many of everything, all of it long and most of it hostile."""
    people = tuple(
        Person(f"person-{n}", f"{n} {NASTY}", "person", role=NASTY * 2) for n in range(30)
    )
    facts = tuple(
        Fact(
            f"fact-{n}",
            NASTY,
            (f"{n} {NASTY}?",),
            sources=(Citation("s"),),
            quotes=tuple(Quote(f"{n}.{k} {'word ' * 140}end", "s", "person-0") for k in range(3)),
            about=tuple(person.id for person in people),
            topic=f"{n % 12} {NASTY}",
            when=When(NASTY, f"2020-01-{n:02}"),
        )
        for n in range(1, 30)
    )
    return Base(Event("e", NASTY, summary=NASTY * 5), (Source("s", NASTY, NASTY),), facts, people)


def test_every_page_of_any_base_fits_and_has_every_quote_once() -> None:
    browser = Browser(large_base(), load_texts(config_dir() / "texts" / "en.yaml"))
    waiting, pages = [Location(), *(entry.to for entry in browser.views())], dict[Location, Page]()
    while waiting:
        at = waiting.pop()
        page = browser.page(at)
        if page is None or at in pages:
            assert at.view == "fact" or at in pages
            continue
        pages[at] = page
        waiting += [entry.to for entry in page.entries] + [p for p in (page.after,) if p]
    told = "".join(page.content for at, page in pages.items() if at.view == "speaker")
    quotes = [q.text for fact in browser.base.facts for q in fact.quotes]

    assert len(pages) > 60
    assert all(
        len(page.content) <= 2000 - NOTICE_ROOM and len(page.entries) <= 10
        for page in pages.values()
    )
    assert all(
        0 < len(entry.label) <= 100 and len(entry.description) <= 100 and len(str(entry.to)) <= 100
        for page in pages.values()
        for entry in page.entries
    )
    assert not any(re.search(r"(?<!\\)(@everyone|\|)", page.content) for page in pages.values())
    assert [told.count(f"“{quote}”") for quote in quotes] == [1] * len(quotes)


def base_of(count: int) -> Base:
    """So many facts, each about somebody of its own who also says it, and a topic for ten."""
    people = tuple(Person(f"person-{n:04}", "Ada Lovelace", "person") for n in range(count))
    facts = tuple(
        Fact(
            f"fact-{n:04}",
            "It was told.",
            ("what was told",),
            quotes=(Quote("It is told.", "s", f"person-{n:04}"),),
            about=(f"person-{n:04}", "person-0000"),
            topic=f"topic {n // 10:04}",
            when=When("then", f"2020-01-01T{n:04}"),
        )
        for n in range(count)
    )
    return Base(Event("e", "Told", summary=""), (), facts, people)


def calls_in(work: Callable[[], object]) -> int:
    """How many functions are called for it, Python's own included."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "to",
    [
        "home:0:",
        "timeline:1:",
        "people:1:",
        "quotes:1:",
        "topics:1:",
        "person:1:person-0000",
        "speaker:0:person-0001",
        f"topic:0:{key_of('topic 0001')}",
    ],
)
def test_turning_a_page_is_no_more_work_in_a_large_base_than_in_a_small_one(to: str) -> None:
    def turning(facts: int) -> int:
        browser = Browser(base_of(facts), load_texts(config_dir() / "texts" / "en.yaml"))
        at = location(to)
        assert at is not None
        assert browser.page(at) is not None
        return calls_in(lambda: (browser.views(), browser.page(at)))

    assert turning(2_000) <= turning(400)


async def browse(place: Place) -> Stored:
    used = await place.discord.people.slash(place.alice, place.channel, "browse")
    return await place.discord.response(used)


async def pick(place: Place, page: Stored, custom_id: str, value: str) -> str:
    chosen = await place.discord.people.choose(place.alice, page, custom_id, value)
    turned = await place.discord.response(chosen)
    assert turned is page
    return str(page.payload["content"])


async def test_it_is_private_and_offers_what_the_base_has(home: Place) -> None:
    page = await browse(home)
    assert page.only_for == home.alice.id
    menu = page.payload["components"][0]["components"][0]
    assert [o["label"] for o in menu["options"]] == [
        "Timeline",
        "People, bodies and places",
        "Quotes by speaker",
        "Topics",
    ]


async def test_a_base_with_nothing_to_look_through_says_what_can_be_asked(
    place: Place, running: Running, facts: Path
) -> None:
    (facts / "base.yaml").write_text(PLAIN_BASE)
    async with running(place.discord):
        page = await browse(place)
        used = await place.discord.people.slash(place.alice, place.channel, "about")
        about = await place.discord.response(used)
        pressed = await place.discord.people.press(place.alice, about, "Look through the facts")
        await place.discord.response(pressed)
    heading, told, *questions = page.payload["content"].splitlines()
    assert heading == "**The lighthouse**"
    assert told.startswith("2 facts, and no timeline, people, quotes or topics to look through.")
    assert questions == ["- Who built the lighthouse?", "- How tall is the lighthouse?"]
    assert about.payload["content"] == page.payload["content"]
    assert about.payload["components"] == page.payload["components"] == []


async def test_from_people_to_a_person_to_a_fact_and_back(home: Place) -> None:
    page = await browse(home)
    assert "**Dana Whitlock**, mayor of Port Ellery" in await pick(
        home, page, "footnote-pick:0", "people:0:"
    )
    assert "The mayor, Dana Whitlock" in await pick(
        home, page, "footnote-pick:1", "person:0:dana-whitlock"
    )
    told = await pick(home, page, "footnote-pick:1", "fact:0:mayor-words")
    assert "> “a warning to us all”" in told
    assert "Ellery Post" in told
    pressed = await home.discord.people.press(home.alice, page, "Back")
    await home.discord.response(pressed)
    assert "The mayor, Dana Whitlock" in page.payload["content"]
    assert "Ellery Post" not in page.payload["content"]


async def test_the_timeline_is_in_order(home: Place) -> None:
    content = await pick(home, await browse(home), "footnote-pick:0", "timeline:0:")
    assert content.index("Tuesday morning") < content.index("Tuesday evening")


async def test_quotes_stand_whole_under_their_speaker(home: Place) -> None:
    page = await browse(home)
    await pick(home, page, "footnote-pick:0", "quotes:0:")
    content = await pick(home, page, "footnote-pick:1", "speaker:0:dana-whitlock")
    assert "> “a warning to us all”" in content
    assert "> “We will rebuild what was lost.”" in content


async def test_long_lists_are_paged_and_old_pages_turn_after_a_restart(
    place: Place, running: Running, facts: Path
) -> None:
    file = facts / "base.yaml"
    more = "".join(
        f"  - id: person-{n}\n    name: Person {n}\n    kind: person\n    role: witness\n"
        for n in range(25)
    )
    about = ", ".join(f"person-{n}" for n in range(25))
    text = file.read_text().replace("facts:\n", f"{more}facts:\n", 1)
    text = text.replace("about: [dana-whitlock]", f"about: [dana-whitlock, {about}]", 1)
    file.write_text(text)
    async with running(place.discord):
        page = await browse(place)
        assert "(1/3)" in await pick(place, page, "footnote-pick:0", "people:0:")
    async with running(place.discord):
        pressed = await place.discord.people.press(place.alice, page, "Next page")
        await place.discord.response(pressed)
        assert "(2/3)" in page.payload["content"]
        pressed = await place.discord.people.press(place.alice, page, "Earlier page")
        await place.discord.response(pressed)
        assert "(1/3)" in page.payload["content"]


@pytest.mark.parametrize("of", ["a" * 48, key_of("The fire"), ""])
def test_ids_have_room_for_the_longest_place(of: str) -> None:
    for view in get_args(View):
        at = Location(view, 9999, of)
        pick = PickMenu("Pick", [Entry("One", "", at)], at, "f" * 64, 1)
        go = GoButton("Go", at, "f" * 64, 1)
        assert len(pick.custom_id) <= 100 >= len(go.custom_id)
        assert location(pick.item.options[0].value) == at
        for item, name in ((pick, "at"), (go, "to")):
            match = item.template.fullmatch(item.custom_id)
            assert match is not None
            assert (match["hash"], location(match[name])) == ("f" * 10, at)


async def test_a_page_of_before_the_facts_changed_says_so_and_opens_what_was_picked(
    place: Place, running: Running, facts: Path
) -> None:
    people, standin = place.discord.people, place.discord
    topic = f"topic:0:{key_of('The fire')}"
    notice = "-# The facts have been updated since that message.\n"
    async with running(standin):
        page, unturned = await browse(place), await browse(place)
        listed = await pick(place, page, "footnote-pick:0", "topics:0:")
        assert listed.index("The fire") < listed.index("Reactions")
    file = facts / "base.yaml"
    text = file.read_text()
    first, second, last = map(text.index, ("  - id: firef", "  - id: mayor", "unanswered:"))
    file.write_text(text[:first] + text[second:last] + text[first:second] + text[last:])
    async with running(standin):
        content = await pick(place, page, "footnote-pick:1", topic)
        assert content.startswith(f"{notice}**The fire**")
        assert "Sixty firefighters" in content
        told = await pick(place, page, "footnote-pick:1", "fact:0:firefighters")
        assert told.startswith("-# Asked: ")  # this page was made of the facts in use
        pressed = await people.press(place.alice, page, "Back")
        await standin.response(pressed)
        assert page.payload["content"].startswith("**The fire**")
        assert (await pick(place, unturned, "footnote-pick:0", "people:0:")).startswith(notice)


async def test_a_page_from_before_there_was_a_hash_in_it_still_turns(home: Place) -> None:
    page = await browse(home)
    menu = page.payload["components"][0]["components"][0]
    menu["custom_id"] = "footnote-pick:0:home:0:"
    assert "Dana Whitlock" in await pick(home, page, "footnote-pick:0", "people:0:")


async def test_a_page_that_is_gone_says_so(place: Place, running: Running, facts: Path) -> None:
    async with running(place.discord):
        page = await browse(place)
        await pick(place, page, "footnote-pick:0", "topics:0:")
        await pick(place, page, "footnote-pick:1", f"topic:0:{key_of('The dispute')}")
    file = facts / "base.yaml"
    file.write_text(
        file.read_text()
        .replace("id: sprinklers-off", "id: sprinklers-dead")
        .replace("related: [sprinklers-off]", "related: [sprinklers-dead]")
    )
    async with running(place.discord):
        assert "no longer among them" in await pick(
            place, page, "footnote-pick:1", "fact:0:sprinklers-off"
        )


async def test_about_tells_source_as_of_version_help_and_privacy(home: Place) -> None:
    used = await home.discord.people.slash(home.alice, home.channel, "about")
    said = await home.discord.response(used)
    content = said.payload["content"]
    assert said.only_for == home.alice.id
    for told in (
        "[Warehouse burns in the harbour](<https://post.example.org/warehouse>)",
        "As of: as of Tuesday's edition",
        "Editor's note: Invented for these tests.",
        "/ask",
        "4 facts, version ",
        "I read nothing that was not addressed to me",
        "for 30 days",
    ):
        assert told in content
    assert [b["label"] for row in said.payload["components"] for b in row["components"]] == [
        "Look through the facts",
        "Forget me",
        "Do not keep my questions",
    ]
    pressed = await home.discord.people.press(home.alice, said, "Look through the facts")
    await home.discord.response(pressed)
    assert "4 facts to look through" in said.payload["content"]


async def test_about_tells_all_of_its_privacy_however_long_the_titles_are(
    place: Place, running: Running, facts: Path
) -> None:
    file = facts / "base.yaml"
    more = "".join(
        f"  - {{id: s{n}, publisher: {'Paper ' * 30}, title: {'News ' * 60}, "
        f"url: 'https://example.org/{'x' * 400}'}}\n"
        for n in range(4)
    )
    text = file.read_text().replace("sources:\n", f"sources:\n{more}", 1)
    text = text.replace("        speaker:", "        source: ellery-post\n        speaker:")
    file.write_text(text.replace("harbour fire\n", "harbour fire" + " and more" * 60 + "\n", 1))
    async with running(place.discord):
        used = await place.discord.people.slash(place.alice, place.channel, "about")
        content = (await place.discord.response(used)).payload["content"]
    assert len(content) <= 2000
    assert "**Privacy.**" in content
    assert "in memory only." in content
