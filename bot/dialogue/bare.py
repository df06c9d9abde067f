"""Questions that say nothing of their own: 'why?', 'how long was that?', 'what do they say?'."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue import references, rewriting
from bot.dialogue.antecedents import Antecedents
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import WAYS, Inheriting
from bot.dialogue.kindred import Kindred
from bot.dialogue.mentions import without_first_name
from bot.dialogue.reply import Part
from bot.dialogue.sureness import VERY_SURE
from bot.dialogue.telling import Teller, Turn, tells_nothing_new
from bot.facts.model import Fact
from bot.matching.clock import tells_hour
from bot.matching.decide import WHOLLY
from bot.matching.engine import Match
from bot.matching.kinds import COUNT, MEASURED, NOTHING, STRICT, WHETHER, WHO, WHY
from bot.matching.language import run_at_end, runs_by_last_word
from bot.matching.text import Token, tokens

OUTDONE = 0.15  # by how much a question must be surer alone than with whom 'they' may be
FAR_OUTDONE = 0.3  # the same, for one that says nothing but is wholly asked by a phrasing
FEW = 2  # content words of a question that may be a fragment
BARE = 2  # words of a question without any content: 'why?', 'since when?'


class Fragment(NamedTuple):
    """A question that may lean: its own words, those of the last one, what that was about, what it
    comes to alone, its first pronoun and what that may stand for, and the text as typed.
    `by_itself` is the turn of what stands behind 'and' or 'no, I mean'; None: it opens otherwise.
    """

    own: tuple[Token, ...]
    last: tuple[Token, ...]
    about: tuple[Token, ...]
    alone: Match
    pronoun: tuple[int, str] | None
    text: str
    by_itself: Turn | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it opens with 'and', 'no, I mean', ..."""
        return self.by_itself is not None

    @property
    def is_answered(self) -> bool:
        """Whether it is answered alone."""
        return self.alone.decision.verb == "answer"

    @property
    def only_names(self) -> bool:
        """Whether it says nothing but names."""
        return all(word.kind == "name" for word in self.alone.question.telling)

    @property
    def says_little(self) -> bool:
        """Whether it has but a word or two of its own."""
        return len(self.alone.question.telling) <= FEW


