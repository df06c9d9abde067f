"""The index of a base: its phrasings by term, and what each fact can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from bot.facts.model import Base
from bot.matching.drafts import ASKED, Draft, Drafts, terms_of
from bot.matching.lexicon import FIGURE, NAME
from bot.matching.question import STRICT, WHETHER, Question
from bot.matching.roles import Cast, cast, precedence

ASKED_WEIGHT = 0.35
SHARES = {"filler": 0.3, "light": 0.4}  # of a word's weight, where its kind tells little
STEPS = 10_000  # weights are rounded to this many steps: the same on every platform


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrasing of an item; `terms` are its terms, `weight` their sum."""

    item: int
    text: str
    terms: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Item:
    """A fact, or something unanswered, as the matcher sees it."""

    id: str
    is_fact: bool
    phrases: tuple[int, ...]
    vocabulary: frozenset[str]  # of its phrasings, answer, quotes and people
    names: frozenset[str]
    told_names: frozenset[str]  # those that its answer itself has
    figures: frozenset[str]
    asked: frozenset[str]  # what its phrasings ask for, and what its answer holds
    negated: Mapping[str, float]  # the share of its phrasings that deny, by what they ask
    cast: Cast
    precedes: frozenset[tuple[str, str]]  # names that almost always stand in this order


@dataclass(frozen=True)
class Index:
    """What the matcher looks questions up in. Immutable."""

    items: tuple[Item, ...]
    phrases: tuple[Phrase, ...]
    postings: Mapping[str, Sequence[int]]
    weights: Mapping[str, float]  # 0 to 1: how much a term tells
    words: frozenset[str]  # every word that the base uses
    stems: frozenset[str]  # of these words
    verbs: frozenset[str]  # terms that the base uses as verbs
    background: frozenset[str]  # names and figures of the event itself: they tell nothing apart
    family: Mapping[int, frozenset[int]]  # a covering fact and its parts: never rivals
    covers: Mapping[int, frozenset[int]]

    @cached_property
    def owners(self) -> tuple[int, ...]:
        """The item of each phrasing."""
        return tuple(phrase.item for phrase in self.phrases)

    @cached_property
    def phrase_weights(self) -> tuple[float, ...]:
        return tuple(phrase.weight for phrase in self.phrases)


def build_index(base: Base, drafts: Drafts, stem: Callable[[str], str]) -> Index:
    """Indexes what was read of a base."""
    words = drafts.words
    weights = _weights(drafts.items)
    phrases: list[Phrase] = []
    items: list[Item] = []
    for number, draft in enumerate(drafts.items):
        first = len(phrases)
        seen: set[frozenset[str]] = set()
        for text, question in draft.questions:
            terms = terms_of(question)
            if terms and terms not in seen:  # the same words once more add nothing
                seen.add(terms)
                phrases.append(Phrase(number, text, terms, _weight(question, weights)))
        items.append(_item(draft, range(first, len(phrases))))
    ids = {draft.id: number for number, draft in enumerate(drafts.items)}
    covers = {ids[f.id]: frozenset(ids[part] for part in f.covers) for f in base.facts if f.covers}
    return Index(
        items=tuple(items),
        phrases=tuple(phrases),
        postings=_postings(phrases),
        weights=weights,
        words=words,
        stems=frozenset(stem(word) for word in words),
        verbs=drafts.verbs,
        background=frozenset(
            term for w in drafts.event if w.kind in {"name", "figure"} for term in w.terms
        ),
        family=_families(covers),
        covers=covers,
    )


def _weights(drafts: Sequence[Draft]) -> dict[str, float]:
    """Inverse document frequency over items, not phrasings (Sparck Jones 1972), scaled to 0..1."""
    counts: dict[str, int] = {}
    for draft in drafts:
        for term in sorted(draft.terms):
            counts[term] = counts.get(term, 0) + 1
    top = log(1 + len(drafts)) or 1.0
    return {
        term: ASKED_WEIGHT
        if term.startswith(ASKED)
        else round(log(1 + len(drafts) / count) / top * STEPS) / STEPS
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
    return max(total, 0.05)


def _item(draft: Draft, phrases: range) -> Item:
    # Each wording once: asking the same twice must not count for more.
    wordings = {tuple(word.text for word in q.words): q for _, q in draft.questions}
    questions = list(wordings.values())
    vocabulary = draft.terms
    return Item(
        id=draft.id,
        is_fact=draft.is_fact,
        phrases=tuple(phrases),
        vocabulary=vocabulary,
        names=frozenset(term for term in vocabulary if term.startswith(NAME)),
        told_names=frozenset(
            term
            for question in draft.told[: draft.answer_sentences]
            for word in question.names
            for term in word.terms
        ),
        figures=frozenset(term for term in vocabulary if term.startswith(FIGURE)),
        asked=frozenset({question.asked for question in questions} | _tells(draft)),
        negated=_negated(questions),
        cast=cast(role for question in (*questions, *draft.told) for role in question.roles),
        precedes=precedence(q.order for q in questions if q.asked == WHETHER),
    )


def _negated(questions: Sequence[Question]) -> dict[str, float]:
    denied: dict[str, list[bool]] = {}
    for question in questions:
        denied.setdefault(question.asked, []).append(question.negated)
    return {asked: round(sum(found) / len(found), 4) for asked, found in sorted(denied.items())}


def _tells(draft: Draft) -> set[str]:
    """What the answer's own words show that it can tell, however it is asked."""
    figure = any(word.kind == "figure" for question in draft.told for word in question.words)
    return {"count"} if figure else set()


def _postings(phrases: Sequence[Phrase]) -> dict[str, tuple[int, ...]]:
    postings: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for term in sorted(phrase.terms):
            postings.setdefault(term, []).append(number)
    return {term: tuple(numbers) for term, numbers in postings.items()}


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
