"""How the command line puts what it counts."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 fact`, `2 replies`, `3 unanswered entries`."""
    plural = noun.removesuffix("y") + "ies" if noun.endswith(("ly", "ry")) else noun + "s"
    return f"{number} {noun if number == 1 else plural}"
