"""The index of a base: its phrasings by term, and what each fact can be asked for."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.matching.belonging import owned
from bot.matching.counting import counted_in
from bot.matching.drafts import ASKED, Draft, Drafts, terms_of
from bot.matching.kinds import STRICT, WHETHER
from bot.matching.lexicon import FIGURE, NAME
from bot.matching.packing import Numbers
from bot.matching.question import Question
from bot.matching.roles import Cast, cast, precedence

ASKED_WEIGHT = 0.35
SHARES = {"filler": 0.3, "light": 0.4}  # of a word's weight, where its kind tells little
AT_TIMES = 0.1  # of an item's phrasings that ask for a kind of thing, for it to tell that, too
OF_NOW = 0.15  # of an item's questions that ask how things are now, for it to be about that
EVERYWHERE = 0.1  # of all items that tell of somebody who belongs to the event itself
BY_THE_WAY = 0.015  # of all questions that may name the present in other items
LEAST = 0.05  # weight of a question that says nothing
OF_US = 0.95  # of an item's phrasings, at least so many, that have 'you' in them, or 'my'
ME = "me"
FEW = 5  # phrasings of an item that are too few to tell who is in all of them
STEPS = 10_000  # weights are rounded to this many steps: the same on every platform


@dataclass(frozen=True, slots=True)
class Item:
    """A fact, or something unanswered, as the matcher sees it."""

    id: str
    is_fact: bool
    names: frozenset[str]
    told_names: frozenset[str]  # those that its answer itself has
    figures: frozenset[str]
    asked: tuple[str, ...]  # what its phrasings ask for, and what its answer holds: few
    named: tuple[str, ...]  # terms of the things that its phrasings ask the name of
    asking: Mapping[str, float]  # what its phrasings ask for more than by chance: their share
    negated: Mapping[str, float]  # the share of its phrasings that deny, by what they ask
    cast: Cast
    precedes: frozenset[tuple[str, str]]  # names that almost always stand in this order
    owned: tuple[str, ...]  # nouns that are said to be somebody's
    counted: tuple[str, ...]  # terms of what it has figures of; none: it has no figures
    measures_alone: bool  # it counts nobody: its figures are of time, length or money
    of_now: bool  # it is asked of the present day, too, or tells of its own day as the present
    parties: tuple[str, ...]  # who of those who talk is in all its phrasings: 'you', 'me'
    for_me: bool  # some are asked for whoever asks


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term the items that have it, in order; for each of these the places, among its
    phrasings, of those that do: none where only its answer, its quotes or its people have it."""

    starts: Numbers  # where a term's items begin
    items: Numbers
    runs: Numbers  # where an item's places begin
    places: Numbers

    @classmethod
    def of(cls, terms: Iterable[Iterable[tuple[int, Sequence[int]]]]) -> Postings:
        """The items of each term with their places, in the order of the terms' numbers."""
        starts, items, runs, places = (array("I", [0]), array("I"), array("I", [0]), array("I"))
        for holders in terms:
            for item, held in holders:
                items.append(item)
                places.extend(held)
                runs.append(len(places))
            starts.append(len(items))
        return cls(starts, items, runs, places)

    def holders(self, term: int) -> Sequence[int]:
        """The items that have a term."""
        return self.items[self.starts[term] : self.starts[term + 1]]

    def held(self, term: int, item: int) -> Sequence[int] | None:
        """The places of an item's phrasings that have a term; None: the item does not have it."""
        return self.held_by(term, (item,))[0]

    def held_by(self, term: int, items: Iterable[int]) -> list[Sequence[int] | None]:
        """The same for each of some items: what a question asks of its candidates."""
        start, stop = self.starts[term], self.starts[term + 1]
        holders, runs = self.items, self.runs
        found: list[Sequence[int] | None] = []
        for item in items:
            at = bisect_left(holders, item, start, stop)
            if at < stop and holders[at] == item:
                found.append(self.places[runs[at] : runs[at + 1]])
            else:
                found.append(None)
        return found


