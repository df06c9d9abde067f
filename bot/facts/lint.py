"""Checks of meaning: what is well formed and still would make the bot say something wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from bot.facts.draft import Draft, Placed
from bot.facts.folding import fold, question_key
from bot.facts.model import Fact, Person, Unanswered
from bot.facts.problems import Place, Report, listed, shown

LONGEST_FACT_ANSWER = 400  # characters; more is too much for a phone, or beside another side
MOST_SOURCE_WORDS = 25  # of the source's own, in one quote

CITED = re.compile(r'"([^"]*)"')


def lint(draft: Draft, report: Report) -> None:
    """Reports what contradicts the format's rules of meaning (see docs/fact-base.md)."""
    people = {placed.value.id: placed.value for placed in draft.people}
    _check_aliases(draft, report)
    for placed in draft.facts:
        _check_answer(placed, report)
        _check_claim(placed, people, report)
        _check_quotes(placed, report)
        _check_speakers(placed, people, report)
        _check_neighbours(placed, report)
    _check_questions(draft, report)
    _check_covers(draft, report)
    _check_synonyms(draft, report)


def _check_aliases(draft: Draft, report: Report) -> None:
    for placed in draft.people:
        for alias, place in _texts(placed, "aliases"):
            if not any(map(str.isalnum, alias)):
                report.warning(
                    place,
                    f"the alias {shown(alias)!r} has no letter and no digit, so nobody is asked for"
                    " by it",
                    "take it out",
                )


def _check_answer(placed: Placed[Fact], report: Report) -> None:
    fact = placed.value
    place = _place_of(placed, "answer")
    if len(fact.answer) > LONGEST_FACT_ANSWER:
        report.warning(
            place,
            f"the answer has {len(fact.answer)} characters; {LONGEST_FACT_ANSWER} are read at a"
            " glance",
            "shorten it, or make two facts of it",
        )
    answer = fold(fact.answer)
    if answer.count('"') % 2:
        report.error(
            place, "a quotation mark in the answer has no partner", "close it, or take it out"
        )
        return
    quotes = [fold(quote.text) for quote in fact.quotes]
    for cited in CITED.findall(answer):
        if any(_stands_in(cited, quote) for quote in quotes):
            continue
        if any(_stands_in(cited.casefold(), quote.casefold()) for quote in quotes):
            report.error(
                place,
                f'"{shown(cited)}" differs from this fact\'s quotes in capitals alone',
                "write them as the quote does, cite fewer words, or take the quotation marks off",
            )
        else:
            report.error(
                place,
                f'"{shown(cited)}" stands in none of this fact\'s quotes',
                "add it to `quotes` word for word, or take the quotation marks off",
            )


def _stands_in(cited: str, quote: str) -> bool:
    """Whether `cited` is part of `quote`, a mark of the sentence around it left aside."""
    words = cited.strip().rstrip(",.;:!?…").strip()
    return bool(words) and _has_words(quote, words)


