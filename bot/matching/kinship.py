"""Reads words that a base does not use as kindred words that it does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from bot.matching.lexicon import Lexicon
from bot.matching.reading import Word
from bot.matching.remembering import remember

SHORT = 3  # letters of a stem that is looked for whole: a longer one may lack its last ('happi')
ENDING = 2  # letters at most that a base form has beyond its stem
REMEMBERED = 1024  # words lately met
MOST_KIN = 4  # terms that one word is read as


class Kinship:
    """Looks unknown words up in the language's thesaurus, under the word and its base form."""

    def __init__(self, lexicon: Lexicon, terms: Collection[str]) -> None:
        self._lexicon = lexicon
        self._terms = terms
        self._by_stem: Callable[[str], str] = lexicon.stem
        self._met: dict[str, tuple[str, ...]] = {}  # words lately met, and their kin

    def known_kin(self, word: Word) -> Word:
        """The word with the terms of its kin that the base uses; the word itself if it has none."""
        if word.kind != "word" or not word.text.isalpha() or word.capital:
            return word  # 'Hamlet' is no village
        if any(term in self._terms for term in word.terms):
            return word
        found: dict[str, None] = {}
        for kin in self._kin(word.text):
            group = self._lexicon.groups.at([self._by_stem(kin)], 0)
            for term in group.terms if group else (self._by_stem(kin),):
                if term in self._terms:
                    found[term] = None
        if not found:
            return word
        return word._replace(terms=tuple(found)[:MOST_KIN], kin=True)

    def _kin(self, text: str) -> Iterable[str]:
        """What stands in the thesaurus under a word, or else under those with the same stem."""
        known = self._met.get(text)
        if known is None:
            thesaurus, stem = self._lexicon.language.lists.thesaurus, self._by_stem(text)
            known = thesaurus.kin(text) or tuple(
                kin
                for head in thesaurus.beginning(stem[:-1] if len(stem) > SHORT else stem)
                if len(head) <= len(stem) + ENDING and self._by_stem(head) == stem
                for kin in (head, *thesaurus.kin(head))
            )
            remember(self._met, text, known, REMEMBERED)
        return known
