"""What a fact base holds: frozen data, no behaviour beyond look-ups by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal

PersonKind = Literal["person", "body", "country", "place"]
ACTORS = frozenset({"person", "body", "country"})  # kinds of those who can do something
PLACES = frozenset({"country", "place"})  # kinds of where something can be
ClaimStatus = Literal["asserted", "denied", "accused", "estimated", "expected", "reported"]
Pronoun = Literal["he", "she", "it", "they"]

MOST_BESIDE = 4  # facts that have to do with one because they stand beside it
HASH_DIGITS = 10  # of a base's hash, where all of it would be too long


@dataclass(frozen=True, slots=True)
class Event:
    """The one event that a base is about."""

    id: str
    title: str
    summary: str = ""
    language: str = "en"
    as_of: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that facts are drawn from; dates are kept as the text they were given in."""

    id: str
    publisher: str
    title: str
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    body: tuple[int, int] | None = None  # first and last line of the article in its text file


@dataclass(frozen=True, slots=True)
class Person:
    """Whatever has a name: a person, a body, a country or a place."""

    id: str
    name: str
    kind: PersonKind
    role: str = ""
    pronoun: Pronoun | None = None
    aliases: tuple[str, ...] = ()
    article: str = ""  # before the name in a sentence, as the answers have it: not in the format

    @property
    def called(self) -> str:
        """The name as it stands in a sentence."""
        return f"{self.article} {self.name}".lstrip()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact stands: a source and its paragraphs, counted from 1 (none given: empty)."""

    source: str
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken verbatim from a source; `verified` when the lock holds exactly this text."""

    text: str
    source: str
    speaker: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says it, and in which manner; `of` names whoever stands accused."""

    by: tuple[str, ...]
    status: ClaimStatus
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A point on the timeline: `text` is shown, `sort` only orders."""

    text: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the source says, in our own words, and the ways people ask for it."""

    id: str
    answer: str
    questions: Sequence[str]
    tests: Sequence[str] = ()
    sources: tuple[Citation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claim: Claim | None = None
    contradicts: tuple[str, ...] = ()  # symmetric after loading
    covers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    topic: str = ""
    when: When | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Something people ask and the source does not say."""

    id: str
    questions: Sequence[str]
    tests: Sequence[str] = ()
    answer: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Base:
    """A whole fact base. `hash` is the SHA-256, in hex, of what was loaded: its version."""

    event: Event
    sources: tuple[Source, ...]
    facts: tuple[Fact, ...]
    people: tuple[Person, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    outside: Sequence[str] = ()
    hash: str = field(default="", compare=False)

    @cached_property
    def fact_by_id(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def related(self) -> Mapping[str, tuple[str, ...]]:
        """By the id of each fact those that the base relates to it; or else the first that a source
        tells in the same paragraphs: it tells them of one thing."""
        told: dict[tuple[str, int], list[str]] = {}  # the first facts of each paragraph
        places = {f.id: [(c.source, at) for c in f.sources for at in c.at] for f in self.facts}
        for fact_id, held in places.items():
            for place in held:
                beside = told.setdefault(place, [])
                if len(beside) <= MOST_BESIDE:
                    beside.append(fact_id)

        def nearest(fact: Fact) -> tuple[str, ...]:
            every = (near for place in places[fact.id] for near in told[place] if near != fact.id)
            return tuple(islice(dict.fromkeys(every), MOST_BESIDE))

        return {fact.id: fact.related or nearest(fact) for fact in self.facts}

    @cached_property
    def unanswered_by_id(self) -> Mapping[str, Unanswered]:
        return {entry.id: entry for entry in self.unanswered}

    @cached_property
    def person_by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}