def _has_words(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _check_claim(placed: Placed[Fact], people: dict[str, Person], report: Report) -> None:
    fact = placed.value
    if fact.claim is None:
        return
    place = _place_of(placed, "claim")
    if fact.claim.status == "accused" and not fact.claim.of:
        report.error(
            place, "the claim says accused, and not of whom it is", "add `of:` with their id"
        )
    answer = fold(fact.answer).casefold()
    for id_ in fact.claim.by:
        person = people.get(id_)
        if person is None or not answer:
            continue  # reported elsewhere
        names = (person.name, *person.aliases)
        if not any(_has_words(answer, fold(name).casefold()) for name in names):
            report.error(
                _place_of(placed, "answer"),
                f"the answer does not name {shown(person.name)}, whose claim it is",
                "write who says so, by name or alias",
            )


def _check_quotes(placed: Placed[Fact], report: Report) -> None:
    fact = placed.value
    cited = {citation.source for citation in fact.sources}
    for quote, place in zip(fact.quotes, placed.places.get("quotes", ()), strict=True):
        words = len(quote.text.split())
        if quote.speaker is None and words > MOST_SOURCE_WORDS:
            report.error(
                place,
                f"{words} of the source's own words are quoted, of {MOST_SOURCE_WORDS} at most",
                "shorten the quote, or name its `speaker` if it is direct speech",
            )
        if quote.source and quote.source not in cited:
            report.warning(
                place,
                f"the quote is from `{quote.source}`, which is not among this fact's sources",
                f"add {quote.source} to `sources`",
            )


def _check_speakers(placed: Placed[Fact], people: dict[str, Person], report: Report) -> None:
    """Whoever is quoted is one of those whose claim it is, or speaks for one of them."""
    fact = placed.value
    by = [people[id_] for id_ in fact.claim.by if id_ in people] if fact.claim else []
    if not by:
        return
    for quote, place in zip(fact.quotes, placed.places.get("quotes", ()), strict=True):
        speaker = people.get(quote.speaker or "")
        if speaker is None or speaker in by:
            continue
        if any(_is_of(speaker, one) or _is_of(one, speaker) for one in by):
            continue
        report.warning(
            place,
            f"{shown(speaker.name)} speaks the quote {shown(quote.text)!r}, and the claim is by "
            f"{shown(listed(one.name for one in by))}",
            "correct `speaker` or `by`; who speaks for somebody is told by the `role`",
        )


def _is_of(person: Person, other: Person) -> bool:
    """Whether a person's role or name says whose they are: 'spokesman of the union'."""
    told = [fold(text).casefold() for text in (person.role, person.name, *person.aliases)]
    names = [fold(name).casefold() for name in (other.name, *other.aliases)]
    return any(_has_words(text, name) for name in names for text in told)


def _check_neighbours(placed: Placed[Fact], report: Report) -> None:
    fact = placed.value
    for key in ("contradicts", "covers", "related"):
        ids: tuple[str, ...] = getattr(fact, key)
        for id_, place in zip(ids, placed.places.get(key, ()), strict=True):
            if id_ == fact.id:
                report.error(place, f"the fact stands in its own `{key}`", "take it out")
    for id_, place in zip(fact.covers, placed.places.get("covers", ()), strict=True):
        if id_ in fact.contradicts:
            report.error(
                place, f"`{id_}` is both covered and contradicted", "take it out of one list"
            )


def _check_questions(draft: Draft, report: Report) -> None:
    """No question stands twice, and no test is a question: it would measure nothing."""
    entries: list[Placed[Fact] | Placed[Unanswered]] = [*draft.facts, *draft.unanswered]
    asked: dict[str, tuple[Placed[Any], Place]] = {}
    for placed in entries:
        for text, place in _texts(placed, "questions"):
            key = question_key(text)
            if not key:
                report.error(place, f"{shown(text)!r} has no words", "write a question")
                continue
            owner, first = asked.setdefault(key, (placed, place))
            if first != place:
                where = "the same entry" if owner is placed else f"`{owner.value.id}`"
                report.error(
                    place,
                    f"the question {shown(text)!r} stands in {where} too, at {first}",
                    "keep one of them",
                )
    tested: dict[str, Place] = {}
    for text, place in chain(
        chain.from_iterable(_texts(placed, "tests") for placed in entries),
        chain.from_iterable(_texts(placed, "tests") for placed in draft.outside),
    ):
        key = question_key(text) or text
        if key in asked:
            owner, first = asked[key]
            report.error(
                place,
                f"the test {shown(text)!r} is a question of `{owner.value.id}` too, at {first}",
                "put it in other words: a test is never used for matching",
            )
        elif tested.setdefault(key, place) != place:
            report.warning(
                place, f"the test {shown(text)!r} stands at {tested[key]} too", "keep one of them"
            )


def _texts(placed: Placed[Any], key: str) -> Iterator[tuple[str, Place]]:
    return zip(getattr(placed.value, key), placed.places.get(key, ()), strict=True)


def _check_covers(draft: Draft, report: Report) -> None:
    """No fact sums itself up by way of others."""
    covers = {placed.value.id: placed for placed in draft.facts if placed.value.covers}
    done: set[str] = set()
    for start in covers:
        path: dict[str, None] = {}  # in order, and quick to look up in
        waiting: list[tuple[str, bool]] = [(start, True)]
        while waiting:
            id_, entering = waiting.pop()
            if not entering:
                path.pop(id_)
                done.add(id_)
                continue
            if id_ in path:
                way = list(path)
                circle = [*way[way.index(id_) :], id_]
                if len(circle) > 2:  # a fact that covers itself is told of with its neighbours
                    report.error(
                        _place_of(covers[way[-1]], "covers"),
                        f"`covers` goes in a circle: {shown(' > '.join(circle))}",
                        "take one of them out",
                    )
                continue
            if id_ in done or id_ not in covers:
                continue
            path[id_] = None
            waiting.append((id_, False))
            waiting.extend((below, True) for below in reversed(covers[id_].value.covers))


def _check_synonyms(draft: Draft, report: Report) -> None:
    """Synonyms are never names, and a word stands in one group."""
    names = {
        fold(name).casefold(): placed.value.id
        for placed in draft.people
        for name in (placed.value.name, *placed.value.aliases)
    }
    groups: dict[str, Place] = {}
    for placed in draft.synonyms:
        for word, place in zip(placed.value, placed.places["words"], strict=True):
            key = fold(word).casefold()
            if key in names:
                report.error(
                    place,
                    f"{shown(word)!r} is a name of `{names[key]}`, and synonyms are never names",
                    "take it out here: aliases do that",
                )
            elif groups.setdefault(key, place) != place:
                report.warning(
                    place, f"{shown(word)!r} stands at {groups[key]} too", "join the two groups"
                )


def _place_of(placed: Placed[Any], key: str) -> Place:
    """Where the field's value stands; where the record does, if it was left out."""
    return next(iter(placed.places.get(key, ())), placed.place)
