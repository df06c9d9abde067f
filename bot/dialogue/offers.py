"""What is offered where a question is not answered: facts that may be meant, or are near it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.mentions import named_in
from bot.dialogue.references import about
from bot.facts.model import Base, Fact, Person, Unanswered
from bot.matching.decide import Candidate, is_topic
from bot.matching.engine import Match, Matcher
from bot.matching.gates import BY_NAMES
from bot.matching.lexicon import NAME
from bot.matching.question import Question
from bot.matching.text import Token

FAIR = 0.25  # evidence for a fact to be offered that is hardly likely
MOST_TOLD = 3  # facts offered of somebody who was asked for


class Offers:
    """Finds them."""

    def __init__(self, base: Base, matcher: Matcher) -> None:
        self._base = base
        self._matcher = matcher

    def chosen(self, match: Match) -> list[Fact]:
        """What a decision would offer; nothing where all of it is of another than the question
        names, of whom something else is told: Ann's job is not what Bob's is."""
        of_others = {c.id for c in match.candidates if _is_of_another(c)}
        chosen = match.decision.chosen
        meant = [fact_id for fact_id in chosen if fact_id not in of_others]
        if not meant and self._of_whom(match):
            return []
        return [self._base.fact_by_id[fact_id] for fact_id in meant or chosen]

    def near(self, match: Match) -> list[Fact]:
        """The likeliest facts that are worth an offer; where these are of another than the question
        names, first what is told of that one."""
        worth = [c for c in match.candidates if c.is_fact and self._is_worth_it(c, match.question)]
        meant = [self._base.fact_by_id[c.id] for c in worth if not _is_of_another(c)]
        others = [self._base.fact_by_id[c.id] for c in worth]
        own = self._of_whom(match)[: MOST_TOLD - len(others[:1])]
        holders = self._matcher.holders_of_most(match.question)
        held = [self._base.fact_by_id[fact_id] for fact_id in holders]
        near = list(dict.fromkeys([*held, *(meant or [*own, *others])]))[:MOST_TOLD]
        return near or self._of_what(match)

    def are_of_another(self, match: Match) -> bool:
        """Whether the likeliest entry is of another than the question names, of whom something
        else is told."""
        return _is_of_another(match.candidates[0]) and bool(self._of_whom(match))

    def beside(self, entry: Unanswered, words: Sequence[Token]) -> list[Fact]:
        """What the source does say near what it does not: of somebody who is asked about, where the
        entry itself has nothing of theirs; of a bare topic, what has it, where nothing is near."""
        related = [self._base.fact_by_id[fact_id] for fact_id in entry.related]
        if not related and is_topic(reading := self._matcher.readings(words)[0]):
            having = self._matcher.facts_with(reading.telling)
            related = [self._base.fact_by_id[fact_id] for fact_id in having[:MOST_TOLD]]
        named = named_in(words, self._matcher.lexicon)
        for person in named if len(named) == 1 else ():
            if self._base.person_by_id[person].kind == "person" and person not in about(related):
                return [*self.about(person), *related]
        return related

    def about(self, person: str) -> list[Fact]:
        """The first facts about somebody, or else those that name them."""
        of_them = [fact for fact in self._base.facts if person in about((fact,))]
        named = (f for f in self._base.facts if person in self._matcher.names_in_answer(f.id))
        return (of_them or [*named])[:MOST_TOLD]

    def _is_worth_it(self, candidate: Candidate, question: Question) -> bool:
        """Whether a fact may well be meant, or holds a fair part of what was asked, and not of its
        small words alone."""
        least, evidence = self._matcher.thresholds.suggest, candidate.evidence
        missing = {one.word for one in evidence.missing}
        fair = evidence.score >= FAIR and not candidate.objections
        fair = fair and not missing.issuperset(question.telling)
        return candidate.confidence >= (least / 3 if fair else least / 2)

    def _of_whom(self, match: Match) -> list[Fact]:
        """What is told of the one person whom a question names."""
        named = self._named(match)
        return self.about(named.id) if named and named.kind == "person" else []

    def _of_what(self, match: Match) -> list[Fact]:
        """What is told of whom or what alone a question names, unless that is the event's own, of
        which half the base is."""
        named = self._named(match)
        own = named and f"{NAME}{named.id}" in self._matcher.index.background
        return self.about(named.id) if named and not own else []

    def _named(self, match: Match) -> Person | None:
        """Whom or what alone a question names."""
        people = [term.removeprefix(NAME) for term in match.question.named]
        return self._base.person_by_id.get(people[0]) if len(people) == 1 else None


def _is_of_another(candidate: Candidate) -> bool:
    """Whether a candidate is of another than the question names."""
    return any(objection.gate in BY_NAMES for objection in candidate.objections)
