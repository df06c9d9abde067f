"""What happens here, noted for the store: replies by their facts, and questions asked in vain.

Nothing is waited for but what a person was promised: that their vote or their wish is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.dialogue.reply import Reply
from bot.gaps.striking import struck
from bot.platforms.discord.session import Clock
from bot.stopping import within
from bot.store.errors import StoreError
from bot.store.memory import Memory
from bot.store.records import Count, Gap, Reason
from bot.store.store import Store

LASTS = 3600.0  # seconds in which a vote still finds the question that it is about
MOST_QUESTIONS = 2_000
NEAR = 0.5  # confidence from which a reply that tells no fact is counted under the likeliest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """A question under one of our replies, until it is forgotten or kept as a gap."""

    at: float
    asker: int
    text: str
    event: str


@dataclass(slots=True)
class Notebook:
    """`memory` None: nothing is kept. Times by `clock` are in seconds."""

    memory: Memory | None
    clock: Clock
    _questions: OrderedDict[int, Question] = field(default_factory=OrderedDict)

    def counted(self, reply: Reply, since: float) -> None:
        """Count a reply to a question that came at `since`; no text, no person."""
        if self.memory is None:
            return
        elapsed_us = max(0, round((self.clock() - since) * 1e6))
        for part in reply.parts:
            best = part.best
            near = best.fact if best is not None and best.confidence >= NEAR else ""
            for fact in part.facts or (near,):
                self.memory.note(Count(fact, part.outcome, elapsed_us))

    def replied(self, reply: Reply, event: str, asker: int, message: int | None) -> None:
        """Note the questions of `asker` that got no answer; and find those in `message` again,
        should its votes say that they were asked in vain."""
        for part in reply.parts:
            if part.outcome == "unknown":
                self._gap(part.assumed or part.question, "unanswered", event, asker)
        # What is kept already as a gap need not be found again by a vote.
        asked = [p.assumed or p.question for p in reply.parts if p.outcome in ("answer", "suggest")]
        if self.memory is not None and message is not None and asked:
            self._remember(message, Question(self.clock(), asker, " ".join(asked), event))

    def in_vain(self, message: int, reason: Reason) -> None:
        """The reply in this message did not help: its question is a gap, once."""
        question = self._questions.pop(message, None)
        if question is not None and self.clock() - question.at < LASTS:
            self._gap(question.text, reason, question.event, question.asker)

    def forget(self, user: int) -> None:
        """Forget the questions of a person that are still found by votes, or wait to be kept."""
        if self.memory is not None:
            self.memory.forget(person(user))
        for message in [m for m, q in self._questions.items() if q.asker == user]:
            del self._questions[message]

    def sweep(self) -> None:
        """Forget the questions that no vote finds any more."""
        now = self.clock()
        while self._questions:
            oldest = next(iter(self._questions))
            if now - self._questions[oldest].at < LASTS:
                return
            del self._questions[oldest]

    def __len__(self) -> int:
        """How many questions are held for votes to find."""
        return len(self._questions)

    async def keep(self, work: Callable[[Store], Awaitable[T]]) -> T:
        """Do something with the store; back when it is on the disk. Raises StoreError."""
        if self.memory is None:
            raise StoreError("nothing is remembered here")
        return await self.memory.use(work)

    async def settled(self, seconds: float) -> None:
        """Wait until all that was noted is in the store, but no longer than this."""
        if self.memory is not None:
            await within(seconds, self.memory.flushed())

    @property
    def remembering(self) -> bool:
        return self.memory is not None and self.memory.trouble is None

    def _gap(self, text: str, reason: Reason, event: str, asker: int) -> None:
        kept = struck(text)
        if self.memory is not None and kept:
            self.memory.note(Gap(kept, reason, event, person(asker)))

    def _remember(self, message: int, question: Question) -> None:
        self._questions[message] = question
        self._questions.move_to_end(message)
        if len(self._questions) > MOST_QUESTIONS:
            self._questions.popitem(last=False)


def person(user: int) -> str:
    """A Discord user as the store hashes them."""
    return f"discord:{user}"
