"""A reply and a fact as JSON: these keys, in this order, on which other programs rely."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cli.context import Number
from bot.dialogue.plain import as_text
from bot.dialogue.reply import Best, Part, Reply, Suggestion
from bot.dialogue.texts import Texts
from bot.facts.model import Fact

Json = dict[str, object]
Scalar = str | Number | bool | None


def reply_form(reply: Reply, texts: Texts, *, id_: Scalar, elapsed_us: int) -> Json:
    """The whole reply to one request; `elapsed_us` is the engine's time in microseconds."""
    return {
        "id": id_,
        "question": reply.question,
        "outcome": reply.outcome,
        "text": as_text(reply, texts),
        "answer": reply.answer,
        "facts": list(reply.facts),
        "confidence": _rounded(reply.confidence),
        "quotes": [
            {
                "text": quote.text,
                "speaker": quote.speaker,
                "source": quote.source,
                "verified": quote.verified,
            }
            for quote in reply.quotes
        ],
        "sources": [
            {
                "id": source.id,
                "publisher": source.publisher,
                "title": source.title,
                "url": source.url,
                "at": list(source.at),
            }
            for source in reply.sources
        ],
        "suggestions": _suggestions(reply.suggestions),
        "best": _best(reply.best),
        "parts": [_part(part) for part in reply.parts],
        "elapsed_us": elapsed_us,
    }


def _part(part: Part) -> Json:
    return {
        "question": part.question,
        "outcome": part.outcome,
        "answer": part.answer,
        "facts": list(part.facts),
        "confidence": _rounded(part.confidence),
        "suggestions": _suggestions(part.suggestions),
        "best": _best(part.best),
    }


def _suggestions(suggestions: Iterable[Suggestion]) -> list[Json]:
    return [{"fact": one.fact, "question": one.question} for one in suggestions]


def _best(best: Best | None) -> Json | None:
    if best is None:
        return None
    return {"fact": best.fact, "confidence": _rounded(best.confidence)}


def _rounded(confidence: float) -> float:
    return round(float(confidence), 3)


def fact_form(fact: Fact) -> Json:
    """All the fields of a fact, under the names that they have in a fact base."""
    claim, when = fact.claim, fact.when
    return {
        "id": fact.id,
        "answer": fact.answer,
        "questions": list(fact.questions),
        "tests": list(fact.tests),
        "sources": [{"id": one.source, "at": list(one.at)} for one in fact.sources],
        "quotes": [
            {
                "text": quote.text,
                "speaker": quote.speaker,
                "source": quote.source,
                "verified": quote.verified,
            }
            for quote in fact.quotes
        ],
        "claim": claim and {"by": list(claim.by), "status": claim.status, "of": list(claim.of)},
        "contradicts": list(fact.contradicts),
        "covers": list(fact.covers),
        "about": list(fact.about),
        "related": list(fact.related),
        "topic": fact.topic,
        "when": when and {"text": when.text, "sort": when.sort},
        "note": fact.note,
    }
