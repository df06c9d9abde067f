"""The nouns of changing the facts: where they come from, what is in use, and what could be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from bot.curation.orders import Built
from bot.errors import CheckFailed, FootnoteError
from bot.store.store import Store

T = TypeVar("T")
Load = Callable[[Path], Awaitable[Callable[[], None]]]
"""Loads the base in a folder without holding anybody up; what it gives puts it into use."""


class Keeper(Protocol):
    """What gives the store for as long as something is done with it; Memory is one."""

    async def use(self, work: Callable[[Store], Awaitable[T]]) -> T: ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where the base comes from: a folder (found anew each time; raises FootnoteError), or an
    address. `event` chooses among several bases there; `cache` is for what is learnt."""

    folder: Callable[[], Path]
    cache: Path
    address: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class InUse:
    """The base in use: its hash, where it lies packed (None: there is no base yet, and what comes
    first is not compared), and its version's number, if it has one.

    `why` says in a sentence why this one is served.
    """

    base_hash: str
    content: Path | None
    number: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A base that was built, to be accepted or not. `against` is the hash of the base that it was
    compared with, `after` the number of the newest version then; `folder_state` how the source lay
    there; `judged`: whether the gate binds; `unkept`: the base that it was compared with is no kept
    version; `aside`: it waits for nobody, and takes no place among those that do."""

    key: str
    origin: str
    built: Built
    against: str
    after: int
    folder_state: str
    into: Path
    judged: bool = True
    unkept: bool = False
    aside: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to accept: it is the base in use, and that is kept."""
        return self.built.same and not self.unkept

    @property
    def refused(self) -> bool:
        """Whether the gate keeps it out."""
        return self.judged and (self.built.another_event or bool(self.built.worse))


@dataclass(frozen=True, slots=True)
class Accepted:
    """A base that is in use now. `number` is its version's; None: it could not be kept, and
    `trouble` says why."""

    number: int | None
    built: Built
    before: str
    trouble: str = ""


class NotChecked(FootnoteError):
    """Facts could not be checked, and are not to blame: there is no room or no process for it."""


class NotFound(FootnoteError):
    """There are no facts where they are read from: a matter for whoever runs the program."""


class NotTaken(CheckFailed):
    """There was no base to look at, in a file that was sent mostly, or no room to do it."""


class NotAccepted(FootnoteError):
    """Why a candidate was not accepted: it is gone, was compared with another base than the one in
    use now, or does not pass the gate."""

    def __init__(self, why: Literal["gone", "stale", "refused"], *lines: str) -> None:
        super().__init__(*lines or (f"the check was not accepted: {why}; check anew",))
        self.why: Literal["gone", "stale", "refused"] = why
