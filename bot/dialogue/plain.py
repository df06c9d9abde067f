"""A reply as plain text: what `text` is in JSON, and what a pipe shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dialogue.reply import CitedSource, Part, Reply, SpokenQuote, Suggestion
from bot.dialogue.texts import Texts


def as_text(reply: Reply, texts: Texts) -> str:
    """The whole reply as a person reads it; a blank line between the parts of a message."""
    numbers = {suggestion: n for n, suggestion in enumerate(reply.suggestions, 1)}
    return "\n\n".join("\n".join(_lines(part, numbers, texts)) for part in reply.parts)


def _lines(part: Part, numbers: Mapping[Suggestion, int], texts: Texts) -> Iterator[str]:
    if part.assumed:
        yield texts.assumed.format(question=part.assumed)
    yield part.message or "\n".join(side.answer for side in part.sides)
    yield from (quote_line(quote) for quote in part.quotes)
    if part.note:
        yield texts.editors_note.format(note=part.note)
    if part.sources:
        entries = "; ".join(source_entry(source, texts) for source in part.sources)
        yield texts.source_line.format(sources=entries)
    if part.outcome == "unknown" and part.suggestions:
        yield texts.suggest_unknown
    yield from (f"{numbers[offered]}. {offered.question}" for offered in part.suggestions)


def quote_line(quote: SpokenQuote) -> str:
    """A quote with its speaker and role, as a block in plain text."""
    speaker = ", ".join(filter(None, (quote.speaker, quote.role)))
    return f'> "{quote.text}"' + (f" - {speaker}" if speaker else "")


def source_entry(source: CitedSource, texts: Texts) -> str:
    """Publisher, title, as-of, paragraphs and address of one source."""
    entry = texts.source_entry.format(publisher=source.publisher, title=source.title)
    if source.as_of:
        entry += f" ({source.as_of})"
    if source.at:
        numbers = ", ".join(str(number) for number in source.at)
        text = texts.paragraph if len(source.at) == 1 else texts.paragraphs
        entry += ", " + text.format(numbers=numbers)
    return f"{entry}, {source.url or texts.no_address}"
