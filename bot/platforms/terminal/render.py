"""A reply as styled, wrapped text: pairs of a style's name and the text in it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from unicodedata import category

from bot.dialogue.plain import source_entry
from bot.dialogue.reply import Part, Reply, SpokenQuote, Suggestion
from bot.dialogue.texts import Texts

Fragments = list[tuple[str, str]]

INDENT = "  "
BAR = "▌ "
NARROWEST = 24  # columns; a narrower terminal wraps by itself


def rendered(reply: Reply, texts: Texts, width: int) -> Fragments:
    """The whole reply, at most `width` columns wide, a blank line around each part."""
    width = max(width, NARROWEST) - 1  # the last column makes some terminals wrap early
    numbers = {suggestion: n for n, suggestion in enumerate(reply.suggestions, start=1)}
    fragments: Fragments = [("", "\n")]
    for part in reply.parts:
        for style, text in _part(part, numbers, texts, width):
            fragments.append((style, _obeyed_by_no_terminal(text)))
        fragments.append(("", "\n"))
    return fragments


def _part(
    part: Part, numbers: dict[Suggestion, int], texts: Texts, width: int
) -> Iterator[tuple[str, str]]:
    if part.assumed:
        yield from _lines("class:assumed", texts.assumed.format(question=part.assumed), width)
    if part.message:
        yield from _lines("", part.message, width)
    else:
        # Sides that contradict each other are told apart at a glance by a dash each.
        lead = "- " if len(part.sides) > 1 else ""
        for side in part.sides:
            yield from _lines("", side.answer, width, first=lead)
    for quote in part.quotes:
        yield from _quote(quote, width)
    if part.note:
        yield from _lines("class:note", texts.editors_note.format(note=part.note), width)
    if part.sources:
        entries = "; ".join(source_entry(source, texts) for source in part.sources)
        yield from _lines("class:source", texts.source_line.format(sources=entries), width)
    if part.outcome == "unknown" and part.suggestions:
        yield from _lines("", texts.suggest_unknown, width)
    for suggestion in part.suggestions:
        yield ("class:number", f"{INDENT}{numbers[suggestion]}. ")
        yield ("", f"{suggestion.question}\n")


def _quote(quote: SpokenQuote, width: int) -> Iterator[tuple[str, str]]:
    """The words and whoever spoke them, behind a bar."""
    for line in textwrap.wrap(f"“{quote.text}”", width - len(INDENT + BAR)):
        yield ("class:bar", INDENT + BAR)
        yield ("class:quote", line + "\n")
    if speaker := ", ".join(filter(None, (quote.speaker, quote.role))):
        for line in textwrap.wrap(f"— {speaker}", width - len(INDENT + BAR)):
            yield ("class:bar", INDENT + BAR)
            yield ("class:speaker", line + "\n")


def _lines(style: str, text: str, width: int, first: str = "") -> Iterator[tuple[str, str]]:
    """Wrapped paragraphs; an address is never broken, so that it can be opened."""
    for paragraph in text.splitlines():
        wrapped = textwrap.wrap(
            paragraph,
            width,
            initial_indent=INDENT + first,
            subsequent_indent=INDENT + " " * len(first),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in wrapped:
            yield (style, line + "\n")


def _obeyed_by_no_terminal(text: str) -> str:
    """The text without control characters, which a fact base or an echo might smuggle in."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if category(c) == "Cc" and c != "\n" else c for c in text
    )
