"""Which one: questions that ask for something's name, and whether an answer tells it.

'Which hospital was she taken to' is no question for an answer that says 'in hospital': where the
thing itself is told of, its name must stand beside it; where it is not, some name must be told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from bot.matching.counting import PLURAL
from bot.matching.kinds import WHO
from bot.matching.language import Language
from bot.matching.reading import Word, may_be_noun
from bot.matching.roles import is_past

REACH = 3  # words at most between a thing and its name


def thing_named(words: Sequence[Word], language: Language) -> Word | None:
    """The noun of the thing whose name is asked for: 'the ship's name', 'what is the ship called',
    'which ship'; None where no name is asked for."""
    texts = [word.text for word in words]
    last = texts[-1] if texts else ""
    if last in language.naming or (last in language.named and _asks_what_is(words, language)):
        return next(filter(may_be_noun, reversed(words[:-1])), None)
    if noun := _noun_of_name(words, language):
        return noun
    if language.choosing.isdisjoint(texts):
        return None
    at = next(at for at, text in enumerate(texts) if text in language.choosing)
    if words[at].kind != "asks":
        return None
    # 'Which hospital treatment' asks for no hospital, but 'which hospital runs the lab' does.
    nouns = [*takewhile(lambda word: word.terms and word.kind != "name", words[at + 1 :])]
    after = words[at + 1 + len(nouns) :][:1]
    if len(nouns) > 1 and any(w.text in language.articles or w.kind == "name" for w in after):
        nouns = nouns[:-1]
    noun = _noun_in(nouns, language)
    return noun if noun and _is_any_of(noun, language.goes_by_name) else None


def sort_asked(words: Sequence[Word], language: Language, verbs: Collection[str]) -> Word | None:
    """The noun of what is asked for: 'languages' of 'which languages did they speak', 'mean' where
    it is asked what a word means. Persons are of many a sort, and shell nouns ('to what degree') of
    none."""
    if any(word.text in language.meanings for word in words):
        return _meaning_asked(words, language)
    for at, (asking, behind) in enumerate(pairwise(words)):
        if asking.kind == "asks" and asking.text in language.choosing:
            if any(term in verbs for term in behind.terms):
                return None  # 'what happened'
            noun = _noun_in(takewhile(may_be_noun, words[at + 1 :]), language)
            if noun is None or language.is_person(noun.text):
                return None
            after = words[words.index(noun, at) + 1 :][:1]
            does = any(w.text in language.articles or w.kind == "name" for w in after)
            shell = {noun.text, noun.stem, noun.text.removesuffix(PLURAL)} & language.shell_nouns
            if does or shell:
                return None  # 'what drove the council', 'which places'
            return noun
    return None


def _meaning_asked(words: Sequence[Word], language: Language) -> Word | None:
    """'Mean' of 'what does bridgehead mean', 'meaning' of 'the meaning of the word amnesty'; None
    where it is not asked of a word: 'what did Ann mean by it', 'what do the talks mean'."""
    told = [word for word in words if word.kind != "filler"]
    at = next((n for n, word in enumerate(told) if word.text in language.meanings), len(told))
    before, behind = told[:at], told[at + 1 :]
    opens = not before or before[-1].kind == "asks"
    if before and not behind:
        of_what = [w for w in before if w.kind != "asks" and w.text not in language.whether]
    elif behind and (behind[0].text in language.owner_markers) is not opens:
        of_what = behind[not opens :]  # 'define it', 'what means it', 'the meaning of it'
    else:
        return None
    texts = {word.text for word in of_what}
    small = language.pronouns.keys() | language.askers
    if not language.terms & texts:
        small |= language.articles
    of_word = small.isdisjoint(texts) and all(word.kind != "name" for word in of_what)
    return told[at] if of_word and any(map(may_be_noun, of_what)) else None


def role_asked(words: Sequence[Word], language: Language) -> Word | None:
    """The noun of what somebody is of whom it is asked who that is: 'who is the foreign minister of
    Peru'; None: it asks otherwise."""
    at = next((n for n, word in enumerate(words) if word.kind == "asks"), len(words))
    behind = list(dropwhile(lambda word: word.text in language.be_forms, words[at + 1 :]))
    if len(behind) == len(words) - at - 1 or not behind:
        return None  # 'who opened'
    behind = list(dropwhile(lambda word: word.text in language.padding, behind)) or behind
    if behind[-1].text in language.present:  # 'who is mayor now'
        behind = behind[:-1] or behind
    if behind[0].text in language.articles:
        behind = behind[1:]
    noun = _noun_in(behind, language)
    if noun is None or not _is_any_of(noun, language.posts):
        return None
    after = behind[behind.index(noun) + 1 :]  # but 'who is the mayor that resigned'
    return noun if not after or after[0].text in language.owner_markers else None


