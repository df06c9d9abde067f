"""Near-synonyms from WordNet, as the files of Debian's package `wordnet-base` have them.

A neighbour of a word is a synonym, a derived form or, where both words mean little else, a slightly
wider or narrower word. How much of what a word means a sense is, WordNet's counts of tagged text
say; two words are as near as the sense they share is large in both.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

Key = tuple[str, str]  # a part of speech and an offset: names a synset

LANGUAGE = Path(__file__).resolve().parent.parent / "config" / "language" / "en"
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}  # by a sense key's digit
SENSES = 3  # that are told apart
NEAR, DERIVED, TAGGED = 0.19, 0.15, 0.1
# For a wider noun, verb or adjective: how much of both words' use the sense must be, and how many
# narrower ones there may be.
DOMINANT = {"n": (0.5, 25), "v": (0.35, 40), "s": (0.35, 25)}
SAME = ""
# How much each kind of relation counts: same synset, derived, of a noun, similar, group, wider.
WEIGHTS = {SAME: 1.0, "+": 0.9, "\\": 0.8, "&": 0.6, "$": 0.7, "@": 0.6}
QUANTITIES = "23"  # a lexicographer file, as the next ones; tons are not dozens
# Animals, body parts, food, plants, substances, time: what is wider says too little there.
TAXONOMIES = {"05", "08", "13", "20", "27", "28"}
USAGES = {"archaism", "disparagement", "ethnic_slur", "obscenity", "slang"}
# They mean too much to stand for another word, or too little to be asked for, or insult.
VAGUE = set(
    """
    be bear become break bring carry case cast catch come cut do draw drop fall feel find get give
    go good hand have hit hold keep lay leave let lie line look make move pass place point pull
    push put return right roll run see serve set show stand stick strike take tell throw touch turn
    wear express speak travel alter remove provide attach sit wait occur react happening occurrence
    thing stuff person individual mortal soul collection object kind sort way lot well like
    about above across after again against ago all along already also altogether always another
    any around aside away back because before behind below best better between beyond both but
    down each either else enough even ever every far few first forth forward further hence here how
    however inside just last least less little many may might more most much must near never next
    none not now off often once one only onward other out outside over own past per quite rather
    same several some soon still such than that then there thither though through thus together
    too under until very whole why will within without yet yes
    two three four five six seven eight nine ten eleven twelve dozen hundred thousand million
    billion half twice thrice pair couple single double triple
    bitch cripple dyke fag faggot fagot gypsy queer retard slut spastic tramp whore
    """.split()  # noqa: SIM905
)
RUDE = re.compile(r"\b(offensive|obscene|derogatory|disparag\w+|vulgar|slurs?|archaic|taboo)\b")


def wordnet_folder(name: str) -> Path:
    """The argument of a command line that names WordNet's folder. Raises ArgumentTypeError."""
    path = Path(name)
    if not (path / "data.noun").is_file():
        raise argparse.ArgumentTypeError(f"no data.noun in {name}; name WordNet's folder")
    return path


class Synset(NamedTuple):
    part: str  # of speech: n, v, a, r, or s for an adjective around another
    file: str
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str, int, int], ...]  # symbol, part, offset, source, target
    gloss: str

    def picked(self, number: int) -> tuple[str, ...]:
        """The word a pointer is about, or all of them if it is about the whole synset."""
        return self.words[number - 1 : number] if number else self.words


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
            sizes = [math.sqrt(counts.get((word, p, n), 0) + 0.5) for p, _, n in senses]
            parts: dict[str, float] = defaultdict(float)
            for (part, _, _), size in zip(senses, sizes, strict=True):
                parts[part] += size
            for (part, offset, _), size in zip(senses, sizes, strict=True):
                self.share[word, part, offset] = size / math.sqrt(parts[part] * sum(sizes))
        self.rank = {(w, p, o): n for w, senses in self.senses.items() for p, o, n in senses}
        self.narrower = Counter(
            (part, offset)
            for synset in self.synsets.values()
            for symbol, part, offset, _, _ in synset.pointers
            if symbol in "@&"
        )

        for key, synset in self.synsets.items():
            for symbol, part, offset, source, _ in synset.pointers:
                if symbol == ";u" and USAGES.intersection(self.synsets[part, offset].words):
                    self.share.update(((word, *key), 0.0) for word in synset.picked(source))

    def opposites(self) -> set[tuple[str, str]]:
        """Pairs of words that mean the contrary of each other, both ways round."""
        return {
            (synset.words[source - 1], self.synsets[part, offset].words[target - 1])
            for synset in self.synsets.values()
            for symbol, part, offset, source, target in synset.pointers
            if symbol == "!"
        }

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
            offset, file, own_part, size, *rest = fields.split()
            end = 2 * int(size, 16)
            words = tuple(word.partition("(")[0] for word in rest[:end:2])
            four = rest[end + 1 : end + 1 + 4 * int(rest[end])]  # fields for each pointer
            pointers = tuple(
                (symbol, kind, place, *divmod(int(ends, base=16), 256))
                for symbol, place, kind, ends in zip(*[iter(four)] * 4, strict=True)
            )
            self.synsets[part, offset] = Synset(own_part, file, words, pointers, gloss)
        for line in index.read_text("ascii").splitlines():
            if not line.startswith(" "):
                word, _, size, *rest = line.split()
                for rank, offset in enumerate(rest[-int(size) :], start=1):
                    self.senses[word].append((part, offset, rank))


