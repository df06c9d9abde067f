"""A scalar as the text a person meant: refuses what YAML may have changed, with the remedy."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeGuard

import yaml

from bot.facts.problems import FileReport, shown
from bot.facts.syntax import smart_slip
from bot.facts.yaml_nodes import Mapping, Node, Scalar, is_null, kind_of

ID = re.compile(r"[a-z0-9-]{1,48}")
NO_ID = re.compile(r"[^a-z0-9]+")
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}\S*)?)?)?")
LANGUAGE = re.compile(r"[a-z]{2,3}")
URL = re.compile(r"https?://[^\s/]\S*")
CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff]")
INVISIBLE = re.compile("[\\u202a-\\u202e\\u2066-\\u2069]")  # they turn a line around
OPENING = {"“": "”", "”": "”", "„": "“”", "‘": "’", "’": "’"}
QUOTE_IT = "put it in quotation marks"

# What YAML 1.1 makes of a plain scalar, by the tag that PyYAML would give it.
MEANINGS = {
    "tag:yaml.org,2002:bool": "a truth value",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:timestamp": "a date",
}


def read_text(node: Node, name: str, report: FileReport) -> str | None:
    """The text of `node` with single spaces; None: it was reported. `name` is what it should be."""
    if not isinstance(node, Scalar):
        _not_text(node, name, report)
        return None
    text = " ".join(node.text.split())
    if not text or is_null(node):
        report.error(node, f"{name} is empty", "write its text, or take the line out")
        return None
    for kind, characters in (("control", CONTROL), ("invisible", INVISIBLE)):
        if found := characters.search(node.text):
            report.error(
                node,
                f"{name} holds the {kind} character U+{ord(found[0]):04X}",
                "take its escape out",
            )
            return None
    if not node.style and _trapped(node, text, report):
        return None
    return text


def read_id(node: Node, name: str, report: FileReport) -> str | None:
    """An id; a number or a date among the ids stays the text it was written as."""
    if not isinstance(node, Scalar):
        report.error(node, f"{name} must be an id, not {kind_of(node)}", "write one id here")
        return None
    if is_null(node):
        report.error(node, f"{name} is empty", "write an id, or take the line out")
        return None
    if not node.style and meaning(node.text) in ("a truth value", "nothing"):
        _misread(node, report)
        return None
    if not ID.fullmatch(node.text):
        meant = NO_ID.sub("-", node.text.lower()).strip("-")
        example = f", such as `{meant}`" if ID.fullmatch(meant) else ""
        report.error(
            node,
            f"{shown(node.text)!r} is no id",
            f"use small letters a-z, digits and hyphens, 48 at most{example}",
        )
        return None
    return node.text


def read_date(node: Node, name: str, report: FileReport, *, iso: bool) -> str | None:
    """A date as it was written, from the year down to the minute; unless `iso`, other text is only
    warned of."""
    if not isinstance(node, Scalar) or is_null(node) or not node.text.strip():
        report.error(node, f"{name} must be a date", "write it as in 2018-11-09")
        return None
    text = node.text.strip()
    if _is_date(text):
        return text
    if iso:
        report.error(node, f"{shown(text)!r} is no date in ISO form", "write it as in 2018-11-09")
        return None
    report.warning(
        node,
        f"{name} is {shown(text)!r}, which is no date",
        "write it as in 2018-11-09, or leave it out",
    )
    return text


def read_url(node: Node, name: str, report: FileReport) -> str | None:
    text = read_text(node, name, report)
    if text is not None and not URL.fullmatch(text):
        report.error(
            node, f"{shown(text)!r} is no web address", "begin it with https://, or leave it out"
        )
        return None
    return text


def is_nothing(node: Node) -> TypeGuard[Scalar]:
    """Whether this is plain text that YAML takes for nothing, such as `null`."""
    return isinstance(node, Scalar) and not node.style and meaning(node.text) == "nothing"


def read_language(node: Node, name: str, report: FileReport) -> str | None:
    """The code of a language. It becomes part of paths: nothing else may pass."""
    text = read_text(node, name, report)
    if text is not None and not LANGUAGE.fullmatch(text):
        report.error(
            node,
            f"{shown(text)!r} is no language",
            "write its code in two or three small letters, as in en",
        )
        return None
    return text


def read_number(node: Node, name: str, report: FileReport) -> int | None:
    if isinstance(node, Scalar) and NUMBER.fullmatch(node.text):
        if not node.style:
            return int(node.text)
        report.error(node, f"{name} must be a number, not text", "take the quotation marks off")
        return None
    report.error(node, f"{name} must be a whole number from 1", "write it in digits, as in 3")
    return None


def meaning(text: str) -> str | None:
    """What YAML takes plain `text` for if not for text: 'a truth value', 'a number' and so on."""
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
        if tag in MEANINGS and pattern.match(text):
            return MEANINGS[tag]
    return None


def _not_text(node: Node, name: str, report: FileReport) -> None:
    if isinstance(node, Mapping) and _in_braces(node):
        report.error(node, f"{name} begins with a brace, so it is no text", QUOTE_IT)
    elif isinstance(node, Mapping) and _is_split(node):
        report.error(
            node,
            f"an unquoted ': ' makes {name} a mapping",
            "put the whole text in quotation marks",
        )
    else:
        report.error(node, f"{name} must be text, not {kind_of(node)}", "write one text here")


def _in_braces(node: Mapping) -> bool:
    """Not so the `a: b` in [a: b], which begins where its key does."""
    if not node.flow or not node.entries:
        return node.flow
    key, _ = node.entries[0]
    return (key.line, key.column) != (node.line, node.column)


def _is_split(node: Mapping) -> bool:
    """Whether this was one text with a colon in it."""
    key, value = node.entries[0]
    plain = isinstance(key, Scalar) and not key.style and isinstance(value, Scalar)
    return plain and len(node.entries) == 1


def _trapped(node: Scalar, text: str, report: FileReport) -> bool:
    """Reports what YAML may have made of an unquoted text."""
    if node.trap == "comment":
        report.error(
            node,
            f"' #' ends the text after {shown(text[-24:])!r}: the rest is a comment",
            "put the whole text in quotation marks, or two spaces and '# ' before a comment",
        )
    elif node.trap == "list item":
        report.error(
            node,
            "a line that begins with '- ' became part of this text",
            "indent the list as far as its key, or put the text in quotation marks",
        )
    elif _in_curly_marks(text):
        slip = smart_slip(node)
        report.error(node, slip.message, slip.remedy)
    elif meaning(text):
        _misread(node, report)
    else:
        return False
    return True


def _misread(node: Scalar, report: FileReport) -> None:
    text = node.text.strip()
    report.error(node, f"YAML reads {shown(text)} as {meaning(text)}", f'write "{shown(text)}"')


def _in_curly_marks(text: str) -> bool:
    """Whether one pair of curly marks holds the whole text, as typed for YAML's own marks."""
    closing = OPENING.get(text[0], "")
    return len(text) > 1 and text[-1] in closing and text[0] not in text[1:-1]


def _is_date(text: str) -> bool:
    match = ISO_DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True
