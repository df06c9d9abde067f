"""What one person's conversation is about: the state that a follow-up draws on."""

from __future__ import annotations

from typing import NamedTuple

MOST_EARLIER = 6  # groups of people: three turns
MOST_RECENT = 12  # facts


class Conversation(NamedTuple):
    """The last thing talked about. Immutable: every reply comes with the next state.

    `facts` were shown last (the first one leads); `about` are the people ids they are about,
    speakers first; `named` are those that the last question named; `question` is that question in
    full, with what it left out, and `display` how it is shown behind the next one; `shown` are
    all facts shown since the topic began, `recent` those of the turns before, the latest first;
    `offered` are those whose questions were suggested last;
    `earlier` are the people ids of the turns before, the latest first, those named and those told
    of apart; `answered` is the state after the last turn that told a fact, where this one did not;
    `not_said` is what the source was last said not to say; `pending` is a question that the bot
    answered with 'Whom do you mean?'.
    """

    facts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    question: str = ""
    display: str = ""
    shown: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    earlier: tuple[tuple[str, ...], ...] = ()
    answered: Conversation | None = None
    not_said: str = ""
    pending: str = ""
    recent: tuple[str, ...] = ()

    def following(self, before: Conversation) -> Conversation:
        """The same state, with the people of the one before as the earlier ones."""
        if self is before:
            return self
        people = (before.named, before.about, *before.earlier)
        answered = before._replace(answered=None) if before.facts else before.answered
        return self._replace(
            earlier=tuple(filter(None, people))[:MOST_EARLIER],
            answered=None if self.facts else answered,
            recent=tuple(dict.fromkeys((*before.shown, *before.recent)))[:MOST_RECENT],
        )


NOTHING_SAID = Conversation()