class Pairs:
    """How near two words are: what the synsets they share add up to, or another relation."""

    def __init__(self, net: WordNet, known: set[str], common: set[str]) -> None:
        self.net, self.known, self.common = net, known, common
        self.near: dict[tuple[str, str], float] = defaultdict(float)
        for key, synset in net.synsets.items():
            if synset.file != QUANTITIES and not RUDE.search(synset.gloss):
                self._relate(SAME, key, key)
        self.near = {pair: near for pair, near in self.near.items() if near >= NEAR}
        for key, synset in net.synsets.items():
            for symbol, part, offset, source, target in synset.pointers:
                other = net.synsets[part, offset]
                if symbol in WEIGHTS and not RUDE.search(synset.gloss + other.gloss):
                    self._relate(symbol, key, (part, offset), source, target)
        for pair in net.opposites():
            self.near.pop(pair, None)

    def _relate(self, symbol: str, a: Key, b: Key, source: int = 0, target: int = 0) -> None:
        for one in self.net.synsets[a].picked(source):
            for two in self.net.synsets[b].picked(target):
                if one == two or one not in self.known or two not in self.known:
                    continue
                near = self._nearness(symbol, one, a, two, b)
                if symbol == SAME:
                    self.near[one, two] += near
                elif near:
                    self.near[one, two] = max(near, self.near.get((one, two), 0.0))
                    self.near[two, one] = max(near * 0.9, self.near.get((two, one), 0.0))

    def _nearness(self, symbol: str, one: str, a: Key, two: str, b: Key) -> float:
        shares = self.net.share[one, *a], self.net.share[two, *b]
        ranks = self.net.rank[one, *a], self.net.rank[two, *b]
        near = WEIGHTS[symbol] * math.sqrt(math.prod(shares))
        if symbol == SAME or symbol in "+\\":
            known = all(
                n <= SENSES or share >= TAGGED for n, share in zip(ranks, shares, strict=True)
            )
            derived = symbol == "\\" or (one[0] == two[0] and near >= DERIVED)
            return near if known and (symbol == SAME or derived) else 0.0
        narrow = self.net.synsets[a]
        dominant, wide = DOMINANT.get(narrow.part, (1.0, 0))
        if max(ranks) > 1 or min(shares) < dominant or self.net.narrower[b] > wide:
            return 0.0
        return near if two in self.common and self._close(narrow, symbol, one, two, b) else 0.0

    def _close(self, synset: Synset, symbol: str, one: str, two: str, wider: Key) -> bool:
        """Whether a wider word says nearly what the narrower one says."""
        if symbol == "&":  # 'embezzled' is more than illegal
            return two == self.net.synsets[wider].words[0] and not one.endswith(("ed", "ing"))
        opening = r"\s*(\([^)]*\) )?((an?|the|\w+ed|\w+ or) )*(\w+ )?"  # 'a small', 'the act of'
        said = re.match(rf"{opening}{re.escape(two)}\b", synset.gloss)
        return symbol == "$" or (bool(said) and synset.file not in TAXONOMIES)


def near_synonyms(net: WordNet) -> Mapping[tuple[str, str], float]:
    """Pairs of words of `common-1.txt` and `common-2.txt`, or base forms of those, and how near the
    two are, more than 0."""
    common, rarer = (set(_words(LANGUAGE / f"common-{n}.txt")) for n in (1, 2))
    listed = common | rarer
    known = listed.union(base for form, base in net.irregular if form in listed) - VAGUE
    # What 'spirits' means is not to be had for 'spirit', and the matcher takes them for one word.
    lemmas = {w for w in known & net.senses.keys() if not (w[-1] == "s" and w[:-1] in net.senses)}
    return Pairs(net, lemmas, common).near


def _words(path: Path) -> list[str]:
    return re.findall(r"^[a-z]{3,}$", path.read_text("utf-8"), re.MULTILINE)
