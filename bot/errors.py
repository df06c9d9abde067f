"""Errors that people meet: FootnoteError, with which a command ends as 2, and CheckFailed, as 1.

All its other children end a command as it does; they stand in the layers that raise them.
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
