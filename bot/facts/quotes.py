"""Verbatim quotes: found in the source's own text, and locked by hash so that edits show."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import FootnoteError
from bot.facts.article import Article, Paragraph, read_article
from bot.facts.files import LOCK_NAME, Unfit, plain_line_ends, read_file
from bot.facts.folding import fold
from bot.facts.limits import Limits
from bot.facts.model import Base, Fact, Quote

LOCK_VERSION = 1
LEAST_NEAR = 10  # characters in a row that a text must have of a quote to come near it

SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, order=True)
class LockedQuote:
    """A quote as it was found; `offset` and `length` count code points of the folded source."""

    fact: str
    source: str
    offset: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Lock:
    """The content of `quotes.lock`: the hash of each source's file, and the quotes found."""

    sources: tuple[tuple[str, str], ...] = ()
    quotes: tuple[LockedQuote, ...] = ()

    def keys(self) -> frozenset[tuple[str, str, str]]:
        """(fact, source, hash of the folded quote) of all that was verified."""
        return frozenset((quote.fact, quote.source, quote.sha256) for quote in self.quotes)


class DamagedLock(FootnoteError):
    """`quotes.lock` cannot be used; `line` and `column` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{LOCK_NAME}:{line}:{column}: {message}")
        self.message, self.line, self.column = message, line, column


@dataclass(frozen=True, slots=True)
class Unverified:
    """A quote that is not in its source's text word for word; `near` is what comes nearest there,
    `line` where that stands."""

    fact: str
    text: str
    near: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A fact that points to paragraph `at`, where its quote is not or where there is none."""

    fact: str
    at: tuple[int, ...]
    found: int | None  # the paragraph that holds the quote; None: the source has no paragraph `at`


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """What the text of one source says of the base's quotes and paragraphs.

    `placed` quotes are in a paragraph that their fact cites.
    """

    source: str
    sha256: str
    verified: tuple[LockedQuote, ...]
    unverified: tuple[Unverified, ...]
    undrawn: tuple[Paragraph, ...]  # paragraphs that no fact draws on
    misplaced: tuple[Misplaced, ...]
    article: Article
    placed: int


def quote_hash(text: str) -> str:
    """SHA-256, in hex, of a quote's folded text."""
    return hashlib.sha256(fold(text).encode()).hexdigest()


def check_article(base: Base, source_id: str, data: bytes) -> ArticleCheck:
    """Looks for every quote of the source in its text, `data`.

    Raises FootnoteError if the text cannot be used.
    """
    article = read_article(base, source_id, data)
    folded, paragraphs = article.folded, article.paragraphs
    verified: list[LockedQuote] = []
    unverified: list[Unverified] = []
    misplaced: dict[Misplaced, None] = {}  # each once, in order
    placed = 0
    drawn: set[int] = set()
    for fact in base.facts:
        at = _cited(fact, source_id)
        drawn |= set(at)
        if beyond := tuple(number for number in at if number > len(paragraphs)):
            misplaced[Misplaced(fact.id, beyond, None)] = None
        for quote in fact.quotes:
            if quote.source != source_id:
                continue
            found = _find(folded, paragraphs, quote, at)
            if found is None:
                unverified.append(_unverified(fact, quote, paragraphs))
                continue
            offset, number = found
            length = len(fold(quote.text))
            end = offset + length
            drawn |= {p.number for p in paragraphs if p.begin < end and offset < p.end}
            verified.append(LockedQuote(fact.id, source_id, offset, length, quote_hash(quote.text)))
            if at and number not in at:
                misplaced[Misplaced(fact.id, at, number)] = None
            elif at:
                placed += 1
    return ArticleCheck(
        source=source_id,
        sha256=hashlib.sha256(data).hexdigest(),
        verified=tuple(sorted(set(verified))),
        unverified=tuple(unverified),
        undrawn=tuple(p for p in paragraphs if p.number not in drawn),
        misplaced=tuple(misplaced),
        article=article,
        placed=placed,
    )


def with_check(lock: Lock, check: ArticleCheck) -> Lock:
    """The lock with the checked source's part made new."""
    sources = dict(lock.sources) | {check.source: check.sha256}
    others = [quote for quote in lock.quotes if quote.source != check.source]
    return Lock(tuple(sorted(sources.items())), tuple(sorted([*others, *check.verified])))


