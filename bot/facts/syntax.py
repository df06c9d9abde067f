"""Text that is no YAML: says what is wrong in an editor's words, and where to read on.

PyYAML stops at the first error and names it in the parser's terms ("did not find expected key").
Here the place is looked at again, together with the text read last, and the reader goes on with
the next entry of the list, so that one slip hides no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from bot.facts.problems import shown
from bot.facts.yaml_nodes import Scalar, Unreadable

TAB = re.compile(r" *(\t)")
SPECIAL_SPACES = re.compile(
    r"^ *[\u00a0\u2000-\u200b\u202f\u3000][ \u00a0\u2000-\u200b\u202f\u3000]*", re.MULTILINE
)
MARKER = re.compile(r"(?:^|[ \[{,])([*&!])\S*$")
TOP_KEY = re.compile(r"[^\s#\-{}\[\]][^#]*?:(?=\s|$)")
ITEM = re.compile(r"( *)-(?= |$)")
ID = re.compile(r"[ \-{]*id:\s*[\"']?([a-z0-9-]+)")
MOST_SPECIAL_SPACES = 20  # told of in one file
CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake of syntax; line and column count from 1."""

    line: int
    column: int
    message: str
    remedy: str


def slip(
    error: yaml.YAMLError | Unreadable, lines: list[str], last: tuple[Scalar, int] | None
) -> Slip:
    """What `error` means, looking at the text (`lines`) and at the scalar before it."""
    if isinstance(error, Unreadable):
        return Slip(*error.at, error.message, error.remedy)
    mark = getattr(error, "problem_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return Slip(1, 1, f"this is no YAML ({shown(str(error))})", "save it as plain text")
    if mark.line >= len(lines):
        line, column, here = len(lines), len(lines[-1]) + 1, lines[-1]  # at the file's end
    else:
        line, column, here = mark.line + 1, mark.column + 1, lines[mark.line]
    if tab := tab_slip(line, here):
        return tab
    opened = error.context_mark or mark
    context, problem = error.context or "", error.problem or ""
    if "quoted scalar" in context or "double-quoted" in context:
        if "escape" in problem:
            return _escape(line, column, here)
        return Slip(
            opened.line + 1,
            opened.column + 1,
            "this quotation mark is never closed",
            "close it where the text ends",
        )
    in_flow = "flow" in context
    if in_flow and here[column - 1 : column] == "?":  # the parser in Python alone refuses it
        return Slip(
            line, column, "an unquoted ? stands in brackets", "put the text in quotation marks"
        )
    several = last is not None and last[1] > last[0].line
    told = None
    if last and not (in_flow and several):
        told = _after_text(line, column, here, lines, last)
    if told:
        return told
    if in_flow:
        bracket = "".join(lines[opened.line : opened.line + 1])[opened.column :][:1]
        if bracket not in CLOSING:
            return Slip(
                line, column, "a bracket above this is not closed", "close it after its last value"
            )
        return Slip(
            opened.line + 1,
            opened.column + 1,
            f"the bracket {bracket} is not closed, or a comma is missing in it",
            f"write {CLOSING[bracket]} after its last value",
        )
    if "expected ':'" in problem:
        return _no_colon(
            opened.line + 1, opened.column + 1, "".join(lines[opened.line : opened.line + 1])
        )
    return _at_the_mark(line, column, here, problem)


def tab_slip(line_number: int, line: str) -> Slip | None:
    """The slip of a line that is indented with tabs."""
    match = TAB.match(line)
    if not match or not line.strip():
        return None
    return Slip(
        line_number, match.start(1) + 1, "a tab stands in the indentation", "indent with spaces"
    )


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


def _escape(line: int, column: int, here: str) -> Slip:
    at = here.rfind("\\", 0, column)  # the C parser points at the backslash, the other behind it
    return Slip(
        line,
        at + 1,
        f"{shown(here[at : at + 2])} means nothing between double quotation marks",
        "write \\\\ for a backslash, or use single quotation marks",
    )


def _after_text(
    line: int, column: int, here: str, lines: list[str], last: tuple[Scalar, int]
) -> Slip | None:
    """The slip, if it comes of how the text before it was written."""
    scalar, end = last
    several = end > scalar.line
    rest = here[column - 1 :]
    if scalar.style in ("'", '"'):
        if several and line - end <= 1:
            return Slip(
                scalar.line,
                scalar.column,
                f"this quotation mark is closed only in line {end}",
                "close it where the text ends",
            )
        if end == line and not rest.startswith((":", "-")):
            return Slip(
                line,
                column,
                "text goes on after the closing quotation mark",
                _requote(scalar.style),
            )
        return None
    if scalar.style or end > line:
        return None
    if end < line and (cut := lines[end - 1].find(" #") + 2) > 1:
        return Slip(
            end,
            cut,
            "' #' begins a comment in the middle of a text",
            "put the whole text in quotation marks",
        )
    if rest.startswith(":") and end == line:
        begin = len(here) - len(here.lstrip()) + 1
        return _colon(line, begin if several else column, scalar, several)
    return None


def _colon(line: int, column: int, scalar: Scalar, several: bool) -> Slip:
    if scalar.text.startswith(("“", "”", "„", "‘", "’", "«")):
        return smart_slip(scalar)
    if several:
        return Slip(
            line,
            column,
            f"this line is indented as if the text of line {scalar.line} went on",
            "begin the keys of one entry in the same column, or quote a text that holds ': '",
        )
    return Slip(
        line,
        column,
        f"an unquoted ': ' stands in the text after {shown(scalar.text)!r}",
        "put the whole text in quotation marks",
    )


def smart_slip(scalar: Scalar) -> Slip:
    """Curly quotation marks where YAML wants straight ones."""
    return Slip(
        scalar.line,
        scalar.column,
        f"the curly quotation mark {scalar.text[0]} does not delimit text",
        "use straight ones: \" or '",
    )


def _requote(style: str) -> str:
    if style == "'":
        return "put the whole text in double quotation marks, or write '' for an apostrophe in it"
    return 'put the whole text in single quotation marks, or write \\" for each " in it'


def _no_colon(line: int, column: int, here: str) -> Slip:
    return Slip(
        line,
        column,
        f"no ': ' stands after {shown(here)!r} where a key should be",
        "write 'key: value', with a space after the colon",
    )


def _at_the_mark(line: int, column: int, here: str, problem: str) -> Slip:
    char = here[column - 1 : column]
    before = here[: column - 1].rstrip()
    if marker := MARKER.search(before):
        char, column = marker[1], marker.start(1) + 1
    if "cannot start any token" in problem or char in ("@", "`", "%", "*", "&", "!"):
        return Slip(
            line, column, f"text cannot begin with {shown(char)}", "put it in quotation marks"
        )
    if "sequence entries are not allowed" in problem:
        return Slip(
            line,
            column,
            "a list cannot begin on the line of its key",
            "begin it on the next line, or put text that begins with '- ' in quotation marks",
        )
    if "block scalar" in problem or "line break" in problem or "chomping" in problem:
        return Slip(
            line,
            column,
            "text stands on the line of | or >",
            "begin it on the next line, or put text that begins so in quotation marks",
        )
    if before.endswith(("]", "}")):
        return Slip(
            line,
            column,
            "text goes on after the closing bracket",
            "put text that begins with a bracket in quotation marks",
        )
    return Slip(
        line,
        column,
        "this line does not fit the indentation of those above",
        "begin the keys of one entry, and the dashes of one list, in the same column",
    )


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
