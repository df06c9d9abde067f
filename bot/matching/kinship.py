"""Reads words that a base does not use as kindred words that it does."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.matching.lexicon import Lexicon
from bot.matching.reading import Word
from bot.matching.remembering import remember

REMEMBERED = 1024  # words lately met
NEAREST = 10  # of what is related to a word that are looked at
MOST_KIN = 4  # terms that one word is read as


class Kinship:
    """Looks unknown words up among what the language says is related."""

    def __init__(self, lexicon: Lexicon, terms: Collection[str]) -> None:
        self._lexicon = lexicon
        self._terms = terms
        # Words lately met, and what they are read as.
        self._met: dict[str, tuple[str, ...]] = lexicon.remembered.dictionary()

    def of_sentence(self, words: Sequence[Word]) -> list[Word]:
        """A sentence's words, each with its kin; but what another word of it says itself is said
        once: in 'write a poem', where the base only writes letters, 'poem' is no second 'write'."""
        known = [self.known_kin(word) for word in words]
        if not any(word.kin for word in known):
            return known
        said = {term for word in known if not word.kin for term in word.terms}
        return [
            word if new.kin and said.issuperset(new.terms) else new
            for word, new in zip(words, known, strict=True)
        ]

    def known_kin(self, word: Word) -> Word:
        """The word with the terms of its kin that the base uses; the word itself if it has none."""
        if word.kind != "word" or not word.text.isalpha() or word.capital:
            return word  # 'Hamlet' is no village
        if any(term in self._terms for term in word.terms):
            return word
        found = self._met.get(word.text)
        if found is None:
            found = remember(self._met, word.text, self._kin(word.text), REMEMBERED)
        return word._replace(terms=found, kin=True) if found else word

    def _kin(self, text: str) -> tuple[str, ...]:
        """The base's terms that are nearest to a word. No name stands for another."""
        names = self._lexicon.language.lists.names
        if text in names:
            return ()
        found: dict[str, None] = {}
        for stem in self._lexicon.related(text)[1 : 1 + NEAREST]:
            group = self._lexicon.groups.at([stem], 0)
            for term in group.terms if group else (stem,):
                if term in self._terms and stem not in names:
                    found[term] = None
        return tuple(found)[:MOST_KIN]
