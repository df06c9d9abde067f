"""Pronouns in a sentence, and whom they may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.dialogue.conversation import Conversation
from bot.dialogue.mentions import mentions
from bot.facts.model import Base, Fact, Person
from bot.matching.language import Language
from bot.matching.lexicon import Lexicon
from bot.matching.text import Token

PERSONAL = frozenset({"he", "she"})
CENTRAL = 0.2  # of all facts that are about the one whom an event is about ...
FAR_AHEAD = 2  # ... and times those about anybody else


def pronoun_in(words: Sequence[Token], lexicon: Lexicon) -> tuple[int, str] | None:
    """The first pronoun that no name of the same sentence before it can be meant by: one that means
    somebody, before 'they' in front of it ('why did they send him?') and before 'it', which often
    means nothing ('was it the first time?')."""
    pronouns = lexicon.language.pronouns
    if all(word.text not in pronouns for word in words):
        return None
    named = mentions(words, lexicon)
    several: tuple[int, str] | None = None
    thing: tuple[int, str] | None = None
    for at, word in enumerate(words):
        kind = pronouns.get(word.text)
        if kind is None or any(m.start <= at < m.stop for m in named):
            continue
        if kind == "they" and _is_noun_before(words, at, lexicon.language):
            continue
        if word.text in lexicon.language.determiners and kind == "they" and word is not words[-1]:
            continue  # 'those soldiers'
        before = (lexicon.people[p] for m in named if m.stop <= at for p in m.people)
        if kind in PERSONAL | {"they"} and any(fits(person, kind) for person in before):
            continue
        if kind in PERSONAL:
            return at, kind
        if kind == "they" and thing is None:
            several = several or (at, kind)
        thing = thing or (at, kind)
    return several or thing


def _is_noun_before(words: Sequence[Token], at: int, language: Language) -> bool:
    """Whether the pronoun at a place is the noun that a question word chooses: 'whose soldiers were
    they'."""
    if at < len(words) - 1 or at < 3 or words[at - 1].text not in language.be_forms:
        return False
    first, second = words[0].text, words[1].text
    asking = language.question_words  # but 'how many were they'
    return first in asking and f"{first} {second}" not in asking


def points_at_noun(words: Sequence[Token], at: int, language: Language) -> bool:
    """Whether the pronoun at a place stands before what it points at: 'that word'."""
    behind = words[at + 1].text if at + 1 < len(words) else ""
    return words[at].text in language.pointing and behind not in {"", *language.function_words}


def is_named_behind(words: Sequence[Token], pronoun: tuple[int, str], lexicon: Lexicon) -> bool:
    """Whether somebody whom a pronoun fits is named behind it: 'his money, did Ann lose it'."""
    at, kind = pronoun
    behind = (lexicon.people[p] for m in mentions(words, lexicon) if m.start > at for p in m.people)
    return any(fits(person, kind) for person in behind)


def means_a_person(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether 'he' or 'she' in it is somebody whom another sentence names."""
    pronoun = pronoun_in(words, lexicon)
    return pronoun is not None and pronoun[1] in PERSONAL


def asks_no_more(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a question asks for nothing but what 'that' or who 'they' are: 'who's that?'"""
    language = lexicon.language
    small = language.pronouns.keys() | language.be_forms | language.question_words.keys()
    return all(small.issuperset(language.written_out(word.text)) for word in words)


def fits(person: Person, pronoun: str) -> bool:
    """Whether a pronoun may stand for somebody."""
    if pronoun in PERSONAL:  # an animal, or a government that goes by its head's name, may be one
        return person.pronoun == pronoun or (person.kind == "person" and person.pronoun is None)
    if pronoun == "they":
        return person.pronoun == "they" or person.kind in {"body", "country"}
    return person.kind != "person" and person.pronoun != "they"


def antecedents(
    pronoun: str, conversation: Conversation, base: Base, *, of_whom: bool
) -> Iterator[tuple[str, ...]]:
    """The groups of those whom a pronoun may mean, the likeliest first: those named last, those
    whom the last answer is about; a person also of the turns before. `of_whom`: the last question
    asked for somebody, and so those who were told of go first."""
    earlier = conversation.earlier if pronoun in PERSONAL else ()
    named, about = conversation.named, conversation.about
    told = tuple(person for person in about if person not in named) if of_whom else ()
    for people in (told, named, about, *earlier):
        fitting = [
            base.person_by_id[person]
            for person in people
            if person in base.person_by_id and fits(base.person_by_id[person], pronoun)
        ]
        # Those who are known to be 'she' before those who may be.
        surely = [p for p in fitting if p.pronoun == pronoun and pronoun in PERSONAL]
        if fitting:
            yield tuple(person.id for person in surely or fitting)


def everybody(pronoun: str, base: Base) -> tuple[str, ...]:
    """Every person of the base that a personal pronoun fits by what the base says of them; or the
    one whom the event is about: many facts are about them, and hardly any about another."""
    fitting = tuple(p.id for p in base.people if p.kind == "person" and p.pronoun == pronoun)
    told = Counter(person for fact in base.facts for person in fact.about if person in fitting)
    for first, most in told.most_common(1):
        second = max((told[person] for person in fitting if person != first), default=0)
        if most >= CENTRAL * len(base.facts) and most >= FAR_AHEAD * second:
            return (first,)
    return fitting


def about(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Whom facts are about, those who speak first."""
    people: list[str] = []
    for fact in facts:
        people += fact.claim.by if fact.claim else ()
        people += (quote.speaker for quote in fact.quotes if quote.speaker)
    for fact in facts:
        people += fact.about
    return tuple(dict.fromkeys(people))
