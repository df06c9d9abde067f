"""Statements that a tag makes questions: 'it was on a Monday, right?' asks whether it was."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.language import (
    Language,
    run_at_end,
    runs_at,
    runs_by_first_word,
    runs_by_last_word,
)
from bot.matching.roles import is_past
from bot.matching.text import Token

LEAST = 2  # words of a statement
REACH = 2  # words at least before a figure that is stated: 'the vote was 20', and no '20 dead'


class Tags:
    """A language's tags, by their last words."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._asked_with = tuple(Token(word, word) for word in language.asserting.split())
        self._by_end = runs_by_last_word(language.tags)
        asserted = set(language.doubting).intersection(language.indirect)
        self._openings = runs_by_first_word(tuple(sorted(asserted)))

    def as_asked(self, sentence: Sequence[Token]) -> Sequence[Token]:
        """The sentence itself, or without its tag and asked outright; a question that asks whether
        loses only the other half of it: 'or not'."""
        if len(sentence) <= LEAST:
            return sentence
        texts = [token.text for token in sentence]
        if self._reminds(texts):
            return sentence[:-1]
        if (behind := self._behind_opening(texts)) and self._asserts(texts[behind:]):
            return (*self._asked_with, *sentence[behind:])
        end = self._end(texts)
        if end == len(texts) and self._claims_figure(texts):
            return (*self._asked_with, *sentence)
        if end < LEAST or end == len(texts):
            return sentence
        if self._states(texts[:end]):
            return (*self._asked_with, *sentence[:end])
        language = self._language
        halved = texts[0] in language.whether and texts[end] in language.alternatives
        return sentence[:end] if halved else sentence

    def _behind_opening(self, texts: Sequence[str]) -> int:
        """Where begins what somebody thinks or heard: 'I think that it was four'; 0: nowhere."""
        run = next(runs_at(self._openings, texts, 0), ())
        behind = len(run) + (not self._language.pointing.isdisjoint(texts[len(run) : len(run) + 1]))
        return behind if run and len(texts) - behind > LEAST else 0

    def _reminds(self, texts: Sequence[str]) -> bool:
        """Whether it asks once more: 'who was he again', and not 'when will they meet again'."""
        language = self._language
        if texts[-1] not in language.reminders:
            return False
        opening = [*language.written_out(texts[0]), texts[1]]
        return opening[0] in language.question_words and opening[1] in language.be_forms

    def _end(self, texts: Sequence[str]) -> int:
        """Where the tag begins: 'right', 'is it', 'did n't they'. Behind the last word: nowhere."""
        if run := run_at_end(self._by_end, texts):
            return len(texts) - len(run)
        language = self._language
        if texts[-1] in language.tag_pronouns:
            at = len(texts) - (3 if texts[-2] in language.negations else 2)
            if texts[at] in language.whether:
                return at
        return len(texts)

    def _claims_figure(self, texts: Sequence[str]) -> bool:
        """Whether they state a figure, which may be wrong: 'the vote was 20 to 14', 'they sent
        nine'; and no 'tell me of the two', nor 'positions of both'."""
        language = self._language
        figures = (n for n, t in enumerate(texts) if t.isdecimal() or t in language.numbers)
        at = next(figures, 0)
        if at < REACH:
            return False  # nearly all questions, at once
        doing = language.be_forms | language.shareable
        does = any(text in doing or is_past(text, language) for text in texts[1:at])
        return does and texts[0] not in language.fillers and self._asserts(texts)

    def _asserts(self, texts: Sequence[str]) -> bool:
        """Whether they tell something, and not of those who talk: 'you should tell me more'."""
        return self._language.askers.isdisjoint(texts) and self._states(texts)

    def _states(self, texts: Sequence[str]) -> bool:
        """Whether words tell something; 'who' may stand among them, but ask nothing at the head."""
        language = self._language
        asking = [at for at, text in enumerate(texts) if text in language.question_words]
        return texts[0] not in language.whether and all(
            at > 0 and texts[at] in language.relatives for at in asking
        )
