"""Fits a base's confidence from the base itself: phrasings held out for what is answerable, whole
items held out for what is not.

An engine learns what is left, is asked what was held out, and a logistic regression says from what
a candidate shows how likely it is to be right. What usual bases come to stands in for what a small
base is too small to tell (a Gaussian prior, so this is the maximum a posteriori).

A gate is believed in so far as it seldom objects to what is right: in a base of one event 'nothing
is known of X' hardly ever does, in a base of everyday matters it often does.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from bot.matching.confidence import SIGNS, Calibration, gap_of, signs, usual, with_scores
from bot.matching.decide import Candidate
from bot.matching.drafts import Draft, Drafts
from bot.matching.features import Likeness
from bot.matching.gates import BY_NAMES, GATES, factor_of
from bot.matching.index import Index, build_index, wording
from bot.matching.kinship import Kinship
from bot.matching.lexicon import Lexicon
from bot.matching.question import Question
from bot.matching.search import Search
from bot.matching.solving import solved
from bot.matching.teaching import learn_head

MOST_LEARNT = 13_500  # phrasings at most that the engine learns from: some seconds
MOST_ASKED, MOST_STRANGE = 2_300, 800  # held-out questions at most, of both kinds
EVERY_ITEM, EVERY_PHRASING = 7, 5  # one in so many is held out
FEWEST = 3  # phrasings of an item that one of them may be held out of
MOST_TURNS = 3  # of holding something out, each time something else,
ENOUGH = 250  # until so many questions were asked
FEW = 60  # questions that are too few to learn anything from
STRANGE = 0.5  # what a question of an item held out counts beside one of the others
FALSE_ALARMS = 0.015  # share of right answers that a gate may object to and be believed in full
OF_KINDS = 0.03  # the same of those that go by what is asked for: they alone tell near details
BY_KINDS = frozenset({"asked", "cause", "count", "sort"})
OF_NAMES = 0.05  # and of those that go by names: those in a base are put there by hand
STEEPLY = 3  # the power of what it exceeds that by, for which it is believed less
PRIOR, PRIOR_CONSTANT = 200.0, 80.0  # questions that the usual factors count for
ROUNDS = 12  # of Newton's method

Row = tuple[tuple[float, ...], bool, float]  # signs, whether it is right, what it counts


@dataclass(frozen=True, slots=True)
class _Asked:
    """A held-out question and the item that answers it; none: its item was held out, too."""

    question: Question
    item: str | None


class _Found(NamedTuple):
    """The candidates of a held-out question, and the index that they were found in."""

    asked: _Asked
    candidates: Sequence[Candidate]
    places: Index


def calibrate(drafts: Drafts, lexicon: Lexicon, likeness: Likeness | None) -> Calibration:
    """Takes about as long as learning the base itself. Deterministic. `likeness`: as the base
    itself is learnt."""
    drafts = replace(drafts, items=tuple(map(_without_repeats, drafts.items)))
    phrasings = [question for draft in drafts.items for _, question in draft.questions]
    named = sum(bool(question.names) for question in phrasings) / max(1, len(phrasings))
    expected = usual(len(phrasings), len(drafts.items), named)
    found: list[_Found] = []
    for turn in range(MOST_TURNS):
        left, asked = _held_out(drafts, turn)
        if asked and len(left.items) > 1:
            found += _asked_of(left, asked, lexicon, likeness)
        if len(found) >= ENOUGH:
            break
    if len(found) < FEW:
        return Calibration(expected)
    trust = _trust(found)
    return Calibration(_fit([_row(one, trust) for one in found], expected), trust)


def _asked_of(
    left: Drafts, asked: Iterable[_Asked], lexicon: Lexicon, likeness: Likeness | None
) -> Iterator[_Found]:
    """What an engine that learns what is left finds for what was held out."""
    index = build_index(left, lexicon.stem)
    nobody_objects = Calibration(trust=dict.fromkeys(GATES, 0.0))
    head = learn_head(left, likeness, ready=False)
    told = [[question.words for question in draft.told] for draft in left.items]
    search = Search(lexicon, index, head, nobody_objects, told.__getitem__)
    kinship = Kinship(lexicon, index.terms)
    for one in asked:
        words = tuple(kinship.known_kin(word) for word in one.question.words)
        candidates = search.scored(one.question._replace(words=words))
        if candidates:
            yield _Found(one, candidates, index)


def _held_out(drafts: Drafts, turn: int) -> tuple[Drafts, list[_Asked]]:
    """The items less what is held out in a turn, and what is asked instead."""
    items, known, strange = [], [], []
    for draft in _some(drafts.items):
        if _draw(draft.id) % EVERY_ITEM == turn:
            strange += [_Asked(q, None) for _, q in draft.questions]
            continue
        kept = []
        for line, question in draft.questions:
            held = _draw(f"{draft.id} {wording(question)}") % EVERY_PHRASING == turn
            if held and len(draft.questions) >= FEWEST:
                known.append(_Asked(question, draft.id))
            else:
                kept.append((line, question))
        items.append(replace(draft, questions=tuple(kept)))
    asked = [*_sample(known, MOST_ASKED), *_sample(strange, MOST_STRANGE)]
    return replace(drafts, items=tuple(items)), asked


def _without_repeats(draft: Draft) -> Draft:
    """The item with each of its wordings once: one that is held out must not stay in capitals."""
    distinct = {wording(question): (line, question) for line, question in reversed(draft.questions)}
    return replace(draft, questions=tuple(sorted(distinct.values(), key=itemgetter(0))))


def _some(items: Sequence[Draft]) -> Iterator[Draft]:
    """The items, or of a large base as many as hold the phrasings that there is time for."""
    left = MOST_LEARNT
    chosen: set[str] = set()
    for draft in sorted(items, key=lambda draft: (_draw(f"{draft.id}?"), draft.id)):
        left -= len(draft.questions)
        if left >= 0 or len(chosen) < 2:
            chosen.add(draft.id)
    return (draft for draft in items if draft.id in chosen)


def _sample(asked: Sequence[_Asked], most: int) -> Sequence[_Asked]:
    """At most so many, of all; a phrasing more or less in the base changes few of them."""
    drawn = sorted(range(len(asked)), key=lambda at: (wording(asked[at].question), at))
    return [asked[at] for at in sorted(drawn[:most])]


def _draw(text: str) -> int:
    """A number that looks random and is the same everywhere."""
    return zlib.crc32(text.encode())


def _is_right(one: _Asked, best: Candidate, index: Index) -> bool:
    if one.item is None or best.id == one.item:
        return one.item is not None
    parts = index.covers.get(best.evidence.item, frozenset())
    return any(index.items[part].id == one.item for part in parts)


def _trust(found: Iterable[_Found]) -> Mapping[str, float]:
    """How far each gate is believed: fully up to so many false alarms, then steeply less."""
    alarms: Counter[str] = Counter()
    right = 0
    for one in found:
        best = one.candidates[0]
        if _is_right(one.asked, best, one.places):
            right += 1
            alarms.update({objection.gate for objection in best.objections})
    # One alarm in a hundred answers more than there were: few questions prove little.
    rates = {gate: (alarms[gate] + 1) / (right + 100) for gate in GATES}
    shares = {gate: min(1.0, _bearable(gate) / rate) for gate, rate in rates.items()}
    return {gate: round(share**STEEPLY, 2) for gate, share in shares.items()}


def _bearable(gate: str) -> float:
    """The share of right answers that a gate may object to and be believed in full."""
    return OF_NAMES if gate in BY_NAMES else OF_KINDS if gate in BY_KINDS else FALSE_ALARMS


def _row(one: _Found, trust: Mapping[str, float]) -> Row:
    heard = with_scores([_heard(candidate, trust) for candidate in one.candidates])
    best = heard[0]
    counts = 1.0 if one.asked.item is not None else STRANGE
    sure = _is_right(one.asked, best, one.places)
    return signs(best, gap_of(best, heard, one.places)), sure, counts


def _heard(candidate: Candidate, trust: Mapping[str, float]) -> Candidate:
    """The candidate with its objections believed as far as they deserve."""
    objections = tuple(replace(v, factor=factor_of(v.gate, trust)) for v in candidate.objections)
    return candidate._replace(objections=objections)


def _fit(rows: Sequence[Row], expected: Sequence[float]) -> tuple[float, ...]:
    """Newton's method on the posterior; the factors in two decimals, the same on every platform."""
    size = SIGNS + 1
    prior = (PRIOR_CONSTANT, *[PRIOR] * SIGNS)
    factors = list(expected)
    for _ in range(ROUNDS):
        slope = [prior[i] * (factors[i] - expected[i]) for i in range(size)]
        curve = [[prior[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        reached = Calibration(tuple(factors))
        for seen, right, counts in rows:
            row, sure = (1.0, *seen), reached.probability(seen)
            error, bend = counts * (sure - right), counts * sure * (1 - sure)
            for i, sign in enumerate(row):
                slope[i] += error * sign
                bent, line = bend * sign, curve[i]
                for j in range(i + 1):
                    line[j] += bent * row[j]
        for i in range(size):
            for j in range(i):
                curve[j][i] = curve[i][j]
        steps = solved(curve, [[value] for value in slope])
        factors = [f - step for f, (step,) in zip(factors, steps, strict=True)]
    return tuple(round(factor, 2) for factor in factors)
