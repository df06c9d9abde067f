"""Greetings, thanks, farewells, help, and who the bot is: recognised before any matching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.matching.lexicon import Lexicon, rewrite
from bot.matching.text import Token, tokens

FILLED = 2  # words that a set phrase may carry behind it ('thank you, dear')


class Phrasebook:
    """Set phrases by kind, compared word for word: no likeness, so that no question is lost."""

    def __init__(self, phrases: Mapping[str, Sequence[str]], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._kinds = {
            self._key(tokens(phrase)): kind for kind, texts in phrases.items() for phrase in texts
        }

    def kind(self, sentence: Sequence[Token]) -> str | None:
        """The kind of set phrase that a sentence is; None: it is none."""
        key = self._key(sentence)
        return self._kinds.get(key) or self._kinds.get(self._trimmed(key))

    def opening(self, sentence: Sequence[Token], kinds: frozenset[str]) -> tuple[str, int] | None:
        """The set phrase of one of these kinds that opens a sentence, and its length."""
        texts = [token.text for token in sentence]
        for length in (3, 2, 1):
            if len(texts) > length:
                kind = self._kinds.get(self._key(sentence[:length]))
                if kind in kinds:
                    return kind, length
        return None

    def _key(self, sentence: Sequence[Token]) -> tuple[str, ...]:
        return tuple(token.text for token in rewrite(sentence, self._lexicon))

    def _trimmed(self, key: tuple[str, ...]) -> tuple[str, ...]:
        padding = self._lexicon.language.padding
        return tuple(word for word in key if word not in padding)


class Phrases:
    """Runs of words to be found inside a sentence."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._runs = [tuple(phrase.split()) for phrase in phrases]

    def found(self, words: Sequence[str]) -> bool:
        """Whether any of the runs stands in the words."""
        return any(
            tuple(words[at : at + len(run)]) == run
            for run in self._runs
            for at in range(len(words) - len(run) + 1)
        )
