"""The draft becomes a base: references resolved, defaults filled in, contradictions mutual."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.facts.draft import Draft, Placed
from bot.facts.fields import Kind
from bot.facts.model import Base, Citation, Event, Fact, Quote
from bot.facts.problems import Place, Report, listed
from bot.facts.quotes import quote_hash

KIND_NAMES: dict[Kind | None, str] = {
    "fact": "a fact",
    "person": "one of `people`",
    "source": "a source",
    "entry": "an entry of `unanswered`",
    None: "the event",
}


def check_whole(draft: Draft, report: Report) -> None:
    """There is exactly one event, and at least one source and one fact."""
    for extra in draft.events[1:]:
        report.error(
            extra.place,
            f"a second event; the first is at {draft.events[0].place}",
            "keep one: a base is about one event",
        )
    if draft.incomplete:
        return  # what is missing may stand in what could not be read
    nowhere = draft.events[0].place if draft.events else Place(".", 1, 1)
    if not draft.events:
        report.error(nowhere, "no file here has an `event`", "add `event:` with id and title")
    if not draft.sources:
        report.error(nowhere, "the base has no source", "add `sources:` with one at least")
    if not draft.facts:
        report.error(nowhere, "the base has no fact", "add `facts:` with one at least")


def check_language(draft: Draft, known: Collection[str], report: Report) -> None:
    """The event is in one of the languages that are `known` to whoever answers."""
    for placed in draft.events:
        language = placed.value.language
        if language not in known:
            (place,) = placed.places.get("language", (placed.place,))
            report.error(
                place,
                f"the bot does not know the language {language}",
                f"write {listed(sorted(known))}",
            )


def check_mentions(draft: Draft, report: Report) -> None:
    """Every id that is referred to exists, and is of the right kind."""
    by_kind: dict[Kind | None, list[str]] = {}
    for id_, (kind, _) in draft.ids.items():
        by_kind.setdefault(kind, []).append(id_)
    for mention in draft.mentions:
        if mention.id in draft.lost_ids:
            continue  # it stands in an entry that could not be read, and was reported
        found = draft.ids.get(mention.id)
        wanted = KIND_NAMES[mention.kind]
        if found is not None:
            kind, place = found
            if kind == mention.kind:
                continue
            report.error(
                mention.place,
                f"`{mention.id}` is {KIND_NAMES[kind]}, not {wanted} ({place})",
                f"name {wanted} here",
            )
            continue
        near = report.nearest(mention.id, by_kind.get(mention.kind, []))
        report.error(
            mention.place,
            f"`{mention.id}` is not the id of {wanted}",
            f"did you mean `{near}`?" if near else "correct it, or add what it names",
        )


def fill_in_sources(draft: Draft, report: Report) -> None:
    """In a base of one source, what names none is from that one; in others that is an error."""
    ids = {placed.value.id for placed in draft.sources}  # one that stands twice was reported
    only = next(iter(ids)) if len(ids) == 1 else ""
    many = len(ids) > 1
    remedy = "name one of `sources`"
    filled: list[Placed[Fact]] = []
    for placed in draft.facts:
        fact = placed.value
        if not fact.sources and "sources" not in placed.places:
            fact = replace(fact, sources=(Citation(only),))
            if many:
                report.error(placed.place, "this fact does not say which source it is from", remedy)
        if any(not quote.source for quote in fact.quotes):
            fact = replace(fact, quotes=tuple(_sourced(quote, only) for quote in fact.quotes))
            if many:
                for quote, place in zip(fact.quotes, placed.places["quotes"], strict=True):
                    if not quote.source:
                        report.error(
                            place, "this quote does not say which source it is from", remedy
                        )
        filled.append(Placed(fact, placed.place, placed.places))
    draft.facts = filled


def to_base(draft: Draft, verified: Collection[tuple[str, str, str]], digest: str) -> Base:
    """The base; `verified` holds (fact, source, hash) of the quotes that the lock knows."""
    facts = [placed.value for placed in draft.facts]
    against = _mutual(facts)
    event = draft.events[0].value if draft.events else Event("", "")
    return Base(
        event=event,
        sources=tuple(placed.value for placed in draft.sources),
        facts=tuple(_finished(fact, against.get(fact.id, ()), verified) for fact in facts),
        people=tuple(placed.value for placed in draft.people),
        synonyms=tuple(placed.value for placed in draft.synonyms),
        unanswered=tuple(placed.value for placed in draft.unanswered),
        outside=tuple(test for placed in draft.outside for test in placed.value.tests),
        hash=digest,
    )


def _sourced(quote: Quote, source: str) -> Quote:
    return quote if quote.source else replace(quote, source=source)


def _mutual(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """For each fact that is part of a contradiction, all that it contradicts."""
    pairs: dict[str, dict[str, None]] = {}
    for fact in facts:
        for other in fact.contradicts:
            pairs.setdefault(fact.id, {})[other] = None
            pairs.setdefault(other, {})[fact.id] = None
    return {id_: tuple(others) for id_, others in pairs.items()}


def _finished(
    fact: Fact, against: tuple[str, ...], verified: Collection[tuple[str, str, str]]
) -> Fact:
    if against != fact.contradicts:
        fact = replace(fact, contradicts=against)
    if not fact.quotes:
        return fact
    quotes = tuple(
        replace(quote, verified=True)
        if (fact.id, quote.source, quote_hash(quote.text)) in verified
        else quote
        for quote in fact.quotes
    )
    return replace(fact, quotes=quotes)
