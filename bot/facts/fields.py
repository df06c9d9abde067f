"""The format of a fact base as data: what the loader reads and the JSON Schema is made from.

Each record names the dataclass in `model` that it fills; a test holds the two together. The
sentences are what an editor shows while one types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from bot.facts.model import (
    Citation,
    Claim,
    ClaimStatus,
    Event,
    Fact,
    Person,
    PersonKind,
    Pronoun,
    Quote,
    Source,
    Unanswered,
    When,
)

Kind = Literal["fact", "person", "source", "entry"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people; must be quoted where YAML would read something else in them.

    `name` is what problems call an item of a list of them.
    """

    name: str = ""


@dataclass(frozen=True, slots=True)
class Id:
    """Declares an id of the given kind; None: the event's, to which nothing refers."""

    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Ref:
    """Names something of the given kind by its id."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a few."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """A date that is kept as the text it was written in; `iso`: it must be an ISO one."""

    iso: bool


@dataclass(frozen=True, slots=True)
class Language:
    """The code of a language: two or three small letters."""


@dataclass(frozen=True, slots=True)
class Url:
    """A web address."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from 1."""


@dataclass(frozen=True, slots=True)
class LineSpan:
    """[first line, last line]."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list; `bare`: a single item may stand without the brackets."""

    item: Shape
    least: int = 0
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A key, and what its value looks like.

    `attribute` is the model's where that has another name; `later`: left out, it is filled in once
    the whole base is read.
    """

    key: str
    shape: Shape
    help: str
    required: bool = False
    attribute: str = ""
    later: bool = False

    @property
    def target(self) -> str:
        return self.attribute or self.key


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with the given keys, read into `model`. `short`: a lone id stands for this key."""

    name: str
    model: type[Any]
    fields: tuple[Field, ...]
    short: str = ""


Shape = Text | Id | Ref | Choice | Date | Language | Url | Number | LineSpan | Many | Record

TEXT = Text()
WORD_GROUP = Many(Text("a word"), least=2)
PEOPLE = Many(Ref("person"))
FACTS = Many(Ref("fact"))

EVENT = Record(
    "event",
    Event,
    (
        Field("id", Id(None), "The event's name on the command line.", required=True),
        Field("title", TEXT, "What the event is called.", required=True),
        Field("summary", TEXT, "The event in a sentence or two."),
        Field("language", Language(), "The language of the base, such as en."),
        Field("as_of", TEXT, "What the source says of its own date, in words."),
        Field("note", TEXT, "An editor's line on when and what this was; shown as ours."),
        Field("examples", Many(Text("an example")), "Three questions for greetings and help."),
    ),
)

SOURCE = Record(
    "source",
    Source,
    (
        Field("id", Id("source"), "A short name; facts and quotes refer to it.", required=True),
        Field("publisher", TEXT, "Who published it.", required=True),
        Field("title", TEXT, "Its headline.", required=True),
        Field("url", Url(), "Its address, if it is known. Never invented."),
        Field("published", Date(iso=True), "When it was published, as an ISO date."),
        Field("updated", Date(iso=True), "When it was last changed, as an ISO date."),
        Field("body", LineSpan(), "First and last line of the article proper in its text file."),
    ),
)

PERSON = Record(
    "person",
    Person,
    (
        Field("id", Id("person"), "A short name; facts, quotes and claims use it.", required=True),
        Field("name", TEXT, "The name in full.", required=True),
        Field("kind", Choice(get_args(PersonKind)), "What bears the name.", required=True),
        Field("role", TEXT, "What they are, as shown beside a quote."),
        Field("pronoun", Choice(get_args(Pronoun)), "So that 'what did she say?' is understood."),
        Field(
            "aliases",
            Many(Text("an alias")),
            "Other names, short forms and misspellings that people type.",
        ),
    ),
)

CITATION = Record(
    "citation",
    Citation,
    (
        Field("id", Ref("source"), "The source's id.", required=True, attribute="source"),
        Field("at", Many(Number()), "Paragraphs: non-blank lines of the body, counted from 1."),
    ),
    short="id",
)

QUOTE = Record(
    "quote",
    Quote,
    (
        Field("text", TEXT, "Words taken verbatim from the source.", required=True),
        Field("speaker", Ref("person"), "Who says it. Left out: the source's own words."),
        Field("source", Ref("source"), "May be left out in a base of one source.", later=True),
    ),
)

CLAIM = Record(
    "claim",
    Claim,
    (
        Field("by", Many(Ref("person"), least=1, bare=True), "Who says so.", required=True),
        Field("status", Choice(get_args(ClaimStatus)), "In which manner.", required=True),
        Field("of", Many(Ref("person"), bare=True), "Who stands accused."),
    ),
)

WHEN = Record(
    "when",
    When,
    (
        Field("text", TEXT, "The time as the source gives it; this is shown.", required=True),
        Field("sort", Date(iso=False), "Orders the timeline, such as 2018-11-09; never shown."),
    ),
)

QUESTIONS = Field(
    "questions",
    Many(Text("a question"), least=1),
    "The ways people ask it; used for matching.",
    required=True,
)
TESTS = Field("tests", Many(Text("a test")), "More ways, never used for matching: they measure it.")

FACT = Record(
    "fact",
    Fact,
    (
        Field("id", Id("fact"), "A short name; other facts refer to it.", required=True),
        Field("answer", TEXT, "In our own words, the figure or the name first.", required=True),
        QUESTIONS,
        TESTS,
        Field("sources", Many(CITATION, least=1), "Where it stands: ids, or {id, at}."),
        Field("quotes", Many(QUOTE), "Verbatim words from the source."),
        Field("claim", CLAIM, "Who claims it; the answer must name them."),
        Field("contradicts", FACTS, "Facts that say otherwise; shown together, attributed."),
        Field("covers", FACTS, "Facts that this one sums up."),
        Field("about", PEOPLE, "The people, bodies, countries and places it is about."),
        Field("related", FACTS, "Facts worth asking for next."),
        Field("topic", TEXT, "For browsing."),
        Field("when", WHEN, "For the timeline."),
        Field("note", TEXT, "An editor's note; shown as ours, never as the source's."),
    ),
)

UNANSWERED = Record(
    "unanswered",
    Unanswered,
    (
        Field("id", Id("entry"), "A short name.", required=True),
        QUESTIONS,
        TESTS,
        Field("answer", TEXT, "Ours: what exactly is not said."),
        Field("related", FACTS, "What the source does say nearby."),
    ),
)


@dataclass(frozen=True, slots=True)
class Outside:
    """Stands in for a model: a base keeps the tests alone."""

    tests: tuple[str, ...] = ()


OUTSIDE = Record(
    "outside",
    Outside,
    (
        Field(
            "tests", Many(Text("a test")), "Questions on other topics and nonsense.", required=True
        ),
    ),
)

TOP = (
    Field("event", EVENT, "The one event that the base is about; in one file only."),
    Field("sources", Many(SOURCE), "The publications that facts are drawn from."),
    Field("people", Many(PERSON), "Whatever has a name: persons, bodies, countries, places."),
    Field("synonyms", Many(WORD_GROUP), "Words that mean the same here; never names."),
    Field("facts", Many(FACT), "What the sources say, and the ways people ask for it."),
    Field("unanswered", Many(UNANSWERED), "Asked, and the sources do not say."),
    Field("outside", OUTSIDE, "What must not be answered."),
)
