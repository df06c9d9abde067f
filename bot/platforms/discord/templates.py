"""Answers lately rendered, as templates: whoever asks next gets one with their own id in it.

Most people ask for the same few facts, and drawing one takes longer than looking it up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialogue.reply import Part, Reply, Suggestion
from bot.platforms.discord.buttons import Component, components_of
from bot.platforms.discord.ids import around_asker
from bot.platforms.discord.render import Message, Renderer

MOST_TEMPLATES = 256


@dataclass(frozen=True, slots=True)
class Payload:
    """A message as it goes to Discord: its text and its buttons."""

    content: str
    components: list[Component]


@dataclass(frozen=True, slots=True)
class Template:
    """The message that tells `part`; each button with its custom id around the asker's."""

    part: Part
    content: str
    buttons: tuple[tuple[Component, str, str], ...]

    def tells(self, part: Part) -> bool:
        """Whether another plain answer looks the same: what is not compared here is not shown."""
        own = self.part
        return (
            part.sides == own.sides
            and part.quotes == own.quotes
            and part.sources == own.sources
            and part.suggestions == own.suggestions
        )

    def payload(self, asker: int) -> Payload:
        return Payload(
            self.content,
            [
                {**button, "custom_id": f"{before}{asker}{after}"}
                for button, before, after in self.buttons
            ],
        )


class Templates:
    """What one renderer has drawn."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self._kept: dict[str, Template] = {}

    def payload(
        self,
        reply: Reply,
        asker: int,
        examples: Callable[[], tuple[Suggestion, ...]],
        notice: str = "",
    ) -> Payload:
        """The message for a reply, with `notice` above it; `examples` are for one that has nothing
        near to offer."""
        if notice or not is_plain(reply):
            offered = () if reply.suggestions else examples()
            return payload_of(self.renderer.reply(reply, asker, notice=notice, examples=offered))
        part = reply.parts[0]
        fact = part.sides[0].fact
        template = self._kept.get(fact)
        if template is not None and template.tells(part):
            return template.payload(asker)
        payload = payload_of(self.renderer.reply(reply, asker))
        template = template_of(part, payload)
        if template is not None:
            if len(self._kept) >= MOST_TEMPLATES:
                self._kept.clear()
            self._kept[fact] = template
        return payload


def is_plain(reply: Reply) -> bool:
    """Whether it is one answer, with nothing of the question in what is shown."""
    part = reply.parts[0]
    return (
        len(reply.parts) == 1
        and part.outcome == "answer"
        and bool(part.sides)
        and not (part.assumed or part.message)
    )


def payload_of(message: Message) -> Payload:
    return Payload(message.content, components_of(message.buttons))


def template_of(part: Part, payload: Payload) -> Template | None:
    """None where an id has no room for all facts beside the longest id of an asker."""
    buttons: list[tuple[Component, str, str]] = []
    for button in payload.components:
        around = around_asker(button["custom_id"])
        if around is None:
            return None
        buttons.append((button, *around))
    # It is kept for longer than what somebody asked may be.
    return Template(replace(part, question=""), payload.content, tuple(buttons))
