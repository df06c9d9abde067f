"""What the terminal chat says first: what it is about, three examples, and how to leave."""

from __future__ import annotations

from bot.dialogue.texts import Texts
from bot.facts.model import Event
from bot.platforms.terminal.render import Fragments


def welcome_fragments(event: Event, texts: Texts) -> Fragments:
    """The welcome with styles, for the face that has colours and keys."""
    fragments: Fragments = [("class:title", texts.chat_title.format(title=event.title) + "\n")]
    if event.examples:
        fragments.append(("", texts.chat_examples + "\n"))
    for number, example in enumerate(event.examples, start=1):
        fragments += [("class:number", f"  {number}. "), ("class:example", f"{example}\n")]
    fragments.append(("class:source", texts.chat_keys + "\n\n"))
    return fragments


def welcome_text(event: Event, texts: Texts) -> str:
    """The welcome in plain lines."""
    lines = [texts.chat_title.format(title=event.title)]
    if event.examples:
        lines.append(texts.chat_examples)
    numbered = enumerate(event.examples, start=1)
    return "\n".join([*lines, *(f"  {number}. {example}" for number, example in numbered)])
