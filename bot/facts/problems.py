"""What is wrong with a fact base, where, and what to do: collected, never raised one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, Self

from bot.errors import FootnoteError

Level = Literal["error", "warning"]

MOST_PROBLEMS = (
    1000  # of each level: a hostile file must not fill the memory with complaints about itself
)
SHOWN_LENGTH = 48
ALIKE = 0.6  # how alike words are of which one may be meant by the other, of 1
MOST_COMPARISONS = 100_000  # difflib takes some ten microseconds for each


class Place(NamedTuple):
    """A position in a file of the base; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake, as a line for people: `file:line:column: message; remedy`.

    `file` is relative to the base's folder (`.` is the folder itself); line and column count
    from 1.
    """

    file: str
    line: int
    column: int
    message: str
    remedy: str
    level: Level = "error"
    about: str = field(default="", compare=False)  # the text that it is about, whole

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}; {self.remedy}"


class BrokenBase(FootnoteError):
    """A fact base with mistakes in it: a line for each, the count last."""

    @classmethod
    def told(cls, problems: Iterable[Problem], folder: Path) -> Self:
        """What is raised for the errors among the problems of the base in `folder`."""
        errors = [str(problem) for problem in problems if problem.level == "error"]
        return cls(*errors, f"{len(errors)} mistake{'' if len(errors) == 1 else 's'} in {folder}")


@dataclass(slots=True)
class Report:
    """Collects problems while a base is read; each is told once, however often it is met."""

    _found: set[Problem] = field(default_factory=set)
    _counts: Counter[Level] = field(default_factory=Counter)
    _comparisons_left: int = MOST_COMPARISONS

    def error(self, place: Place, message: str, remedy: str) -> None:
        self._add(Problem(*place, message, remedy))

    def warning(self, place: Place, message: str, remedy: str, about: str = "") -> None:
        self._add(Problem(*place, message, remedy, "warning", about))

    def has_errors(self) -> bool:
        return self._counts["error"] > 0

    def is_full(self, level: Level = "error") -> bool:
        """Whether so much is wrong that more of it helps nobody."""
        return self._counts[level] > MOST_PROBLEMS

    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order of the files and their lines."""
        ordered = sorted(self._found)
        ordered += [
            Problem(".", 1, 1, f"more {level}s are left out", "mend these first", level)
            for level in self._counts
            if self.is_full(level)
        ]
        return tuple(ordered)

    def nearest(self, wrong: str, known: Collection[str], alike: float = ALIKE) -> str | None:
        """The known word that `wrong` was most likely meant to be, if any is so much alike.

        After very many mistakes, or among very many words, it does not look.
        """
        self._comparisons_left -= len(known)
        if self._comparisons_left < 0 or len(wrong) > 100:
            return None
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

        close = get_close_matches(wrong, known, n=1, cutoff=alike)
        return close[0] if close else None

    def _add(self, problem: Problem) -> None:
        if problem in self._found:
            return
        self._counts[problem.level] += 1
        if not self.is_full(problem.level):
            self._found.add(problem)


class Located(Protocol):
    """Whatever knows its line and column."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class FileReport:
    """Takes problems of one file, at what was read there."""

    file: str
    report: Report

    def error(self, at: Located, message: str, remedy: str) -> None:
        self.report.error(self.place(at), message, remedy)

    def warning(self, at: Located, message: str, remedy: str) -> None:
        self.report.warning(self.place(at), message, remedy)

    def nearest(self, wrong: str, known: Collection[str], alike: float = ALIKE) -> str | None:
        return self.report.nearest(wrong, known, alike)

    def place(self, at: Located) -> Place:
        return Place(self.file, at.line, at.column)


def shown(text: str, limit: int = SHOWN_LENGTH) -> str:
    """`text` for an error line: short, on one line, nothing in it that a terminal would obey."""
    flat = " ".join(text.split())
    if len(flat) > limit:
        flat = flat[: limit - 1] + "…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in flat)


def listed(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
