"""Text that is no YAML: says what is wrong in the words of whoever writes it.

PyYAML names an error in the parser's terms ("did not find expected key"). Here the place is
looked at again, together with the text that was read last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from bot.facts.problems import shown
from bot.facts.yaml_nodes import Scalar, Unreadable

TAB = re.compile(r" *(\t)")
MARKER = re.compile(r"(?:^|[ \[{,])([*&!])\S*$")
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
    if char == "\t":
        return Slip(line, column, "a tab stands where a value or key should", "use spaces")
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
