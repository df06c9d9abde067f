"""How well the phrasings of an item agree with a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter, mul, truediv
from typing import NamedTuple, TypeAlias

from bot.matching.drafts import ASKED
from bot.matching.index import ASKED_WEIGHT, LEAST, SHARES, STEPS, Index
from bot.matching.question import STRICT, Question
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
    for word in question.words:
        if word.kind in {"function", "asks"}:
            continue
        known = tuple([term for term in word.terms if term in index.terms])
        key = known or word.terms or (word.text,)
        if key in found:
            continue
        stranger = False
        if known:
            share = KIN if word.kin else SHARES.get(word.kind, 1.0)
            weight = share * max(map(index.weight, known))
        elif word.kind in SHARES:
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
    asked = _Asked(
        words=[
            (one, one.weight, tuple(index.terms[term] for term in one.terms))
            for one in sorted(weighed, key=_weight, reverse=True)
        ],
        total=sum(
            [
                max(one.weight, UNSURE) if one.word.kin else one.weight
                for one in weighed
                if one.word.kind != "filler"
            ]
        ),
        fills=any(one.word.kind == "filler" for one in weighed),
    )
    return [_evidence(item, asked, index) for item in items]


class _Asked(NamedTuple):
    """A question's words, the heaviest first, with their weights and their terms' numbers."""

    words: list[tuple[Weighed, float, tuple[int, ...]]]
    total: float
    fills: bool  # whether it has fillers


def _evidence(item: int, asked: _Asked, index: Index) -> Evidence:
    first, stop = index.phrases[item], index.phrases[item + 1]
    shared = [0.0] * (stop - first)  # with each phrasing
    held = 0.0  # by the item, fillers left out
    missing: list[Weighed] = []
    fillers: list[tuple[float, Sequence[int]]] = []
    find = index.postings.held
    for one, weight, terms in asked.words:
        places = find(terms[0], item) if len(terms) == 1 else _any_of(terms, item, index)
        if places:
            for place in places:
                shared[place] += weight
        if asked.fills and one.word.kind == "filler":
            fillers.append((weight, places or ()))
        elif places is not None:
            held += weight
        else:
            missing.append(one)
    place, common, phrased = 0, 0.0, 0.0
    if any(shared):
        weights = index.phrase_weights[first:stop]
        # The phrasing that shares most, for what it weighs; of equals the first.
        rough = list(map(truediv, map(mul, shared, shared), weights))
        place = rough.index(max(rough))
        common = shared[place]
        phrased = min(1.0, common * STEPS / weights[place])
    extra = sum([weight for weight, places in fillers if place in places])
    residue = max(0.0, held - (common - extra))
    covered = min(1.0, (common + RESIDUE_SHARE * residue) / max(asked.total + extra, LEAST))
    score = covered * (TERSE + (1 - TERSE) * phrased)
    return Evidence(
        item, first + place, round(score, 4), covered, phrased, tuple(missing), asked.total
    )


def _any_of(terms: Sequence[int], item: int, index: Index) -> Sequence[int] | None:
    """The places of the phrasings that have any of the terms; None: the item has none of them."""
    found = [held for term in terms if (held := index.postings.held(term, item)) is not None]
    return sorted({place for held in found for place in held}) if found else None
