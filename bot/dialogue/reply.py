"""The platform-neutral reply: what every face renders, and what `ask --json` prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Outcome = Literal["answer", "suggest", "unknown", "chat"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that the bot can answer, and the fact that answers it."""

    fact: str
    question: str


class Best(NamedTuple):
    """The likeliest fact (or unanswered entry) and its confidence, 0 to 1."""

    fact: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SpokenQuote:
    """Direct speech as shown: names resolved; `fact` is the fact that it belongs to."""

    text: str
    fact: str
    speaker: str | None  # the name; None: the source's own words
    role: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as shown under an answer; `at` are paragraph numbers."""

    id: str
    publisher: str
    title: str
    url: str | None
    at: tuple[int, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction, or the only one: a fact's answer in our words."""

    fact: str
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    """The reply to one question of a message.

    `sides` has one entry for a plain answer and one per side where the facts contradict each
    other; `message` is what is said where there is no answer; `assumed` tells what a
    follow-up was taken to mean, empty where nothing was assumed; `further` are the quotes that a
    short reply leaves out; `note` is an editor's.
    """

    question: str
    outcome: Outcome
    sides: tuple[Side, ...] = ()
    message: str = ""
    assumed: str = ""
    confidence: float = 0.0
    quotes: tuple[SpokenQuote, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    best: Best | None = None
    note: str = ""
    related: tuple[Suggestion, ...] = ()
    further: tuple[SpokenQuote, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple([side.fact for side in self.sides])

    @property
    def answer(self) -> str:
        """The part in our own words alone."""
        return " ".join(side.answer for side in self.sides) or self.message


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a message: one part per question in it, at least one."""

    question: str
    parts: tuple[Part, ...]

    @property
    def outcome(self) -> Outcome:
        outcomes = [part.outcome for part in self.parts]
        return "answer" if "answer" in outcomes else outcomes[0]

    @property
    def answered(self) -> tuple[Part, ...]:
        """The parts that tell: those that answer, else all of them."""
        return tuple(p for p in self.parts if p.outcome == "answer") or self.parts

    @property
    def answer(self) -> str:
        return " ".join(part.answer for part in self.answered)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(fact for part in self.answered for fact in part.facts)

    @property
    def confidence(self) -> float:
        return min(part.confidence for part in self.answered)

    @property
    def best(self) -> Best | None:
        return self.parts[0].best

    @property
    def quotes(self) -> tuple[SpokenQuote, ...]:
        return tuple(dict.fromkeys(q for part in self.answered for q in part.quotes))

    @property
    def sources(self) -> tuple[CitedSource, ...]:
        """Each source once, with the paragraphs of all parts."""
        merged: dict[str, CitedSource] = {}
        for source in (s for part in self.answered for s in part.sources):
            known = merged.get(source.id, source)
            merged[source.id] = replace(source, at=tuple(sorted({*known.at, *source.at})))
        return tuple(merged.values())

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(dict.fromkeys(s for part in self.parts for s in part.suggestions))
