"""The buttons under a reply, and the form for a follow-up. All state is in their ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Self, cast

import discord
from discord import ui

from bot.platforms.discord.answering import answered, client_of
from bot.platforms.discord.ids import PATTERN, Press, from_match
from bot.platforms.discord.render import Button, Style

STYLES: dict[Style, discord.ButtonStyle] = {
    "plain": discord.ButtonStyle.secondary,
    "main": discord.ButtonStyle.primary,
}
Component = dict[str, Any]
"""What Discord's documentation calls a component, ready to become JSON."""

FIELD = "question"


class PressButton(ui.DynamicItem[ui.Button[ui.View]], template=PATTERN):
    """Any of our buttons, on a message of any age: discord.py makes it from the custom id."""

    def __init__(self, press: Press, label: str, style: discord.ButtonStyle) -> None:
        super().__init__(ui.Button(label=label, style=style, custom_id=str(press)))
        self.press = press

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        found = cast("ui.Button[ui.View]", item)
        return cls(from_match(match), found.label or "", found.style)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        presses = client_of(interaction).presses
        await answered(interaction, presses.pressed(interaction, self.press))


class Row(ui.View):
    """One row of components as Discord takes them.

    discord.py keeps no finished view: the ids say all, and memory does not grow. An item object for
    each button would take longer to make than the rest of a reply to send, and nobody would ask it
    anything: discord.py makes a `PressButton` of the id when it is pressed.
    """

    def __init__(self, components: Sequence[Component] = ()) -> None:
        super().__init__(timeout=None)
        self.components = components
        self.stop()

    def to_components(self) -> list[dict[str, Any]]:
        return [{"type": discord.ComponentType.action_row.value, "components": self.components}]


def components_of(buttons: Iterable[Button]) -> list[Component]:
    """Buttons as Discord takes them."""
    return [
        {
            "type": discord.ComponentType.button.value,
            "style": STYLES[button.style].value,
            "label": button.label,
            "custom_id": str(button.press),
        }
        for button in buttons
    ]


def follow_up_form(press: Press, title: str, label: str, placeholder: str) -> ui.Modal:
    """One field for a follow-up. The form is told apart by its id alone, in any process."""
    form = ui.Modal(title=title[:45], custom_id=str(replace(press, verb="form")))
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=FIELD, placeholder=placeholder[:100], max_length=500
    )
    form.add_item(ui.Label(text=label[:45], component=field))
    # A finished modal is not kept by discord.py; the client's on_interaction hears of it anyway.
    form.stop()
    return form


def typed_text(components: list[dict[str, Any]]) -> str:
    """What was written into the form's one field, wherever Discord nests it."""
    for component in components:
        if "value" in component:
            return str(component["value"])
        inner = [*component.get("components", []), *filter(None, [component.get("component")])]
        found = typed_text(inner)
        if found:
            return found
    return ""
