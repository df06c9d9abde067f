"""The matcher: a base and a language in, and for each question its candidates and a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.facts.model import Base
from bot.matching.confidence import SAME, Calibration, with_confidence
from bot.matching.correcting import corrections
from bot.matching.decide import Candidate, Decision, Thresholds, decide
from bot.matching.gates import verdicts
from bot.matching.head import probabilities
from bot.matching.index import Index
from bot.matching.kinship import Kinship
from bot.matching.language import Language, WordLists
from bot.matching.learning import Learnt, learn
from bot.matching.lexicon import NAME, Lexicon, build_lexicon
from bot.matching.linear import LinearModel
from bot.matching.mending import Mender
from bot.matching.question import Question, understand
from bot.matching.rank import Evidence, Strangeness, Weighed, rank, weigh
from bot.matching.reading import Word, read
from bot.matching.text import LINK, Token, tokens

LEARNT = 0.5  # the head's part of a score, the phrasing's is the rest
CORRECTED_SURE = 0.5  # confidence that a fact must earn to put a question right
CANDIDATES, HEAD_CANDIDATES = 8, 4
SHORTEST_NAME = 4  # letters of an unknown word in lower case that may be a name
EVERYDAY, UNCOMMON, STRANGE = 0.75, 0.85, 1.0  # what a word weighs that the base does not know


@dataclass(frozen=True, slots=True)
class Match:
    """What came of one question."""

    question: Question
    candidates: tuple[Candidate, ...]
    decision: Decision
    corrected: tuple[str, ...] = ()  # words of a whether-question that the answer puts right

    @property
    def surety(self) -> float:
        """The confidence of the best candidate, 0 where there is none."""
        return self.candidates[0].confidence if self.candidates else 0.0

    @property
    def chosen(self) -> Candidate:
        """The candidate that the decision answers with; only where it answers."""
        return next(c for c in self.candidates if c.id == self.decision.chosen[0])


class Matcher:
    """Immutable once built: a question changes nothing, the same question gives the same match."""

    def __init__(
        self,
        base: Base,
        language: Language,
        learnt: Learnt | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        """`learnt` is what `learn` made of the same base earlier; without it, it learns now."""
        self.thresholds = thresholds or Thresholds()
        self.calibration = Calibration()
        self.lexicon: Lexicon = build_lexicon(base, language)
        self.learnt = learnt or learn(base, self.lexicon)
        self.index: Index = self.learnt.index
        self.head: LinearModel = self.learnt.head
        self.kinship = Kinship(self.lexicon, self.index.weights)
        self.mender = Mender(self.lexicon, self.index.words, self.index.stems)

    def match(self, sentence: Sequence[Token]) -> Match:
        """The best of the ways to read a sentence. Deterministic, no I/O."""
        matches = [self._corrected(question) for question in self.readings(sentence)]
        return max(matches, key=lambda match: match.surety)

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

    def _corrected(self, question: Question) -> Match:
        """The match of a question, or of the question without what is wrong in it, if that fits
        better and the fact puts it right."""
        best = self.match_question(question)
        language = self.lexicon.language
        for correction in corrections(question, language, self._is_stranger, self._kinds):
            held = self._holds_all(best, question)
            if held and best.decision.verb == "answer":
                continue
            if correction.kinds and ((held and _is_plain(best)) or _is_swap(best)):
                continue
            found = self.match_question(correction.question)
            if found.decision.verb != "answer":
                continue
            chosen = found.chosen
            if (
                chosen.confidence >= CORRECTED_SURE
                and not chosen.evidence.missing
                and correction.fits(self.index.items[chosen.evidence.item], self._kind)
                and (chosen.confidence > best.surety or not held)
            ):
                best = replace(found, corrected=correction.left_out)
        return best

    def _holds_all(self, match: Match, question: Question) -> bool:
        """Whether the best phrasing holds every word of the question but names."""
        if not match.candidates:
            return False
        held = self.index.phrases[match.candidates[0].evidence.phrase].terms
        words = [word for word in question.words if word.kind == "word" and word.terms]
        return all(held.intersection(word.terms) for word in words)

    def weighed(self, question: Question) -> tuple[Weighed, ...]:
        """The question's words that count, with what each weighs."""
        return weigh(question, self.index, self._strangeness)

    def match_question(self, question: Question) -> Match:
        learnt = probabilities(self.head, question)
        likely = sorted(range(len(learnt)), key=lambda item: (-learnt[item], item))[
            :HEAD_CANDIDATES
        ]
        ranked = rank(self.weighed(question), self.index, likely)
        scored = [self._scored(question, evidence, learnt) for evidence in ranked]
        scored.sort(key=lambda c: (-c.score, c.id))
        candidates = with_confidence(scored[:CANDIDATES], self.index, self.calibration)
        decision = decide(question, candidates, self.index, self.thresholds)
        return Match(question, candidates, decision)

    def decide_again(self, match: Match, candidates: Iterable[Candidate]) -> Match:
        """The match with candidates whose confidence was changed from outside."""
        ordered = tuple(sorted(candidates, key=lambda c: (-c.confidence, c.id)))
        return Match(
            match.question, ordered, decide(match.question, ordered, self.index, self.thresholds)
        )

    def _scored(self, question: Question, evidence: Evidence, learnt: Sequence[float]) -> Candidate:
        item = self.index.items[evidence.item]
        found = verdicts(question, evidence, self.index)
        if found and evidence.score >= SAME and self._is_wording(question, evidence):
            found = ()  # a base's own question, word for word, is no misunderstanding
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

    def _is_wording(self, question: Question, evidence: Evidence) -> bool:
        """Whether a question is a phrasing, word for word."""
        phrasing = read(tokens(self.index.phrases[evidence.phrase].text), self.lexicon)
        return [word.text for word in phrasing] == [word.text for word in question.words]

    def _kind(self, name: str) -> str:
        person = self.lexicon.people.get(name.removeprefix(NAME))
        return person.kind if person else ""

    def _kinds(self, name: Word) -> set[str]:
        return {kind for term in name.terms if (kind := self._kind(term))}

    def _is_stranger(self, word: Word) -> bool:
        if word.kind != "word":
            return False
        if any(term in self.index.weights for term in word.terms):
            return self.mender.is_strange_name(word.text)
        return self._strangeness(word)[1]

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
        return STRANGE, word.capital or len(word.text) >= SHORTEST_NAME


def _is_plain(match: Match) -> bool:
    """Whether the best candidate is a fact that holds the whole question, names and all."""
    top = match.candidates[0] if match.candidates else None
    return top is not None and top.is_fact and not top.evidence.missing and not top.verdicts


def _is_swap(match: Match) -> bool:
    """Whether the best candidate has the question's names in each other's places."""
    objections = match.candidates[0].verdicts if match.candidates else ()
    return any(verdict.gate == "roles" for verdict in objections)
