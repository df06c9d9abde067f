"""The gates: what in a question speaks against a fact.

A gate vetoes on a conflict, never on absence: a question that names nobody, no figure and no
question word passes them all. Each verdict is a factor on the evidence, 1 for no objection; it is
weakened by how far its gate is believed in this base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.matching.index import Index, Item
from bot.matching.question import STRICT, WHETHER, Question
from bot.matching.rank import Evidence, Weighed
from bot.matching.roles import swapped, turned_round

# What an objection leaves of the confidence where its gate is believed in full: too little for an
# answer, whatever speaks for it.
FACTORS: Mapping[str, float] = {
    "asked": 0.37,
    "name": 0.37,
    "stranger": 0.37,
    "figure": 0.37,
    "polarity": 0.36,
    "roles": 0.34,
}
GATES = tuple(FACTORS)
PRESUPPOSING = frozenset({"why", "how", "when", "where"})
MOSTLY = 0.6  # of a fact's phrasings that ask the same and deny


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gate's word on one candidate: `factor` is 1 where it has no objection."""

    gate: str
    factor: float
    why: str = ""


PASSED = Verdict("", 1.0)


def verdicts(
    question: Question, evidence: Evidence, index: Index, trust: Mapping[str, float]
) -> tuple[Verdict, ...]:
    """The objections to one candidate, in the order of the gates."""
    item = index.items[evidence.item]
    found = [_asked(question, item)]
    if evidence.missing:
        found += _names(evidence.missing, index)
        found += _strangers(evidence.missing)
    found += [_figures(question, item, index), _polarity(question, item)]
    if question.roles or question.order:
        found.append(_roles(question, item))
    return tuple([weakened(verdict, trust) for verdict in found if verdict is not PASSED])


def weakened(verdict: Verdict, trust: Mapping[str, float]) -> Verdict:
    """The verdict of a gate that is believed only so far."""
    believed = trust.get(verdict.gate, 1.0)
    return replace(verdict, factor=1 - (1 - FACTORS[verdict.gate]) * believed)


def _asked(question: Question, item: Item) -> Verdict:
    """Asked for a person, a time, a reason, a number: the fact must be able to tell one."""
    if question.asked not in STRICT or question.asked in item.asked:
        return PASSED
    return Verdict("asked", FACTORS["asked"], f"it is not asked '{question.asked}'")


def _names(missing: Sequence[Weighed], index: Index) -> list[Verdict]:
    """A name that the fact does not hold is somebody else's matter."""
    return [
        Verdict("name", FACTORS["name"], f"it does not concern '{one.word.text}'")
        for one in missing
        if one.word.kind == "name" and not index.background.intersection(one.word.terms)
    ]


def _strangers(missing: Sequence[Weighed]) -> list[Verdict]:
    """A name that nobody in the base has."""
    return [
        Verdict("stranger", FACTORS["stranger"], f"nothing is known of '{one.word.text}'")
        for one in missing
        if one.stranger
    ]


def _figures(question: Question, item: Item, index: Index) -> Verdict:
    """Another figure than the fact's."""
    for word in question.figures:
        if not (item.figures | index.background).intersection(word.terms):
            return Verdict("figure", FACTORS["figure"], f"it holds no {word.text}")
    return PASSED


def _polarity(question: Question, item: Item) -> Verdict:
    """'Why did they sign' presupposes what 'why did they refuse to sign' denies; a whether-question
    presupposes neither."""
    denied = item.negated.get(question.asked)
    if question.asked not in PRESUPPOSING or denied is None:
        return PASSED
    if (not question.negated and denied >= MOSTLY) or (question.negated and denied == 0):
        return Verdict("polarity", FACTORS["polarity"], "it is about the opposite")
    return PASSED


def _roles(question: Question, item: Item) -> Verdict:
    """Who did it to whom is told the other way round."""
    named = frozenset(term for word in question.names for term in word.terms)
    found = swapped(question.roles, named, item.cast, item.names)
    if found:
        return Verdict(
            "roles", FACTORS["roles"], f"'{found[1][1:]}' is on the other side of '{found[0]}'"
        )
    turned = turned_round(question.order, item.precedes) if question.asked == WHETHER else None
    if turned:
        return Verdict(
            "roles", FACTORS["roles"], f"'{turned[0][1:]}' and '{turned[1][1:]}' change places"
        )
    return PASSED
