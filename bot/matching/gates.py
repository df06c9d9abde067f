"""The gates: what in a question speaks against a fact.

A gate vetoes on a conflict, never on absence: a question that names nobody, no figure and no
question word passes them all. Each verdict is a factor on the evidence, 1 for no objection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.index import Index, Item
from bot.matching.lexicon import Lexicon
from bot.matching.question import STRICT, WHETHER, Question
from bot.matching.rank import Evidence, Weighed
from bot.matching.reading import Word
from bot.matching.roles import clash


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gate's word on one candidate: `factor` is 1 where it has no objection."""

    gate: str
    factor: float
    why: str = ""
    corrected: bool = False  # a whether-question whose wrong figure or name the fact puts right


PASSED = Verdict("", 1.0)


def verdicts(
    question: Question, evidence: Evidence, index: Index, lexicon: Lexicon
) -> tuple[Verdict, ...]:
    """The objections to one candidate, in the order of the gates."""
    item = index.items[evidence.item]
    found = (
        _asked(question, item),
        *_names(question, evidence.missing, item, index, lexicon),
        *_strangers(question, evidence.missing, item),
        _figures(question, item, index),
        _polarity(question, evidence, index),
        _roles(question, item),
    )
    return tuple(verdict for verdict in found if verdict is not PASSED)


def _asked(question: Question, item: Item) -> Verdict:
    """Asked for a person, a time, a place, a reason, a number: the fact must be able to tell one."""
    if question.asked not in STRICT or question.asked in item.asked:
        return PASSED
    return Verdict("asked", 0.55, f"it is not asked '{question.asked}'")


def _names(
    question: Question,
    missing: Sequence[Weighed],
    item: Item,
    index: Index,
    lexicon: Lexicon,
) -> list[Verdict]:
    """A name that the fact does not hold is somebody else's matter."""
    found = []
    for one in missing:
        word = one.word
        if word.kind != "name" or any(term in index.background for term in word.terms):
            continue
        if question.asked == WHETHER and item.asked & {"who", "which"} and _same_kind(
            word, item, lexicon
        ):
            found.append(Verdict("name", 0.9, f"'{word.text}' put right", corrected=True))
        else:
            found.append(Verdict("name", 0.6, f"it does not concern '{word.text}'"))
    return found


def _same_kind(word: Word, item: Item, lexicon: Lexicon) -> bool:
    kinds = {person.kind for term in word.terms if (person := lexicon.people.get(term[1:]))}
    held = {person.kind for name in item.names if (person := lexicon.people.get(name[1:]))}
    return bool(kinds & held)


def _figures(question: Question, item: Item, index: Index) -> Verdict:
    """Another figure than the fact's."""
    for word in question.figures:
        if any(term in item.figures or term in index.background for term in word.terms):
            continue
        if not item.figures:
            return Verdict("figure", 0.6, f"it holds no figure like {word.text}")
        if question.asked == WHETHER:
            return Verdict("figure", 0.95, f"{word.text} put right", corrected=True)
        return Verdict("figure", 0.6, f"it holds another figure than {word.text}")
    return PASSED


def _polarity(question: Question, evidence: Evidence, index: Index) -> Verdict:
    """'Why did they sign' presupposes what 'why did they not sign' denies; a whether-question
    presupposes neither."""
    if question.asked not in {"why", "how", "when", "where"}:
        return PASSED
    item = index.items[evidence.item]
    if (question.asked, question.negated) in item.negated:
        return PASSED
    if (question.asked, not question.negated) in item.negated:
        return Verdict("polarity", 0.6, "it is about the opposite")
    return PASSED


def _roles(question: Question, item: Item) -> Verdict:
    """Who did it to whom is told the other way round, or somebody else did it."""
    found = clash(question.roles, item.cast, item.names)
    if found is None:
        return PASSED
    if found.swapped:
        return Verdict("roles", 0.5, f"'{found.name[1:]}' is on the other side of '{found.verb}'")
    if question.asked == WHETHER:
        return Verdict("roles", 0.95, f"'{found.name[1:]}' put right", corrected=True)
    return Verdict("roles", 0.7, f"'{found.name[1:]}' did not '{found.verb}'")


def _strangers(question: Question, missing: Sequence[Weighed], item: Item) -> list[Verdict]:
    """A name that nobody in the base has."""
    found = []
    for one in missing:
        if one.word.kind != "word" or not one.stranger:
            continue
        if question.asked == WHETHER and item.asked & {"who", "which"}:
            found.append(Verdict("stranger", 0.9, f"'{one.word.text}' put right", corrected=True))
        else:
            found.append(Verdict("stranger", 0.5, f"nothing is known of '{one.word.text}'"))
    return found
