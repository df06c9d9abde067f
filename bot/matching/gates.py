"""The gates: what in a question speaks against a fact.

A gate vetoes on a conflict, never on absence: a question that names nobody, no figure and no
question word passes them all. A gate says why it objects, or nothing; what an objection leaves of
the confidence depends on how far its gate is believed in this base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    """A gate's objection to one candidate, and the factor on its confidence that it comes to."""

    gate: str
    factor: float
    why: str


def verdicts(
    question: Question, evidence: Evidence, index: Index, trust: Mapping[str, float]
) -> tuple[Verdict, ...]:
    """The objections to one candidate, in the order of the gates."""
    item = index.items[evidence.item]
    missing = evidence.missing
    found = [
        ("asked", _asked(question, item)),
        *[("name", why) for why in _names(missing, index)],
        *[("stranger", why) for why in _strangers(missing)],
        ("figure", _figures(question, item, index)),
        ("polarity", _polarity(question, item)),
        ("roles", _roles(question, item)),
    ]
    return tuple([Verdict(gate, factor_of(gate, trust), why) for gate, why in found if why])


def factor_of(gate: str, trust: Mapping[str, float]) -> float:
    """What an objection leaves where its gate is believed only so far."""
    return 1 - (1 - FACTORS[gate]) * trust.get(gate, 1.0)


def _asked(question: Question, item: Item) -> str:
    """Asked for a person, a time, a reason, a number: the fact must be able to tell one."""
    if question.asked not in STRICT or question.asked in item.asked:
        return ""
    return f"it is not asked '{question.asked}'"


def _names(missing: Sequence[Weighed], index: Index) -> list[str]:
    """A name that the fact does not hold is somebody else's matter."""
    return [
        f"it does not concern '{one.word.text}'"
        for one in missing
        if one.word.kind == "name" and not index.background.intersection(one.word.terms)
    ]


def _strangers(missing: Sequence[Weighed]) -> list[str]:
    """A name that nobody in the base has."""
    return [f"nothing is known of '{one.word.text}'" for one in missing if one.stranger]


def _figures(question: Question, item: Item, index: Index) -> str:
    """Another figure than the fact's."""
    for word in question.figures:
        if not (item.figures | index.background).intersection(word.terms):
            return f"it holds no {word.text}"
    return ""


def _polarity(question: Question, item: Item) -> str:
    """'Why did they sign' presupposes what 'why did they refuse to sign' denies; a whether-question
    presupposes neither."""
    denied = item.negated.get(question.asked)
    if question.asked not in PRESUPPOSING or denied is None:
        return ""
    if (not question.negated and denied >= MOSTLY) or (question.negated and denied == 0):
        return "it is about the opposite"
    return ""


def _roles(question: Question, item: Item) -> str:
    """Who did it to whom is told the other way round."""
    if not (question.roles or question.order):
        return ""
    named = frozenset(term for word in question.names for term in word.terms)
    if found := swapped(question.roles, named, item.cast, item.names):
        return f"'{found[1][1:]}' is on the other side of '{found[0]}'"
    turned = turned_round(question.order, item.precedes) if question.asked == WHETHER else None
    return f"'{turned[0][1:]}' and '{turned[1][1:]}' change places" if turned else ""
