"""Reads a base: each fact's and each unanswered entry's phrasings and answer as questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from bot.facts.model import PLACES, Base, Fact, Unanswered
from bot.matching.kinds import MONEY, SAID, STRICT
from bot.matching.language import Language
from bot.matching.lexicon import NAME, Lexicon
from bot.matching.question import Question, understand
from bot.matching.reading import Word, read
from bot.matching.roles import is_past, verbs_in
from bot.matching.text import sentences

ASKED = "?"  # begins the term of what a question asks for


@dataclass(frozen=True, slots=True)
class Draft:
    """What is gathered of an item before the weights of terms are known."""

    id: str
    is_fact: bool
    questions: tuple[tuple[int, Question], ...]  # each with its place among the entry's own
    told: tuple[Question, ...]  # the sentences of its answer, then those of its quotes
    answer_sentences: int
    tells: frozenset[str]  # what it can be asked for, by its own words
    measures_alone: bool  # it counts nobody: its figures are of time, length or money
    of_present: bool  # its answer tells how things stand on the source's day
    about: frozenset[str]
    covers: tuple[str, ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """All that its phrasings, answer, quotes and people speak of."""
        asked = {term for _, question in self.questions for term in terms_of(question)}
        told = {term for question in self.told for word in question.words for term in word.terms}
        return frozenset(asked | told | self.about)


@dataclass(frozen=True, slots=True)
class _Texts:
    """An item's texts, each as sentences of words."""

    id: str
    is_fact: bool
    questions: list[tuple[int, list[list[Word]]]]
    told: list[list[Word]]
    answer_sentences: int
    about: frozenset[str]
    covers: tuple[str, ...] = ()
    is_claim: bool = False  # somebody claims it, or is quoted in it
    prices: int = 0  # how many signs like a dollar's it has, which are no words


