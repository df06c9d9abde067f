"""Whose something is: 'the US ambassador' is not 'the Afghan ambassador'.

A name right before a noun says whose it is, as does one behind it with 'of' between. A fact in
which a noun is always somebody's is no answer about somebody else's, though both names may be
everywhere in the base.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from itertools import takewhile
from typing import NamedTuple

from bot.matching.language import Language
from bot.matching.lexicon import Lexicon
from bot.matching.reading import Word, may_be_noun
from bot.matching.text import Token

REACH = 3  # nouns behind a name that may be its own: 'the US special representative'
FORMER_REACH = 3  # words at most behind 'former' that say what somebody was


class Belonging(NamedTuple):
    """Terms of a noun, and of the name of whose it is: alternatives, both."""

    nouns: tuple[str, ...]
    owners: tuple[str, ...]
    noun: str  # as it stands there
    owner: str

    def is_like(self, other: Belonging) -> bool:
        """Whether both say that the same thing is the same one's."""
        return not set(self.nouns).isdisjoint(other.nouns) and not set(self.owners).isdisjoint(
            other.owners
        )


def belongings(
    words: Sequence[Word], language: Language, verbs: Collection[str]
) -> tuple[Belonging, ...]:
    """Whose the nouns of a sentence are, where it says so."""
    found = []
    for at, word in enumerate(words):
        if word.kind != "name":
            continue
        for noun in words[at + 1 : at + 1 + REACH]:
            if noun.kind != "name" and not _may_be_noun(noun, language, verbs):
                break
            found.append(_belonging(noun, word))
            if noun.kind == "name":  # 'the US ambassador to Russia', where that names somebody
                break
        before = at - 1
        while before > 0 and words[before].text in language.articles:
            before -= 1
        if (
            before > 0
            and words[before].text in language.owner_markers
            and _may_be_noun(words[before - 1], language, verbs)
        ):
            found.append(_belonging(words[before - 1], word))
    return tuple(found)


def offices(words: Sequence[Word], language: Language) -> tuple[Belonging, ...]:
    """Whose somebody is whom a role names: 'the foreign minister of Peru', where the base has a
    foreign minister."""
    found = []
    for at, word in enumerate(words[:-2]):
        if word.kind != "name" or words[at + 1].text not in language.owner_markers:
            continue
        behind = next((w for w in words[at + 2 :] if w.text not in language.articles), None)
        if behind is not None and behind.kind == "name":
            found.append(_belonging(word, behind))
    return tuple(found)


def post(role: Sequence[Token], lexicon: Lexicon) -> Belonging | None:
    """What somebody is, and whose: "Peru's president" and 'the president of Peru' are its
    president; None: it does not say whose."""
    language = lexicon.language
    small = language.function_words - language.articles
    head = list(takewhile(lambda token: token.text not in small, role))
    behind = role[len(head) :]
    names = _names(head[:-1], lexicon)
    if behind and behind[0].text in language.owner_markers:
        names |= _names(list(takewhile(lambda token: token.text not in small, behind[1:])), lexicon)
    if not head or not names:
        return None
    noun = head[-1].text
    return Belonging((lexicon.stem(noun),), tuple(sorted(names)), noun, "")


def are_over(posts: Set[str], told: Iterable[Sequence[Word]], language: Language) -> bool:
    """Whether texts have a post, by its terms, and only as what somebody was: 'a former mayor'."""
    found = [
        not language.former.isdisjoint(w.text for w in words[max(0, at - FORMER_REACH) : at])
        for words in told
        for at, word in enumerate(words)
        if not posts.isdisjoint((word.stem, *word.terms))
    ]
    return bool(found) and all(found)


def _names(words: Sequence[Token], lexicon: Lexicon) -> set[str]:
    """The terms of what is named anywhere in some words."""
    texts = [word.text for word in words]
    found = (lexicon.names.at(texts, at) for at in range(len(texts)))
    return {term for name in found if name for term in name.terms}


def _may_be_noun(word: Word, language: Language, verbs: Collection[str]) -> bool:
    """Whether a word may be a noun; 'president' is one, though its stem is that of 'presided'."""
    never_verb = word.stem not in verbs or word.text in language.posts
    return may_be_noun(word) and never_verb


def _belonging(noun: Word, owner: Word) -> Belonging:
    return Belonging(noun.terms, owner.terms, noun.text, owner.text)


def owned(told: Iterable[Belonging]) -> tuple[str, ...]:
    """The terms of the nouns that are said to be somebody's: few, and seldom asked for, so that a
    set of them would be a waste of memory."""
    return tuple(sorted({noun for one in told for noun in one.nouns}))


def somebody_elses(
    asked: Iterable[Belonging], known: Collection[str], held: Collection[str]
) -> Belonging | None:
    """What the question says is somebody's whom the fact does not name, where the fact has it as
    somebody's; `known` are its nouns that are, `held` all its names."""
    for one in asked:
        if not any(owner in held for owner in one.owners) and any(n in known for n in one.nouns):
            return one
    return None