def _noun_of_name(words: Sequence[Word], language: Language) -> Word | None:
    """The noun behind 'name of the', which is read as 'who the'."""
    for at, (asking, behind) in enumerate(pairwise(words)):
        if asking.kind == "asks" and asking.text == WHO:
            if behind.text in language.determiners:
                return _noun_in(dropwhile(_is_before_noun, words[at + 2 :]), language)
            if behind.kind == "name" and len(words) == at + 3:  # "the name of Ann's ship"
                return _noun_in(words[at + 2 :], language)
    return None


def _is_before_noun(word: Word) -> bool:
    return not word.terms or word.kind == "figure"


def _noun_in(words: Iterable[Word], language: Language) -> Word | None:
    """The last noun of those that stand side by side at the head of some words."""
    nouns = takewhile(lambda word: word.terms and not is_past(word.text, language), words)
    return next(filter(may_be_noun, reversed(list(nouns))), None)


def _is_any_of(noun: Word, nouns: Collection[str]) -> bool:
    return noun.text in nouns or noun.stem in nouns


def _asks_what_is(words: Sequence[Word], language: Language) -> bool:
    told = [word for word in words if word.kind != "filler"]
    return len(told) > 1 and told[0].kind == "asks" and told[1].text in language.be_forms


class Naming(NamedTuple):
    """What it takes to see whether a text tells a thing's name."""

    language: Language
    kind: Callable[[str], str]  # what bears a name: a person, a place, ...
    verbs: Collection[str]  # terms that are used as verbs
    days: Collection[str]  # the terms of days and months: they name nothing

    def tells_which(
        self, thing: Word, told: Iterable[Sequence[Word]], asked: Iterable[Word]
    ) -> bool:
        """Whether sentences can tell which thing it is; the names that are `asked` with are not
        what is asked for."""
        terms = set(thing.terms)
        known = {term for name in asked for term in name.terms} | set(self.days)
        is_person = _is_any_of(thing, self.language.persons)
        is_other = not is_person and _is_any_of(thing, self.language.goes_by_name)
        is_nation = _is_any_of(thing, self.language.nations)
        there = named = False
        for words in told:
            things = [at for at, word in enumerate(words) if not terms.isdisjoint(word.terms)]
            names = [
                at
                for at, word in enumerate(words)
                if _is_name(word, known) and not self._is_common(word, at)
            ]
            if is_person or is_other:
                names = [at for at in names if self._may_be(words[at], is_person, is_nation)]
            else:
                names = [at for at in names if not self._is_country(words[at])]
            there = there or bool(things)
            named = named or bool(names)
            if any(self._is_named(words, at, name) for at in things for name in names):
                return True
        return named and not there

    def _is_named(self, words: Sequence[Word], thing: int, name: int) -> bool:
        """Whether a name is that of the thing beside it: 'Emil Dask, 58, the guard', not 'the
        bakery in Pennstow', nor 'the union says that the driver'."""
        between = words[min(thing, name) + 1 : max(thing, name)]
        if sum(word.kind != "function" for word in between) >= REACH:
            return False
        if any(word.kind == "asks" or self._is_verb(word) for word in between):
            return False
        places = self.language.place_markers
        if name > thing:
            return all(word.text not in places for word in between)
        placed = name > 0 and words[name - 1].text in places
        return not placed or all(word.text not in self.language.articles for word in between)

    def _may_be(self, name: Word, person: bool, nation: bool) -> bool:
        """Whether a name may be a person's, or any other, as far as its kind is known; a country's
        is none of a hotel."""
        kinds = self._kinds(name)
        if not kinds:
            return True
        return person == ("person" in kinds) and (person or nation or kinds != {"country"})

    def _is_country(self, name: Word) -> bool:
        return self._kinds(name) == {"country"}

    def _kinds(self, name: Word) -> set[str]:
        """Of what kinds those are whom it names; none of what is no name."""
        return {self.kind(term) for term in name.terms if name.kind == "name"}

    def _is_common(self, word: Word, at: int) -> bool:
        """Whether what stands for somebody is no name: 'the council' does not tell which it is. Of
        persons it may be one: 'de Vries'."""
        if word.kind != "name" or word.capital or at == 0:
            return False
        return "person" not in self._kinds(word)

    def _is_verb(self, word: Word) -> bool:
        known = word.kind == "word" and word.stem in self.verbs
        return known and word.text not in self.language.named


def _is_name(word: Word, known: AbstractSet[str]) -> bool:
    may_be = word.kind == "name" or (word.kind == "word" and word.capital)
    return may_be and known.isdisjoint(word.terms)
