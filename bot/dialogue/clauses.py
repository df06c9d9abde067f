"""What a part of a long sentence asks, where the whole of it is not understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.dialogue.mentions import mentions
from bot.dialogue.references import means_a_person
from bot.dialogue.splitting import clauses, opens_as_question, requested
from bot.dialogue.sureness import SURE
from bot.dialogue.telling import Asked, Teller, Turn
from bot.matching.engine import Match
from bot.matching.text import Sentence, Token

REQUEST_SURE = 0.5  # confidence of a part that is said to be the question: 'I need to know ...'


class Clause(NamedTuple):
    """A part of a sentence, what it matches, and whether that is enough without the rest."""

    words: tuple[Token, ...]
    match: Match
    is_sure: bool


class Clauses:
    """Asks each part of a sentence that may be its question."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon

    def turn(self, sentence: Sentence, *, or_offer: bool = False) -> Turn | None:
        """The answer to the part of a long sentence that is answered best, if any is; `or_offer`:
        else what is offered for the part that is understood best."""
        every = self._matched(sentence)
        found = [one for one in every if one.match.decision.verb == "answer" and one.is_sure]
        if not found and or_offer:
            least = self._matcher.thresholds.suggest
            offers = [one for one in every if one.match.decision.verb == "suggest"]
            found = [one for one in offers if one.match.confidence >= least]
        best = max(found, key=lambda one: one.match.confidence, default=None)
        return self._teller.outcome(best.match, Asked(sentence.text, best.words)) if best else None

    def _matched(self, sentence: Sentence) -> list[Clause]:
        """The parts of a sentence that may be its question, with what they match."""
        parts = dict.fromkeys(clauses(sentence, self._lexicon.language), SURE)
        parts |= dict.fromkeys(requested(sentence, self._lexicon.language), REQUEST_SURE)
        found = []
        for (words, head), sure in parts.items():
            if means_a_person(words, self._lexicon) or self._asks_itself(head):
                continue  # whom it means is in another part
            match = self._matcher.match_clause(words)
            if match is not None:
                found.append(Clause(words, match, is_sure=match.confidence >= sure))
        return found

    def _asks_itself(self, words: Sequence[Token]) -> bool:
        """Whether words open a question about somebody, or what somebody did: 'what did Lavrov say'
        about how many died is not how many died, nor 'what was he doing' when it fell when it
        did."""
        language, mender = self._lexicon.language, self._matcher.mender
        if not opens_as_question(words, language):
            return False
        texts = [word.text for word in words]
        strange = [t for t in texts if mender.is_strange_name(t) and not mender.is_known(t)]
        if strange or mentions(words, self._lexicon):
            return True
        asks = texts[0] in language.question_words and texts[1] in language.whether
        return asks and bool(self._matcher.readings(words)[0].telling)