def read_lock(path: Path) -> Lock:
    """Reads `quotes.lock`; an empty one if there is none. Raises DamagedLock."""
    return parse_lock(read_lock_bytes(path))


def read_lock_bytes(path: Path) -> bytes:
    """The lock's bytes with plain line ends; none if there is no lock. Raises DamagedLock."""
    if not path.exists():
        return b""
    try:
        return plain_line_ends(read_file(path, path.parent, Limits().file_size))
    except Unfit as unfit:
        raise DamagedLock(f"is not read ({unfit.message})") from None


def parse_lock(data: bytes) -> Lock:
    """The lock that `data` holds. Raises DamagedLock."""
    if not data:
        return Lock()
    try:
        return _lock_from(json.loads(data.decode()))
    except json.JSONDecodeError as error:
        raise DamagedLock("is no JSON", error.lineno, error.colno) from None
    except (UnicodeDecodeError, RecursionError):
        raise DamagedLock("is no JSON") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DamagedLock(f"is no lock of version {LOCK_VERSION}") from None


def write_lock(path: Path, lock: Lock) -> None:
    """Writes the lock whole or not at all. Raises OSError, which names the lock."""
    content = {
        "version": LOCK_VERSION,
        "sources": {name: {"sha256": digest} for name, digest in lock.sources},
        "quotes": [
            {
                "fact": quote.fact,
                "source": quote.source,
                "sha256": quote.sha256,
                "offset": quote.offset,
                "length": quote.length,
            }
            for quote in sorted(lock.quotes)
        ],
    }
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None


def _lock_from(content: Any) -> Lock:  # noqa: ANN401 - whatever the JSON holds
    if content["version"] != LOCK_VERSION:
        raise ValueError(content["version"])
    sources = {str(name): _sha256(entry["sha256"]) for name, entry in content["sources"].items()}
    quotes = [
        LockedQuote(
            fact=str(entry["fact"]),
            source=str(entry["source"]),
            offset=int(entry["offset"]),
            length=int(entry["length"]),
            sha256=_sha256(entry["sha256"]),
        )
        for entry in content["quotes"]
    ]
    return Lock(tuple(sorted(sources.items())), tuple(sorted(quotes)))


def _sha256(text: str) -> str:
    if not SHA256.fullmatch(text):
        raise ValueError(text)
    return text


def _cited(fact: Fact, source: str) -> tuple[int, ...]:
    return tuple(number for c in fact.sources if c.source == source for number in c.at)


def _find(
    folded: str, paragraphs: tuple[Paragraph, ...], quote: Quote, at: tuple[int, ...]
) -> tuple[int, int] | None:
    """Offset and paragraph of the quote, rather in a cited paragraph and between marks."""
    best: tuple[bool, bool, int, int] | None = None
    for offset in _occurrences(folded, fold(quote.text)):
        home = next((p for p in paragraphs if p.begin <= offset < p.end), None)
        if home is None:
            continue
        spoken = folded.count('"', home.begin, offset) % 2 == 1
        rank = (home.number not in at, spoken is (quote.speaker is None), offset, home.number)
        best = rank if best is None else min(best, rank)
    return None if best is None else best[2:]


def _unverified(fact: Fact, quote: Quote, paragraphs: tuple[Paragraph, ...]) -> Unverified:
    """The quote, with the stretch of the text that has most of it in a row."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a mistake needs it

    wanted = fold(quote.text)
    words = set(wanted.split())
    # To compare letter by letter takes long: only where most of the words are the same.
    home = max(paragraphs, key=lambda p: len(words.intersection(p.text.split())))
    block = SequenceMatcher(None, home.text, wanted, autojunk=False).find_longest_match()
    if block.size < LEAST_NEAR:
        return Unverified(fact.id, quote.text)
    start = home.text.rfind(" ", 0, max(0, block.a - block.b) + 1) + 1
    end = home.text.find(" ", start + len(wanted) - 1)
    near = home.text[start : end if end > 0 else None].strip('"')
    return Unverified(fact.id, quote.text, near, home.line)


def _occurrences(folded: str, wanted: str) -> Iterator[int]:
    """Where `wanted` stands, not within a longer word."""
    start = folded.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        inside = _joined(folded[start - 1 : start], wanted[:1])
        if not inside and not _joined(wanted[-1:], folded[end : end + 1]):
            yield start
        start = folded.find(wanted, start + 1)


def _joined(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()
