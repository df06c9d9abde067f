"""A text as the words, numbers and marks of which figures are made."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bot.facts.wording import Wording

TOKEN = re.compile(
    r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?!\d))"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:'clock)?)"
    r"|(?P<mark>[^\w\s])"
)

Keys = frozenset[str]


class Token(NamedTuple):
    """A word, mark or number; `kind` is the name of its group in TOKEN."""

    kind: str
    text: str
    folded: str
    begin: int
    end: int


class Found(NamedTuple):
    """The sets of keys each of which a figure comes to, and the place behind it; what a text that
    has it tells besides; and whether it counts: 'one of them' is mostly no figure."""

    ways: tuple[Keys, ...]
    behind: int
    also: Keys = frozenset()
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a folded text, and the words of its language."""

    items: list[Token]
    words: Wording

    @classmethod
    def of(cls, text: str, words: Wording) -> Tokens:
        """Cut a text."""
        return cls(
            [
                Token(str(one.lastgroup), one[0], one[0].casefold(), one.start(), one.end())
                for one in TOKEN.finditer(text)
            ],
            words,
        )

    def at(self, at: int) -> Token | None:
        return self.items[at] if 0 <= at < len(self.items) else None

    def is_text(self, at: int, text: str) -> bool:
        token = self.at(at)
        return token is not None and token.text == text

    def skipped(self, at: int, words: Container[str]) -> int:
        """The place behind one of the words, if one stands at this."""
        token = self.at(at)
        return at + (token is not None and token.folded in words)

    def opens(self, at: int) -> bool:
        """Whether a sentence, or a part of one, begins here."""
        before = self.at(at - 1)
        return before is None or before.kind == "mark"


def number_key(value: Decimal) -> str:
    """The key of a number."""
    return f"n:{value.normalize():f}"
