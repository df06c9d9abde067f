"""The base to look through, for those who do not know what to ask: pages, without Discord.

A place in it is a `Location`, written into the ids of buttons and the values of menus, so that
every page can be turned at any time, in any process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.dialogue.texts import Texts
from bot.facts.model import Base, Fact
from bot.platforms.discord.plain import CHOICE_LIMIT, MESSAGE_LIMIT, clipped, readable, shown
from bot.platforms.discord.render import Block, joined

View = Literal[
    "home", "timeline", "people", "quotes", "topics", "person", "speaker", "topic", "fact"
]

PAGE = 10  # entries of a page
QUOTES_PAGE = 4
QUOTES_ROOM = MESSAGE_LIMIT - 250  # characters below the heading
LINE_LIMIT = 130
_LOCATION = re.compile(rf"({'|'.join(get_args(View))}):(\d{{1,4}}):([a-z0-9-]{{0,48}})")


@dataclass(frozen=True, slots=True)
class Location:
    """A view, its page from 0, and what it is of: an id, or a topic's number."""

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


@dataclass(frozen=True, slots=True)
class Browser:
    """Makes the pages of one base."""

    base: Base
    texts: Texts

    def views(self) -> tuple[Entry, ...]:
        """The ways to look through this base: those that it has something for."""
        texts = self.texts
        offered: tuple[tuple[View, str, bool], ...] = (
            ("timeline", texts.discord_timeline, bool(self._timeline())),
            ("people", texts.discord_people, bool(self._people())),
            ("quotes", texts.discord_quotes, bool(self._speakers())),
            ("topics", texts.discord_topics, bool(self._topics())),
        )
        return tuple(Entry(label, "", Location(view)) for view, label, there in offered if there)

    def page(self, at: Location) -> Page | None:
        """The page at a location; None where the base has no such thing (any more)."""
        match at.view:
            case "home":
                return Page(self._home())
            case "timeline":
                return self._paged(at, self.texts.discord_timeline, self._timeline())
            case "people":
                return self._paged(at, self.texts.discord_people, self._people())
            case "quotes":
                return self._paged(at, self.texts.discord_quotes, self._speakers())
            case "topics":
                return self._paged(at, self.texts.discord_topics, self._topics())
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
        hint = self.texts.discord_browse_hint.format(count=len(self.base.facts))
        return "\n".join(filter(None, (head, summary, hint)))

    def _paged(self, at: Location, heading: str, entries: Sequence[Entry]) -> Page | None:
        if not entries:
            return None
        pages = (len(entries) + PAGE - 1) // PAGE
        number = min(at.page, pages - 1)
        here = tuple(entries[number * PAGE : (number + 1) * PAGE])
        count = f" ({number + 1}/{pages})" if pages > 1 else ""
        blocks = [Block(f"**{shown(heading, 200)}**{count}")]
        blocks += [Block(f"- {entry.line}") for entry in here]
        return Page(joined(blocks), here, *_around(at, number, pages))

    def _timeline(self) -> list[Entry]:
        dated = sorted(
            ((fact.when.sort, n, fact) for n, fact in enumerate(self.base.facts) if fact.when),
            key=lambda item: item[:2],
        )
        return [self._fact(fact, fact.when.text if fact.when else "") for _, _, fact in dated]

    def _people(self) -> list[Entry]:
        entries = []
        for person in self.base.people:
            count = sum(person.id in _people_of(fact) for fact in self.base.facts)
            if count:
                told = f"**{shown(person.name, 80)}**"
                told += f", {shown(person.role, LINE_LIMIT)}" if person.role else ""
                to = Location("person", 0, person.id)
                entries.append(_entry(person.name, person.role, to, told))
        return entries

    def _speakers(self) -> list[Entry]:
        entries = []
        for person in self.base.people:
            count = sum(q.speaker == person.id for fact in self.base.facts for q in fact.quotes)
            if count:
                told = f"**{shown(person.name, 80)}** ({count})"
                to = Location("speaker", 0, person.id)
                entries.append(_entry(person.name, person.role, to, told))
        return entries

    def _topics(self) -> list[Entry]:
        entries = []
        for number, topic in enumerate(self._topic_names()):
            count = sum(fact.topic == topic for fact in self.base.facts)
            to = Location("topic", 0, str(number))
            entries.append(_entry(topic, "", to, f"{shown(topic, LINE_LIMIT)} ({count})"))
        return entries

    def _topic_names(self) -> list[str]:
        return list(dict.fromkeys(fact.topic for fact in self.base.facts if fact.topic))

    def _person(self, at: Location) -> Page | None:
        person = self.base.person_by_id.get(at.of)
        if person is None:
            return None
        facts = [fact for fact in self.base.facts if person.id in _people_of(fact)]
        heading = ", ".join(filter(None, (person.name, person.role)))
        return self._paged(at, heading, [self._fact(fact) for fact in facts])

    def _topic(self, at: Location) -> Page | None:
        names = self._topic_names()
        if not at.of.isdigit() or int(at.of) >= len(names):
            return None
        topic = names[int(at.of)]
        facts = [fact for fact in self.base.facts if fact.topic == topic]
        return self._paged(at, topic, [self._fact(fact) for fact in facts])

    def _speaker(self, at: Location) -> Page | None:
        """Somebody's quotes, each whole; one too long for the page stands with its fact."""
        person = self.base.person_by_id.get(at.of)
        said = [
            (fact, quote.text)
            for fact in self.base.facts
            for quote in fact.quotes
            if person is not None and quote.speaker == person.id
        ]
        if person is None or not said:
            return None
        quoted = [(fact, f"> “{shown(text, 4000)}”\n") for fact, text in said]
        groups = _grouped(quoted)
        pages = len(groups)
        number = min(at.page, pages - 1)
        here = groups[number]
        heading = ", ".join(filter(None, (person.name, person.role)))
        count = f" ({number + 1}/{pages})" if pages > 1 else ""
        blocks = [Block(f"**{shown(heading, 200)}**{count}")]
        blocks += [Block(block, spare=1) for _, block in here]
        entries = {fact.id: self._fact(fact) for fact, _ in here}
        return Page(joined(blocks), tuple(entries.values()), *_around(at, number, pages))

    def _fact(self, fact: Fact, before: str = "") -> Entry:
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
