"""What would make a sound base better understood, for `footnote check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median

from bot.cli.words import counted
from bot.facts.folding import fold, question_key
from bot.facts.model import Base, Fact, Unanswered
from bot.facts.problems import listed, shown
from bot.facts.wording import Wording

FEW, SHOWN_FACTS = 4, 5  # questions of a fact; facts that have fewer
FEW_UNSAID = 8  # questions of what is not said, where facts have twice as many


def advice(base: Base, wording: Wording) -> Iterator[str]:
    """A line for each thing."""
    yield from _few_questions(base)
    yield from _few_unsaid(base)
    yield from _examples_unlike(base)
    yield from _topics_alike(base, wording)
    yield from _names_among_synonyms(base, wording)


def _few_questions(base: Base) -> Iterator[str]:
    """A line where facts have too few questions to be found by others."""
    few = [fact.id for fact in base.facts if len(fact.questions) < FEW]
    if few:
        yield (
            f"{base.event.id}: {_have(few, 'fact', FEW)}, and hardly any other "
            "question finds them; write eight to ten of each"
        )


def _few_unsaid(base: Base) -> Iterator[str]:
    """A line where what is not said is asked in far fewer words than the facts: it is not told
    then, and a fact near it is."""
    usual = median(len(fact.questions) for fact in base.facts) if base.facts else 0
    least = min(FEW_UNSAID, ceil(usual / 2))
    few = [entry.id for entry in base.unanswered if len(entry.questions) < least]
    if few:
        yield (
            f"{base.event.id}: {_have(few, 'unanswered entry', least)}, and the facts "
            f"{usual:.0f}; write as many, or near facts are told instead"
        )


def _have(few: Sequence[str], what: str, least: int) -> str:
    """'2 facts have fewer than 4 questions (a, b)'."""
    have = f"{counted(len(few), what)} {'has' if len(few) == 1 else 'have'}"
    named = ", ".join([*few[:SHOWN_FACTS], *(["…"] if len(few) > SHOWN_FACTS else [])])
    return f"{have} fewer than {least} questions ({named})"


def _topics_alike(base: Base, wording: Wording) -> Iterator[str]:
    """A line for each topic that another one is but for its article or capitals."""
    topics = dict.fromkeys(fact.topic for fact in base.facts if fact.topic)
    first: dict[str, str] = {}
    for topic in topics:
        one = first.setdefault(_bare(topic, wording), topic)
        if one != topic:
            yield (
                f"{base.event.id}: the topics {shown(one)!r} and {shown(topic)!r} are listed as "
                "two; write them alike"
            )


def _examples_unlike(base: Base) -> Iterator[str]:
    """A line for each example, which everybody is shown first, that no entry has as a question."""
    entries: Sequence[Fact | Unanswered] = (*base.facts, *base.unanswered)
    known = {question_key(question) for entry in entries for question in entry.questions}
    for example in base.event.examples:
        if question_key(example) not in known:
            yield (
                f"{base.event.id}: the example {shown(example)!r} is no question of any entry, and "
                "may be answered by another than you mean; add it to the `questions` of that one"
            )


def _names_among_synonyms(base: Base, wording: Wording) -> Iterator[str]:
    """A line for each alias that is, its article aside, a synonym: it is read as the name."""
    groups = {fold(word).casefold(): group for group in base.synonyms for word in group}
    for person in base.people:
        names = {_bare(name, wording) for name in (person.name, *person.aliases)}
        for alias in person.aliases:
            word = _bare(alias, wording)
            if word == fold(alias).casefold():
                continue  # the very same word is a mistake of its own
            others = [one for one in groups.get(word, ()) if fold(one).casefold() not in names]
            if others:
                yield (
                    f"{base.event.id}: {shown(word)!r} is a synonym, and {shown(alias)!r} an alias "
                    f"of `{person.id}`: read as the name, it does not mean {shown(listed(others))};"
                    " take it out of one of them"
                )


def _bare(name: str, wording: Wording) -> str:
    """The name as it is compared, without an article before it."""
    folded = fold(name).casefold()
    article, _, rest = folded.partition(" ")
    return rest if rest and article in wording.articles else folded
