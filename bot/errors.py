"""Errors that people meet: FootnoteError and, beside their causes, its children.

FootnoteError            wrong use, unreadable input or a missing setting (exit 2)
|- facts.load.BrokenBase a fact base with mistakes in it, a line for each
`- CheckFailed           what was checked is not good enough (exit 1)
"""

from __future__ import annotations

from typing import ClassVar


class FootnoteError(Exception):
    """Something a person did or can mend, told in lines: what happened, where, what to do."""

    exit_code: ClassVar[int] = 2

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines: tuple[str, ...] = lines


class CheckFailed(FootnoteError):
    """The program did its work, and what it checked failed."""

    exit_code: ClassVar[int] = 1
