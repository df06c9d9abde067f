"""What the terminal chat says first: what it is about, three examples, and how to leave."""

from __future__ import annotations

from bot.dialogue.compose import examples_of
from bot.dialogue.texts import Texts
from bot.facts.model import Base
from bot.platforms.terminal.render import Fragments


def welcome_fragments(base: Base, texts: Texts) -> Fragments:
    """The welcome with styles, for the face that has colours and keys."""
    title = texts.chat_title.format(title=base.event.title)
    fragments: Fragments = [("class:title", f"{title}\n"), ("", f"{texts.chat_examples}\n")]
    for number, example in enumerate(examples_of(base), start=1):
        fragments += [("class:number", f"  {number}. "), ("class:example", f"{example}\n")]
    fragments.append(("class:source", texts.chat_keys + "\n\n"))
    return fragments


def welcome_text(base: Base, texts: Texts) -> str:
    """The welcome in plain lines."""
    lines = [texts.chat_title.format(title=base.event.title), texts.chat_examples]
    numbered = enumerate(examples_of(base), start=1)
    return "\n".join([*lines, *(f"  {number}. {example}" for number, example in numbered)])
