"""What a command works with: the settings, and the streams it reads and writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO, cast

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Number:
    """A number of JSON as it was written: as Python's own it would be rounded, or be too large."""

    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """The world of one command. Nothing else of it is reached for, so tests can give their own."""

    settings: Settings
    environ: Mapping[str, str]
    stdin: TextIOWrapper
    stdout: TextIOWrapper
    stderr: TextIOWrapper

    @property
    def raw_input(self) -> BinaryIO:
        """Standard input in bytes, for JSON Lines: what a line holds is decoded line by line."""
        return cast("BinaryIO", self.stdin.buffer)  # typeshed knows only a part of it

    def say(self, text: str) -> None:
        """Print to standard output."""
        self.stdout.write(text + "\n")

    def say_json(self, value: object) -> None:
        """Print one line of JSON, in UTF-8 on every system, and at once."""
        self.stdout.flush()
        self.stdout.buffer.write(json_line(value))
        self.stdout.buffer.flush()

    def complain(self, text: str) -> None:
        """Print to standard error."""
        self.stderr.write(text + "\n")


def json_line(value: object) -> bytes:
    """One line of JSON, readable where it can be, its key order kept; only the `id` at its
    beginning may be a Number."""
    try:
        return _dumped(value, in_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair, sent as \ud83d: no text, but an echo must bring it back.
        return _dumped(value, in_ascii=True).encode("ascii") + b"\n"


def _dumped(value: object, *, in_ascii: bool) -> str:
    line = json.dumps(value, ensure_ascii=in_ascii, allow_nan=False, default=_text_of)
    if isinstance(value, dict) and isinstance(number := value.get("id"), Number):
        return line.replace(f'"{number.text}"', number.text, 1)
    return line


def _text_of(number: Number) -> str:
    return number.text
