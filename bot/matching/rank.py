"""Ranks the items of a base by how well a phrasing of theirs agrees with a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.matching.drafts import ASKED
from bot.matching.index import ASKED_WEIGHT, SHARES, Index, Phrase
from bot.matching.question import STRICT, Question
from bot.matching.reading import Word

LOOKED_AT = 16  # items of which the best phrasing is looked at closely
RESIDUE_SHARE = 0.7  # what a word counts that the fact holds, but not the phrasing
UNSURE = 0.75  # what such a word weighs in the question: its kin covers only part of it
KIN = 0.6  # what a word counts that is read as its kin
TERSE = 0.4  # how much of the evidence the question's side alone can earn


Strangeness: TypeAlias = tuple[float, bool]  # what an unknown word weighs; whether it is a name


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word of the question with what it weighs."""

    word: Word
    terms: tuple[str, ...]
    weight: float
    stranger: bool = False  # it may well be a name that the base does not hold


@dataclass(frozen=True, slots=True)
class Evidence:
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
        known = tuple(term for term in word.terms if term in index.weights)
        key = known or word.terms or (word.text,)
        stranger = False
        if known:
            share = KIN if word.kin else SHARES.get(word.kind, 1.0)
            weight = share * max(index.weights[term] for term in known)
        elif word.kind in SHARES:
            weight = 0.0
        else:
            weight, stranger = strange(word)
        found.setdefault(key, Weighed(word, known, weight, stranger))
    if question.asked in STRICT:
        term = ASKED + question.asked
        if term in index.weights:
            found[(term,)] = Weighed(Word(question.asked, "asks"), (term,), ASKED_WEIGHT)
    return tuple(found.values())


def rank(weighed: Sequence[Weighed], index: Index, others: Sequence[int] = ()) -> list[Evidence]:
    """The best items and some others, best first; ties go by the item's place in the base."""
    best = _best_phrasings(_shared_weights(weighed, index), index)
    tops = sorted(best, key=lambda item: (-best[item][0], item))[:LOOKED_AT]
    total = sum(
        max(one.weight, UNSURE) if one.word.kin else one.weight
        for one in weighed
        if one.word.kind != "filler"
    )
    ranked = []
    for item in dict.fromkeys((*tops, *others)):
        if item in best:
            number = best[item][1]
        elif index.items[item].phrases:
            number = index.items[item].phrases[0]
        else:
            continue
        ranked.append(_evidence(index.phrases[number], number, weighed, total, index))
    ranked.sort(key=lambda evidence: (-evidence.score, evidence.item))
    return ranked


def _best_phrasings(shared: Mapping[int, float], index: Index) -> dict[int, tuple[float, int]]:
    """Of each item the phrasing that shares most, for what it weighs; of equals the first."""
    best: dict[int, tuple[float, int]] = {}
    owners, weights = index.owners, index.phrase_weights
    for number, weight in shared.items():
        item = owners[number]
        rough = weight * weight / weights[number]
        known = best.get(item)
        if known is None or rough > known[0] or (rough == known[0] and number < known[1]):
            best[item] = (rough, number)
    return best


def _shared_weights(weighed: Sequence[Weighed], index: Index) -> dict[int, float]:
    """Phrasing to the summed weight of the terms that it shares with the question."""
    shared: dict[int, float] = {}
    for one in weighed:
        numbers: Sequence[int]
        if len(one.terms) == 1:
            numbers = index.postings.get(one.terms[0], ())
        else:
            numbers = sorted({n for term in one.terms for n in index.postings.get(term, ())})
        weight = one.weight
        for number in numbers:
            shared[number] = shared.get(number, 0.0) + weight
    return shared


def _evidence(
    phrase: Phrase, number: int, weighed: Sequence[Weighed], total: float, index: Index
) -> Evidence:
    item = index.items[phrase.item]
    common = residue = extra = 0.0
    missing = []
    for one in weighed:
        if any(term in phrase.terms for term in one.terms):
            common += one.weight
            if one.word.kind == "filler":
                extra += one.weight
        elif any(term in item.vocabulary for term in one.terms):
            if one.word.kind != "filler":
                residue += one.weight
        elif one.word.kind != "filler":
            missing.append(one)
    asked = min(1.0, (common + RESIDUE_SHARE * residue) / max(total + extra, 0.05))
    phrased = min(1.0, common / phrase.weight)
    score = asked * (TERSE + (1 - TERSE) * phrased)
    return Evidence(phrase.item, number, round(score, 4), asked, phrased, tuple(missing), total)