class Bare:
    """Fills such a question with what the last one was about, or with what was told then."""

    def __init__(
        self, teller: Teller, inheriting: Inheriting, antecedents: Antecedents, kindred: Kindred
    ) -> None:
        self._teller = teller
        self._base = teller.base
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon
        self._inheriting = inheriting
        self._antecedents = antecedents
        self._kindred = kindred

    def turn(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The turn of 'why?', 'how long was that?', 'what do they say?'; None: it is
        sure alone."""
        own, alone, pronoun, text = asked.own, asked.alone, asked.pronoun, asked.text
        if pronoun is None and self._names_what_is_told(alone):
            return None
        if pronoun and (defined := self._defined(asked, pronoun[1], before)):
            return defined
        words = (*own, *self._behind(asked, before))
        match = self._matcher.match(words)
        if alone.question.asked == WHY and (
            denied := self._why_not(asked, match.confidence, before)
        ):
            return denied
        near = self._rather_new(self._inheriting.near_last(match, before), alone, before)
        inherited = self._inheriting.taken_as(words, near, text, before, own)
        if kindred := self._kindred.turn(alone.question, pronoun, text, before, inherited):
            return kindred
        last = self._inheriting.last_told(before)
        if alone.question.of_hour and last and not self._tells_hour(last):
            known = self._teller.settles(inherited[0]) and inherited[0].facts != (last.id,)
            return inherited if known else self._teller.told_all(text, before)
        if rather := self._rather(asked, inherited, before):
            return rather
        if self._is_bare(own) and self._is_not_said_of_another(inherited[0], before):
            only = self._kindred.only(alone.question, text, before)
            return only or self._teller.told_all(text, before)
        return self._unless_alone(asked, inherited, before)

    def _tells_hour(self, fact: Fact) -> bool:
        """Whether a fact tells a time of day: 'what time?' is not told by the day again."""
        return tells_hour([self._matcher.words_told(fact.id)], self._lexicon.language)

    def _is_not_said_of_another(self, part: Part, before: Conversation) -> bool:
        """Whether a part says that something is not said which the base relates to other facts than
        those that were told last: 'why?' is not asked of them."""
        entry = self._base.unanswered_by_id.get(part.best.fact) if part.best else None
        if entry is None or not entry.related or not before.facts:
            return False
        return part.outcome == "unknown" and not self._inheriting.is_near(entry.id, before)

    def _names_what_is_told(self, alone: Match) -> bool:
        """Whether a word that mostly says nothing is what a question is about: 'when is the
        report?', where a fact tells of one."""
        fillers = [w for w in alone.question.words if w.kind == "filler" and w.terms]
        return is_sure(alone) and any(self._matcher.holds(alone.chosen.id, w) for w in fillers)

    def _rather(self, asked: Fragment, inherited: Turn, before: Conversation) -> Turn | None:
        """What is rather meant than what the question inherits: those whom 'they' are, what was
        told last, or a fact of its topic; None: nothing is."""
        own, alone, pronoun, text = asked.own, asked.alone, asked.pronoun, asked.text
        answered = inherited[0].outcome == "answer"
        bare = self._is_bare(own)
        meant = None
        if pronoun and pronoun[1] == "it":
            named = self._antecedents.it(own, pronoun[0], text, before)
            if named and (surer(named, inherited) or tells_nothing_new(inherited[0], before)):
                return named
        if pronoun or (bare and not answered):
            meant = self.they_or_told(own, pronoun, text, before)
        if meant and (not answered or surer(meant, inherited) or is_new(meant, inherited, before)):
            return meant
        elsewhere = pronoun is not None and self._inheriting.is_elsewhere(alone, before)
        if elsewhere and not answered and (found := self._of_topic(alone, text, before)):
            return found
        strays = self._inheriting.nearby(before).isdisjoint(inherited[0].facts)
        of_it = answered or alone.question.asked != COUNT
        if pronoun is not None:
            of_it = pronoun[1] == "they"
        if of_it and strays and (bare or not self._teller.knows(alone)):
            return self._told_last(asked, before)
        return None

    def of_deed(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where it is asked of what was done: 'when did they do that?'; None:
        more is asked, or it cannot tell that."""
        question = asked.alone.question
        if not before.question or question.telling or not question.asked:
            return None  # most questions, at once
        deeds = runs_by_last_word(self._lexicon.language.deeds)
        if not run_at_end(deeds, [word.text for word in asked.own]):
            return None
        _, about = self._inheriting.last_question(before)
        return self._told_last(asked._replace(about=about), before)

    def _is_bare(self, own: tuple[Token, ...]) -> bool:
        """Whether a question says nothing: 'why?', 'for how long', 'how long for'."""
        ends = {own[0].text, own[-1].text}
        leaning = not ends.isdisjoint(self._lexicon.language.leaning_openers)
        return len(own) <= BARE or (leaning and len(own) == BARE + 1)

    def _unless_alone(self, asked: Fragment, inherited: Turn, before: Conversation) -> Turn | None:
        """What the question inherits; None: it is rather what it means alone."""
        own, alone, pronoun = asked.own, asked.alone, asked.pronoun
        # 'For how long?' behind an answer, or 'when was that?', is about nothing else.
        points = pronoun and own[pronoun[0]].text in self._lexicon.language.pointing
        if pronoun is None and alone.is_not_said and alone.confidence >= VERY_SURE:
            # 'When is the next one?' is known not to be said as it stands.
            surer_inherited = inherited[0].confidence > alone.confidence - OUTDONE
            told = inherited[0].outcome == "answer" and surer_inherited
            return inherited if self._is_bare(own) or told else None
        if self._is_bare(own) or (points and before.facts) or not _is_wholly_asked(alone):
            return inherited
        # 'Who was there?' is not answered with what was told before, where it has its own answer.
        part = inherited[0]
        if part.outcome != "answer" or part.facts[0] == alone.chosen.id:
            return None
        new = alone.chosen.id not in before.facts
        if new and part.confidence < alone.confidence - FAR_OUTDONE:
            return None
        repeats = new and tells_nothing_new(part, before)
        # Nor is it answered with who that is whom the last question named.
        names = alone.question.asked == WHO and self._introduces_named(part, before)
        return None if repeats or names else inherited

    def _introduces_named(self, part: Part, before: Conversation) -> bool:
        """Whether a part tells who somebody is whom the last question named."""
        fact = self._base.fact_by_id[part.facts[0]]
        named = [self._base.person_by_id[person] for person in before.named]
        return any(self._teller.who.introduces(fact, person) for person in named)

    def _told_last(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last once more, if it can tell what is asked of it: 'how many of them?'"""
        last = self._inheriting.last_told(before)
        kind = asked.alone.question.asked
        if last is None or kind not in STRICT - {WHO, WHY}:
            return None
        able = kind in MEASURED and self._matcher.can_tell(last.id, kind)
        if not able and not self._matcher.tells_at_times(last.id, kind):
            return None
        return self._inheriting.told_again(asked.own, asked.about, asked.text, before)

    def _rather_new(self, match: Match, alone: Match, before: Conversation) -> Match:
        """The match without what was told last, if another fact is known to tell what is asked for
        now: 'why?' behind whether they came."""
        asked = alone.question.asked
        if asked not in STRICT:
            return match
        others = [c for c in match.candidates if c.id not in before.facts]
        least = self._matcher.thresholds.answer
        new = any(
            c.is_fact
            and c.confidence >= least
            and not c.objections
            and self._matcher.can_tell(c.id, asked)
            for c in others
        )
        if not new or asked == self._inheriting.asked_last(before):
            return match
        return self._matcher.decide_again(match, others)

    def _behind(self, asked: Fragment, before: Conversation) -> tuple[Token, ...]:
        """What the last question was about, as it stands behind what is asked now: 'why' did the
        Taliban come, but 'who' came."""
        texts = [word.text for word in asked.own]
        language = self._lexicon.language
        small = language.supporting | language.be_forms | language.padding
        deed = texts[0] == WHO and small.issuperset(texts[1:])
        if deed and len(texts) > 1 and self._inheriting.asked_last(before) == WHETHER:
            return without_first_name(asked.about, self._lexicon)  # 'did Putin come? who did?'
        if texts == [asked.alone.question.asked] and texts != [WHO]:
            return rewriting.without_asking(asked.last, self._lexicon, auxiliaries=True)
        if asked.alone.question.asked == COUNT:  # 'were there six? how many?'
            figures = {word.text for word in self._matcher.readings(asked.about)[0].figures}
            return tuple(word for word in asked.about if word.text not in figures)
        return asked.about

    def _why_not(self, asked: Fragment, rival: float, before: Conversation) -> Turn | None:
        """'Why?' behind a whether-question that was answered with a no ('did the US come?') asks
        why not; None: it does not, by what comes of both. `rival`: how sure the plain why is."""
        if len(asked.own) > 1 or self._inheriting.asked_last(before) != WHETHER:
            return None
        denied = (*tokens(self._lexicon.language.why_not), *asked.about)
        turn = self._inheriting.if_answered(denied, asked.own, asked.text, before)
        sure = turn is not None and turn[0].confidence >= max(VERY_SURE, rival + OUTDONE)
        return turn if sure else None

    def they_or_told(
        self,
        own: tuple[Token, ...],
        pronoun: tuple[int, str] | None,
        text: str,
        before: Conversation,
    ) -> Turn | None:
        """A question that says no more than 'why?', 'they' or 'that', if it is answered of those
        whom they are, or else of what was told last, as one of its own questions says that."""
        if pronoun and pronoun[1] == "they":
            return self._antecedents.they(own, pronoun[0], text, before)
        return self.told(own, text, before, points=pronoun is not None)

    def told(
        self, own: tuple[Token, ...], text: str, before: Conversation, *, points: bool
    ) -> Turn | None:
        """A question asked of what was told last, as the last one or one of its own says that;
        where that is not sure, only if it `points` at it, and to what is near."""
        told = self._inheriting.last_told(before)
        if told is None and self._matcher.readings(own)[0].asked != NOTHING:
            told = self._inheriting.told_or_offered(before)
        turns = []
        ways = [before.question, *told.questions[:WAYS]] if told else []
        for question in ways:
            about = rewriting.without_asking(tokens(question), self._lexicon)
            turn = self._inheriting.if_answered((*own, *about), own, text, before)
            if turn and turn[0].confidence >= VERY_SURE:
                return turn
            if turn:
                turns.append(turn)
        best = max(turns, key=lambda turn: turn[0].confidence, default=None)
        if best is None:
            return None
        strays = self._inheriting.nearby(before).isdisjoint(best[0].facts)
        return best if points and not strays else None

    def _of_topic(self, alone: Match, text: str, before: Conversation) -> Turn | None:
        """'How long was it?' behind an answer: offers the likeliest fact of the same topic, if it
        can tell what is asked, though the question alone would mean another."""
        last = self._inheriting.last_told(before)
        least = self._matcher.thresholds.suggest / 2
        for candidate in (one for one in alone.candidates if one.confidence >= least):
            fact = self._base.fact_by_id.get(candidate.id)
            if last and fact and fact.topic == last.topic and not candidate.objections:
                return self._inheriting.offered(fact, candidate.confidence, text, before)
        return None

    def _defined(self, asked: Fragment, pronoun: str, before: Conversation) -> Turn | None:
        """'What is that?' behind an answer asks for what, or whom, it told of and the question did
        not name, or behind none, whom the question named; None: nothing says what that is."""
        asking = self._lexicon.language.defining.get(asked.alone.question.asked)
        if asking is None or not references.asks_no_more(asked.own, self._lexicon):
            return None
        told = [person for person in before.about if person not in before.named]
        if pronoun == "they":  # 'where do they want to go? who are they?'
            told += before.named
        if not before.facts:
            told = [*before.named]
        people = [self._base.person_by_id[person] for person in told]
        if pronoun != "it" or not before.facts:
            people = [person for person in people if references.fits(person, pronoun)]
        for person in people:
            words = (*tokens(asking), *rewriting.called(person))
            match = self._matcher.match(words)
            sure = is_sure(match) and match.chosen.evidence.phrase_covered >= WHOLLY
            if sure or (not before.facts and len(people) == 1 and person.role):
                return self._inheriting.taken_as(words, match, asked.text, before)
        return None


def _is_wholly_asked(alone: Match) -> bool:
    """Whether a question that says nothing is answered all the same, since a phrasing says no more:
    'who was there?', but not 'who was it then?'."""
    return is_sure(alone) and alone.chosen.evidence.phrase_covered >= WHOLLY


def surer(one: Turn, other: Turn) -> bool:
    """Whether one of two turns is the surer."""
    return one[0].confidence > other[0].confidence


def is_new(one: Turn, other: Turn, before: Conversation) -> bool:
    """Whether one of two answers is sure and new, and the other is what was told last."""
    told = tells_nothing_new(other[0], before)
    return told and not tells_nothing_new(one[0], before) and one[0].confidence >= VERY_SURE


def is_sure(alone: Match) -> bool:
    """Whether a question that lacks what it is about is answered all the same."""
    return alone.decision.verb == "answer" and alone.confidence >= VERY_SURE
