"""Who somebody is, by what the base's names say of them: asked by the name, or by the role."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from bot.facts.model import Base, Fact, Person, Unanswered
from bot.matching.belonging import Belonging, belongings
from bot.matching.counting import counted_in
from bot.matching.engine import Match, Matcher
from bot.matching.kinds import AGE, COUNT, DURATION, NOTHING, WHAT, WHERE, WHETHER, WHICH, WHO
from bot.matching.lexicon import NAME
from bot.matching.question import Question, understand
from bot.matching.reading import Word, read
from bot.matching.tells import told_kinds
from bot.matching.text import Token, tokens


class _Role(NamedTuple):
    """What somebody is, as terms; and whose, where that is said: 'Estonia's envoy'."""

    person: Person
    head: tuple[tuple[str, ...], ...]  # all of them have to be asked for: 'deputy director'
    terms: frozenset[str]
    belongings: tuple[Belonging, ...]
    owners: frozenset[str]  # terms of those whose it is

    @property
    def named(self) -> frozenset[str]:
        """The terms of all whom it names, and of the one who has it."""
        return self.terms | {f"{NAME}{self.person.id}"}


class Who:
    """Finds whom a question asks to have described."""

    def __init__(self, base: Base, matcher: Matcher) -> None:
        self._base = base
        self._lexicon = matcher.lexicon
        self._known_kin = matcher.kinship.known_kin

    def asked_for(self, match: Match) -> Person | None:
        """Whom alone a question names and asks who or what they are, what their role is, or how old
        or where from they are, if the role tells it; or who alone has the role that it asks who
        has."""
        return self._by_name(match.question) or self.with_role(match)

    def asked_for_told(self, match: Match) -> Person | None:
        """Of whom alone it is asked what their role tells: how old they are, where they work, since
        when, how many members they have."""
        asks = match.question.asked in {AGE, WHERE, COUNT, DURATION}
        return self._by_name(match.question) if asks else None

    def asks_whether(self, phrasing: str) -> bool:
        """Whether a phrasing asks of somebody whether they are something."""
        return self.asked_whether(self._asked(phrasing)) is not None

    def asked_whether(self, question: Question) -> tuple[Person, bool] | None:
        """Of whom alone it is asked whether they are something, and whether their role has to do
        with that: 'is Ann Berg the mayor'; None: more is asked, or of nobody."""
        language = self._lexicon.language
        if question.asked not in {WHETHER, NOTHING} or not question.named:
            return None  # most questions, at once
        words = question.words
        at = next(at for at, word in enumerate(words) if word.kind == "name")
        before = [w.text for w in words[:at] if w.text not in language.negations]
        behind = words[at + 1 :]
        states = behind and behind[0].text in language.be_forms - language.shareable
        alone = language.whether.issuperset(before)  # 'Ann's brother is the mayor' is of him
        if states and alone:  # 'Ann is the mayor', and no 'did Ann get a medal'
            nouns, article = behind[2:], behind[1:2]
        elif before and before[-1] in language.be_forms:
            nouns, article = behind[1:], behind[:1]
        else:
            return None
        if len(words[at].terms) > 1 or not nouns or article[0].text not in language.articles:
            return None
        small = language.owner_markers | language.articles
        if any(word.kind not in {"word", "name"} and word.text not in small for word in nouns):
            return None
        person = self._lexicon.people[words[at].terms[0].removeprefix(NAME)]
        if person.kind not in {"person", "body"}:
            return None
        role = {self._lexicon.stem(token.text) for token in tokens(person.role)}
        return person, any(noun.kind == "word" and noun.stem in role for noun in nouns)

    def asked_to_state(self, match: Match) -> Person | None:
        """Who alone is named in a question for what they say, of whatever it may be."""
        language = self._lexicon.language
        if match.question.asked not in {WHAT, NOTHING}:
            return None
        small = (language.supporting, language.articles, language.fillers)
        if match.question.asked == NOTHING and not self._states(match.question):
            return None
        return self._asked_for_words(match.question, language.stating, small)

    def _states(self, question: Question) -> bool:
        """Whether a name stands before what is said: 'Ann says', and no 'tell me Ann'."""
        stating = self._lexicon.language.stating
        kinds = ("name" if w.kind == "name" else w.text in stating for w in question.words)
        return next(filter(None, kinds), None) == "name"

    def asked_to_agree(self, match: Match) -> Person | None:
        """Who alone is named in a question for whether they agree, with whatever it may be."""
        language = self._lexicon.language
        if match.question.asked != WHETHER:
            return None
        return self._asked_for_words(
            match.question, language.agreeing, (language.function_words, language.fillers)
        )

    def asked_to_quote(self, match: Match) -> Person | None:
        """Who alone is named in a request for their own words."""
        language = self._lexicon.language
        if match.question.asked not in {NOTHING, WHAT, WHICH, WHETHER}:
            return None
        small = (language.function_words, language.fillers)
        return self._asked_for_words(match.question, language.quoting, small)

    def _asked_for_words(
        self, question: Question, asking: frozenset[str], small: Sequence[frozenset[str]]
    ) -> Person | None:
        """Who alone is named beside some of the words that ask, and nothing but small ones."""
        rest = {word.text for word in question.words if word.kind not in {"name", "asks"}}
        if asking.isdisjoint(rest):
            return None  # most questions, at once
        if question.negated or not rest.difference(*small) <= asking:
            return None
        return self._named_alone(question)

    def _named_alone(self, question: Question) -> Person | None:
        """Whom alone a question names, without doubt who that is; beside them, at most whose they
        are: 'what does the director of the zoo say', where 'the director' is a name for Ann."""
        if len(question.named) == 1:
            (term,) = question.named
            return self._base.person_by_id.get(term.removeprefix(NAME))
        language = self._lexicon.language
        of_whom = question.belongings or any(
            word.text in language.owner_markers for word in question.words
        )
        if not of_whom or any(len(word.terms) > 1 for word in question.names):
            return None
        theirs = [
            role.person
            for role in self._roles
            if f"{NAME}{role.person.id}" in question.named and question.named <= role.named
        ]
        return theirs[0] if len(theirs) == 1 else None

    def claims(self, fact: Fact, person: str) -> bool:
        """Whether a fact is what somebody claims, or who speaks for them."""
        return fact.claim is not None and any(self._is_for(by, person) for by in fact.claim.by)

    def claims_alone(self, fact: Fact, person: str) -> bool:
        """Whether a fact is what nobody else claims."""
        return fact.claim is not None and all(self._is_for(by, person) for by in fact.claim.by)

    def _is_for(self, speaker: str, person: str) -> bool:
        """Whether one is the other, or has a role that speaks for them: 'Ann's lawyer'."""
        return speaker == person or f"{NAME}{person}" in self._owners.get(speaker, ())

    def introduces(self, entry: Fact | Unanswered, person: Person) -> bool:
        """Whether an entry is asked who or what somebody is, and no more, by one of its
        phrasings."""
        asked = (self._asked(phrasing) for phrasing in entry.questions)
        return any(q.asked != COUNT and self._by_name(q) == person for q in asked)

    def says_who(self, answer: str, person: Person) -> bool:
        """Whether an answer names somebody, and what they are; or nobody could say more of them
        than their name."""
        if {token.text for token in tokens(person.role)} <= {t.text for t in tokens(person.name)}:
            return True
        told = {term for word in self._read(tokens(answer)) for term in word.terms}
        role = next((role for role in self._roles if role.person == person), None)
        if role is None or not role.head or f"{NAME}{person.id}" not in told:
            return False
        return all(not told.isdisjoint(one) for one in role.head)

    def _asked(self, phrasing: str) -> Question:
        return understand(self._read(tokens(phrasing)), self._lexicon.language)

    def _by_name(self, question: Question) -> Person | None:
        language = self._lexicon.language
        person = self._named_alone(question)
        if person is None:
            return None
        of_role = any(word.text in language.occupations for word in question.words)
        of_role = of_role or (person.kind == "person" and self._asks_what_for(question))
        is_topic = any(
            word.text == language.concerning and after.kind == "name"
            for word, after in pairwise(question.words)
        )
        of_name = self.asks_name(question)
        plain = question.asked == NOTHING and (of_role or is_topic or of_name)
        told = self._tells_with_role(question, person)
        if question.asked not in language.defining and not plain and not told:
            return None
        if of_name and person.kind != "person" and question.words[-1].text in language.naming:
            return None  # 'the Taliban's names' are those of others
        small = language.be_forms | language.padding | language.articles | language.owner_markers
        if told:
            small |= language.origin_markers | language.working | language.supporting
        if told and question.asked == DURATION:
            small |= {word for deed in language.deeds for word in deed.split()}
        if told and question.counted:
            small |= language.shareable | {question.counted.text}
        if of_role:
            small |= language.occupations | language.occupied
        if of_name:
            small |= language.naming | language.named | language.possessives | language.name_parts
        if is_topic:
            small |= language.function_words
        for before, word in pairwise((Word("", "function"), *question.words)):
            of_somebody = before.kind == "name" and word.text in language.somebody  # 'baker lady'
            if word.kind in {"name", "asks", "filler"} or word.text in small or of_somebody:
                continue
            return None
        return person

    def _asks_what_for(self, question: Question) -> bool:
        """Whether it is no more than 'what does Ann do'; what she did is something else."""
        first, *behind = [word.text for word in question.words if word.kind != "name"] or [""]
        return first == question.asked == WHAT and self._lexicon.language.occupied >= {*behind}

    def asks_name(self, question: Question) -> bool:
        """Whether a name is asked for: 'the dean's name', 'the first name of the dean', 'what is
        the insurer called'."""
        language = self._lexicon.language
        texts = [word.text for word in question.words]
        if not texts or texts[-1] in language.naming | language.named:
            return bool(texts)
        # 'Name of' is read as who.
        return any(text in language.name_parts and of == WHO for text, of in pairwise(texts))

    def _tells_with_role(self, question: Question, person: Person) -> bool:
        """Whether somebody's role tells what is asked of them: 'aged 61', 'from Oslo', 'a
        geologist at the university'."""
        language = self._lexicon.language
        if question.asked == AGE:
            return AGE in self._role_tells(person)
        if question.asked == DURATION:  # 'how long has she been doing that'
            lasts = any(word.text == language.lasted for word in question.words)
            return lasts and DURATION in self._role_tells(person)
        if question.asked == COUNT and question.counted:
            counted = counted_in([self._read(tokens(person.role))])
            return not counted.isdisjoint(question.counted.terms)
        if question.asked != WHERE:
            return False
        asking = {word.text for word in question.words}
        works = not language.working.isdisjoint(asking)
        if works and any(token.text in language.place_markers for token in tokens(person.role)):
            return True
        return not language.origin_markers.isdisjoint(asking) and WHERE in self._role_tells(person)

    def _role_tells(self, person: Person) -> frozenset[str]:
        """Kinds of things asked for that somebody's role holds, such as 'from Oslo', 'aged 61'."""
        language = self._lexicon.language
        return told_kinds([understand(self._read(tokens(person.role)), language)], language)

    def with_role(self, match: Match) -> Person | None:
        """Who alone has the role that a question asks who has, or what is 'the capital of Dravia';
        None: it asks something else, or several have it."""
        question = match.question
        if question.asked not in {WHO, WHAT, AGE} or question.negated:
            return None  # most questions, at once
        language = self._lexicon.language
        if any(word.text in language.stating for word in question.words):
            return None  # 'what does the city say'
        telling = question.telling
        of_name = self.asks_name(question)
        if of_name:
            telling = tuple(w for w in telling if w.text not in language.naming | language.named)
        asked = [_own_terms(word) for word in telling if word.terms]
        if len(asked) < len(telling) or all(word.kind != "word" for word in telling):
            return None
        terms = {term for one in asked for term in one}
        its = () if of_name else question.belongings
        found = [
            role.person
            for role in self._roles
            if (of_name or (role.person.kind == "person") == (question.asked in {WHO, AGE}))
            and (question.asked != AGE or AGE in self._role_tells(role.person))
            and all(not role.terms.isdisjoint(one) for one in asked)
            and role.head
            and all(not terms.isdisjoint(one) for one in role.head)
            and all(any(map(one.is_like, role.belongings)) for one in its)
        ]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _owners(self) -> dict[str, frozenset[str]]:
        speaks = self._lexicon.language.speaking_for
        return {
            role.person.id: role.owners
            for role in self._roles
            if any(token.text in speaks for token in tokens(role.person.role))
        }

    @cached_property
    def _roles(self) -> list[_Role]:
        return [self._role(person) for person in self._base.people if person.role]

    def _role(self, person: Person) -> _Role:
        language, typed = self._lexicon.language, tokens(person.role)
        words = self._read(typed)
        # 'The town's chief officer' is asked for without the town. What they did is no part of it.
        itself = list(takewhile(lambda token: token.text not in language.relatives, typed))
        owner = max((at + 1 for at, token in enumerate(itself) if token.possessive), default=0)
        its_own = self._read(typed[owner:])
        # 'The town's chief officer' may be a name, and 'chief officer' none.
        terms = frozenset(term for word in (*words, *its_own) for term in _own_terms(word))
        its = belongings(words, language, ())
        owners = {term for one in its for term in one.owners}
        owners |= {term for word in self._read(typed[:owner]) for term in word.terms}
        behind = dropwhile(lambda word: word.kind not in {"word", "name"}, its_own)
        head = takewhile(lambda word: word.kind in {"word", "name"}, behind)
        nouns = tuple(_own_terms(word) for word in head if word.kind == "word")
        return _Role(person, nouns, terms, its, frozenset(owners))

    def _read(self, typed: Sequence[Token]) -> list[Word]:
        """A role as a question for it would be read."""
        return [self._known_kin(word) for word in read(typed, self._lexicon)]


def _own_terms(word: Word) -> tuple[str, ...]:
    """A word's terms, and of one that the base does not use itself: no agency is an inspector,
    though what is related to both may be the same."""
    return (word.stem,) if word.kin else word.terms
