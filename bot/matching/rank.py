"""How well the phrasings of an item agree with a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter, mul, truediv
from typing import NamedTuple, TypeAlias

from bot.matching.drafts import ASKED
from bot.matching.index import ASKED_WEIGHT, LEAST, SHARES, STEPS, Index
from bot.matching.kinds import STRICT
from bot.matching.question import TELLING_NOTHING, Question
from bot.matching.reading import Word

RESIDUE_SHARE = 0.7  # what a word counts that the fact holds, but not the phrasing
UNSURE = 0.75  # what such a word weighs in the question: its kin covers only part of it
KIN = 0.6  # what a word counts that is read as its kin
_weight = attrgetter("weight")
TERSE = 0.4  # how much of the evidence the question's side alone can earn


Strangeness: TypeAlias = tuple[float, bool]  # what an unknown word weighs; whether it is a name


class Weighed(NamedTuple):
    """A word of the question with what it weighs."""

    word: Word
    terms: tuple[str, ...]
    weight: float
    stranger: bool = False  # it may well be a name that the base does not hold


class Evidence(NamedTuple):
    """What speaks for an item: its best phrasing, and how far both sides agree, each 0 to 1."""

    item: int
    phrase: int
    score: float
    asked_covered: float  # of the question's weight
    phrase_covered: float  # of the phrasing's weight
    missing: tuple[Weighed, ...]  # words of the question that the item does not hold
    weight: float  # of the whole question


def weigh(
    question: Question, index: Index, strange: Callable[[Word], Strangeness]
) -> tuple[Weighed, ...]:
    """The words that count, each once; `strange` weighs those that the base does not know."""
    found: dict[tuple[str, ...], Weighed] = {}
    terms, weights = index.terms, index.weights
    for word in question.words:
        kind = word.kind
        if kind in TELLING_NOTHING:
            continue
        known = tuple([term for term in word.terms if term in terms])
        key = known or word.terms or (word.text,)
        if key in found:
            continue
        stranger = False
        if known:
            share = KIN if word.kin else SHARES.get(kind, 1.0)
            weight = share * max([weights[terms[term]] for term in known]) / STEPS
        elif kind in SHARES:
            weight = 0.0
        else:
            weight, stranger = strange(word)
        found[key] = Weighed(word, known, weight, stranger)
    if question.asked in STRICT:
        term = ASKED + question.asked
        if term in index.terms:
            found[(term,)] = Weighed(Word(question.asked, "asks"), (term,), ASKED_WEIGHT)
    return tuple(found.values())


def evidence_of(items: Sequence[int], weighed: Sequence[Weighed], index: Index) -> list[Evidence]:
    """What the best phrasing of each item agrees with."""
    phrases = index.phrases
    tallies = [_Tally(item, phrases[item], phrases[item + 1]) for item in items]
    # The heaviest word first, so that sums come out the same whatever the order of the words.
    for one in sorted(weighed, key=_weight, reverse=True):
        terms = [index.terms[term] for term in one.terms]
        if len(terms) == 1:
            held = index.postings.held_by(terms[0], items)
        else:
            held = [_any_of(terms, item, index) for item in items]
        for tally, places in zip(tallies, held, strict=True):
            tally.add(one, places)
    total = sum(
        [
            max(one.weight, UNSURE) if one.word.kin else one.weight
            for one in weighed
            if one.word.kind != "filler"
        ]
    )
    return [tally.evidence(total, index) for tally in tallies]


class _Tally:
    """What an item and each of its phrasings share with a question, added up word by word."""

    __slots__ = ("_fillers", "_first", "_held", "_item", "_missing", "_shared", "_stop")

    def __init__(self, item: int, first: int, stop: int) -> None:
        self._item, self._first, self._stop = item, first, stop
        self._shared = [0.0] * (stop - first)  # with each phrasing
        self._held = 0.0  # by the item, fillers left out
        self._missing: list[Weighed] = []
        self._fillers: list[tuple[float, Sequence[int]]] = []

    def add(self, one: Weighed, places: Sequence[int] | None) -> None:
        """A word, and where the item has it."""
        weight = one.weight
        if places:
            shared = self._shared
            for place in places:
                shared[place] += weight
        if one.word.kind == "filler":
            if places:
                self._fillers.append((weight, places))
        elif places is not None:
            self._held += weight
        else:
            self._missing.append(one)

    def evidence(self, total: float, index: Index) -> Evidence:
        """What the best phrasing agrees with, in a question of this weight."""
        shared, first = self._shared, self._first
        place, common, phrased, extra = 0, 0.0, 0.0, 0.0
        if any(shared):
            weights = index.phrase_weights[first : self._stop]
            # The phrasing that shares most, for what it weighs; of equals the first.
            rough = list(map(truediv, map(mul, shared, shared), weights))
            place = rough.index(max(rough))
            common = shared[place]
            phrased = min(1.0, common * STEPS / weights[place])
        for weight, places in self._fillers:
            if place in places:
                extra += weight
        residue = max(0.0, self._held - (common - extra))
        covered = min(1.0, (common + RESIDUE_SHARE * residue) / max(total + extra, LEAST))
        score = round(covered * (TERSE + (1 - TERSE) * phrased), 4)
        missing = tuple(self._missing)
        return Evidence(self._item, first + place, score, covered, phrased, missing, total)


def _any_of(terms: Sequence[int], item: int, index: Index) -> Sequence[int] | None:
    """The places of the phrasings that have any of the terms; None: the item has none of them."""
    found = [held for term in terms if (held := index.postings.held(term, item)) is not None]
    return sorted({place for held in found for place in held}) if found else None
