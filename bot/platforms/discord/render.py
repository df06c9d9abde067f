"""A reply as a Discord message: short on a phone, and within every limit by construction.

One kind of message everywhere, text with one row of buttons: it needs no permission to embed, it is
as wide as the phone, and an edit cannot change its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.dialogue.reply import CitedSource, Part, Reply, SpokenQuote, Suggestion
from bot.dialogue.texts import Texts
from bot.platforms.discord.ids import Press, Verb
from bot.platforms.discord.plain import LABEL_LIMIT, MESSAGE_LIMIT, clipped, echoed, readable, shown

ANSWER_LIMIT = 500  # characters of one side as shown
CHAT_LIMIT = 1400  # characters of a text of ours, such as the timeline
QUESTION_LIMIT = 200
NAME_LIMIT = 120  # characters of a speaker's name, a role or a publisher
TITLE_LIMIT = 200
SOURCES = 3  # lines under an answer; the others are under 'More'
QUOTES = 3  # the first to be left out, the longest before the others
MOST_PARTS = 5
MOST_BUTTONS = 4

Style = Literal["plain", "main"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button; `press` becomes its custom id."""

    label: str
    press: Press
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Message:
    """What to send: at most 2000 characters, at most four buttons; a file where it is too long."""

    content: str
    buttons: tuple[Button, ...] = ()
    attached: str = ""
    file_name: str = "problems.txt"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a message. Where there is no room, the one with the highest `spare` goes."""

    text: str
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders for one version of the base."""

    texts: Texts
    base_hash: str

    def reply(
        self,
        reply: Reply,
        asker: int,
        *,
        echo: str = "",
        picked: str = "",
        notice: str = "",
        examples: tuple[Suggestion, ...] = (),
    ) -> Message:
        """The message for a reply; `echo` is the question where Discord does not show it, as it was
        typed, or `picked` that of the base.

        `notice`: a line of ours above it all; `examples`: to press under small talk that names
        them, and under a reply that knows nothing and has nothing near.
        """
        # Related facts ride along, so that a vote on 'it does not say' tells what was near.
        near = tuple(suggestion.fact for suggestion in reply.suggestions[:1])
        if reply.outcome in ("suggest", "unknown") and not near and examples:
            reply = self._with_offer(reply, examples)
        blocks: list[Block] = []
        if notice:
            blocks.append(Block(small(shown(notice, QUESTION_LIMIT))))
        asked = shown(picked, QUESTION_LIMIT) or echoed(echo, QUESTION_LIMIT)
        if asked:
            line = self.texts.discord_asked.format(question=asked)
            blocks.append(Block(small(line), spare=2))
        parts = reply.parts[:MOST_PARTS]
        named = [s for s in examples if any(s.question in part.message for part in parts)]
        if reply.outcome == "chat" and named:
            buttons = tuple(self.offers(named, asker, MOST_BUTTONS))
        else:
            buttons = self._buttons(reply, asker, near)
        # 'You're welcome' gets no row for it alone, unless the question stands above it.
        if buttons or asked:
            buttons = self._deletable(buttons, asker)
        labels = frozenset(button.label for button in buttons)
        sides = sum(max(1, len(part.sides)) for part in parts)
        room = min(ANSWER_LIMIT, 1400 // sides)
        for part, sources in zip(parts, self._sources(parts), strict=True):
            blocks += self._part(part, room, labels, several=len(parts) > 1)
            blocks.append(Block(sources))
        return Message(joined(blocks), buttons)

    def note(self, text: str) -> Message:
        """A text of ours, as it is."""
        return Message(text[:MESSAGE_LIMIT])

    def offer(self, text: str, offered: Sequence[Suggestion], asker: int) -> Message:
        """A text of ours with questions to press."""
        offers = tuple(self.offers(offered, asker, MOST_BUTTONS - 1))
        return _announced(text, offered, self._deletable(offers, asker))

    def none_of_these(self, text: str, offered: Sequence[Suggestion], refused: Press) -> Message:
        """The answer to 'none of these': what to try, and what had no room before: the votes, and
        to delete it."""
        offers = self.offers(offered, refused.asker or 0, MOST_BUTTONS - 3)
        # The votes are on the reply that was refused, and so on the base that it came from.
        then = Renderer(self.texts, refused.base_hash)
        votes = then._votes("-none", refused.asker or 0, refused.facts)
        return _announced(text, offered, then._deletable((*offers, *votes), refused.asker or 0))

    def _with_offer(self, reply: Reply, offered: tuple[Suggestion, ...]) -> Reply:
        """The reply with questions offered that have nothing to do with the one asked."""
        *before, last = reply.parts
        message = f"{last.message} {self.texts.suggest_unknown}"
        return replace(reply, parts=(*before, replace(last, message=message, suggestions=offered)))

    def _part(
        self, part: Part, room: int, labels: Collection[str], *, several: bool
    ) -> Iterable[Block]:
        texts = self.texts
        if several:
            yield Block(f"**{echoed(part.question, 80)}**")
        if part.assumed:
            assumed = texts.assumed.format(question=echoed(part.assumed, QUESTION_LIMIT))
            yield Block(small(assumed), spare=1)
        yield from self._told(part, room)
        if lines := listed(part.suggestions, labels):
            if part.outcome == "unknown" and not part.message.endswith(texts.suggest_unknown):
                lines.insert(0, texts.suggest_unknown)
            yield Block("\n".join(lines), spare=1)

    @staticmethod
    def _told(part: Part, room: int) -> Iterable[Block]:
        """Each side with its quote; or what is said instead of them, with all quotes."""
        if part.message:
            most = CHAT_LIMIT if part.outcome == "chat" else ANSWER_LIMIT
            yield Block(shown(part.message, max(room, most)))
            for quote in part.quotes:
                yield Block(quote_block(quote, part.sources), spare=QUOTES)
            return
        quotes = {quote.fact: quote for quote in reversed(first_quotes(part))}
        for side in part.sides:
            yield Block(shown(side.answer, room))
            if side.fact in quotes:
                yield Block(quote_block(quotes[side.fact], part.sources), spare=QUOTES)

    def _sources(self, parts: Sequence[Part]) -> Sequence[str]:
        """The source lines below each part; none where the next that has some has the same."""
        found: list[str] = []
        below = ""
        for part in reversed(parts):
            lines = dict.fromkeys(small(self.source(source)) for source in part.sources)
            here = "\n".join(list(lines)[:SOURCES])
            found.insert(0, here if here != below else "")
            below = here or below
        return found

    def source(self, source: CitedSource) -> str:
        """A source on one line, its title a link to it where it has a web address."""
        publisher = shown(source.publisher, NAME_LIMIT)
        title = shown(source.title, TITLE_LIMIT)
        if is_web(source.url):
            title = f"[{title}](<{source.url}>)"
        entry = self.texts.source_entry.format(publisher=publisher, title=title)
        told = [self.texts.source_line.format(sources=entry)]
        if source.as_of:
            told.append(shown(source.as_of, NAME_LIMIT))
        if not is_web(source.url):
            told.append(self.texts.no_address)
        return " · ".join(told)

    def place(self, source: CitedSource) -> str:
        """The paragraphs of a source; empty where none are recorded."""
        if not source.at:
            return ""
        text = self.texts.paragraph if len(source.at) == 1 else self.texts.paragraphs
        return text.format(numbers=clipped(", ".join(map(str, source.at)), NAME_LIMIT))

    def _buttons(self, reply: Reply, asker: int, near: tuple[str, ...]) -> tuple[Button, ...]:
        texts = self.texts
        if reply.outcome == "answer":
            facts = tuple(dict.fromkeys(reply.facts))
            buttons = [
                self._button(texts.discord_follow_up, "follow", asker, facts, "main"),
                self._button(texts.discord_more, "more", asker, facts),
                *self._votes("", asker, facts),
            ]
        else:
            buttons = list(self.offers(reply.suggestions, asker, MOST_BUTTONS - 1))
            if reply.outcome in ("suggest", "unknown") and buttons:
                buttons.append(self._button(texts.discord_none, "none", asker, near))
            # Where the offers leave no room, the votes come with 'none of these'.
            if reply.outcome in ("suggest", "unknown") and len(buttons) <= MOST_BUTTONS - 2:
                buttons += self._votes("-none", asker, near)
        return tuple(buttons)

    def _deletable(self, buttons: tuple[Button, ...], asker: int) -> tuple[Button, ...]:
        """The row with a last button that deletes the message, if there is room: under an answer it
        comes with 'More', and else where the row is full with 'none of these'."""
        delete = self._button(self.texts.discord_delete, "delete", asker, ())
        return (*buttons, delete)[:MOST_BUTTONS]

    def _votes(
        self, on: Literal["", "-none"], asker: int, facts: tuple[str, ...]
    ) -> tuple[Button, Button]:
        """Helpful or not, on an answer or on a reply that is none."""
        good: Verb = "good" if not on else "good-none"
        bad: Verb = "bad" if not on else "bad-none"
        return (
            self._button(self.texts.discord_helpful, good, asker, facts),
            self._button(self.texts.discord_unhelpful, bad, asker, facts),
        )

    def offers(self, offered: Iterable[Suggestion], asker: int, most: int) -> Iterable[Button]:
        unique = {suggestion.fact: suggestion for suggestion in reversed(tuple(offered))}
        for suggestion in list(reversed(unique.values()))[:most]:
            label = clipped(readable(suggestion.question), LABEL_LIMIT)
            yield self._button(label, "show", asker, (suggestion.fact,))

    def _button(
        self, label: str, verb: Verb, asker: int, facts: tuple[str, ...], style: Style = "plain"
    ) -> Button:
        return Button(clipped(label, LABEL_LIMIT), Press(verb, self.base_hash, asker, facts), style)


def first_quotes(part: Part) -> tuple[SpokenQuote, ...]:
    """The quote that is shown with each side: its first."""
    shown_facts: dict[str, SpokenQuote] = {}
    for quote in part.quotes:
        if quote.fact in part.facts:
            shown_facts.setdefault(quote.fact, quote)
    return tuple(shown_facts.values())


def quote_block(quote: SpokenQuote, sources: Sequence[CitedSource]) -> str:
    """The quote in a block, whole, and below it who said it; or whose words they are."""
    text = shown(quote.text, 3 * MESSAGE_LIMIT)  # never cut: too long, and it is left out whole
    if quote.speaker is None:
        publishers = {source.id: source.publisher for source in sources}
        who = f"**{shown(publishers.get(quote.source, quote.source), NAME_LIMIT)}**"
    else:
        who = f"**{shown(quote.speaker, NAME_LIMIT)}**"
        who += f", {shown(quote.role, NAME_LIMIT)}" if quote.role else ""
    return f"> “{text}”\n> — {who}"


def listed(offered: Sequence[Suggestion], labels: Collection[str]) -> list[str]:
    """Questions on offer, a line each; none where the labels of the buttons have each in full."""
    # A label is too short for some questions, and there is not always a button for each.
    if all(readable(suggestion.question) in labels for suggestion in offered):
        return []
    return [f"- {shown(suggestion.question, QUESTION_LIMIT)}" for suggestion in offered]


def _announced(text: str, offered: Sequence[Suggestion], buttons: tuple[Button, ...]) -> Message:
    """A text of ours that announces questions, and these in full."""
    lines = listed(offered, [button.label for button in buttons])
    return Message(joined([Block(text), Block("\n".join(lines), spare=1)]), buttons)


def joined(blocks: Sequence[Block], limit: int = MESSAGE_LIMIT) -> str:
    """The blocks as one text of at most `limit` characters: what can be spared goes first."""
    kept = [block for block in blocks if block.text]
    while sum(len(block.text) + 1 for block in kept) - 1 > limit:
        spare = max(kept, key=lambda block: (block.spare, len(block.text)))
        if not spare.spare:
            break
        kept.remove(spare)
    text = "\n".join(block.text for block in kept)
    return text if len(text) <= limit else clipped(text, limit)


def small(line: str) -> str:
    """Discord's small print."""
    return f"-# {line}"


def is_web(url: str | None) -> bool:
    """Whether an address can stand in a link: http(s), and nothing in it that would end it."""
    return bool(
        url
        and url.startswith(("https://", "http://"))
        and len(url) <= 500
        and not set(url) & set("<>\\ \t\n)")
    )
