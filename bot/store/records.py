"""The nouns of the store. Times are seconds since 1970, days are counted from 1970-01-01 in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Reason = Literal["unanswered", "refused", "unhelpful"]
"""Why a question is a gap: no answer; none of what was offered; an answer that did not help."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person (`platform:id`) thinks of a reply: `facts` and `outcome` say which one."""

    base_hash: str
    outcome: str
    facts: tuple[str, ...]
    person: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one reply."""

    base_hash: str
    outcome: str
    facts: tuple[str, ...]
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A question asked in vain. `person` is only to honour their wish not to be kept."""

    text: str
    reason: Reason
    event: str
    person: str


@dataclass(frozen=True, slots=True)
class KeptGap:
    """A gap as it is kept: what identifies anybody struck out, and no person."""

    day: int
    reason: Reason
    event: str
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """One reply: `fact` is empty where it told none. `elapsed_us`: microseconds."""

    fact: str
    outcome: str
    elapsed_us: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How often on a day, in how many microseconds together, and at most."""

    day: int
    fact: str
    outcome: str
    asked: int
    total_us: int
    most_us: int


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A base that was accepted. `content`: its files as a zip archive; `by`: who accepted it."""

    base_hash: str
    folder_hash: str
    origin: str
    by: str
    reason: str
    content: bytes


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A version without its content, whose length is `size` bytes."""

    number: int
    at: float
    base_hash: str
    folder_hash: str
    origin: str
    by: str
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its content."""

    summary: VersionSummary
    content: bytes

    @property
    def number(self) -> int:
        return self.summary.number

    @property
    def base_hash(self) -> str:
        return self.summary.base_hash

    @property
    def folder_hash(self) -> str:
        return self.summary.folder_hash


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did to the bot, and why."""

    who: str
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the audit log, and when it was made."""

    at: float
    who: str
    what: str
    why: str


def minute(at: float) -> str:
    """A time for people to read, to the minute, in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
