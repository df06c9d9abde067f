"""Dialogs as data: `tests/conversations/*.yaml`, read into types and checked for slips of the pen.

Each line is what a person types, and what must then hold of the reply; what is left out does not
matter. `outcome` and `says` take one or a list; of several outcomes any will do, all else must
hold together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CONVERSATIONS = Path(__file__).resolve().parents[1] / "conversations"
OUTCOMES = {"answer", "suggest", "unknown", "chat"}


@dataclass(frozen=True, slots=True)
class Line:
    """What a person types, and what is expected of the reply."""

    user: str
    outcome: tuple[str, ...] = ()  # any of these
    fact: tuple[str, ...] = ()  # all of these are told
    says: tuple[str, ...] = ()  # all of these stand in the plain text
    offers: tuple[str, ...] = ()  # all of these are among the suggestions
    quotes: bool = False  # somebody is quoted
    assumed: bool | None = None  # the reply says what it was taken as, or does not
    new: bool = False  # nothing told before in this dialog is told again


@dataclass(frozen=True, slots=True)
class Dialog:
    """One conversation, from its beginning."""

    theme: str
    title: str
    lines: tuple[Line, ...]


def read_dialogs(folder: Path = CONVERSATIONS) -> Iterator[Dialog]:
    """All dialogs of a folder. Raises ValueError for a line that expects nothing sensible."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if set(data) != {"about", "dialogs"}:
            raise ValueError(f"{path.name}: wants 'about' and 'dialogs', has {sorted(data)}")
        for dialog in data["dialogs"]:
            where = f"{path.name}: {dialog['title']}"
            lines = tuple(_line(where, entry) for entry in dialog["lines"])
            if not lines[-1].outcome and not lines[-1].fact:
                raise ValueError(f"{where}: the last line expects nothing")
            yield Dialog(path.stem, dialog["title"], lines)


def _line(where: str, entry: dict[str, Any]) -> Line:
    lists = ("outcome", "fact", "says", "offers")
    said: dict[str, Any] = {
        key: _many(value) if key in lists else value for key, value in entry.items()
    }
    line = Line(**said)
    if type(line.user) is not str:
        raise TypeError(f"{where}: 'user' must be a text, not {line.user!r}")
    if not set(line.outcome) <= OUTCOMES:
        raise ValueError(f"{where}: no such outcome in {line.outcome}")
    return line


def _many(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (str(value),)
