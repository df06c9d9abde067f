"""The text of a source, in paragraphs: the non-blank lines of its body, counted from 1."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FootnoteError
from bot.facts.folding import fold
from bot.facts.limits import MIB, Limits
from bot.facts.model import Base


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-blank line of a source's body: its number, and its line in the file, from 1."""

    number: int
    line: int
    text: str
    begin: int  # in the folded source, like `end`
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """The folded text of a source, its paragraphs, and how many lines its file has."""

    folded: str
    paragraphs: tuple[Paragraph, ...]
    lines: int


def article_bytes(path: Path, source_id: str) -> bytes:
    """The bytes of a source's text, from a file or a pipe.

    Raises FootnoteError if it is neither, cannot be read, or is larger than a base's file may be.
    """
    most, remedy = Limits().file_size, f"name the text file of {source_id}"
    try:
        with path.open("rb") as file:
            kind = stat.S_IFMT(os.fstat(file.fileno()).st_mode)
            if kind not in (stat.S_IFREG, stat.S_IFIFO):
                raise FootnoteError(f"it is no file and no pipe; {remedy}")
            data = file.read(most + 1)
    except OSError as error:
        raise FootnoteError(f"cannot be read: {error.strerror}; {remedy}") from None
    if len(data) > most:
        raise FootnoteError(f"it is larger than {most // MIB} MiB; {remedy}")
    return data


def read_article(base: Base, source_id: str, data: bytes) -> Article:
    """Reads the text of a source of the base.

    Raises FootnoteError if the text is not UTF-8, or there is nothing in the lines of its body.
    """
    body = base.source_by_id[source_id].body
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FootnoteError(
            f"the text of {source_id} is not UTF-8 at byte {error.start}; save it as UTF-8"
        ) from None
    folded = fold(text)
    paragraphs = _paragraphs(text, folded, body)
    if not paragraphs:
        if body is None:
            raise FootnoteError(f"nothing stands in it; name the file with the text of {source_id}")
        raise FootnoteError(
            f"nothing stands in lines {body[0]} to {body[1]}, the `body` of {source_id}; name the"
            " file of its text, or correct `body`"
        )
    return Article(folded, paragraphs, len(_lines(text)))


def _paragraphs(text: str, folded: str, body: tuple[int, int] | None) -> tuple[Paragraph, ...]:
    """The non-blank lines of the body, and where each lies in the folded text."""
    lines = _lines(text)
    first, last = body or (1, len(lines))
    found: list[Paragraph] = []
    cursor = 0
    for number, line in enumerate(lines, 1):
        content = fold(line).strip()
        if not content:
            continue
        begin = folded.index(content, cursor)
        cursor = begin + len(content)
        if first <= number <= last:
            found.append(Paragraph(len(found) + 1, number, content, begin, cursor))
    return tuple(found)


def _lines(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.removesuffix("\n").split("\n")
