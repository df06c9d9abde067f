"""How well the phrasings of an item agree with a question."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from bot.matching.drafts import ASKED
from bot.matching.index import ASKED_WEIGHT, LEAST, SHARES, STEPS, Index
from bot.matching.question import STRICT, Question
from bot.matching.reading import Word

RESIDUE_SHARE = 0.7  # what a word counts that the fact holds, but not the phrasing
UNSURE = 0.75  # what such a word weighs in the question: its kin covers only part of it
KIN = 0.6  # what a word counts that is read as its kin
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
    numbers = [tuple(index.terms[term] for term in one.terms) for one in weighed]
    total = sum(
        max(one.weight, UNSURE) if one.word.kin else one.weight
        for one in weighed
        if one.word.kind != "filler"
    )
    return [_evidence(item, weighed, numbers, total, index) for item in items]


def _evidence(
    item: int,
    weighed: Sequence[Weighed],
    numbers: Sequence[tuple[int, ...]],
    total: float,
    index: Index,
) -> Evidence:
    first, stop = index.phrases[item], index.phrases[item + 1]
    between = index.postings.between
    runs = [
        between(terms[0], first, stop)
        if len(terms) == 1
        else sorted({n for term in terms for n in between(term, first, stop)})
        for terms in numbers
    ]
    number = _best(weighed, runs, first, index)
    common = residue = extra = 0.0
    missing = []
    for one, terms, run in zip(weighed, numbers, runs, strict=True):
        filler = one.word.kind == "filler"
        at = bisect_left(run, number)
        if at < len(run) and run[at] == number:
            common += one.weight
            if filler:
                extra += one.weight
        elif filler:
            continue
        elif len(run) or any(index.holders.holds(term, item) for term in terms):
            residue += one.weight
        else:
            missing.append(one)
    asked = min(1.0, (common + RESIDUE_SHARE * residue) / max(total + extra, LEAST))
    phrased = 0.0
    if number < stop:
        phrased = min(1.0, common * STEPS / index.phrase_weights[number])
    score = asked * (TERSE + (1 - TERSE) * phrased)
    return Evidence(item, number, round(score, 4), asked, phrased, tuple(missing), total)


def _best(
    weighed: Sequence[Weighed], runs: Sequence[Sequence[int]], first: int, index: Index
) -> int:
    """The phrasing that shares most, for what it weighs; of equals the first."""
    # The heaviest word first, which so costs next to nothing.
    held = [(one.weight, run) for one, run in zip(weighed, runs, strict=True) if len(run)]
    if not held:
        return first
    held.sort(key=itemgetter(0), reverse=True)
    shared = dict.fromkeys(held[0][1], held[0][0])
    for weight, run in held[1:]:
        for number in run:
            shared[number] = shared.get(number, 0.0) + weight
    weights = index.phrase_weights
    best, most = first, 0.0
    for number, weight in shared.items():
        rough = weight * weight / weights[number]
        if rough > most or (rough == most and number < best):
            best, most = number, rough
    return best
