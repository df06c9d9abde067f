"""The matcher: a base and a language in, and for each question its candidates and a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.facts.model import Base
from bot.matching.decide import Candidate, Decision, Thresholds, decide
from bot.matching.gates import verdicts
from bot.matching.index import Index, build_index
from bot.matching.language import Language, WordLists
from bot.matching.lexicon import Lexicon, build_lexicon
from bot.matching.mending import Mender
from bot.matching.question import Question, understand
from bot.matching.rank import Evidence, Strangeness, Weighed, rank, weigh
from bot.matching.reading import Word, read
from bot.matching.text import LINK, Token, tokens

EVERYDAY, UNCOMMON, STRANGE = 0.5, 0.7, 1.0  # what a word weighs that the base does not know


@dataclass(frozen=True, slots=True)
class Match:
    """What came of one question."""

    question: Question
    candidates: tuple[Candidate, ...]
    decision: Decision


class Matcher:
    """Immutable once built: a question changes nothing, the same question gives the same match."""

    def __init__(
        self, base: Base, language: Language, thresholds: Thresholds | None = None
    ) -> None:
        self.thresholds = thresholds or Thresholds()
        self.lexicon: Lexicon = build_lexicon(base, language)
        self.index: Index = build_index(base, self.lexicon)
        self.mender = Mender(self.lexicon, _base_words(base))

    def match(self, sentence: Sequence[Token]) -> Match:
        """The best of the ways to read a sentence. Deterministic, no I/O."""
        matches = [self.match_question(question) for question in self.readings(sentence)]
        return max(matches, key=lambda m: m.candidates[0].confidence if m.candidates else 0.0)

    def readings(self, sentence: Sequence[Token]) -> list[Question]:
        """What a sentence may ask, its spelling mended: one question for each way to mend it."""
        return [
            understand(read(mended, self.lexicon), self.lexicon.language)
            for mended, _ in self.mender.readings(sentence)
        ]

    def weighed(self, question: Question) -> tuple[Weighed, ...]:
        """The question's words that count, with what each weighs."""
        return weigh(question, self.index, self._strangeness)

    def match_question(self, question: Question) -> Match:
        candidates = [
            self._candidate(question, evidence)
            for evidence in rank(self.weighed(question), self.index)
        ]
        candidates.sort(key=lambda c: (-c.confidence, c.id))
        decision = decide(candidates, self.index, self.thresholds)
        return Match(question, tuple(candidates), decision)

    def decide_again(self, match: Match, candidates: Iterable[Candidate]) -> Match:
        """The match with candidates whose confidence was changed from outside."""
        ordered = tuple(sorted(candidates, key=lambda c: (-c.confidence, c.id)))
        return Match(match.question, ordered, decide(ordered, self.index, self.thresholds))

    def _candidate(self, question: Question, evidence: Evidence) -> Candidate:
        item = self.index.items[evidence.item]
        found = verdicts(question, evidence, self.index, self.lexicon)
        confidence = evidence.score
        for verdict in found:
            confidence *= verdict.factor
        phrasing = self.index.phrases[evidence.phrase].text
        return Candidate(item.id, item.is_fact, round(confidence, 3), evidence, found, phrasing)

    def _strangeness(self, word: Word) -> Strangeness:
        """What an unknown word weighs: little if it is everyday, most if it may be a name."""
        lists = self.lexicon.language.lists
        if word.text == LINK:
            return EVERYDAY, False
        if word.kind != "word":
            return STRANGE, False
        if WordLists.has(lists.common, word.text):
            return (STRANGE, True) if word.capital else (EVERYDAY, False)
        if WordLists.has(lists.known, word.text):
            return (STRANGE, True) if word.capital else (UNCOMMON, False)
        return STRANGE, True


def _base_words(base: Base) -> Iterable[str]:
    """Every word that the base uses."""
    for fact in base.facts:
        yield from _words((*fact.questions, fact.answer, *(quote.text for quote in fact.quotes)))
    for entry in base.unanswered:
        yield from _words((*entry.questions, entry.answer))
    yield from _words((base.event.title, base.event.summary, base.event.note))
    yield from _words(word for group in base.synonyms for word in group)


def _words(texts: Iterable[str]) -> Iterable[str]:
    return (token.text for text in texts for token in tokens(text))