@dataclass(frozen=True, slots=True)
class Index:
    """What the matcher looks questions up in. Immutable. Phrasings are numbered item by item."""

    items: tuple[Item, ...]
    terms: Mapping[str, int]  # their numbers
    weights: Numbers  # of each term, in STEPS: how much it tells
    phrases: Numbers  # the first phrasing of each item, and their number
    phrase_weights: Numbers  # the sum of a phrasing's weights, in STEPS
    lines: Numbers  # which of its item's questions a phrasing is
    wordings: Numbers  # of each phrasing, as `wording` makes it
    postings: Postings
    words: Mapping[str, str]  # every word that the base uses, and its stem
    verbs: frozenset[str]  # terms that the base uses as verbs
    background: frozenset[str]  # names and figures of the event itself: they tell nothing apart
    family: Mapping[int, frozenset[int]]  # a covering fact and its parts: never rivals
    covers: Mapping[int, frozenset[int]]
    dated: bool  # 'now' and 'today' mean another day than the one it tells of

    def held(self, item: int, term: str) -> Sequence[int] | None:
        """The places of an item's phrasings that have a term; None: it has it nowhere."""
        number = self.terms.get(term)
        return None if number is None else self.postings.held(number, item)

    def item_has(self, item: int, term: str) -> bool:
        """Whether an item has a term in its phrasings, answer, quotes or people."""
        return self.held(item, term) is not None

    def items_with(self, term: str) -> Sequence[int]:
        """The items that have a term, in order."""
        number = self.terms.get(term)
        return () if number is None else self.postings.holders(number)

    def phrase_has(self, item: int, phrase: int, term: str) -> bool:
        """Whether a phrasing of an item has a term."""
        return phrase - self.phrases[item] in (self.held(item, term) or ())


def wording(question: Question) -> int:
    """Tells questions apart by their words alone, in order (their CRC-32)."""
    return zlib.crc32(" ".join([word.text for word in question.words]).encode())


def build_index(drafts: Drafts, stem: Callable[[str], str]) -> Index:
    """Indexes what was read of a base."""
    vocabularies = [draft.terms for draft in drafts.items]
    weights = _weights(vocabularies)
    terms = {term: number for number, term in enumerate(sorted(weights))}
    starts, phrase_weights, lines = array("I", [0]), array("I"), array("I")
    wordings = array("I")
    held: list[dict[int, array[int]]] = [{} for _ in terms]
    for item, draft in enumerate(drafts.items):
        for term in vocabularies[item]:
            held[terms[term]][item] = array("I")
        seen: set[frozenset[str]] = set()
        for line, question in draft.questions:
            found = terms_of(question)
            if not found or found in seen:  # the same words once more add nothing
                continue
            seen.add(found)
            for term in found:
                held[terms[term]][item].append(len(lines) - starts[-1])
            phrase_weights.append(round(_weight(question, weights) * STEPS))
            lines.append(line)
            wordings.append(wording(question))
        starts.append(len(lines))
    ids = {draft.id: number for number, draft in enumerate(drafts.items)}
    covers = {
        ids[draft.id]: frozenset(ids[part] for part in draft.covers if part in ids)
        for draft in drafts.items
        if draft.covers
    }
    return Index(
        items=tuple(map(_item, drafts.items, vocabularies)),
        terms=terms,
        weights=array("I", [round(weights[term] * STEPS) for term in terms]),
        phrases=starts,
        phrase_weights=phrase_weights,
        lines=lines,
        wordings=wordings,
        postings=Postings.of(items.items() for items in held),
        words={word: stem(word) for word in sorted(drafts.words)},
        verbs=drafts.verbs,
        background=_background(drafts, terms, held),
        family=_families(covers),
        covers=covers,
        dated=_is_dated(drafts.items),
    )


def _background(
    drafts: Drafts, terms: Mapping[str, int], held: Sequence[Mapping[int, object]]
) -> frozenset[str]:
    """Names and figures of the event's own texts; of those who act in it only whom many items tell
    of: a judge in the title is still somebody to tell apart from the mayor."""
    named = {t for w in drafts.event if w.kind in {"name", "figure"} for t in w.terms}
    least = EVERYWHERE * len(drafts.items)
    seldom = {t for t in named & drafts.actors if t in terms and len(held[terms[t]]) < least}
    return frozenset(named - seldom)


