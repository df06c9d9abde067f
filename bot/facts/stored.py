"""A loaded base as bytes and back: reading these takes a tenth of the time of reading the YAML.

The phrasings, most of a base and seldom needed once it is learnt, stay bytes until one is asked
for. `from_bytes` takes only what `to_bytes` of the same version wrote.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, overload

from bot.facts.files import add_to_hash, base_files, read_bytes
from bot.facts.limits import Limits
from bot.facts.model import (
    Base,
    Citation,
    Claim,
    Event,
    Fact,
    Person,
    Quote,
    Source,
    Unanswered,
    When,
)
from bot.facts.problems import Report
from bot.jsonparts import from_lines, to_lines

_NUMBER: Final = "I"  # array's code of a whole number; its size and order are the machine's own
_SIZE = array(_NUMBER).itemsize


class Lines(Sequence[str]):
    """Texts that lie end to end in `content`; `ends` says where each ends, and where they begin."""

    __slots__ = ("_content", "_count", "_ends", "_first")

    def __init__(self, content: memoryview, ends: memoryview, first: int, count: int) -> None:
        self._content = content
        self._ends = ends
        self._first = first
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...

    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(self._text(number) for number in range(*at.indices(self._count)))
        return self._text(range(self._count)[at])

    def __iter__(self) -> Iterator[str]:
        return map(self._text, range(self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[str, ...]], tuple[tuple[str, ...]]]:
        return tuple, (tuple(self),)  # to another process go the texts themselves

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _text(self, number: int) -> str:
        start, end = self._ends[self._first + number], self._ends[self._first + number + 1]
        return str(self._content[start:end], "utf-8")


def folder_key(folder: Path) -> str | None:
    """The SHA-256, in hex, over the files of a base as they lie there; None: something about them
    has to be told, which loading does."""
    report, limits = Report(), Limits()
    paths = base_files(folder, report, limits)
    digest = hashlib.sha256()
    for name, data in read_bytes(paths, folder, report, limits):
        add_to_hash(digest, name, data)
    return None if report.has_errors() or not paths else digest.hexdigest()


def to_bytes(base: Base) -> bytes:
    """The whole base."""
    texts: list[str] = []

    def put(lines: Sequence[str]) -> int:
        texts.extend(lines)
        return len(lines)

    data = asdict(base)
    for entry in (*data["facts"], *data["unanswered"]):
        entry["questions"] = put(entry["questions"])
        entry["tests"] = put(entry["tests"])
    data["outside"] = put(data["outside"])
    rest = to_lines(data)
    ends = array(_NUMBER, [0])
    content = bytearray()
    for text in texts:
        content += text.encode()
        ends.append(len(content))
    sizes = array(_NUMBER, [len(ends), len(content)])
    return b"".join((sizes.tobytes(), ends.tobytes(), content, rest))


def from_bytes(data: memoryview) -> Base:
    """The base in `data`, which it keeps. Raises ValueError where it is not what was written."""
    try:
        return _Reader(data).base()
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("not a base of this version") from error


class _Reader:
    def __init__(self, data: memoryview) -> None:
        count, size = data[: 2 * _SIZE].cast(_NUMBER)
        begin = (2 + count) * _SIZE
        self._ends = data[2 * _SIZE : begin].cast(_NUMBER)
        self._content = data[begin : begin + size]
        self._rest: dict[str, Any] = from_lines(bytes(data[begin + size :]))
        self._next = 0

    def base(self) -> Base:
        data = self._rest
        return Base(
            event=Event(**_tuples(data["event"])),
            sources=tuple(Source(**_tuples(source)) for source in data["sources"]),
            # In the order in which their texts were written.
            facts=tuple(self._fact(fact) for fact in data["facts"]),
            people=tuple(Person(**_tuples(person)) for person in data["people"]),
            synonyms=tuple(tuple(group) for group in data["synonyms"]),
            unanswered=tuple(self._unanswered(entry) for entry in data["unanswered"]),
            outside=self._lines(data["outside"]),
            hash=data["hash"],
        )

    def _lines(self, count: int) -> Sequence[str]:
        first, self._next = self._next, self._next + count
        return Lines(self._content, self._ends, first, count) if count else ()

    def _fact(self, data: dict[str, Any]) -> Fact:
        data["questions"] = self._lines(data["questions"])
        data["tests"] = self._lines(data["tests"])
        data["sources"] = tuple(Citation(**_tuples(source)) for source in data["sources"])
        data["quotes"] = tuple(Quote(**quote) for quote in data["quotes"])
        data["claim"] = Claim(**_tuples(data["claim"])) if data["claim"] else None
        data["when"] = When(**data["when"]) if data["when"] else None
        return Fact(**_tuples(data))

    def _unanswered(self, data: dict[str, Any]) -> Unanswered:
        data["questions"] = self._lines(data["questions"])
        data["tests"] = self._lines(data["tests"])
        return Unanswered(**_tuples(data))


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no tuples, and all sequences of a base are some."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
