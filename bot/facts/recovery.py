"""Reading on after a slip of syntax, so that one slip hides no other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.facts.syntax import Slip

SPECIAL_SPACES = re.compile(
    r"^ *[\u00a0\u2000-\u200a\u202f\u3000][ \u00a0\u2000-\u200a\u202f\u3000]*", re.MULTILINE
)
TOP_KEY = re.compile(r"[^\s#\-{}\[\]][^#]*?:(?=\s|$)")
ITEM = re.compile(r"( *)-(?= |$)")
ID = re.compile(r"[ \-{]*id:\s*[\"']?([a-z0-9-]+)")
MOST_SPECIAL_SPACES = 20  # told of in one file


@dataclass(frozen=True, slots=True)
class Resumption:
    """Where to read on: a text in which only the current key and what follows is left."""

    text: str
    line: int  # the first line that is read again, from 1; past the last one if there is none


def resume(lines: list[str], error_line: int) -> Resumption:
    """Finds the next entry of the list, or the next top-level key, after `error_line`."""
    key = next(
        (n for n in range(min(error_line, len(lines)), 0, -1) if TOP_KEY.match(lines[n - 1])), 0
    )
    indent = _item_indent(lines, key) if key and key < error_line else None
    for number in range(error_line + 1, len(lines) + 1):
        line = lines[number - 1]
        item = ITEM.match(line)
        if TOP_KEY.match(line):
            before = "\n" * (number - 1)
        elif item and len(item[1]) == indent:
            before = "\n" * (key - 1) + lines[key - 1] + "\n" * (number - key)
        else:
            continue
        return Resumption(before + "\n".join(lines[number - 1 :]), number)
    return Resumption("", len(lines) + 1)


def lost_ids(lines: list[str]) -> set[str]:
    """The ids in lines that could not be read, so that nobody is told they are missing."""
    return {match[1] for line in lines if (match := ID.match(line))}


def _item_indent(lines: list[str], key: int) -> int | None:
    """How far the list under the top-level key in line `key` is indented, if it is a block list."""
    for line in lines[key:]:
        if item := ITEM.match(line):
            return len(item[1])
        if line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


def plain_indentation(text: str) -> tuple[str, tuple[Slip, ...]]:
    """The text with plain spaces for special ones before its lines, and a slip for each such line.

    They look like plain ones, and YAML takes them for part of the key or text that follows.
    """
    if text.isascii():
        return text, ()
    slips: list[Slip] = []

    def plain(match: re.Match[str]) -> str:
        if len(slips) >= MOST_SPECIAL_SPACES:
            return " " * len(match[0])
        special = next(n for n, char in enumerate(match[0]) if char != " ")
        slips.append(
            Slip(
                text.count("\n", 0, match.start()) + 1,
                special + 1,
                f"a special space (U+{ord(match[0][special]):04X}) stands in the indentation",
                "indent with plain spaces",
            )
        )
        return " " * len(match[0])

    return SPECIAL_SPACES.sub(plain, text), tuple(slips)
