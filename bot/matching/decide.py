"""From ranked candidates to a decision: one accept rule on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.matching.conflicts import MOSTLY
from bot.matching.gates import PRESUPPOSING, Objection
from bot.matching.index import Index
from bot.matching.kinds import NOTHING
from bot.matching.question import Question
from bot.matching.rank import Evidence

TOPIC = 3  # words that name a topic, at the most
OF_TOPIC = 1 / 3  # of the likeliest's share of the head's, for a fact to be of the same topic
LEAST_TOPIC = 0.05  # the head's share of the likeliest item, for a word to name a topic of the base
PARTLY = 0.3  # of a question, for a fact to be worth offering
WHOLLY = 0.95  # of a phrasing that asks no more than the question does
SAME = 0.99  # evidence of a question that is a phrasing, word for word

Verb = Literal["answer", "suggest", "unknown"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidences from which the bot answers, from which it suggests, and how far behind the best
    a rival must be."""

    answer: float = 0.4
    suggest: float = 0.25
    margin: float = 0.2  # of score


class Candidate(NamedTuple):
    """An item with its evidence, the gates' objections and what comes of both."""

    id: str
    is_fact: bool
    confidence: float  # 0 to 1
    score: float  # the evidence and the head's word, less the objections
    learnt: float  # what the linear head gives it among all items
    evidence: Evidence
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a question: `chosen` are ids, the likeliest first."""

    verb: Verb
    chosen: tuple[str, ...]
    why: str


def decide(
    question: Question, candidates: Sequence[Candidate], index: Index, thresholds: Thresholds
) -> Decision:
    """Answers what is sure and has no close rival; offers what is near; else does not know. A topic
    that is only named is offered what the base tells of it."""
    decision = _decided(question, candidates, index, thresholds)
    if decision.verb == "answer" or not is_topic(question):
        return decision
    likeliest = max([c.learnt for c in candidates], default=0.0)
    least = OF_TOPIC * likeliest
    told = [
        c
        for c in candidates
        if c.is_fact and c.learnt >= least and not c.evidence.missing and not c.objections
    ]
    wholly = [c for c in told if c.evidence.score >= SAME]
    if len(wholly) == 1:
        return Decision("answer", (wholly[0].id,), "a topic, in one fact's own words")
    if decision.verb == "unknown" and told and likeliest >= LEAST_TOPIC:
        sure = _decided(question, told, index, thresholds)
        if sure.verb == "answer":
            return sure  # what is said of it goes before what is not
        return Decision("suggest", tuple(c.id for c in told[:3]), "a topic, and no question")
    return decision


def is_topic(question: Question) -> bool:
    """Whether a few words, all of them known, ask for nothing in particular: 'weapons', 'delegates
    number'."""
    return (
        question.asked == NOTHING
        and 0 < len(question.telling) <= TOPIC
        and not any(word.kin for word in question.words)
    )


def _decided(
    question: Question, candidates: Sequence[Candidate], index: Index, thresholds: Thresholds
) -> Decision:
    if not candidates or candidates[0].confidence < thresholds.suggest:
        if denying := _denying(question, candidates, index):
            return Decision("suggest", denying, "it presupposes what the base does not hold")
        return Decision("unknown", (), "nothing is near enough")
    top = candidates[0]
    near = [c for c in candidates[1:] if c.confidence >= thresholds.suggest]
    facts = tuple(c.id for c in (top, *near) if c.is_fact)
    # What agrees with no word of a question is never told, however likely the head holds it.
    agrees = top.evidence.score > 0 or not question.telling
    if top.confidence < thresholds.answer or not agrees:
        if not top.is_fact and not (near and near[0].is_fact):
            return Decision("unknown", (top.id,), "nearest to what the source does not say")
        return Decision("suggest", facts[:3], "near, but not sure")
    if not top.is_fact:
        return Decision("unknown", (top.id,), "the source does not say")
    rivals = [c for c in near if _is_rival(top, c, index, thresholds)]
    if not rivals:
        return Decision("answer", (top.id,), "sure")
    whole = _whole(top, rivals, near, index)
    if whole is not None:
        return Decision("answer", (whole,), "sure of what covers the nearest")
    return Decision("suggest", (top.id, *(c.id for c in rivals))[:3], "close rivals")


def _denying(question: Question, candidates: Sequence[Candidate], index: Index) -> tuple[str, ...]:
    """For a why, how, when or where about somebody known: what the base does tell of them, first
    what denies."""
    named = question.named
    if question.asked not in PRESUPPOSING or not named:
        return ()
    near = [
        candidate
        for candidate in candidates
        if candidate.is_fact
        and candidate.evidence.asked_covered >= PARTLY
        and index.items[candidate.evidence.item].names & named
    ]

    def denies(candidate: Candidate) -> bool:
        return index.items[candidate.evidence.item].negated.get(question.asked, 0.0) >= MOSTLY

    near.sort(key=lambda candidate: not denies(candidate))
    return tuple(candidate.id for candidate in near[:3])


def _is_rival(top: Candidate, other: Candidate, index: Index, thresholds: Thresholds) -> bool:
    if top.score - other.score >= thresholds.margin or not other.is_fact:
        return False
    return other.evidence.item not in index.family.get(top.evidence.item, frozenset())


def _whole(
    top: Candidate, rivals: Sequence[Candidate], near: Sequence[Candidate], index: Index
) -> str | None:
    """The fact, itself a candidate, that covers the best one and all its rivals."""
    wanted = {top.evidence.item, *(c.evidence.item for c in rivals)}
    for candidate in near:
        parts = index.covers.get(candidate.evidence.item, frozenset())
        if wanted - {candidate.evidence.item} <= parts:
            return candidate.id
    return None
