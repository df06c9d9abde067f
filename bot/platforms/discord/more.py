"""What stands behind 'More': all that the short reply left out, in as many messages as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.dialogue.reply import Part, Reply, SpokenQuote
from bot.platforms.discord.ids import Press
from bot.platforms.discord.plain import MESSAGE_LIMIT, shown
from bot.platforms.discord.render import (
    ANSWER_LIMIT,
    MOST_BUTTONS,
    MOST_PARTS,
    QUESTION_LIMIT,
    Button,
    Message,
    Renderer,
    quote_block,
    small,
)

MOST_QUOTE_MESSAGES = 4  # what finds no room in them is attached, whole
FILE_NAME = "quotes.txt"
FULLEST = "W" * QUESTION_LIMIT  # the longest line that can have stood above the short reply


def more(
    renderer: Renderer, reply: Reply, asker: int, heading: str, delete: Press | None = None
) -> tuple[Message, ...]:
    """Further quotes, paragraphs, the note and what is near; the buttons are on the last.

    `delete` deletes the short reply, where whoever gets this may do so.
    """
    texts = renderer.texts
    parts = reply.parts[:MOST_PARTS]
    blocks, attached = _quotes(renderer, reply, heading)
    rest = [texts.discord_more_attached] if attached else []
    for part in parts:
        rest += [small(line) for line in renderer.places(part.sources)]
        if part.note:
            rest.append(texts.editors_note.format(note=shown(part.note, ANSWER_LIMIT)))
    if all(_verified(part) for part in parts):
        rest.append(small(texts.discord_verified))
    related = [suggestion for part in parts for suggestion in part.related]
    if related:
        rest.append(texts.discord_related)
    *first, last = packed([heading, *blocks, *rest] if blocks or rest else [texts.no_more])
    removing = () if delete is None else (Button(texts.discord_delete, delete),)
    buttons = (*renderer.offers(related, asker, MOST_BUTTONS - len(removing)), *removing)
    return (*map(Message, first), Message(last, buttons, "\n".join(attached), FILE_NAME))


def _quotes(renderer: Renderer, reply: Reply, heading: str) -> tuple[list[str], list[str]]:
    """The quotes that the short reply has not shown: as blocks, and as lines of a file."""
    told = renderer.reply(reply, 0, echo=FULLEST, notice=FULLEST).content
    blocks: list[str] = []
    attached: list[str] = []
    for part in reply.parts[:MOST_PARTS]:
        for quote in (*part.quotes, *part.further):
            block = quote_block(quote, part.sources)
            if block in told:
                continue
            long = len(block) > MESSAGE_LIMIT
            if long or len(packed([heading, *blocks, block])) > MOST_QUOTE_MESSAGES:
                attached.append(f"“{quote.text}”\n— {quote.speaker or quote.source}\n")
            else:
                blocks.append(block)
    return blocks, attached


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