@dataclass(frozen=True, slots=True)
class Drafts:
    """All items of a base, the event's own words, who may act in it, and what is a verb."""

    items: tuple[Draft, ...]
    event: tuple[Word, ...]
    actors: frozenset[str]  # names of persons and bodies, as terms
    verbs: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Every word that the base uses."""
        questions = (q for d in self.items for q in (*d.told, *(asked for _, asked in d.questions)))
        used = [word for question in questions for word in question.words]
        told = (word for word in (*used, *self.event) if word.kind != "name")
        return frozenset(text for word in told for text in word.text.split())


def terms_of(question: Question) -> frozenset[str]:
    """All terms of a phrasing, what it asks for included."""
    terms = {term for word in question.words for term in word.terms}
    if question.asked in STRICT:
        terms.add(ASKED + question.asked)
    return frozenset(terms)


def read_base(base: Base, lexicon: Lexicon) -> Drafts:
    """Every phrasing of every fact and of everything unanswered, read and understood."""
    facts = (_fact(fact, lexicon) for fact in base.facts)
    unanswered = (_unanswered(entry, lexicon) for entry in base.unanswered)
    texts = [*facts, *unanswered]
    event = base.event
    about_event = " . ".join((event.title, event.summary, event.as_of, event.note))
    spoken = (words for item in texts for _, parts in item.questions for words in parts)
    told_words = (words for item in texts for words in item.told)
    verbs = verbs_in((*spoken, *told_words), lexicon.language)
    return Drafts(
        items=tuple(_draft(item, lexicon, verbs) for item in texts),
        event=tuple(_with_places_within(read_text(about_event, lexicon), lexicon)),
        actors=frozenset(NAME + p.id for p in base.people if p.kind in {"person", "body"}),
        verbs=verbs,
    )


def read_text(text: str, lexicon: Lexicon) -> list[list[Word]]:
    """The words of each sentence of a text."""
    return [read(sentence.tokens, lexicon) for sentence in sentences(text)]


def beside_answer(entry: Fact | Unanswered) -> list[str]:
    """What an entry tells beside its answer: its quotes, and when it was."""
    if isinstance(entry, Unanswered):
        return []
    return [*(quote.text for quote in entry.quotes), *([entry.when.text] if entry.when else [])]


def _fact(fact: Fact, lexicon: Lexicon) -> _Texts:
    answer = read_text(fact.answer, lexicon)
    others = beside_answer(fact)
    people = set(fact.about) | {quote.speaker for quote in fact.quotes if quote.speaker}
    if fact.claim:
        people |= {*fact.claim.by, *fact.claim.of}
    return _Texts(
        fact.id,
        is_fact=True,
        questions=_read_all(fact.questions, lexicon),
        told=[*answer, *(words for text in others for words in read_text(text, lexicon))],
        answer_sentences=len(answer),
        about=frozenset(NAME + person for person in people),
        covers=fact.covers,
        is_claim=bool(fact.claim or fact.quotes),
        prices=sum(category(sign) == "Sc" for text in (fact.answer, *others) for sign in text),
    )


def _unanswered(entry: Unanswered, lexicon: Lexicon) -> _Texts:
    answer = read_text(entry.answer, lexicon)
    return _Texts(
        entry.id,
        is_fact=False,
        questions=_read_all(entry.questions, lexicon),
        told=answer,
        answer_sentences=len(answer),
        about=frozenset(),
    )


def _with_places_within(texts: Iterable[Sequence[Word]], lexicon: Lexicon) -> Iterator[Word]:
    """The words of some texts, and the places that names in them hold: Ely, of Ely Minster."""
    for word in (word for words in texts for word in words):
        yield word
        parts = word.text.split() if word.kind == "name" else ()
        for part in parts if len(parts) > 1 else ():
            place = lexicon.names.at((part,), 0)
            if place and all(lexicon.kind(term) in PLACES for term in place.terms):
                yield Word(part, "name", place.terms)


def _read_all(questions: Iterable[str], lexicon: Lexicon) -> list[tuple[int, list[list[Word]]]]:
    every = (read_text(text, lexicon) for text in questions)
    return [(line, parts) for line, parts in enumerate(every) if parts]


def _draft(item: _Texts, lexicon: Lexicon, verbs: frozenset[str]) -> Draft:
    from bot.matching import tells  # noqa: PLC0415 - only who learns needs it

    def understood(words: Sequence[Word]) -> Question:
        return understand(words, lexicon.language, verbs)

    told = tuple(understood(words) for words in item.told)
    questions = tuple(
        (line, _joined([understood(words) for words in parts])) for line, parts in item.questions
    )
    anybody = lexicon.language.anybody
    counts_people = any(q.counted and q.counted.text in anybody for _, q in questions)
    return Draft(
        id=item.id,
        is_fact=item.is_fact,
        questions=questions,
        told=told,
        answer_sentences=item.answer_sentences,
        tells=tells.told_kinds(told, lexicon.language)
        | ({MONEY} if item.prices else set())
        | ({SAID} if item.is_claim else set()),
        measures_alone=not counts_people
        and tells.gives_measures_alone(item.told, lexicon.language, item.prices),
        of_present=_tells_present(item.told[: item.answer_sentences], lexicon.language),
        about=item.about,
        covers=item.covers,
    )


def _tells_present(answer: Iterable[Sequence[Word]], language: Language) -> bool:
    """Whether a sentence of an answer tells how things stand: 'one person is missing'; and neither
    what was, nor 'is a place where', 'is thought to have been', 'is how they called it'."""
    return any(_stands([word.text for word in words], language) for words in answer)


def _stands(texts: Sequence[str], language: Language) -> bool:
    finite = (
        n for n, text in enumerate(texts) if text in language.whether or is_past(text, language)
    )
    at = next(finite, len(texts))
    behind = texts[at + 1 :]
    if language.standing.isdisjoint(texts[at : at + 1]) or _is_thought(behind, language):
        return False
    relative = language.question_words.keys() | language.pointing
    return relative.isdisjoint(behind)


def _is_thought(behind: Sequence[str], language: Language) -> bool:
    """Whether 'thought to have' or the like is behind a verb; 'closed to all' tells how it is."""
    infinitive, verb = behind[1:2] == [language.infinitive], behind[2:3]
    return infinitive and not (language.shareable | language.be_forms).isdisjoint(verb)


def _joined(parts: Sequence[Question]) -> Question:
    """A phrasing of several sentences as one question: the last one that asks something asks."""
    if len(parts) == 1:
        return parts[0]
    asking = next((part for part in reversed(parts) if part.asked), parts[-1])
    words = tuple(word for part in parts for word in part.words)
    roles = tuple(role for part in parts for role in part.roles)
    owned = tuple(one for part in parts for one in part.belongings)
    of_us = tuple(sorted({party for part in parts for party in part.parties}))
    return asking._replace(words=words, roles=roles, belongings=owned, parties=of_us)
