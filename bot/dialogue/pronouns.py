"""Which of 'he' and 'she' somebody is, where the base does not say so outright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.dialogue.followup import about
from bot.facts.model import Base, Fact, Person, Pronoun
from bot.matching.language import Language
from bot.matching.text import tokens

LEAST_CALLED = 2  # texts that call somebody so: one may mean somebody else


def with_pronouns(base: Base, language: Language) -> Base:
    """The base with the pronouns of persons who have none, as their titles, their roles or else the
    words tell in which the base speaks of them alone: 'Mrs Quist', 'a spokeswoman', 'is she old'.
    Whoever is called by both, or by neither, is left without."""
    known: dict[str, Pronoun] = {}
    for person in base.people:
        if person.kind == "person" and person.pronoun is None:
            found = _titled(person, language) or _called(person, base, language)
            known |= {person.id: found} if found else {}
    if not known:
        return base
    people = [replace(p, pronoun=known.get(p.id, p.pronoun)) for p in base.people]
    return replace(base, people=tuple(people))


def _titled(person: Person, language: Language) -> Pronoun | None:
    """What somebody's titles, or else the noun of their role, tells."""
    first = (tokens(name)[:1] for name in (person.name, *person.aliases))
    titles = {language.gendered.get(token.text) for start in first for token in start}
    return _only(titles) or _only({language.gendered.get(_noun(person.role, language))})


def _noun(role: str, language: Language) -> str:
    """The last word of a role before any that only adds to it: 'daughter' of 'the vet's younger
    daughter, who found it'."""
    noun = ""
    for token in tokens(role):
        if token.text in language.articles or token.possessive:
            continue
        if token.text in language.function_words:
            break
        noun = token.text
    return noun


def _called(person: Person, base: Base, language: Language) -> Pronoun | None:
    """What the base calls somebody in the facts that are about no other person."""
    texts = [text for fact in base.facts if _is_alone(person, fact, base) for text in _own(fact)]
    called = Counter(
        kind for text in texts for kind in {language.pronouns.get(t.text) for t in tokens(text)}
    )
    only = _only(called)
    return only if only and called[only] >= LEAST_CALLED else None


def _is_alone(person: Person, fact: Fact, base: Base) -> bool:
    others = (base.person_by_id[one] for one in about((fact,)) if one in base.person_by_id)
    return {other.id for other in others if other.kind == "person"} == {person.id}


def _own(fact: Fact) -> Iterator[str]:
    """What the base itself says of a fact; what is quoted may be of anybody."""
    yield from fact.questions
    yield fact.answer


def _only(found: Collection[str | None]) -> Pronoun | None:
    """The one personal pronoun among those found; None: there is none, or both."""
    he, she = "he" in found, "she" in found
    if he == she:
        return None
    return "he" if he else "she"
