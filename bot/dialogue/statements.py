"""What somebody says, of whatever it may be: 'what does Ann say?', 'a quote by Ann'."""

from __future__ import annotations

from functools import cached_property

from bot.dialogue.overview import event_terms
from bot.dialogue.sureness import CERTAIN, SURE
from bot.dialogue.who import Who
from bot.facts.model import Base, Fact, Person
from bot.matching.engine import Match, Matcher
from bot.matching.text import tokens


class Statements:
    """Finds facts by whose words they tell."""

    def __init__(self, base: Base, matcher: Matcher, who: Who) -> None:
        self._base = base
        self._matcher = matcher
        self._who = who

    def asked_for(self, match: Match) -> list[Fact]:
        """The claims of whom a question asks what they say, or the facts that quote whom it asks
        the words of; the likeliest first, before them the fact that answers, if it has to do with
        them. Empty: that is not asked, or it is sure what is."""
        quoted = self._who.asked_to_quote(match)
        person = quoted or self._who.asked_to_state(match)
        if person is None:
            return []
        answers = match.decision.verb == "answer"
        concerned = answers and self._matcher.concerns(match.chosen, person.id)
        if (match.is_not_said or concerned) and match.confidence >= SURE:
            return []
        said = [
            fact
            for fact in self._base.facts
            if _quotes(fact, person) or (not quoted and self._who.claims(fact, person.id))
        ]
        places = {candidate.id: at for at, candidate in enumerate(match.candidates)}
        # Their own before those of who speaks for them.
        said.sort(key=lambda fact: (not _is_by(fact, person), places.get(fact.id, len(places))))
        if len(said) < 2 or not concerned:
            return said
        first = self._base.fact_by_id[match.chosen.id]
        return [first, *(fact for fact in said if fact != first)]

    def at_event(self, match: Match) -> Match | None:
        """'What did Ann say about the flood?', where that is the event, as 'what did Ann say?';
        None: something else is asked, or it is sure what is, or that is not answered."""
        language = self._matcher.lexicon.language
        words = match.question.words
        if self._of_event.isdisjoint(words[-1].terms if words else ()):
            return None  # most questions, at once
        if match.confidence >= CERTAIN or language.stating.isdisjoint(word.text for word in words):
            return None
        rest = words[:-1]
        while rest and rest[-1].text in language.articles:
            rest = rest[:-1]
        if not rest or rest[-1].text not in language.regarding | language.place_markers:
            return None
        plain = self._matcher.match(tokens(" ".join(word.text for word in rest[:-1])))
        stated = self._who.asked_to_state(plain) and plain.confidence >= CERTAIN
        return plain if stated and plain.decision.verb == "answer" else None

    @cached_property
    def _of_event(self) -> frozenset[str]:
        return event_terms(self._base, self._matcher)


def _is_by(fact: Fact, person: Person) -> bool:
    return fact.claim is not None and person.id in fact.claim.by


def _quotes(fact: Fact, person: Person) -> bool:
    return any(quote.speaker == person.id for quote in fact.quotes)