def _is_dated(drafts: Sequence[Draft]) -> bool:
    """Whether a base is of a day gone by: hardly anything in it is asked of now by the way."""
    questions = sum(len(draft.questions) for draft in drafts)
    by_the_way = sum(
        question.of_now for draft in drafts if not _of_now(draft) for _, question in draft.questions
    )
    return by_the_way <= BY_THE_WAY * questions


def _of_now(draft: Draft) -> bool:
    asked_so = sum(question.of_now for _, question in draft.questions)
    return asked_so >= OF_NOW * len(draft.questions)


def _parties(draft: Draft) -> tuple[str, ...]:
    counts = Counter(party for _, question in draft.questions for party in question.parties)
    least = OF_US * max(FEW, len(draft.questions))
    return tuple(sorted(party for party, count in counts.items() if count >= least))


def _weights(vocabularies: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency over items, not phrasings (Sparck Jones 1972), scaled to 0..1."""
    counts = Counter(term for vocabulary in vocabularies for term in vocabulary)
    top = log(1 + len(vocabularies)) or 1.0
    return {
        term: ASKED_WEIGHT
        if term.startswith(ASKED)
        else round(log(1 + len(vocabularies) / count) / top * STEPS) / STEPS
        for term, count in counts.items()
    }


def _weight(question: Question, weights: Mapping[str, float]) -> float:
    """The sum of a phrasing's weights; of a shared name, its rarest reading."""
    seen: set[str] = set()
    total = ASKED_WEIGHT if question.asked in STRICT else 0.0
    for word in question.words:
        if word.terms and word.terms[0] not in seen:
            seen.update(word.terms)
            total += SHARES.get(word.kind, 1.0) * max(weights[term] for term in word.terms)
    return max(total, LEAST)


def _item(draft: Draft, vocabulary: frozenset[str]) -> Item:
    # Each wording once: asking the same twice must not count for more.
    wordings = {tuple(word.text for word in q.words): q for _, q in draft.questions}
    questions = list(wordings.values())
    return Item(
        id=draft.id,
        is_fact=draft.is_fact,
        names=frozenset(term for term in vocabulary if term.startswith(NAME)),
        told_names=frozenset(
            term
            for question in draft.told[: draft.answer_sentences]
            for word in question.names
            for term in word.terms
        ),
        figures=frozenset(term for term in vocabulary if term.startswith(FIGURE)),
        asked=tuple(sorted({question.asked for question in questions} | draft.tells)),
        named=tuple(sorted({term for q in questions if q.which for term in q.which.terms})),
        asking=_asking(questions),
        negated=_negated(questions),
        cast=cast(role for question in (*questions, *draft.told) for role in question.roles),
        precedes=precedence(q.order for q in questions if q.asked == WHETHER),
        owned=owned(one for q in (*questions, *draft.told) for one in q.belongings),
        counted=_counted(draft),
        measures_alone=draft.measures_alone,
        of_now=draft.of_present or _of_now(draft),
        parties=_parties(draft),
        for_me=any(ME in question.parties for _, question in draft.questions),
    )


def _counted(draft: Draft) -> tuple[str, ...]:
    told = counted_in(one.words for one in draft.told)
    if not told:
        return ()
    asked = (question.counted for _, question in draft.questions)
    return tuple(sorted(told.union(*[thing.terms for thing in asked if thing])))


def _asking(questions: Sequence[Question]) -> dict[str, float]:
    counts = Counter(question.asked for question in questions if question.asked in STRICT)
    shares = {asked: round(n / len(questions), 4) for asked, n in sorted(counts.items())}
    return {asked: share for asked, share in shares.items() if share >= AT_TIMES}


def _negated(questions: Sequence[Question]) -> dict[str, float]:
    denied: dict[str, list[bool]] = {}
    for question in questions:
        denied.setdefault(question.asked, []).append(question.negated)
    return {asked: round(sum(found) / len(found), 4) for asked, found in sorted(denied.items())}


def _families(covers: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    family: dict[int, set[int]] = {}
    for whole in covers:
        parts, waiting = set[int](), [whole]
        while waiting:
            for part in covers.get(waiting.pop(), frozenset()) - parts:
                parts.add(part)
                waiting.append(part)
        for part in parts:
            family.setdefault(whole, set()).add(part)
            family.setdefault(part, set()).add(whole)
    return {member: frozenset(others) for member, others in family.items()}
