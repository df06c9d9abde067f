"""How much a fact base may hold, so that a hostile or mistaken file cannot exhaust the machine."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one base; lower ones suit what a stranger sends. Sizes are in bytes."""

    files: int = 5_000
    folders_deep: int = 10
    file_size: int = 32 * MIB
    base_size: int = 64 * MIB
    nesting: int = 16  # the format itself needs 7
    nodes: int = 3_000_000  # values in all files; 100,000 questions come with some 800,000
    aliased_nodes: int = 10_000  # in one file, counted as if every alias were written out
    anchors: int = 1_000  # in one file
