"""Small bases, built in code: an invented event, and what it takes to ask about it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bot.dialogue.answerer import Answerer
from bot.dialogue.texts import Texts
from bot.facts.model import (
    Base,
    Citation,
    Claim,
    Event,
    Fact,
    Person,
    Quote,
    Source,
    Unanswered,
)
from bot.language import load_language
from bot.matching.engine import Match, Matcher
from bot.matching.language import Language
from bot.matching.learning import Learnt
from bot.matching.text import tokens
from bot.resources import config_dir
from bot.texts import load_texts

EVENT = Event(
    id="lake-talks",
    title="Talks about a lake",
    summary="Neighbours of a lake met to talk about its water.",
    as_of="printed on a Wednesday",
)
SOURCE = Source(id="gazette", publisher="The Gazette", title="Neighbours Meet")

PEOPLE = (
    Person("nora-quist", "Nora Quist", "person", "chair of the talks", "she", ("Quist",)),
    Person("omar-hale", "Omar Hale", "person", "a geologist", "he", ("Hale",)),
    Person("iran", "Iran", "country", aliases=("Iranian",)),
    Person("united-states", "United States", "country", aliases=("US", "U.S.", "American")),
    Person("estonia", "Estonia", "country", aliases=("Estonian", "Estonians")),
    Person("latvia", "Latvia", "country", aliases=("Latvian", "Latvians")),
    Person("tallinn", "Tallinn", "place"),
)


def fact(
    id_: str,
    answer: str,
    *questions: str,
    covers: tuple[str, ...] = (),
    contradicts: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
    about: tuple[str, ...] = (),
    claim: Claim | None = None,
    quotes: tuple[Quote, ...] = (),
) -> Fact:
    """A fact of the one source."""
    return Fact(
        id=id_,
        answer=answer,
        questions=questions,
        sources=(Citation(SOURCE.id, (1,)),),
        covers=covers,
        contradicts=contradicts,
        related=related,
        about=about,
        claim=claim,
        quotes=quotes,
    )


FACTS = (
    fact(
        "opener",
        "Nora Quist opened the talks.",
        "Who opened the talks?",
        "by whom were the talks opened",
        "opening speaker of the talks",
        "who was the opener",
        about=("nora-quist",),
    ),
    fact(
        "words",
        'Nora Quist said that the lake was "everybody\'s well".',
        "What did Quist say?",
        "Nora Quist's words about the lake",
        "what was said by Quist",
        about=("nora-quist",),
        quotes=(Quote("everybody's well", SOURCE.id, "nora-quist", verified=True),),
        claim=Claim(("nora-quist",), "asserted"),
    ),
    fact(
        "finding",
        "Omar Hale found that the lake had lost a third of its water.",
        "What did Hale find?",
        "what did Omar Hale find out about the lake",
        "Hale's finding",
        about=("omar-hale",),
    ),
    fact(
        "day",
        "Tuesday was the day of the talks.",
        "When were the talks held?",
        "on which day did they meet",
        "date of the talks",
        "what day did the talks take place",
    ),
    fact(
        "place",
        "The town hall of Tallinn was the place of the talks.",
        "Where were the talks held?",
        "in which city did they meet",
        "venue of the talks",
        "place where the talks were held",
        about=("tallinn",),
    ),
    fact(
        "length",
        "Four hours is how long the talks lasted.",
        "How long did the talks last?",
        "duration of the talks",
        "how many hours did the talks take",
    ),
    fact(
        "attendance",
        "Seven delegates came from Iran and three observers from the United States.",
        "Who attended the talks?",
        "who took part",
        "how many people came to the talks",
        "attendance at the talks",
        covers=("delegates", "observers"),
        about=("iran", "united-states"),
    ),
    fact(
        "delegates",
        "Seven delegates came from Iran.",
        "How many delegates came from Iran?",
        "size of the Iranian delegation",
        "number of delegates that Iran sent",
        "were there many delegates from Iran",
        about=("iran",),
    ),
    fact(
        "observers",
        "Three observers came from the United States.",
        "How many observers came from the United States?",
        "number of American observers",
        "how many observers did the US send",
        about=("united-states",),
    ),
    fact(
        "accusation",
        "Estonia accused Latvia of draining the lake.",
        "What did Estonia accuse Latvia of?",
        "did Estonia accuse Latvia of draining the lake",
        "who accused Latvia",
        "of what was Latvia accused by Estonia",
        contradicts=("denial",),
        about=("estonia", "latvia"),
        claim=Claim(("estonia",), "accused", ("latvia",)),
    ),
    fact(
        "denial",
        "Latvia denied that it had drained the lake.",
        "What did Latvia deny?",
        "how did Latvia answer the accusation",
        "did Latvia deny draining the lake",
        contradicts=("accusation",),
        about=("latvia",),
        claim=Claim(("latvia",), "denied"),
    ),
    fact(
        "refusal",
        "The cost was the reason why the United States did not sign the treaty.",
        "Why did the United States not sign the treaty?",
        "reason why the US refused to sign the treaty",
        "why didn't the US sign",
        "why was the treaty not signed by the US",
        about=("united-states",),
    ),
    fact(
        "attack",
        "Fishermen attacked a police boat.",
        "Who attacked the police boat?",
        "attack on the police boat",
        "did fishermen attack the boat of the police",
        "what happened to the police boat",
    ),
    fact(
        "price",
        "Nine million crowns is what the new dam cost.",
        "What did the new dam cost?",
        "price of the new dam",
        "how much money was spent on the dam",
    ),
)

UNANSWERED = (
    Unanswered(
        "next-talks",
        ("When are the next talks?", "date of the next talks", "will they meet again"),
        answer="The source does not say whether they meet again.",
        related=("day",),
    ),
)


def base(
    facts: Iterable[Fact] = FACTS,
    people: Iterable[Person] = PEOPLE,
    synonyms: tuple[tuple[str, ...], ...] = (),
    unanswered: Iterable[Unanswered] = UNANSWERED,
) -> Base:
    """A base about the talks; what a test is not about stays as it is."""
    return Base(
        event=EVENT,
        sources=(SOURCE,),
        facts=tuple(facts),
        people=tuple(people),
        synonyms=synonyms,
        unanswered=tuple(unanswered),
    )


@cache
def english() -> Language:
    return load_language(config_dir() / "language", "en")


@cache
def texts() -> Texts:
    return load_texts(config_dir() / "texts" / "en.yaml")


def answering(on: Base) -> Answerer:
    return Answerer(on, english(), texts())


def matching(on: Base, learnt: Learnt | None = None) -> Matcher:
    """A matcher that has read nothing yet; `learnt`: by another one of the same base."""
    return Matcher(on, english(), learnt)


def matched(matcher: Matcher, question: str) -> Match:
    """What comes of one question, whatever its punctuation."""
    return matcher.match(tokens(question))


def objections(match: Match, fact_id: str) -> set[str]:
    """The gates that object to a candidate; the fact must be one."""
    candidate = next(c for c in match.candidates if c.id == fact_id)
    return {objection.gate for objection in candidate.objections}
