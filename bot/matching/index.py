"""The index of a base: its phrasings by term, and what each fact can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.facts.model import Base, Fact
from bot.matching.lexicon import FIGURE, NAME, Lexicon
from bot.matching.question import STRICT, Question, understand
from bot.matching.reading import read
from bot.matching.roles import Cast, cast
from bot.matching.text import sentences

ASKED = "?"  # the term of what a question asks for
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
    question: Question


@dataclass(frozen=True, slots=True)
class Item:
    """A fact, or something unanswered, as the matcher sees it."""

    id: str
    is_fact: bool
    phrases: tuple[int, ...]
    vocabulary: frozenset[str]  # of its phrasings, answer, quotes and people
    names: frozenset[str]
    figures: frozenset[str]
    asked: frozenset[str]  # what its phrasings ask for, and what its answer holds
    negated: frozenset[tuple[str, bool]]  # the polarities that its phrasings have, by what they ask
    cast: Cast


@dataclass(frozen=True, slots=True)
class Index:
    """What the matcher looks questions up in. Immutable."""

    items: tuple[Item, ...]
    phrases: tuple[Phrase, ...]
    postings: Mapping[str, Sequence[int]]
    weights: Mapping[str, float]  # 0 to 1: how much a term tells
    background: frozenset[str]  # names and figures of the event itself: they tell nothing apart
    family: Mapping[int, frozenset[int]]  # a covering fact and its parts: never rivals
    covers: Mapping[int, frozenset[int]]


@dataclass(slots=True)
class _Draft:
    """What is gathered of an item before the weights are known."""

    id: str
    is_fact: bool
    questions: list[tuple[str, Question]]
    told: list[Question]
    about: frozenset[str]


def terms_of(question: Question) -> frozenset[str]:
    """All terms of a phrasing, what it asks for included."""
    terms = {term for word in question.words for term in word.terms}
    if question.asked in STRICT:
        terms.add(ASKED + question.asked)
    return frozenset(terms)


def build_index(base: Base, lexicon: Lexicon) -> Index:
    """Indexes every phrasing of every fact and of everything unanswered."""
    drafts = [_draft_fact(fact, base, lexicon) for fact in base.facts]
    for entry in base.unanswered:
        told = (entry.answer,) if entry.answer else ()
        drafts.append(_draft(entry.id, False, entry.questions, told, (), lexicon))
    weights = _weights(drafts)
    phrases: list[Phrase] = []
    items: list[Item] = []
    for number, draft in enumerate(drafts):
        first = len(phrases)
        seen: set[frozenset[str]] = set()
        for text, question in draft.questions:
            terms = terms_of(question)
            if terms and terms not in seen:  # the same words once more add nothing
                seen.add(terms)
                phrases.append(Phrase(number, text, terms, _weight(question, weights), question))
        items.append(_item(draft, range(first, len(phrases))))
    ids = {draft.id: number for number, draft in enumerate(drafts)}
    covers = {ids[f.id]: frozenset(ids[part] for part in f.covers) for f in base.facts if f.covers}
    return Index(
        items=tuple(items),
        phrases=tuple(phrases),
        postings=_postings(phrases),
        weights=weights,
        background=_background(base, lexicon),
        family=_families(covers),
        covers=covers,
    )


def _draft_fact(fact: Fact, base: Base, lexicon: Lexicon) -> _Draft:
    told = [fact.answer, *(quote.text for quote in fact.quotes)]
    if fact.when:
        told.append(fact.when.text)
    people = set(fact.about) | {quote.speaker for quote in fact.quotes if quote.speaker}
    if fact.claim:
        people |= {*fact.claim.by, *fact.claim.of}
    return _draft(fact.id, True, fact.questions, told, sorted(people), lexicon)


def _draft(
    id: str,
    is_fact: bool,
    questions: Iterable[str],
    told: Iterable[str],
    people: Iterable[str],
    lexicon: Lexicon,
) -> _Draft:
    def understood(text: str) -> list[Question]:
        return [understand(read(s.tokens, lexicon), lexicon.language) for s in sentences(text)]

    return _Draft(
        id,
        is_fact,
        [(text, _joined(understood(text))) for text in questions if sentences(text)],
        [question for text in told for question in understood(text)],
        frozenset(NAME + person for person in people),
    )


def _joined(parts: Sequence[Question]) -> Question:
    """A phrasing of several sentences as one question: the last one that asks something asks."""
    if len(parts) == 1:
        return parts[0]
    asking = next((part for part in reversed(parts) if part.asked), parts[-1])
    words = tuple(word for part in parts for word in part.words)
    roles = tuple(role for part in parts for role in part.roles)
    return Question(words, asking.asked, asking.negated, roles)


def _weights(drafts: Sequence[_Draft]) -> dict[str, float]:
    """Inverse document frequency over items, not phrasings (Sparck Jones 1972), scaled to 0..1."""
    counts: dict[str, int] = {}
    for draft in drafts:
        for term in sorted(_told_terms(draft)):
            counts[term] = counts.get(term, 0) + 1
    top = log(1 + len(drafts)) or 1.0
    weights = {
        term: round(log(1 + len(drafts) / count) / top * STEPS) / STEPS
        for term, count in counts.items()
    }
    return {t: ASKED_WEIGHT if t.startswith(ASKED) else w for t, w in weights.items()}


def _told_terms(draft: _Draft) -> set[str]:
    asked = {term for _, question in draft.questions for term in terms_of(question)}
    return asked | {t for q in draft.told for w in q.words for t in w.terms} | draft.about


def _weight(question: Question, weights: Mapping[str, float]) -> float:
    """The sum of a phrasing's weights; of a shared name, its rarest reading."""
    seen: set[str] = set()
    total = ASKED_WEIGHT if question.asked in STRICT else 0.0
    for word in question.words:
        if word.terms and word.terms[0] not in seen:
            seen.update(word.terms)
            total += SHARES.get(word.kind, 1.0) * max(weights[term] for term in word.terms)
    return max(total, 0.05)


def _item(draft: _Draft, phrases: range) -> Item:
    vocabulary = frozenset(_told_terms(draft))
    questions = [question for _, question in draft.questions]
    asked = {question.asked for question in questions} | _answers(draft)
    return Item(
        id=draft.id,
        is_fact=draft.is_fact,
        phrases=tuple(phrases),
        vocabulary=vocabulary,
        names=frozenset(term for term in vocabulary if term.startswith(NAME)),
        figures=frozenset(term for term in vocabulary if term.startswith(FIGURE)),
        asked=frozenset(asked),
        negated=frozenset((question.asked, question.negated) for question in questions),
        cast=cast([role for question in (*questions, *draft.told) for role in question.roles]),
    )


def _answers(draft: _Draft) -> set[str]:
    """What the answer's own words show that it can tell."""
    words = [word for question in draft.told for word in question.words]
    found = set()
    if any(word.kind == "figure" for word in words):
        found.add("count")
    return found


def _postings(phrases: Sequence[Phrase]) -> dict[str, tuple[int, ...]]:
    postings: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for term in sorted(phrase.terms):
            postings.setdefault(term, []).append(number)
    return {term: tuple(numbers) for term, numbers in postings.items()}


def _background(base: Base, lexicon: Lexicon) -> frozenset[str]:
    event = base.event
    told = " . ".join((event.title, event.summary, event.as_of, event.note))
    words = [word for sentence in sentences(told) for word in read(sentence.tokens, lexicon)]
    return frozenset(t for w in words if w.kind in {"name", "figure"} for t in w.terms)


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
