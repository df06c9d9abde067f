"""What somebody claims of what was told last: 'and Shaheen?', 'what do they say about that?'."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.bare import Fragment, is_sure
from bot.dialogue.compose import wholes_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import Inheriting, holds
from bot.dialogue.mentions import named_in
from bot.dialogue.reply import Best
from bot.dialogue.sureness import VERY_SURE
from bot.dialogue.telling import Teller, Turn
from bot.facts.model import Fact
from bot.matching.kinds import STRICT, WHETHER

LEAST = 4  # words of a question that ends with 'about that'


class Claims:
    """Finds a claim near what was told last, by the one who is named."""

    def __init__(self, teller: Teller, inheriting: Inheriting) -> None:
        self._teller = teller
        self._base = teller.base
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon
        self._inheriting = inheriting

    def told_by(
        self, asked: Fragment, before: Conversation, *, of_sides: bool = False
    ) -> Turn | None:
        """What the one whom a question names says of what was told last, as the base relates facts
        to each other; None: nobody alone is named, or it has no such, or several. `of_sides`: if it
        is a part or the other side of that."""
        claims = [f for f in self._near(asked, before) if f.id not in before.shown]
        if of_sides:
            claims = self._of_sides(claims, before)
        if len(claims) != 1:
            return None
        return self._inheriting.told_as(claims[0], claims[0].questions[0], asked.text)

    def of_what_was_told(self, asked: Fragment, before: Conversation) -> Turn | None:
        """'What do the Taliban say about that?', or just 'what do the Taliban say?' or 'does Ann
        agree?', with what was told last in the place of 'that': what they claim of it; None: it
        asks something else, or they claim nothing of it."""
        who, of_it = self._teller.who, self._ends_with_it(asked)
        agrees = who.asked_to_agree(asked.alone) and not is_sure(asked.alone)
        if not (of_it or agrees or who.asked_to_state(asked.alone)):
            return None
        claims = {fact.id: fact for fact in self._near(asked, before, of_topic=of_it)}
        sides = self._of_sides(claims.values(), before)
        if of_it and not sides and (again := self._claimed_again(asked, before)):
            return again
        only = sides or (list(claims.values()) if of_it else [])
        words = (*(asked.own[:-1] if of_it else asked.own), *asked.about)
        taken = self._inheriting.filled_in(asked.own, words, asked.about, asked.text, before)
        if len(only) == 1:
            return self._teller.fact(only[0], Best(only[0].id, VERY_SURE), taken)
        if not of_it:
            return None
        match = self._inheriting.near_last(self._matcher.match(words), before)
        for near in match.candidates:
            if near.id in claims and near.confidence >= self._matcher.thresholds.suggest:
                return self._teller.fact(claims[near.id], Best(near.id, near.confidence), taken)
        named = named_in(asked.own, self._lexicon)
        new = match.decision.verb == "answer" and match.chosen.id not in before.facts
        if new and named and holds(match.chosen, asked.about):
            return self._teller.outcome(match, taken)  # 'what is the Taliban's position on it?'
        if named and self._teller.knows(match) and match.is_not_said:
            return self._teller.outcome(match, taken)
        return self._of_something_else(asked, before) if named else None

    def _of_something_else(self, asked: Fragment, before: Conversation) -> Turn | None:
        """An offer of what somebody says of something else than was told last; None: the question
        alone has no such answer."""
        alone = asked.alone
        if alone.decision.verb != "answer" or self._inheriting.is_near(alone.chosen.id, before):
            return None
        fact = self._base.fact_by_id[alone.chosen.id]
        return self._inheriting.offered(fact, alone.confidence, asked.text, before)

    def _claimed_again(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, if it is what the one who is named says of it already."""
        last, named = self._inheriting.last_told(before), named_in(asked.own, self._lexicon)
        if last is None or len(named) != 1 or not self._teller.who.claims(last, named[0]):
            return None
        return self._inheriting.told_again(asked.own[:-1], asked.about, asked.text, before)

    def _of_sides(self, claims: Iterable[Fact], before: Conversation) -> list[Fact]:
        """Those claims that are parts of what was told last, or dispute it, or are summed up with
        both."""
        last = self._inheriting.last_told(before)
        if last is None:
            return []
        sides = {*before.facts[1:], *last.covers, *last.contradicts}
        wholes = (set(whole.covers) for whole in wholes_of(last, self._base))
        sides = sides.union(*(parts for parts in wholes if not parts.isdisjoint(sides)))
        return [fact for fact in claims if fact.id in sides]

    def _ends_with_it(self, asked: Fragment) -> bool:
        """'... about that', '... to it'."""
        own, pronoun, alone = asked.own, asked.pronoun, asked.alone
        if pronoun is None or pronoun[1] != "it" or pronoun[0] != len(own) - 1:
            return False
        asks_whether_or_more = alone.question.asked in STRICT | {WHETHER}
        if asks_whether_or_more or (alone.is_not_said and alone.confidence >= VERY_SURE):
            return False
        return len(own) >= LEAST and own[-2].text in self._lexicon.language.regarding

    def _near(self, asked: Fragment, before: Conversation, *, of_topic: bool = False) -> list[Fact]:
        """The claims near what was told last, but for itself, that are those of the one whom a
        question names, or of who speaks for them; `of_topic`: else those of the same topic."""
        named = named_in(asked.own, self._lexicon)
        if len(named) != 1:
            return []
        near = self._inheriting.nearby(before).difference(before.facts[:1])
        alike = self._alike(before) if of_topic else []
        return self._claimed_by(named[0], near) or self._claimed_by(named[0], alike)

    def _claimed_by(self, person: str, facts: Iterable[str]) -> list[Fact]:
        """Those of some facts that somebody claims, or who speaks for them."""
        who = self._teller.who
        found = [self._base.fact_by_id[fact_id] for fact_id in sorted(facts)]
        claims = [fact for fact in found if who.claims(fact, person)]
        # What others claim, too, sums up what each of them does.
        return [fact for fact in claims if who.claims_alone(fact, person)] or claims

    def _alike(self, before: Conversation) -> list[str]:
        """The other facts of the topic of what was told last."""
        last = self._inheriting.last_told(before)
        topic = last.topic if last else None
        if topic is None:
            return []
        return [f.id for f in self._base.facts if f.topic == topic and f.id not in before.facts]
