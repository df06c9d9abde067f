"""Greetings, thanks, farewells, help, and who the bot is: what of a message asks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.phrasebook import Phrasebook
from bot.facts.model import Fact
from bot.matching.engine import Matcher
from bot.matching.language import Language
from bot.matching.text import Sentence, Token

MOST_CHAINED = 3  # set phrases before the last one
FILLED = 2  # words that a set phrase may carry behind it ('thank you, dear')
SURE = 0.9  # confidence of a fact that is meant by what is small talk as a rule
GREETED_SURE = 0.75  # the same, by a question that a greeting is part of
SOURCES = "sources"
OPENERS = frozenset({"thanks", "remark", "greeting", "never_mind"})


class Chat:
    """Tells small talk from questions. Where the base has facts about such ('are you a bot?'), it
    knows better what to say."""

    def __init__(self, language: Language, matcher: Matcher) -> None:
        self._matcher = matcher
        self._phrases = Phrasebook(language.chat, matcher.lexicon)
        self._of_the_base = frozenset(
            kind
            for kind, phrases in language.chat.items()
            if any(
                isinstance(entry := matcher.entry_asked(phrase), Fact)
                or (kind == SOURCES and entry is not None)
                for phrase in phrases
            )
        )
        self._asking_nothing = OPENERS - self._of_the_base

    def kind(self, words: Sequence[Token]) -> str | None:
        """The kind of small talk that a set phrase is; None: it is none, or a question."""
        kind = self._phrases.kind(words)
        return kind if kind and self._is_meant(words, kind) else None

    def small_talk(self, sentence: Sentence) -> str | None:
        """The kind of small talk that a whole sentence is; None: it is a question."""
        words = sentence.tokens
        if kind := self._chain(words):
            return kind
        if kind := self._phrases.kind(words):
            return kind if self._is_meant(words, kind) else None
        opening = self._phrases.opening(words, OPENERS)
        if opening is None or sentence.asks or len(words) > opening[1] + FILLED:
            return None
        kind, length = opening
        if kind in self._of_the_base and self._is_sure(words, 0.0):
            return None
        rest = self._matcher.match(words[length:])
        asks = rest.decision.verb == "answer" or rest.question.names  # 'ok, Lavrov then'
        return None if asks else kind

    def _chain(self, words: Sequence[Token]) -> str | None:
        """The kind of the last of a few set phrases, one behind the other: 'ok it makes sense
        thanks'; None: there is more than padding between them."""
        chained = False
        for _ in range(MOST_CHAINED):
            opening = self._phrases.opening(words, self._asking_nothing)
            if opening is None and chained:
                words = self._phrases.without_padding(words)
                opening = self._phrases.opening(words, self._asking_nothing)
            if opening is None:
                return None
            words, chained = words[opening[1] :], True
            if kind := self.kind(words):
                return kind
        return None

    def without_greeting(self, words: Sequence[Token]) -> Sequence[Token]:
        """What is asked behind a greeting; all of it, where that is part of the question."""
        opening = self._phrases.opening(words, OPENERS)
        if opening is None or len(words) <= opening[1] + 1 or opening[0] in self._of_the_base:
            return words
        return words if self._is_sure(words, GREETED_SURE) else words[opening[1] :]

    def _is_meant(self, words: Sequence[Token], kind: str) -> bool:
        """Whether a set phrase is small talk, as it is as a rule: 'help' alone asks for help, even
        if some fact tells of help, too."""
        if kind in self._of_the_base:
            return not self._is_sure(words, 0.0)
        if kind == SOURCES or kind in OPENERS:
            return True  # 'who wrote this article' is of no letter, 'thank you' of no gratitude
        return len(words) == 1 or not self._is_sure(words, SURE)

    def _is_sure(self, words: Sequence[Token], least: float) -> bool:
        """Whether an entry of the base is meant beyond what small talk may be by chance."""
        match = self._matcher.match(words)
        known = match.decision.verb == "answer" or match.is_not_said
        return known and match.surety >= least
