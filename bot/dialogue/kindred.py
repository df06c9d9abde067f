"""What the base relates to what was told last, where just that is asked for: 'where?' behind how
many died in the attack is where the attack was."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import RELATED, Inheriting
from bot.dialogue.telling import Teller, Turn
from bot.facts.model import Fact
from bot.matching.question import STRICT, WHY, Question
from bot.matching.text import tokens

OFTEN = 0.25  # of a fact's phrasings that ask for one kind of thing, for it to be there to tell it
SOMETIMES = 0.1  # of them that do, for it to be an answer to that at all


class Kindred:
    """Finds the one fact near what was told last that is there to tell what is asked for."""

    def __init__(self, teller: Teller, inheriting: Inheriting) -> None:
        self._base = teller.base
        self._matcher = teller.matcher
        self._inheriting = inheriting

    def turn(
        self, question: Question, text: str, before: Conversation, rather: Turn | None = None
    ) -> Turn | None:
        """That fact, if it holds what the question says of its own; None: there is none, there are
        several, or `rather` tells this kind of thing anyway."""
        asked = question.asked
        if asked not in STRICT - {WHY}:
            return None  # 'why?' is asked of what was told itself
        if rather is not None and self._is_of_kind(rather, asked, before):
            return None
        near = [self._related(before), *([self._of_topic(before)] if question.telling else [])]
        for facts in near:
            found = [
                fact
                for fact in dict.fromkeys(facts)
                if fact.id not in before.facts
                and self._is_for(fact, asked)
                and all(self._matcher.holds(fact.id, word) for word in question.telling)
            ]
            wholes = [f for f in found if {other.id for other in found} <= {f.id, *f.covers}]
            if found:
                return self._told(wholes[0], asked, text) if wholes else None
        return None

    def _told(self, fact: Fact, asked: str, text: str) -> Turn:
        """The fact, shown as what its first question for this kind of thing asks."""
        asking = (
            question
            for question in fact.questions
            if self._matcher.readings(tokens(question))[0].asked == asked
        )
        return self._inheriting.told_as(fact, next(asking), RELATED, text)

    def _is_for(self, fact: Fact, asked: str) -> bool:
        """Whether a fact is there to tell this kind of thing rather than any other."""
        shares = {kind: self._matcher.share_asking(fact.id, kind) for kind in STRICT}
        return shares[asked] >= max(OFTEN, *shares.values())

    def _is_of_kind(self, turn: Turn, asked: str, before: Conversation) -> bool:
        """Whether a turn tells this kind of thing, and of what was told last."""
        part = turn[0]
        if part.outcome == "answer" and self._inheriting.nearby(before).isdisjoint(part.facts):
            return False
        entry = part.facts[0] if part.facts else part.best.fact if part.best else ""
        return bool(entry) and self._matcher.share_asking(entry, asked) >= SOMETIMES

    def _related(self, before: Conversation) -> Iterable[Fact]:
        """What the base relates to what was told, or said not to be told, or else offered."""
        if before.not_said:
            missing = self._base.unanswered_by_id.get(before.not_said)
            return self._facts(missing.related if missing else ())
        told = self._facts(before.facts or before.offered)
        ids = [near for fact in told for near in (*fact.related, *fact.covers, *fact.contradicts)]
        return self._facts(ids if before.facts else (*before.offered, *ids))

    def _of_topic(self, before: Conversation) -> Iterable[Fact]:
        topics = self._inheriting.talked_of(before).difference([None])
        return [fact for fact in self._base.facts if fact.topic in topics]

    def _facts(self, ids: Iterable[str]) -> list[Fact]:
        return [self._base.fact_by_id[one] for one in ids if one in self._base.fact_by_id]
