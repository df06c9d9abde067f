"""What the process that answers and the one that builds a candidate say to each other.

Apart from building.py, which takes all that reads and checks facts, and with it much memory.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTENT = "content.zip"  # the candidate, packed
FOLDER = "base"  # and unpacked, ready to be loaded


@dataclass(frozen=True, slots=True)
class Order:
    """What to build. `new` is a folder; or, with `name`, a file of that name from a stranger.

    `old` is the packed base in use, empty where there is none; `into` an empty folder for what
    comes of it; `gaps` are questions that people asked.
    """

    new: str
    into: str
    old: str = ""
    name: str = ""
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What came of an order. With `problems`, a line for each mistake in it, there is no candidate;
    nor with `trouble`, where there was no base to look at, or no room to do it.

    `state` is that of the candidate's files; `worse` are the known questions that it would answer
    worse; `summary` and `full` tell what would change. A base of another event is not compared.
    """

    problems: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    base_hash: str = ""
    event: str = ""
    facts: int = 0
    state: str = ""
    same: bool = False
    another_event: bool = False
    worse: tuple[str, ...] = ()
    summary: str = ""
    full: str = ""
