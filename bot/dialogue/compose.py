"""Builds the parts of a reply from facts: answers side by side, quotes, sources, suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.dialogue.reply import Best, CitedSource, Outcome, Part, Side, SpokenQuote, Suggestion
from bot.facts.model import Base, Citation, Fact, Quote
from bot.matching.language import Language

MOST_SIDES = 3
MOST_QUOTES = 4
MOST_SUGGESTIONS = 3
LONGEST_COMBINED_ANSWER = 800  # characters of all sides together


def inside_sentence(title: str, language: Language) -> str:
    """A title as it stands inside a sentence: 'about the fire', where it is 'The fire'; an everyday
    word with others in lower case behind it loses its capital, too: 'about peace talks'."""
    first, _, rest = title.partition(" ")
    small = first.lower()
    plain = small in language.lists.common and rest[:1].islower()
    return f"{small} {rest}" if rest and (plain or small in language.articles) else title


def wholes_of(part: Fact, base: Base) -> list[Fact]:
    """The facts that sum a fact up."""
    return [fact for fact in base.facts if part.id in fact.covers]


def sides_of(fact: Fact, base: Base) -> tuple[Fact, ...]:
    """The fact and those that contradict it, as long as they fit side by side."""
    shown = [fact]
    for other in (base.fact_by_id[other_id] for other_id in fact.contradicts):
        if _fit([*shown, other]):
            shown.append(other)
    return tuple(shown)


def side_by_side(facts: Iterable[Fact], base: Base) -> tuple[Fact, ...]:
    """Some facts, each with all that contradict it; nothing, where they do not fit."""
    ids = dict.fromkeys(one for fact in facts for one in (fact.id, *fact.contradicts))
    shown = tuple(base.fact_by_id[one] for one in ids)
    return shown if _fit(shown) else ()


def _fit(sides: Sequence[Fact]) -> bool:
    length = sum(len(side.answer) + 1 for side in sides)
    return len(sides) <= MOST_SIDES and length <= LONGEST_COMBINED_ANSWER


def answer_part(question: str, fact: Fact, base: Base, best: Best) -> Part:
    """The answer that a fact gives, with every side of what is disputed."""
    part = sides_part(question, sides_of(fact, base), base, best)
    near = (*base.related[fact.id], *fact.covers)
    return replace(part, note=fact.note, related=suggestions(base.fact_by_id[one] for one in near))


def sides_part(question: str, sides: Sequence[Fact], base: Base, best: Best) -> Part:
    """The answer that some facts give side by side."""
    quotes = quotes_of(sides, base)
    return Part(
        question=question,
        outcome="answer",
        sides=tuple(Side(side.id, side.answer) for side in sides),
        confidence=best.confidence,
        quotes=quotes[:MOST_QUOTES],
        further=quotes[MOST_QUOTES:],
        sources=sources_of(sides, base),
        best=best,
    )


def message_part(
    question: str,
    outcome: Outcome,
    message: str,
    *,
    facts: Iterable[Fact] = (),
    best: Best | None = None,
    assumed: str = "",
) -> Part:
    """A part that answers nothing: small talk, not knowing, or offering other questions."""
    return Part(
        question=question,
        outcome=outcome,
        message=message,
        assumed=assumed,
        confidence=best.confidence if best else 0.0,
        suggestions=suggestions(facts),
        best=best,
    )


def quotes_of(facts: Iterable[Fact], base: Base) -> tuple[SpokenQuote, ...]:
    """The facts' quotes, those of different facts in turn, each once; not what stands in a longer
    one of the same speaker, too."""
    found: dict[str, SpokenQuote] = {}
    per_fact = [[(fact, quote) for quote in fact.quotes] for fact in facts]
    for turn in range(max((len(quotes) for quotes in per_fact), default=0)):
        for quotes in per_fact:
            if turn < len(quotes):
                fact, quote = quotes[turn]
                found.setdefault(quote.text, _spoken(fact, quote, base))
    every = found.values()
    return tuple(one for one in every if not any(_is_within(one, other) for other in every))


def _is_within(one: SpokenQuote, other: SpokenQuote) -> bool:
    """Whether one is some of the words of another of the same speaker, or the same source."""
    if one is other or (one.speaker, one.source) != (other.speaker, other.source):
        return False
    return re.search(rf"(?<!\w){re.escape(one.text)}(?!\w)", other.text) is not None


def _spoken(fact: Fact, quote: Quote, base: Base) -> SpokenQuote:
    speaker = base.person_by_id.get(quote.speaker) if quote.speaker else None
    return SpokenQuote(
        text=quote.text,
        fact=fact.id,
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else "",
        source=quote.source,
        verified=quote.verified,
    )


def sources_of(facts: Iterable[Fact], base: Base) -> tuple[CitedSource, ...]:
    """Each source of the facts once, with all their paragraphs."""
    paragraphs: dict[str, set[int]] = {}
    for citation in (citation for fact in facts for citation in fact.sources):
        paragraphs.setdefault(citation.source, set()).update(citation.at)
    return tuple(
        cited(Citation(source, tuple(sorted(at))), base) for source, at in paragraphs.items()
    )


def cited(citation: Citation, base: Base) -> CitedSource:
    """A source as it is shown under an answer."""
    source = base.source_by_id[citation.source]
    return CitedSource(
        id=source.id,
        publisher=source.publisher,
        title=source.title,
        url=source.url,
        at=citation.at,
        as_of=base.event.as_of,
    )


def suggestions(facts: Iterable[Fact]) -> tuple[Suggestion, ...]:
    """At most three facts, each by the first of its questions."""
    unique = dict.fromkeys(Suggestion(fact.id, fact.questions[0]) for fact in facts)
    return tuple(unique)[:MOST_SUGGESTIONS]


def examples_of(base: Base) -> tuple[str, ...]:
    """Questions for somebody who does not know what to ask: the event's own, or else the first
    facts'."""
    first = suggestions(base.facts[:MOST_SUGGESTIONS])
    return base.event.examples or tuple(suggestion.question for suggestion in first)
