"""What stands behind 'More': all that the short reply left out, in as many messages as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.dialogue.plain import source_entry
from bot.dialogue.reply import Part, Reply, SpokenQuote
from bot.platforms.discord.ids import Press
from bot.platforms.discord.plain import MESSAGE_LIMIT, shown
from bot.platforms.discord.render import (
    ANSWER_LIMIT,
    MOST_BUTTONS,
    MOST_PARTS,
    NAME_LIMIT,
    QUESTION_LIMIT,
    Button,
    Message,
    Renderer,
    listed,
    quote_block,
    small,
)

MOST_QUOTE_MESSAGES = 4  # the sources have one more; what finds no room is attached, whole
FILE_NAME = "more.txt"
FULLEST = "W" * QUESTION_LIMIT  # the longest line that can have stood above the short reply
Further = Iterable[tuple[str, str]]
"""What the short reply left out: each as a block, and as a line of a file."""


def more(
    renderer: Renderer, reply: Reply, asker: int, heading: str, delete: Press | None = None
) -> tuple[Message, ...]:
    """Further quotes, sources, paragraphs, the note and what is near; the buttons are on the last.

    `delete` deletes the short reply, where whoever gets this may do so.
    """
    texts = renderer.texts
    reply = replace(reply, parts=reply.parts[:MOST_PARTS])
    blocks, attached = [heading], list[str]()
    told = renderer.reply(reply, 0, echo=FULLEST, notice=FULLEST).content
    for most, further in (
        (MOST_QUOTE_MESSAGES, _quotes(reply, told)),
        (MOST_QUOTE_MESSAGES + 1, _sources(renderer, reply, told)),
    ):
        for block, line in further:
            if len(block) > MESSAGE_LIMIT or len(packed([*blocks, block])) > most:
                attached.append(line)
            else:
                blocks.append(block)
    if attached:
        blocks.append(texts.discord_more_attached)
    notes = (shown(part.note, ANSWER_LIMIT) for part in reply.parts if part.note)
    blocks += [texts.editors_note.format(note=note) for note in notes]
    if all(_verified(part) for part in reply.parts):
        blocks.append(small(texts.discord_verified))
    related = list(dict.fromkeys(near for part in reply.parts for near in part.related))
    removing = () if delete is None else (Button(texts.discord_delete, delete),)
    offers = tuple(renderer.offers(related, asker, MOST_BUTTONS - len(removing)))
    if related:
        blocks += [texts.discord_related, *listed(related, [offer.label for offer in offers])]
    *first, last = packed(blocks if len(blocks) > 1 else [texts.no_more])
    return (
        *map(Message, first),
        Message(last, (*offers, *removing), "\n".join(attached), FILE_NAME),
    )


def _quotes(reply: Reply, told: str) -> Further:
    """The quotes that were not told."""
    for part in reply.parts:
        for quote in (*part.quotes, *part.further):
            block = quote_block(quote, part.sources)
            if block not in told:
                yield block, f"“{quote.text}”\n— {quote.speaker or quote.source}\n"


def _sources(renderer: Renderer, reply: Reply, told: str) -> Further:
    """The sources that were not told, and of all of them the paragraphs."""
    for source in reply.sources:
        block, place = small(renderer.source(source)), renderer.place(source)
        if block not in told:
            block += f" · {place}" if place else ""
        elif place:
            block = small(f"{shown(source.publisher, NAME_LIMIT)}, {place}")
        else:
            continue
        yield block, source_entry(source, renderer.texts)


def _verified(part: Part) -> bool:
    quotes: Sequence[SpokenQuote] = (*part.quotes, *part.further)
    return bool(quotes) and all(quote.verified for quote in quotes)


def packed(blocks: Iterable[str], limit: int = MESSAGE_LIMIT) -> list[str]:
    """The blocks in order, on as few pages as they need; each has room on one."""
    pages: list[str] = []
    for block in blocks:
        if pages and len(pages[-1]) + 1 + len(block) <= limit:
            pages[-1] += f"\n{block}"
        else:
            pages.append(block)
    return pages
