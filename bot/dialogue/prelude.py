"""What a message says before its question: 'I served in Takhar. What happened there?'"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.conversation import Conversation
from bot.dialogue.doubts import behind_doubt
from bot.dialogue.mentions import named_in
from bot.dialogue.one_question import OneQuestion
from bot.dialogue.phrasebook import Phrasebook
from bot.dialogue.rewriting import elliptic, stands_alone, written
from bot.dialogue.set_phrases import CONFIRMING, SURE_OF_IT
from bot.dialogue.splitting import opens_as_question
from bot.dialogue.sureness import SURE
from bot.dialogue.telling import Teller
from bot.matching.lexicon import Lexicon
from bot.matching.text import Sentence, Token


class Prelude:
    """Finds what the first question of a message is about in what stands before it."""

    def __init__(self, teller: Teller, single: OneQuestion, followups: Phrasebook) -> None:
        self._teller = teller
        self._matcher = teller.matcher
        self._language = teller.matcher.lexicon.language
        self._single = single
        self._followups = followups

    def told_before(
        self, meant: Sequence[Sentence], asking: Sentence, before: Conversation
    ) -> Conversation | None:
        """The conversation as if the sentence before the first question (`asking`) had been asked
        for, where that question leans; None: it does not, or nothing is said that is known."""
        at = meant.index(asking) if asking in meant else 0
        if at == 0 or not self._leans(asking.tokens):
            return None
        said = meant[at - 1]
        part, state = self._single.turn(said.tokens, said.text, before)
        if part.outcome == "answer" and part.confidence >= SURE:
            return state.following(before)._replace(shown=before.shown)
        named = named_in(said.tokens, self._matcher.lexicon)
        return back_to(said.tokens, before, self._matcher.lexicon) if named else None

    def _leans(self, words: Sequence[Token]) -> bool:
        """Whether a question does not say all that it is about: 'what happened there?', 'does
        Russia say the same?'"""
        if any(word.text in self._language.there for word in words):
            return True
        lexicon = self._matcher.lexicon
        if not stands_alone(words, lexicon) or elliptic(words, lexicon):
            return True
        return self._teller.who.asked_to_agree(self._matcher.match(words)) is not None

    def without_confirming(self, meant: list[Sentence]) -> list[Sentence]:
        """The sentences without 'are you sure?' where the next tells what is doubted: 'I read it
        was seven'."""
        if len(meant) == 1 or self._followups.kind(meant[0].tokens) not in CONFIRMING:
            return meant
        return meant[1:] if self._doubts(meant[1].tokens) else meant

    def without_objection(
        self, words: Sequence[Token], sentence: Sentence, before: Conversation
    ) -> Sequence[Token]:
        """What somebody holds against what was told: 'you're wrong, it was four', 'that's too low,
        I read nine'; all of the sentence's words, where it does not begin so."""
        at = sentence.pauses[0] if sentence.pauses and words == sentence.tokens else 0
        if not 0 < at < len(words) or opens_as_question(words[:at], self._language):
            return words  # 'how long was it, I thought it was nine?'
        if before.facts and self._doubts(words[at:]):
            return words[at:]
        objects = self._followups.kind(words[:at]) in CONFIRMING - {SURE_OF_IT}
        return words[at:] if objects else words

    def _doubts(self, words: Sequence[Token]) -> bool:
        """Whether they open with 'I read', 'I thought', and go on; 'isn't it' is a mere tag."""
        return bool(behind_doubt(words, self._matcher.lexicon))


def back_to(topic: Sequence[Token], before: Conversation, lexicon: Lexicon) -> Conversation:
    """The conversation as if a topic had just been asked for, and not told of."""
    named = named_in(topic, lexicon)
    return Conversation(named=named, question=written(topic), earlier=before.earlier)
