"""What the files of a base hold, with positions, before it is checked how it hangs together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.facts.fields import Kind, Outside
from bot.facts.model import Event, Fact, Person, Source, Unanswered
from bot.facts.problems import Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A value, where it stands, and for each of its fields where the items of that stand."""

    value: T
    place: Place
    places: dict[str, tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that refers to something of `kind`."""

    kind: Kind
    id: str
    place: Place


@dataclass(slots=True)
class Draft:
    """All that the files hold, before what refers to what is checked."""

    events: list[Placed[Event]] = field(default_factory=list)
    sources: list[Placed[Source]] = field(default_factory=list)
    people: list[Placed[Person]] = field(default_factory=list)
    synonyms: list[Placed[tuple[str, ...]]] = field(default_factory=list)
    facts: list[Placed[Fact]] = field(default_factory=list)
    unanswered: list[Placed[Unanswered]] = field(default_factory=list)
    outside: list[Placed[Outside]] = field(default_factory=list)
    ids: dict[str, tuple[Kind | None, Place]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    incomplete: bool = False  # something could not be read as YAML, and was reported
    lost_ids: set[str] = field(default_factory=set)  # those in it

    def list_of(self, section: str) -> list[Placed[Any]]:
        """Where the entries of a top-level key go."""
        name = "events" if section == "event" else section
        found: list[Placed[Any]] = getattr(self, name)
        return found
