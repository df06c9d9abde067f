"""The base to look through, for those who do not know what to ask: pages, without Discord.

A place in it is a `Location`, written into the ids of buttons and the values of menus, so that
every page can be turned at any time, in any process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Literal, TypeVar, get_args

from bot.dialogue.chronology import timeline
from bot.dialogue.compose import examples_of
from bot.dialogue.texts import Texts
from bot.facts.model import Base, Fact, Person, When
from bot.platforms.discord.plain import CHOICE_LIMIT, MESSAGE_LIMIT, clipped, readable, shown
from bot.platforms.discord.render import Block, joined

View = Literal[
    "home", "timeline", "people", "quotes", "topics", "person", "speaker", "topic", "fact"
]

PAGE = 10  # entries of a page
QUOTES_PAGE = 4
NOTICE_ROOM = 100  # characters kept free above a page
PAGE_ROOM = MESSAGE_LIMIT - NOTICE_ROOM
QUOTES_ROOM = PAGE_ROOM - 250  # characters below the heading
LINE_LIMIT = 130
EXAMPLES = 3  # questions to ask where there is nothing to look through
Item = TypeVar("Item")
_LOCATION = re.compile(rf"({'|'.join(get_args(View))}):(\d{{1,4}}):([a-z0-9-]{{0,48}})")


@dataclass(frozen=True, slots=True)
class Location:
    """A view, its page from 0, and what it is of: an id, or a topic's key."""

    view: View = "home"
    page: int = 0
    of: str = ""

    def __str__(self) -> str:
        return f"{self.view}:{self.page}:{self.of}"


def location(text: str) -> Location | None:
    """The location that a text stands for; None where it is none."""
    match = _LOCATION.fullmatch(text)
    if match is None:
        return None
    view = next(known for known in get_args(View) if known == match[1])
    return Location(view, int(match[2]), match[3])


def key_of(topic: str) -> str:
    """What stands for a topic in an id, wherever it stands in the base: ten hex digits."""
    return blake2b(topic.encode(), digest_size=5).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to pick on a page, and the line that stands for it."""

    label: str
    description: str
    to: Location
    line: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown: a text, entries to pick, and the pages before and after."""

    content: str
    entries: tuple[Entry, ...] = ()
    before: Location | None = None
    after: Location | None = None


class Browser:
    """Makes the pages of one base: looks through it once, and draws what a page shows alone."""

    def __init__(self, base: Base, texts: Texts) -> None:
        self.base = base
        self.texts = texts
        self._of_person: dict[str, list[Fact]] = {}
        self._of_topic: dict[str, list[Fact]] = {}
        self._said: dict[str, list[tuple[Fact, str]]] = {}
        for fact in base.facts:
            for person in _people_of(fact):
                self._of_person.setdefault(person, []).append(fact)
            for quote in fact.quotes:
                if quote.speaker:
                    self._said.setdefault(quote.speaker, []).append((fact, quote.text))
            if fact.topic:
                self._of_topic.setdefault(fact.topic, []).append(fact)
        self._dated = timeline(base.facts)
        self._people = [person for person in base.people if person.id in self._of_person]
        self._speakers = [person for person in base.people if person.id in self._said]
        self._topics = [(key_of(topic), topic) for topic in self._of_topic]
        self._topic_by_key = dict(self._topics)
        self._quotes: dict[str, list[list[tuple[Fact, str]]]] = {}

    def views(self) -> tuple[Entry, ...]:
        """The ways to look through this base: those that it has something for."""
        texts = self.texts
        offered: tuple[tuple[View, str, bool], ...] = (
            ("timeline", texts.discord_timeline, bool(self._dated)),
            ("people", texts.discord_people, bool(self._people)),
            ("quotes", texts.discord_quotes, bool(self._speakers)),
            ("topics", texts.discord_topics, bool(self._topics)),
        )
        return tuple(Entry(label, "", Location(view)) for view, label, there in offered if there)

    def page(self, at: Location) -> Page | None:
        """The page at a location; None where the base has no such thing (any more)."""
        match at.view:
            case "home":
                return Page(self._home())
            case "timeline":
                return _paged(at, self.texts.discord_timeline, self._dated, _dated_entry)
            case "people":
                return _paged(at, self.texts.discord_people, self._people, _person_entry)
            case "quotes":
                return _paged(at, self.texts.discord_quotes, self._speakers, self._speaker_entry)
            case "topics":
                return _paged(at, self.texts.discord_topics, self._topics, self._topic_entry)
            case "person":
                return self._person(at)
            case "speaker":
                return self._speaker(at)
            case "topic":
                return self._topic(at)
            case "fact":
                return None  # an answer, which the renderer knows how to show

    def _home(self) -> str:
        event = self.base.event
        summary = shown(event.summary, 500)
        head = f"**{shown(event.title, 200)}**"
        count = len(self.base.facts)
        if self.views():
            hint = self.texts.discord_browse_hint.format(count=count)
            return "\n".join(filter(None, (head, summary, hint)))
        hint = self.texts.discord_browse_nothing.format(count=count)
        asked = [f"- {shown(one, LINE_LIMIT)}" for one in examples_of(self.base)[:EXAMPLES]]
        return "\n".join(filter(None, (head, summary, hint, *asked)))

    def _person(self, at: Location) -> Page | None:
        person = self.base.person_by_id.get(at.of)
        if person is None:
            return None
        heading = ", ".join(filter(None, (person.name, person.role)))
        return _paged(at, heading, self._of_person.get(person.id, ()), _fact_entry)

    def _topic(self, at: Location) -> Page | None:
        topic = self._topic_by_key.get(at.of)
        if topic is None:
            return None
        return _paged(at, topic, self._of_topic[topic], _fact_entry)

    def _speaker(self, at: Location) -> Page | None:
        """Somebody's quotes, each whole; one too long for the page stands with its fact."""
        person = self.base.person_by_id.get(at.of)
        if person is None or person.id not in self._said:
            return None
        groups = self._quotes_of(person.id)
        pages = len(groups)
        number = min(at.page, pages - 1)
        here = groups[number]
        heading = ", ".join(filter(None, (person.name, person.role)))
        count = f" ({number + 1}/{pages})" if pages > 1 else ""
        blocks = [Block(f"**{shown(heading, 200)}**{count}")]
        blocks += [Block(block, spare=1) for _, block in here]
        entries = {fact.id: _fact_entry(fact) for fact, _ in here}
        return Page(joined(blocks, PAGE_ROOM), tuple(entries.values()), *_around(at, number, pages))

    def _quotes_of(self, person: str) -> list[list[tuple[Fact, str]]]:
        """Somebody's quotes in pages; kept, because what stands on one depends on all before."""
        if person not in self._quotes:
            said = self._said[person]
            self._quotes[person] = _grouped(
                [(fact, f"> “{shown(text, 4000)}”\n") for fact, text in said]
            )
        return self._quotes[person]

    def _speaker_entry(self, person: Person) -> Entry:
        told = f"**{shown(person.name, 80)}** ({len(self._said[person.id])})"
        return _entry(person.name, person.role, Location("speaker", 0, person.id), told)

    def _topic_entry(self, keyed: tuple[str, str]) -> Entry:
        key, topic = keyed
        told = f"{shown(topic, LINE_LIMIT)} ({len(self._of_topic[topic])})"
        return _entry(topic, "", Location("topic", 0, key), told)


