"""What the base relates to what was told last, where just that is asked for: 'where?' behind how
many died in the attack is where the attack was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.dialogue import references
from bot.dialogue.antecedents import Antecedents
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import Inheriting
from bot.dialogue.telling import Teller, Turn
from bot.facts.model import Fact
from bot.matching.kinds import STRICT, WHO, WHY
from bot.matching.question import Question
from bot.matching.text import tokens

OFTEN = 0.25  # of a fact's phrasings that ask for one kind of thing, for it to be there to tell it


class Kindred:
    """Finds the one fact near what was told last that is there to tell what is asked for."""

    def __init__(self, teller: Teller, inheriting: Inheriting, antecedents: Antecedents) -> None:
        self._base = teller.base
        self._matcher = teller.matcher
        self._inheriting = inheriting
        self._antecedents = antecedents

    def turn(
        self,
        question: Question,
        pronoun: tuple[int, str] | None,
        text: str,
        before: Conversation,
        rather: Turn | None = None,
    ) -> Turn | None:
        """That fact, if it holds what the question says of its own, and is about somebody whom its
        pronoun may mean; None: there is none, there are several, or `rather` tells this kind of
        thing of what was told last."""
        asked = question.asked
        if asked not in STRICT - {WHO, WHY}:
            return None  # 'why?' is asked of what was told itself; who somebody is, of anything
        if rather is not None and self._is_of_kind(rather, asked, before):
            return None
        whom = self._antecedents.likeliest(pronoun[1], before) if pronoun else ()
        of_somebody = pronoun is not None and pronoun[1] != "it"
        if of_somebody and not whom:
            return None
        for facts in self._near(before, bare=not question.telling):
            found = [
                fact
                for fact in dict.fromkeys(facts)
                if fact.id not in before.facts
                and self._is_for(fact, asked)
                and self._matcher.holds_all(fact.id, question.telling)
                and not (of_somebody and set(whom).isdisjoint(references.about((fact,))))
            ]
            wholes = [f for f in found if {other.id for other in found} <= {f.id, *f.covers}]
            if found:
                return self._told(wholes[0], asked, text) if wholes else None
        return None

    def only(self, question: Question, text: str, before: Conversation) -> Turn | None:
        """The only fact near what was told, and not shown yet, that is asked for this kind of
        thing: 'why would they do it?' behind what was denied; None: there is no such one. Where
        nobody wrote down that it is near, it has to hold the question, too."""
        asked = question.asked
        if asked not in STRICT - {WHO}:
            return None
        told = [self._base.fact_by_id[fact_id] for fact_id in before.facts]
        near = set(self._related(told)).difference(before.shown, before.recent)
        # A reason is told of few things, so that one phrasing that asks for it says enough.
        tells = self._matcher.can_tell if asked == WHY else self._matcher.tells_at_times
        able = [fact_id for fact_id in near if tells(fact_id, asked)]
        if len(able) != 1:
            return None
        written = any(able[0] in fact.related for fact in told)
        if not written and not self._matcher.holds_all(able[0], question.telling):
            return None
        return self._told(self._base.fact_by_id[able[0]], asked, text)

    def _told(self, fact: Fact, asked: str, text: str) -> Turn:
        """The fact, shown as what its first question for this kind of thing asks."""
        asking = (
            question
            for question in fact.questions
            if self._matcher.readings(tokens(question))[0].asked == asked
        )
        return self._inheriting.told_as(fact, next(asking, fact.questions[0]), text)

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
        fact = self._base.fact_by_id.get(entry)
        guessed = fact is not None and not fact.related  # what is near it, nobody wrote down
        tells = self._matcher.can_tell if guessed else self._matcher.tells_at_times
        return bool(entry) and tells(entry, asked)

    def _near(self, before: Conversation, *, bare: bool) -> Iterator[Sequence[Fact]]:
        """What the base relates to what was told; where the question is more than a `bare` one,
        also what it relates to what was offered or said not to be told, and all of the topic."""
        told = [self._base.fact_by_id[fact_id] for fact_id in before.facts]
        if not bare and not told:
            offered = [self._base.fact_by_id[fact_id] for fact_id in before.offered]
            told = self._inheriting.facts_of(before.not_said) if before.not_said else offered
            if len({fact.topic for fact in told}) > 1:
                return  # of many things it is not known which is meant
            yield told
        yield [self._base.fact_by_id[near] for near in self._related(told)]
        if not bare:
            topics = self._inheriting.talked_of(before).difference([None])
            yield [fact for fact in self._base.facts if fact.topic in topics]

    def _related(self, facts: Sequence[Fact]) -> list[str]:
        """The facts that have to do with these."""
        related = self._base.related
        return [near for f in facts for near in (*related[f.id], *f.covers, *f.contradicts)]
