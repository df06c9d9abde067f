"""What one person's conversation is about: the state that a follow-up draws on."""

from __future__ import annotations

from typing import NamedTuple

MOST_EARLIER = 6  # groups of people: three turns


class Conversation(NamedTuple):
    """The last thing talked about. Immutable: every reply comes with the next state.

    `facts` were shown last (the first one leads); `about` are the people ids they are about,
    speakers first;
    `named` are those that the last question named; `question` is that question in full, with what
    it left out; `shown` are all facts shown since the topic began;
    `offered` are those whose questions were suggested last; `earlier` are the people ids of the
    turns before, the latest first, those named and those told of apart.
    """

    facts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    question: str = ""
    shown: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    earlier: tuple[tuple[str, ...], ...] = ()

    def following(self, before: Conversation) -> Conversation:
        """The same state, with the people of the one before as the earlier ones."""
        if self is before:
            return self
        people = (before.named, before.about, *before.earlier)
        return self._replace(earlier=tuple(filter(None, people))[:MOST_EARLIER])


NOTHING_SAID = Conversation()