def _paged(
    at: Location, heading: str, items: Sequence[Item], entry: Callable[[Item], Entry]
) -> Page | None:
    """The page of a list at a location, an entry for each item on it; None where there is none."""
    if not items:
        return None
    pages = (len(items) + PAGE - 1) // PAGE
    number = min(at.page, pages - 1)
    here = tuple(entry(item) for item in items[number * PAGE : (number + 1) * PAGE])
    count = f" ({number + 1}/{pages})" if pages > 1 else ""
    blocks = [Block(f"**{shown(heading, 200)}**{count}")]
    blocks += [Block(f"- {one.line}") for one in here]
    return Page(joined(blocks, PAGE_ROOM), here, *_around(at, number, pages))


def _dated_entry(dated: tuple[When, Fact]) -> Entry:
    when, fact = dated
    return _fact_entry(fact, when.text)


def _person_entry(person: Person) -> Entry:
    told = f"**{shown(person.name, 80)}**"
    told += f", {shown(person.role, LINE_LIMIT)}" if person.role else ""
    return _entry(person.name, person.role, Location("person", 0, person.id), told)


def _fact_entry(fact: Fact, before: str = "") -> Entry:
    question = fact.questions[0]
    told = shown(fact.answer, LINE_LIMIT)
    line = f"**{shown(before, 60)}** {told}" if before else told
    return _entry(question, before, Location("fact", 0, fact.id), line)


def _entry(label: str, description: str, to: Location, line: str) -> Entry:
    return Entry(
        clipped(readable(label), CHOICE_LIMIT),
        clipped(readable(description), CHOICE_LIMIT),
        to,
        line,
    )


def _grouped(quoted: Sequence[tuple[Fact, str]]) -> list[list[tuple[Fact, str]]]:
    """The quotes in pages: a few on each, and no more than it has room for."""
    groups: list[list[tuple[Fact, str]]] = []
    room = 0
    for fact, block in quoted:
        room -= len(block) + 1
        if not groups or room < 0 or len(groups[-1]) == QUOTES_PAGE:
            groups.append([])
            room = QUOTES_ROOM - len(block) - 1
        groups[-1].append((fact, block))
    return groups


def _around(at: Location, number: int, pages: int) -> tuple[Location | None, Location | None]:
    before = replace(at, page=number - 1) if number > 0 else None
    after = replace(at, page=number + 1) if number + 1 < pages else None
    return before, after


def _people_of(fact: Fact) -> Iterable[str]:
    """Whom a fact concerns: those it is about, those who claim it, those it quotes."""
    claimed = fact.claim.by if fact.claim else ()
    return {*fact.about, *claimed, *(quote.speaker for quote in fact.quotes if quote.speaker)}
