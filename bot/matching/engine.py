"""The matcher: a base and a language in, and for each question its candidates and a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.facts.model import Base
from bot.matching.decide import Candidate, Decision, Thresholds, decide
from bot.matching.drafts import read_base
from bot.matching.gates import verdicts
from bot.matching.confidence import Calibration, with_confidence
from bot.matching.head import learn, probabilities
from bot.matching.index import Index, build_index
from bot.matching.kinship import Kinship
from bot.matching.language import Language, WordLists
from bot.matching.lexicon import Lexicon, build_lexicon
from bot.matching.linear import LinearModel
from bot.matching.mending import Mender
from bot.matching.question import Question, understand
from bot.matching.rank import Evidence, Strangeness, Weighed, rank, weigh
from bot.matching.reading import Word, read
from bot.matching.text import LINK, Token

LEARNT = 0.5  # the head's part of a score, the phrasing's is the rest
CANDIDATES, HEAD_CANDIDATES = 8, 4
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
        self.calibration = Calibration()
        self.lexicon: Lexicon = build_lexicon(base, language)
        drafts = read_base(base, self.lexicon)
        self.index: Index = build_index(base, drafts)
        self.head: LinearModel = learn(drafts)
        self.kinship = Kinship(self.lexicon, self.index.weights)
        self.mender = Mender(self.lexicon, self.index.words)

    def match(self, sentence: Sequence[Token]) -> Match:
        """The best of the ways to read a sentence. Deterministic, no I/O."""
        matches = [self.match_question(question) for question in self.readings(sentence)]
        return max(matches, key=lambda m: m.candidates[0].confidence if m.candidates else 0.0)

    def readings(self, sentence: Sequence[Token]) -> list[Question]:
        """What a sentence may ask, its spelling mended: one question for each way to mend it."""
        return [
            understand(
                [self.kinship.known_kin(word) for word in read(mended, self.lexicon)],
                self.lexicon.language,
                self.index.verbs,
            )
            for mended, _ in self.mender.readings(sentence)
        ]

    def weighed(self, question: Question) -> tuple[Weighed, ...]:
        """The question's words that count, with what each weighs."""
        return weigh(question, self.index, self._strangeness)

    def match_question(self, question: Question) -> Match:
        learnt = probabilities(self.head, question)
        likely = sorted(range(len(learnt)), key=lambda item: (-learnt[item], item))[:HEAD_CANDIDATES]
        ranked = rank(self.weighed(question), self.index, likely)
        scored = [self._scored(question, evidence, learnt) for evidence in ranked]
        scored.sort(key=lambda c: (-c.score, c.id))
        candidates = with_confidence(scored[:CANDIDATES], self.index, self.calibration)
        decision = decide(candidates, self.index, self.thresholds)
        return Match(question, candidates, decision)

    def decide_again(self, match: Match, candidates: Iterable[Candidate]) -> Match:
        """The match with candidates whose confidence was changed from outside."""
        ordered = tuple(sorted(candidates, key=lambda c: (-c.confidence, c.id)))
        return Match(match.question, ordered, decide(ordered, self.index, self.thresholds))

    def _scored(
        self, question: Question, evidence: Evidence, learnt: Sequence[float]
    ) -> Candidate:
        item = self.index.items[evidence.item]
        found = verdicts(question, evidence, self.index, self.lexicon)
        share = learnt[evidence.item]
        score = (1 - LEARNT) * evidence.score + LEARNT * share
        for verdict in found:
            score *= verdict.factor
        return Candidate(
            id=item.id,
            is_fact=item.is_fact,
            confidence=0.0,
            score=round(score, 4),
            learnt=share,
            evidence=evidence,
            verdicts=found,
            phrasing=self.index.phrases[evidence.phrase].text,
        )

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
