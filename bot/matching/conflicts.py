"""Conflicts between a question and an item that can be seen from the two alone. Each says why it is
one, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.matching.belonging import somebody_elses
from bot.matching.index import Index, Item
from bot.matching.kinds import STRICT, WHETHER, WHO
from bot.matching.lexicon import FIGURE
from bot.matching.question import Question
from bot.matching.rank import Evidence, Weighed
from bot.matching.reading import YEAR, Word
from bot.matching.roles import swapped, turned_round

MOSTLY = 0.6  # of a fact's phrasings that ask the same and deny


def asked(question: Question, item: Item) -> str:
    """Asked for a person, a time, a reason, a number: the fact must be able to tell one. What the
    source does not say, it does not say however it is asked."""
    if question.asked not in STRICT or question.asked in item.asked or not item.is_fact:
        return ""
    if question.asked == WHO and question.which:
        return ""  # 'name of the driver': whether it tells that is looked at more closely
    return f"it is not asked '{question.asked}'"


def names(missing: Sequence[Weighed], question: Question, index: Index) -> list[str]:
    """A name that the fact does not hold is somebody else's matter; one of the event's own tells
    nothing apart, unless the fact holds nothing else of what was said either."""
    names = [one.word for one in missing if one.word.kind == "name"]
    if not names:
        return []
    lacks_all = {one.word for one in missing}.issuperset(question.telling)
    return [
        f"it does not concern '{name.text}'"
        for name in names
        if lacks_all or not index.background.intersection(name.terms)
    ]


def strangers(missing: Sequence[Weighed], may_be_name: Callable[[Word], bool]) -> list[str]:
    """What may well be a name, though the base's list of names does not have it, and is nowhere in
    the fact, whether or not another one tells of it."""
    return [
        f"nothing is known of '{one.word.text}'"
        for one in missing
        if one.stranger or (one.terms and one.word.kind == "word" and may_be_name(one.word))
    ]


def figures(question: Question, item: Item, index: Index) -> str:
    """Another figure than the fact's, which has some; or another year, where the base has any."""
    has_none = item.figures <= index.background
    for word in question.figures:
        if has_none and not (word in question.years and _tells_years(index)):
            continue
        if not any(term in item.figures or term in index.background for term in word.terms):
            return f"it holds no {word.text}"
    return ""


def _tells_years(index: Index) -> bool:
    return any(YEAR.fullmatch(term.removeprefix(FIGURE)) for term in index.terms)


def polarity(question: Question, item: Item) -> str:
    """'Why did they sign' presupposes what 'why did they refuse to sign' denies, and 'who did not
    sign' asks for others than 'who signed'; a whether-question presupposes neither."""
    denied = item.negated.get(question.asked)
    if denied is None:
        return ""
    if (not question.negated and denied >= MOSTLY) or (question.negated and denied == 0):
        return "it is about the opposite"
    return ""


def roles(question: Question, named: frozenset[str], item: Item) -> str:
    """Who did it to whom is told the other way round."""
    if found := swapped(question.roles, named, item.cast, item.names):
        return f"'{found[1][1:]}' is on the other side of '{found[0]}'"
    turned = turned_round(question.order, item.precedes) if question.asked == WHETHER else None
    return f"'{turned[0][1:]}' and '{turned[1][1:]}' change places" if turned else ""


def parties(question: Question, item: Item, evidence: Evidence) -> str:
    """What is always asked of whoever answers, or for whoever asks ('do you like it?'); and how to
    do something oneself, where nobody asks that of it."""
    for party in item.parties:
        if party not in question.parties:
            return f"it is only asked with '{party}'"
    if not question.how_to or not item.is_fact or item.for_me:
        return ""
    nobody = bool(evidence.missing) or any(word.kin for word in question.words)
    return "nobody asks of it how to do something" if nobody else ""


def whose(question: Question, item: Item) -> str:
    """'The US ambassador', where the fact has only the Afghan one."""
    one = somebody_elses(question.belongings, item.owned, item.names)
    return f"its '{one.noun}' is not of '{one.owner}'" if one else ""
