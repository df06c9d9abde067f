"""The gates: what in a question speaks against a fact.

A gate vetoes on a conflict, not on absence: a question that names nobody, no figure and no
question word passes them all but one, which misses a 'you' or 'my' that all phrasings have. A gate
says why it objects, or nothing; what an objection leaves of the confidence depends on how far its
gate is believed in this base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.facts.model import ACTORS
from bot.matching import conflicts
from bot.matching.belonging import Belonging, are_over
from bot.matching.clock import tells_hour
from bot.matching.counting import are_persons
from bot.matching.index import Index, Item
from bot.matching.kinds import AGE, LENGTH, SAID, WHETHER, WHICH, WHO, WHY
from bot.matching.naming import Naming
from bot.matching.question import Question
from bot.matching.rank import Evidence, Weighed
from bot.matching.reading import Word

# What an objection leaves of the confidence where its gate is believed in full: too little for an
# answer, whatever speaks for it.
FACTORS: Mapping[str, float] = {
    "asked": 0.37,
    "cause": 0.37,  # asked who or why, which answers tell in more ways than when or how many
    "name": 0.37,
    "stranger": 0.37,
    "figure": 0.37,
    "polarity": 0.36,
    "roles": 0.34,
    "whose": 0.37,
    "which": 0.37,
    "count": 0.37,
    "party": 0.37,
    "role": 0.37,
    "sort": 0.37,
}
GATES = tuple(FACTORS)
BY_NAMES = frozenset({"name", "whose"})  # those that object to another than is named
PRESUPPOSING = frozenset({"why", "how", "when", "where"})
CAUSES = frozenset({WHO, WHY})
CHOOSING = frozenset({WHO, WHICH})  # they presuppose nothing, unless they deny: 'who did not'
SAYS_AS_MUCH = 0.75  # evidence for an item that says what a question denies: 'who did not come'
OFTEN = 0.25  # of a fact's phrasings that ask the same


@dataclass(frozen=True, slots=True)
class Objection:
    """A gate's objection to one candidate, and the factor on its confidence that it comes to."""

    gate: str
    factor: float
    why: str


class Knowledge(NamedTuple):
    """What the gates ask of a language and a base."""

    may_be_name: Callable[[Word], bool]
    calendar: frozenset[str]  # names of days and months
    naming: Naming
    anybody: frozenset[str]  # nouns that say no more than that somebody is counted
    told: Callable[[int], Sequence[Sequence[Word]]]  # an item's answer and quotes, as sentences
    role_told: Callable[[str], Sequence[Word]]  # somebody's role; somebody as a term
    role_of: Callable[[str], frozenset[str]]  # the terms of it
    post_of: Callable[[str], Belonging | None]  # what somebody is, and whose; a person as a term


