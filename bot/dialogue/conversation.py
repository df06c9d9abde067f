"""What one person's conversation is about: the state that a follow-up draws on."""

from __future__ import annotations

from typing import NamedTuple


class Conversation(NamedTuple):
    """The last thing talked about. Immutable: every reply comes with the next state.

    `facts` were shown last (the first one leads); `about` are the people ids they are about,
    speakers first;
    `named` are those that the last question named; `question` is that question in full, with what
    it left out; `shown` are all facts shown since the topic began;
    `offered` are those whose questions were suggested last.
    """

    facts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    question: str = ""
    shown: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


NOTHING_SAID = Conversation()
