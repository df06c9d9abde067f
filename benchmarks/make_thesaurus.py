"""Writes `config/language/en/thesaurus.txt`, the matcher's near-synonyms, from WordNet's data files.

`python benchmarks/make_thesaurus.py /usr/share/wordnet` (Debian's package `wordnet-base` has the
files) writes a line for each head word: the word, then its neighbours, best first. Both are words
of `common-1.txt` or `common-2.txt`, or base forms of those. A neighbour is a synonym, a derived
form or, where both words mean little else, a slightly wider or narrower word. How much of what a
word means a sense is, WordNet's counts of tagged text say; two words are as near as the sense they
share is large in both.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import yaml

Key = tuple[str, str]  # a part of speech and an offset: names a synset

LANGUAGE = Path(__file__).resolve().parent.parent / "config" / "language" / "en"
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}  # by a sense key's digit
NEIGHBOURS, SENSES = 12, 3
NEAR, DOMINANT, NARROW = 0.2, 0.4, 25
# Nouns of these lexicographer files are taxonomies: animals, body parts, food, plants, substances.
TAXONOMIES = {"05", "08", "13", "20", "27"}
# They mean too much to stand for another word.
VAGUE = frozenset(
    "accept act bear become break bring carry case catch cast check clear come cut do draw drop "
    "fall feel find form get give go hand have hit hold keep lay leave let lie line look make move "
    "pass pick place play point pull push put raise return right roll run see serve set show stand "
    "stick strike take tell throw touch turn wear work be".split()
)
RUDE = re.compile(r"\b(offensive|obscene|derogatory|disparag\w+|vulgar|slurs?|archaic|taboo)\b")
POINTERS = {"=": 1.0, "+": 0.9, "\\": 0.8, "<": 0.7, "&": 0.6, "$": 0.6, "@": 0.6}


class Synset(NamedTuple):
    part: str
    file: str
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str, int, int], ...]  # symbol, part, offset, source, target
    gloss: str


class WordNet:
    def __init__(self, folder: Path) -> None:
        self.synsets: dict[tuple[str, str], Synset] = {}
        self.senses: dict[str, list[tuple[str, str, int]]] = defaultdict(list)  # part, offset, rank
        self.irregular: list[tuple[str, str]] = []
        counts = self._counts(folder / "cntlist.rev")
        self.share: dict[tuple[str, str, str], float] = {}
        for part, name in FILES.items():
            self._read(part, folder / f"data.{name}", folder / f"index.{name}")
            if (path := folder / f"{name}.exc").exists():
                for line in path.read_text("ascii").splitlines():
                    form, *bases = line.split()
                    self.irregular += ((form, base) for base in bases)
        for word, senses in self.senses.items():
            sizes = [math.sqrt(counts.get((word, p, n), 0)) + 1 / n for p, _, n in senses]
            for (part, offset, _), size in zip(senses, sizes, strict=True):
                self.share[word, part, offset] = size / sum(sizes)
        self.rank = {(w, p, o): n for w, senses in self.senses.items() for p, o, n in senses}
        self.narrower: dict[tuple[str, str], int] = defaultdict(int)
        for synset in self.synsets.values():
            for symbol, part, offset, _, _ in synset.pointers:
                self.narrower[part, offset] += symbol == "@"

    @staticmethod
    def _counts(path: Path) -> dict[tuple[str, str, int], int]:
        found = {}
        for line in path.read_text("ascii").splitlines():
            key, number, count = line.split()
            word, _, rest = key.partition("%")
            found[word, TYPES[rest[0]], int(number)] = int(count)
        return found

    def _read(self, part: str, data: Path, index: Path) -> None:
        for line in data.read_text("ascii").splitlines():
            if line.startswith(" "):
                continue
            fields, _, gloss = line.partition("|")
            offset, file, _, size, *rest = fields.split()
            end = 2 * int(size, 16)
            words = tuple(word.partition("(")[0] for word in rest[:end:2])
            four = rest[end + 1 : end + 1 + 4 * int(rest[end])]
            pointers = tuple(
                (four[i], four[i + 2].replace("s", "a"), four[i + 1])
                + (int(four[i + 3][:2], 16), int(four[i + 3][2:], 16))
                for i in range(0, len(four), 4)
            )
            self.synsets[part, offset] = Synset(part, file, words, pointers, gloss)
        for line in index.read_text("ascii").splitlines():
            if not line.startswith(" "):
                word, _, size, *rest = line.split()
                for rank, offset in enumerate(rest[-int(size) :], start=1):
                    self.senses[word].append((part, offset, rank))


class Pairs:
    """How near two words are; the nearest of the ways they are related counts."""

    def __init__(self, net: WordNet, known: set[str], common: set[str]) -> None:
        self.net, self.known, self.common = net, known, common
        self.near: dict[tuple[str, str], float] = {}
        opposite: set[tuple[str, str]] = set()
        for key, synset in net.synsets.items():
            if not RUDE.search(synset.gloss):
                self._relate(synset, key, synset, key, "=", 0, 0)
            for symbol, part, offset, source, target in synset.pointers:
                other = net.synsets[part, offset]
                if symbol == "!":
                    opposite.add((synset.words[source - 1], other.words[target - 1]))
                elif symbol in POINTERS and not RUDE.search(synset.gloss + other.gloss):
                    self._relate(synset, key, other, (part, offset), symbol, source, target)
        for pair in opposite:
            self.near.pop(pair, None)

    def _relate(
        self, a: Synset, a_key: Key, b: Synset, b_key: Key, symbol: str, source: int, target: int
    ) -> None:
        for one in a.words[source - 1 : source] if source else a.words:
            for two in b.words[target - 1 : target] if target else b.words:
                if one != two and one in self.known and two in self.known:
                    near = self._near(symbol, one, a_key, two, b_key)
                    for pair in ((one, two), (two, one)) if near else ():
                        self.near[pair] = max(near, self.near.get(pair, 0.0))

    def _near(self, symbol: str, one: str, a: Key, two: str, b: Key) -> float:
        first, second = self.net.share[one, *a], self.net.share[two, *b]
        ranks = max(self.net.rank[one, *a], self.net.rank[two, *b])
        near = POINTERS[symbol] * math.sqrt(first * second)
        if symbol in "=+\\<":
            return near if ranks <= SENSES and near >= NEAR else 0.0
        if ranks > 1 or first < DOMINANT or second < DOMINANT or two not in self.common:
            return 0.0
        if symbol == "@":
            synset = self.net.synsets[a]
            said = re.search(rf"\b{re.escape(two)}", synset.gloss.partition('"')[0])
            if synset.file in TAXONOMIES or self.net.narrower[b] > (NARROW if said else NARROW // 5):
                return 0.0
        return near


def words_of(*paths: Path) -> set[str]:
    return {w for path in paths for w in path.read_text("utf-8").split() if re.fullmatch("[a-z]{3,}", w)}


def thesaurus(folder: Path) -> str:
    net = WordNet(folder)
    common = words_of(LANGUAGE / "common-1.txt")
    listed = common | words_of(LANGUAGE / "common-2.txt")
    rules = yaml.safe_load((LANGUAGE / "words.yaml").read_text("utf-8"))
    dropped = VAGUE.union(rules["function_words"].split(), rules["numbers"], rules["multipliers"])
    known = (listed | {b for form, b in net.irregular if form in listed}) & set(net.senses) - dropped
    near = Pairs(net, known, common).near
    return near, net
