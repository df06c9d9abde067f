"""Reads words that a base does not use as kindred words that it does."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.matching.lexicon import Lexicon
from bot.matching.reading import Word

MOST_KIN = 4  # terms that one word is read as


class Kinship:
    """Looks unknown words up in the language's thesaurus, under the word and its base form."""

    def __init__(self, lexicon: Lexicon, terms: Collection[str]) -> None:
        self._lexicon = lexicon
        self._terms = terms
        self._by_stem: Callable[[str], str] = lexicon.stem

    def known_kin(self, word: Word) -> Word:
        """The word with the terms of its kin that the base uses; the word itself if it has none."""
        if word.kind != "word" or not word.text.isalpha() or word.capital:
            return word  # 'Hamlet' is no village
        if any(term in self._terms for term in word.terms):
            return word
        found: dict[str, None] = {}
        for kin in self._lexicon.language.lists.thesaurus.kin(word.text):
            group = self._lexicon.groups.at([self._by_stem(kin)], 0)
            for term in group.terms if group else (self._by_stem(kin),):
                if term in self._terms:
                    found[term] = None
        if not found:
            return word
        return replace(word, terms=tuple(found)[:MOST_KIN], kin=True)