class Objections:
    """What the gates look at in one question, gathered once for all its candidates."""

    def __init__(
        self,
        question: Question,
        index: Index,
        trust: Mapping[str, float],
        knows: Knowledge,
    ) -> None:
        self._question = question
        self._index = index
        self._trust = trust
        self._knows = knows
        # In a whether-question they are put right.
        texts = [word.text for word in question.words] if question.asked != WHETHER else ()
        self._days = knows.calendar.intersection(texts)
        self._contrasting = knows.naming.language.contrasts.keys() & texts
        self._figures = question.figures
        self._denies = question.negated and question.asked in CHOOSING
        self._turns = bool(question.roles or question.order)
        self._named = question.named if self._turns else frozenset()

    def to(self, evidence: Evidence) -> tuple[Objection, ...]:
        """The objections to one candidate, in the order of the gates."""
        question, item = self._question, self._index.items[evidence.item]
        gate = "cause" if question.asked in CAUSES else "asked"
        why = conflicts.asked(question, item) or self._aged(item, evidence.item)
        asks_who = question.who_is and item.asking.get(WHO, 0.0) < OFTEN
        if (asks_who or (question.asked == WHICH and self._asks_of_several())) and not why:
            why = self._nobody(item, evidence.item)
        if question.dimension and not why:
            why = self._measured(question.dimension, item, evidence.item)
        if question.of_hour and not why:
            why = self._timed(item, evidence.item)
        found = [(gate, why)] if why else []
        if why := conflicts.parties(question, item, evidence):
            found.append(("party", why))
        if question.role and (why := self._role(question.role, evidence.item)):
            found.append(("role", why))
        if question.counted and not found and (why := self._counted(question.counted, item)):
            found = [("count", why)]
        if missing := evidence.missing:
            if (
                question.sort
                and not question.which
                and (why := self._sort(question.sort, missing, evidence.item))
            ):
                found.append(("sort", why))
            found += [("name", why) for why in conflicts.names(missing, question, self._index)]
            strange = conflicts.strangers(missing, self._knows.may_be_name)
            found += [("stranger", why) for why in strange]
            if self._days:
                found += [("figure", why) for why in self._other_days(missing, evidence.item)]
        if question.saying and (why := self._said(*question.saying, item, evidence.item)):
            found.append(("sort", why))
        if question.of_others and (why := self._no_others(item, evidence.item)):
            found.append(("sort", why))
        if self._contrasting and (why := self._of_another(item, evidence.item)):
            found.append(("figure", why))
        if self._figures and (why := conflicts.figures(question, item, self._index)):
            found.append(("figure", why))
        says_it = self._denies and evidence.score >= SAYS_AS_MUCH
        presupposes = says_it or question.asked in PRESUPPOSING
        if presupposes and (why := conflicts.polarity(question, item)):
            found.append(("polarity", why))
        if self._turns and (why := conflicts.roles(question, self._named, item)):
            found.append(("roles", why))
        if question.belongings:
            why = conflicts.whose(question, item) or self._post(question, item)
            found += [("whose", why)] if why else []
        if question.offices and (why := self._office(question, item)):
            found.append(("whose", why))
        if question.which and (why := self._which(question.which, item, evidence.item)):
            found.append(("which", why))
        return tuple([Objection(gate, factor_of(gate, self._trust), why) for gate, why in found])

    def _other_days(self, missing: Sequence[Weighed], item: int) -> list[str]:
        """Another day or month than the item's, which has some."""
        days = [one.word for one in missing if one.word.text in self._days]
        if not days or not any(self._index.item_has(item, day) for day in self._knows.naming.days):
            return []
        return [f"it is not of '{day.text}'" for day in days]

    def _of_another(self, item: Item, number: int) -> str:
        """Asked of the afternoon where it tells of the morning alone."""
        if not item.is_fact:
            return ""
        told = {word.text for words in self._knows.told(number) for word in words}
        contrasts = self._knows.naming.language.contrasts
        for text in sorted(self._contrasting):
            others = sorted(contrasts[text] & told)
            if others and text not in told:
                return f"it is of the '{others[0]}'"
        return ""

    def _counted(self, things: Word, item: Item) -> str:
        """Asked for the number of what the fact counts none of, though it counts something; of
        people, where all its figures are of time, length or money."""
        if not item.is_fact or not (item.counted or item.measures_alone):
            return ""
        if not item.counted:
            language = self._knows.naming.language
            units = language.time_words | language.lengths | language.currencies
            known = not units.isdisjoint((things.text, things.stem))
        elif things.text in self._knows.anybody:
            known = not item.measures_alone
        else:
            known = any(term in item.counted for term in things.terms)
        return "" if known else f"it does not count '{things.text}'"

    def _asks_of_several(self) -> bool:
        """Whether it is asked which of some who are named together: 'which US officials'."""
        kind = self._knows.naming.kind
        words = self._question.words
        return any(
            asking.kind == "asks" and {kind(term) for term in name.terms} == {"body"}
            for asking, name in pairwise(words)
            if name.kind == "name"
        )

    def _nobody(self, item: Item, number: int) -> str:
        """Asked who some are, by what they are, where the item names nobody else: 'the talks
        resume with experts'."""
        if not item.is_fact:
            return ""
        kind = self._knows.naming.kind
        if any(kind(term) in ACTORS for term in item.told_names - self._question.named):
            return ""
        told = (word for words in self._knows.told(number) for word in words)
        names = (w for w in told if w.capital and w.kind == "word")  # that nobody has listed
        known = any(name.text not in self._knows.calendar for name in names)
        return "" if known else "it names nobody"

    def _timed(self, item: Item, number: int) -> str:
        """Asked for the hour, where no time of day is told."""
        knows = self._knows
        if not item.is_fact or tells_hour(knows.told(number), knows.naming.language):
            return ""
        return "it does not tell at what hour"

    def _measured(self, dimension: Word, item: Item, number: int) -> str:
        """Asked how tall something is, where no length is told and nobody asks for one."""
        if LENGTH in item.asked or not item.is_fact or self._has(number, dimension):
            return ""
        return f"it does not tell how '{dimension.text}'"

    def _office(self, question: Question, item: Item) -> str:
        """Asked of another's minister than the one whom it tells of."""
        if not item.is_fact:
            return ""
        for one in question.offices:
            for somebody in (term for term in one.nouns if term in item.names):
                if why := self._not_of(one, self._knows.role_of(somebody)):
                    return why
        return ""

    def _post(self, question: Question, item: Item) -> str:
        """Asked of another's president than the one whom it tells of, by what their role says; who
        is named is asked about: 'is Ann Berg the president of Peru'."""
        if not item.is_fact:
            return ""
        others = sorted(item.told_names - question.named)
        posts = list(filter(None, map(self._knows.post_of, others)))
        for one in question.belongings if posts else ():
            held = [post for post in posts if not set(post.nouns).isdisjoint(one.nouns)]
            if why := self._not_of(one, [owner for post in held for owner in post.owners]):
                return why
        return ""

    def _not_of(self, one: Belonging, whose: Iterable[str]) -> str:
        """Something is not theirs whose it is asked about as, but others' of the same kind."""
        kind = self._knows.naming.kind
        kinds = {kind(owner) for owner in one.owners}
        of_whom = {term for term in whose if kind(term) in kinds}
        other = of_whom and of_whom.isdisjoint(one.owners)
        return f"'{one.noun}' is not of '{one.owner}'" if other else ""

    def _role(self, role: Word, number: int) -> str:
        """Asked who has a role of which the item tells nothing, nor has anybody whom it names."""
        item = self._index.items[number]
        if not item.is_fact:
            return ""
        people = [n for n in item.told_names if self._knows.naming.kind(n) == "person"]
        roles = list(filter(None, map(self._knows.role_of, people)))
        own = {role.stem} if role.kin else set(role.terms)  # an executive is no leader
        if any(not held.isdisjoint(own) for held in roles):
            return self._no_more(role, own, number, people)
        if self._has(number, role) and not roles:
            return ""  # 'who is the mayor?' of somebody whose role the base does not know
        return "" if self._is_within(role, number) else f"it tells of no '{role.text}'"

    def _no_more(self, role: Word, own: Set[str], number: int, people: Iterable[str]) -> str:
        """Asked who has a role now that those whom the item names only had before."""
        language = self._knows.naming.language
        if any(word.text in language.then | language.former for word in self._question.words):
            return ""
        texts = [*self._knows.told(number), *map(self._knows.role_told, people)]
        return f"it tells of a former '{role.text}'" if are_over(own, texts, language) else ""

    def _sort(self, sort: Word, missing: Sequence[Weighed], number: int) -> str:
        """Asked for a sort of thing that the item holds nowhere, nor a name of it: 'which languages
        did they speak', 'what does the word mean'."""
        if not self._index.items[number].is_fact or not any(one.word is sort for one in missing):
            return ""
        return "" if self._is_within(sort, number) else f"it tells of no '{sort.text}'"

    def _said(self, speaker: Word, verb: Word, item: Item, number: int) -> str:
        """Asked what somebody said, where nobody says anything: 'what did the boy say'."""
        if not item.is_fact or SAID in item.asked:
            return ""
        naming, text = self._knows.naming, speaker.text
        persons = text in naming.language.gendered or text in self._knows.anybody
        persons = persons or naming.language.is_person(text) or are_persons(text, naming.language)
        if not persons and all(naming.kind(term) not in ACTORS for term in speaker.terms):
            return ""
        told = any(self._index.item_has(number, term) for term in verb.terms)
        return "" if told else "it tells nothing that was said"

    def _no_others(self, item: Item, number: int) -> str:
        """Asked for others than are known, of which the item says nothing."""
        if not item.is_fact:
            return ""
        others = self._knows.naming.language.others
        told = (word.text for words in self._knows.told(number) for word in words)
        known = any(self._index.item_has(number, text) for text in others)
        return "" if known or not others.isdisjoint(told) else "it tells of no others"

    def _is_within(self, word: Word, number: int) -> bool:
        """Whether an item tells a word, be it in a name."""
        told = (w for words in self._knows.told(number) for w in words)
        return any(not {word.text, word.stem}.isdisjoint(w.text.split()) for w in told)

    def _has(self, number: int, word: Word) -> bool:
        """Whether an item has a word itself, and not only what is related to it."""
        return not word.kin and any(self._index.item_has(number, term) for term in word.terms)

    def _aged(self, item: Item, number: int) -> str:
        """Asked how old somebody is, where the ages that it tells stand nearer to others."""
        named = self._question.named
        if self._question.asked != AGE or not named or not item.is_fact:
            return ""
        language = self._knows.naming.language
        aging = language.telling.get(AGE, ())
        nearest = {
            term
            for words in self._knows.told(number)
            for at, word in enumerate(words)
            if word.text in aging
            for term in _nearest_name(words, at, language.time_words)
        }
        return "it tells how old another is" if nearest and nearest.isdisjoint(named) else ""

    def _which(self, thing: Word, item: Item, number: int) -> str:
        """Asked for the name of what the item is not asked the name of, and no name could be it."""
        if not item.is_fact or any(term in item.named for term in thing.terms):
            return ""
        knows = self._knows
        if knows.naming.tells_which(thing, knows.told(number), self._question.names):
            return ""
        return f"it does not say which '{thing.text}'"


def _nearest_name(words: Sequence[Word], at: int, units: frozenset[str]) -> tuple[str, ...]:
    """The terms of the name with the fewest words between it and a place, not counting small words,
    figures and units: 'Ann, a six-year-old' is Ann."""

    def apart(name: int) -> int:
        between = words[min(name, at) + 1 : max(name, at)]
        return sum(word.kind in {"word", "name"} and word.text not in units for word in between)

    names = [place for place, word in enumerate(words) if word.kind == "name"]
    return words[min(names, key=apart)].terms if names else ()


def factor_of(gate: str, trust: Mapping[str, float]) -> float:
    """What an objection leaves where its gate is believed only so far."""
    return 1 - (1 - FACTORS[gate]) * trust.get(gate, 1.0)
