"""Which of 'he' and 'she' somebody is, where the base does not say so outright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.dialogue.references import about
from bot.facts.model import Base, Person, Pronoun
from bot.matching.language import Language
from bot.matching.text import tokens

LEAST_CALLED = 2  # texts that call somebody so: one may mean somebody else


def with_pronouns(base: Base, language: Language) -> Base:
    """The base with the pronouns of persons who have none, as their titles, their roles or else the
    words tell in which the base speaks of them alone: 'Mrs Quist', 'a spokeswoman', 'is she old'.
    Whoever is called by both, or by neither, is left without."""
    without = [p for p in base.people if p.kind == "person" and p.pronoun is None]
    if not without:
        return base
    told = _told_alone(base)
    known = {p.id: _titled(p, language) or _called(told[p.id], language) for p in without}
    people = [replace(p, pronoun=known.get(p.id, p.pronoun)) for p in base.people]
    return replace(base, people=tuple(people))


def _titled(person: Person, language: Language) -> Pronoun | None:
    """What somebody's titles, or else the noun of their role, tells."""
    names = map(tokens, (person.name, *person.aliases))
    titles = {language.gendered.get(name[0].text) for name in names if len(name) > 1}
    return _only(titles) or _only({language.gendered.get(_noun(person.role, language))})


def _noun(role: str, language: Language) -> str:
    """The last word of a role before any that only adds to it: 'daughter' of 'the vet's younger
    daughter, who found it'."""
    noun = ""
    for token in tokens(role):
        if token.text in language.function_words and not (
            token.text in language.articles and not noun
        ):
            break
        noun = "" if token.possessive or token.text in language.articles else token.text
    return noun


def _told_alone(base: Base) -> dict[str, list[str]]:
    """For each person what the base says in facts that are about no other."""
    persons = {person.id for person in base.people if person.kind == "person"}
    told: dict[str, list[str]] = {person: [] for person in persons}
    for fact in base.facts:
        people = persons.intersection(about((fact,)))
        if len(people) == 1:
            # What is quoted may be of anybody.
            told[people.pop()] += (*fact.questions, fact.answer)
    return told


def _called(texts: Sequence[str], language: Language) -> Pronoun | None:
    """What texts about somebody call them."""
    called = Counter(
        kind for text in texts for kind in {language.pronouns.get(t.text) for t in tokens(text)}
    )
    only = _only(called)
    return only if only and called[only] >= LEAST_CALLED else None


def _only(found: Collection[str | None]) -> Pronoun | None:
    """The one personal pronoun among those found; None: there is none, or both."""
    he, she = "he" in found, "she" in found
    if he == she:
        return None
    return "he" if he else "she"
