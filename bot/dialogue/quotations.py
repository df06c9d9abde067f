"""Words of the source that a message asks about: "who called it 'a farce'?"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.sureness import CERTAIN
from bot.facts.model import Base, Fact
from bot.matching.engine import Matcher
from bot.matching.kinds import NOTHING, WHETHER, WHO
from bot.matching.quoted import Sayings, spoken_in
from bot.matching.text import Sentence, tokens

WHOSE = frozenset({"who", WHETHER, NOTHING})  # what a question for whose words these are asks
LEAST_SAID = 3  # words of 'who said sledgehammer'
SAYING = 1  # word of it that tells more, such as 'said'


class Quotations:
    """Finds the fact that has the words which a message asks about."""

    def __init__(self, base: Base, matcher: Matcher) -> None:
        self._matcher = matcher
        self._language = matcher.lexicon.language
        self._sayings = Sayings(base, self._language.function_words)

    def of_message(self, message: str, said: Sequence[Sentence]) -> Fact | None:
        """The fact that has what a message quotes from the source, if that asks no more than whose
        words these are; or the word that it asks who used."""
        words, rest = spoken_in(message)
        if not words:
            return self._said_word(said[0]) if len(said) == 1 else None
        told = self._sayings.facts_with(words)
        if not told:
            return None
        reading = self._matcher.readings(tokens(rest))[0]
        telling = [word for word in reading.telling if word.kind != "name"]
        asks_whose = reading.asked in WHOSE and len(telling) <= SAYING
        return told[0] if asks_whose else None

    def _said_word(self, sentence: Sentence) -> Fact | None:
        """The fact in whose quotes alone stands what 'who used the word sledgehammer?' asks about;
        None: it asks something else, or is surely answered anyway."""
        texts = [word.text for word in sentence.tokens]
        if texts[:1] != [WHO] or len(texts) < LEAST_SAID or texts[1] not in self._language.uttering:
            return None
        if not self._language.negations.isdisjoint(texts):
            return None  # 'who said nobody came'
        small = self._language.function_words | self._language.quoting
        words = [text for text in texts[2:] if text not in small]
        fact = self._sayings.fact_saying(" ".join(words)) if words else None
        sure = fact is not None and self._matcher.match(sentence.tokens).confidence >= CERTAIN
        return None if sure else fact
