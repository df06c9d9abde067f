"""Holds a file for one process; the system frees it when that ends, however it does."""

from __future__ import annotations

from enum import Enum
from typing import IO


class Hold(Enum):
    """Whose a file is."""

    OURS = "ours"
    ANOTHERS = "another's"
    NOBODYS = "nobody's"  # it cannot be held: Windows, a file system without locks


def hold(file: IO[bytes]) -> Hold:
    """Hold a file as long as it is open, if no other process does."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return Hold.NOBODYS
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return Hold.ANOTHERS
    except OSError:
        return Hold.NOBODYS
    return Hold.OURS
