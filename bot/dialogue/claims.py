"""What somebody claims of what was told last: 'and Shaheen?', 'what do they say about that?'."""

from __future__ import annotations

from bot.dialogue import followup
from bot.dialogue.bare import Fragment
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import Inheriting
from bot.dialogue.reply import Best
from bot.dialogue.telling import Asked, Teller, Turn
from bot.facts.model import Fact
from bot.matching.text import tokens

RELATED = 0.8  # confidence of what is found by how the base relates facts to each other
LEAST = 4  # words of a question that ends with 'about that'


class Claims:
    """Finds a claim near what was told last, by the one who is named."""

    def __init__(self, teller: Teller, inheriting: Inheriting) -> None:
        self._teller = teller
        self._base = teller.base
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon
        self._inheriting = inheriting

    def told_by(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What the one whom a question names says of what was told last, as the base relates facts
        to each other; None: nobody alone is named, or it has no such, or several."""
        claims = [f for f in self._near(asked, before) if f.id not in before.shown]
        return self._only(claims, asked)

    def of_what_was_told(self, asked: Fragment, before: Conversation) -> Turn | None:
        """'What do the Taliban say about that?', with what was told last in the place of 'that':
        what they claim of it; None: it ends otherwise, or they claim nothing of it."""
        own, pronoun = asked.own, asked.pronoun
        if pronoun is None or pronoun[1] != "it" or pronoun[0] != len(own) - 1:
            return None
        if len(own) < LEAST or own[-2].text != self._lexicon.language.concerning:
            return None
        claims = {fact.id: fact for fact in self._near(asked, before)}
        words = (*own[:-1], *asked.about)
        match = self._inheriting.near_last(self._matcher.match(words), before)
        for near in match.candidates:
            if near.id in claims and near.confidence >= self._matcher.thresholds.suggest:
                taken = self._inheriting.asked_with(words, asked.text, before, own)
                return self._teller.fact(claims[near.id], Best(near.id, near.confidence), taken)
        return self._only([f for f in claims.values() if f.id not in before.shown], asked)

    def _only(self, claims: list[Fact], asked: Fragment) -> Turn | None:
        if len(claims) != 1:
            return None
        (claim,) = claims
        assumed = claim.questions[0].rstrip("?")
        taken = Asked(asked.text, tuple(tokens(assumed)), assumed)
        return self._teller.fact(claim, Best(claim.id, RELATED), taken)

    def _near(self, asked: Fragment, before: Conversation) -> list[Fact]:
        """The claims near what was told last, but for itself, that are those of the one whom a
        question names, or of who speaks for them."""
        named = followup.named_in(asked.own, self._lexicon)
        if len(named) != 1:
            return []
        near = sorted(self._inheriting.nearby(before).difference(before.facts[:1]))
        facts = [self._base.fact_by_id[fact_id] for fact_id in near]
        return [fact for fact in facts if self._claims(fact, named[0])]

    def _claims(self, fact: Fact, person: str) -> bool:
        speaks_for = self._teller.who.speaks_for
        return fact.claim is not None and any(speaks_for(by, person) for by in fact.claim.by)
