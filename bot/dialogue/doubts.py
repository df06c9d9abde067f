"""Doubts of what was told: 'I thought it was four', 'well, I read that it was seven'."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.conversation import Conversation
from bot.dialogue.telling import Teller, Turn
from bot.matching.language import runs_at, runs_by_first_word
from bot.matching.lexicon import Lexicon, rewrite
from bot.matching.question import Question
from bot.matching.reading import Word
from bot.matching.text import Token


def behind_doubt(words: Sequence[Token], lexicon: Lexicon) -> Sequence[Token] | None:
    """What somebody thought or heard, behind 'I thought' or 'well, I read'; None: they do not open
    so."""
    language = lexicon.language
    runs = runs_by_first_word(language.doubting)
    said = rewrite(words, lexicon)
    texts = [word.text for word in said]
    at = next((at for at, text in enumerate(texts) if text not in language.padding), 0)
    opening = next(runs_at(runs, texts, at), None) if texts else None
    return None if opening is None else said[at + len(opening) :]


class Doubts:
    """Holds what somebody thought or heard against what was told last."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._base = teller.base
        self._matcher = teller.matcher

    def kind(self, words: Sequence[Token], turn: Turn, before: Conversation) -> str | None:
        """What a doubt of what was told last asks of it: to be told once more, as what was
        thought, as what it does not hold, or as what something else does; None: it is no doubt of
        that. `turn`: what comes of the words by themselves."""
        behind = behind_doubt(words, self._matcher.lexicon) if before.facts else None
        if behind is None:
            return None
        claim = self._matcher.readings(behind)[0]
        if not self._is_of_last_answer(claim, turn, before):
            return None
        if self._is_told(claim, before):
            return "confirm"
        return "elsewhere" if self._is_told_elsewhere(claim, before) else "doubt"

    def _is_of_last_answer(self, claim: Question, turn: Turn, before: Conversation) -> bool:
        """Whether a claim holds nothing against what was told but a figure, or a day where that
        tells one, or what it tells anyway; 'I heard they left' is another claim, and so is a
        denial. `turn`: what comes of it by itself, which goes before all but a figure alone."""
        telling = claim.telling
        if not telling:
            return not claim.negated  # 'I thought so'
        figure = all(word.kind == "figure" for word in telling)
        if figure and not any(word.kind == "figure" for word in self._words_told(before)):
            return False
        if self._teller.settles(turn[0]) and not figure:
            return False
        language = self._matcher.lexicon.language
        tells_day = any(map(self._matcher.tells_day, before.facts))
        return not claim.negated and all(
            word.kind == "figure"
            or (tells_day and word.text in language.calendar | language.time_words)
            or any(self._matcher.holds(fact, word) for fact in before.facts)
            for word in telling
        )

    def _is_told(self, claim: Question, before: Conversation) -> bool:
        """Whether what was told last has all figures and days of a claim in its own words; or all
        words that say something, of a claim without any."""
        calendar = self._matcher.lexicon.language.calendar
        said = [w for w in claim.words if w.kind == "figure" or w.text in calendar]
        said = said or list(claim.telling)
        told = self._words_told(before)
        held = {w.text for w in told}.union(*[w.terms for w in told])
        return all(w.text in held or not held.isdisjoint(w.terms) for w in said)

    def _is_told_elsewhere(self, claim: Question, before: Conversation) -> bool:
        """Whether another fact than was told last has a figure of a claim."""
        others = [fact.id for fact in self._base.facts if fact.id not in before.facts]
        return any(self._matcher.holds(one, word) for word in claim.figures for one in others)

    def _words_told(self, before: Conversation) -> list[Word]:
        """The words of the answers that were told last."""
        return [word for fact_id in before.facts for word in self._matcher.words_told(fact_id)]
