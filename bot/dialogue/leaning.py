"""Questions that lean on the one before: pronouns, 'and the other?', 'when?', 'do it'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.dialogue import references, rewriting
from bot.dialogue.antecedents import Antecedents
from bot.dialogue.bare import FEW, OUTDONE, Bare, Fragment
from bot.dialogue.chronology import neighbour
from bot.dialogue.claims import Claims
from bot.dialogue.conversation import Conversation
from bot.dialogue.coreference import Coreference
from bot.dialogue.inheriting import Inheriting
from bot.dialogue.kindred import Kindred
from bot.dialogue.mentions import named_in
from bot.dialogue.others import Others
from bot.dialogue.pointing import Pointing
from bot.dialogue.reply import Part
from bot.dialogue.sureness import CERTAIN, VERY_SURE
from bot.dialogue.telling import MOST_LEANING, Asked, Teller, Turn, tells_nothing_new
from bot.facts.model import ACTORS
from bot.matching.clock import tells_day
from bot.matching.engine import Match
from bot.matching.kinds import COUNT, MEASURED, WHAT, WHEN, WHO
from bot.matching.lexicon import NAME
from bot.matching.question import Question
from bot.matching.text import Token, tokens

Rule: TypeAlias = Callable[[Fragment, Conversation], Turn | None]

DOUBTFUL = 0.55  # confidence below which a few words are not taken for a change of topic


class Leaning:
    """Resolves a question by the conversation. It inherits only what it lacks, and only if alone it
    is not answered; otherwise it is a new topic."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._base = teller.base
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon
        self._inheriting = Inheriting(teller)
        self._antecedents = Antecedents(teller, self._inheriting)
        self.kindred = Kindred(teller, self._inheriting, self._antecedents)
        self._bare = Bare(teller, self._inheriting, self._antecedents, self.kindred)
        self._claims = Claims(teller, self._inheriting)
        self._pointing = Pointing(teller, self._inheriting)
        self.others = Others(teller, self._inheriting, self._claims)
        self._coreference = Coreference(
            teller,
            self._inheriting,
            antecedents=self._antecedents,
            kindred=self.kindred,
            bare=self._bare,
            claims=self._claims,
        )

    def turn(
        self, words: Sequence[Token], match: Match, text: str, before: Conversation
    ) -> Turn | None:
        """The turn of a question that leans on the last one; None: it stands on its own, and
        `match` is what it comes to. One of very many words leaves nothing out."""
        if len(words) > MOST_LEANING:
            return None
        rest = rewriting.without_opener(words, self._lexicon.language)
        own = rewriting.without_emphasis(rest or words, self._lexicon)
        if before.question:
            own, match = self._without_somebody(own, match)
        if before.facts and (ranked := rewriting.without_rank(own, self._lexicon.language)) != own:
            own = rest = ranked
        denies = own[0].text in self._lexicon.language.denying  # 'no, the Afghan one'
        if before.question and (one := rewriting.without_one(own[denies:], self._lexicon)):
            own = rest = one
        if rest is not None:
            own = rewriting.other_meant(own, before, self._base, self._lexicon) or own
        pronoun = references.pronoun_in(own, self._lexicon)
        alone = match if rest is None else self._matcher.match(own)
        determines = pronoun and own[pronoun[0]].text in self._lexicon.language.determiners
        if determines and pronoun and pronoun[1] == "they" and alone.decision.verb == "answer":
            pronoun = None  # 'who rejected those?' may be asked of things, and means enough alone
        asked = Fragment(own, (), (), alone, pronoun, text)
        if again := self._bare.of_deed(asked, before):
            return again
        if asked.only_names and (meant := self._antecedents.pending(own, text, before)):
            return meant
        if pronoun and pronoun[1] in references.PERSONAL:
            if self._coreference.is_told_behind(own, pronoun, before):
                return None
            if meant := self._coreference.personal(own, pronoun, alone, text, before):
                return meant
        by_itself = None if rest is None else self._by_itself(alone, text, own)
        if not before.question:
            return by_itself
        last, about = self._inheriting.last_question(before)
        asked = asked._replace(last=last, about=about, by_itself=by_itself)
        return self._of_last_question(asked, before) or by_itself

    def _by_itself(self, alone: Match, text: str, own: tuple[Token, ...]) -> Turn:
        """What is told behind 'no, I mean', which is not what a follow-up leans on."""
        part, state = self._teller.outcome(alone, Asked(text, own))
        return part, state._replace(display=rewriting.written(own))

    def _without_somebody(
        self, own: tuple[Token, ...], match: Match
    ) -> tuple[tuple[Token, ...], Match]:
        """'The Taliban guy' as 'the Taliban', with what that comes to."""
        rest = rewriting.without_somebody(own, self._lexicon)
        return (own, match) if rest == own else (rest, self._matcher.match(rest))

    def _of_last_question(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What a question comes to behind the last one: by the first rule that it falls under."""
        if self._asks_who_it_is(asked):
            return None
        if meant := self._coreference.noun(asked, before):
            return meant
        if self._says_nothing(asked.alone.question) and not self._names_topic(asked):
            return self._bare.turn(asked, before)
        if self._asks_which_day(asked, before):
            return self._bare.turn(asked, before)
        for rule in self._rules():
            if meant := rule(asked, before):
                return meant
        if asked.is_answered:
            return self._coreference.doubtful_part(asked, before)
        near = self._inheriting.near_last(asked.alone, before)
        if near.decision.verb == "answer":
            if asked.alone.is_not_said:
                filled = self._filled_in(asked, before)
                if filled and not tells_nothing_new(filled[0], before):
                    return filled
                words = (*asked.own, *asked.about)
                return self._inheriting.taken_as(words, near, asked.text, before, asked.own)
            return self._teller.outcome(near, Asked(asked.text, asked.own))
        leans = asked.pronoun or asked.goes_on or asked.says_little
        turn = self._filled_in(asked, before) if leans else None
        return self._coreference.not_said_of_them(asked, turn, before) or turn

    def _asks_who_it_is(self, asked: Fragment) -> bool:
        """Whether it asks who somebody is, by name or by the role, of whom the base has a role."""
        if asked.pronoun or asked.goes_on or asked.alone.question.asked not in {WHO, WHAT}:
            return False
        person = self._teller.who.asked_for(asked.alone)
        return person is not None and bool(person.role)

    def _rules(self) -> tuple[Rule, ...]:
        """In the order of which goes before which. Not kept: they would hold what holds them."""
        return (
            self._done,
            self._claims.of_what_was_told,
            self._of_others,
            self._whether_it_is,
            self._pointing.turn,
            self._pointing.measured,
            self._it_as_told,
            self._coreference.resolved,
            self._rest_as_told,
            self._pointing.rather,
            self._pointing.held,
            self._pointing.fragment,
            self.others.end_of_last,
            self._continued,
            self._rather_of_whom,
            self._there,
        )

    def _it_as_told(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where it says what is asked of 'it'."""
        return self._pointing.of_it(asked, before) if _is_of_it(asked) else None

    def _rest_as_told(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The same, of what is not asked of 'it': rather others are meant by 'them'."""
        return None if _is_of_it(asked) else self._pointing.of_it(asked, before)

    def _says_nothing(self, question: Question) -> bool:
        """Whether a question has no word of its own but those that ask: 'why?', 'which day?'"""
        language = self._lexicon.language
        hours = language.hours if question.asked == WHEN else frozenset()
        hours |= language.days if question.of_hour else frozenset()
        present = language.present if question.asked in MEASURED else ()
        return all(word.text in hours or word.text in present for word in question.telling)

    def _asks_which_day(self, asked: Fragment, before: Conversation) -> bool:
        """Whether it is no more than 'what year?', 'which day?', and what was told last tells one,
        or nothing was told."""
        question, language = asked.alone.question, self._lexicon.language
        units = [word.text for word in question.telling]
        if question.asked != WHEN or not 0 < len(units) <= FEW or question.figures:
            return False
        if not language.time_words.issuperset(units):
            return False
        last = self._inheriting.last_told(before)
        return last is None or tells_day(self._matcher.words_told(last.id), units, language)

    def _names_topic(self, asked: Fragment) -> bool:
        """Whether it is 'about the talks', and neither 'about when' nor 'about it'."""
        opens = asked.own[0].text == self._lexicon.language.concerning
        return opens and not asked.alone.question.asked and asked.pronoun is None

    def _is_owner(self, own: Sequence[Token]) -> bool:
        """Whether words tell whose something is: 'of Russia?'"""
        return own[0].text in self._lexicon.language.owner_markers

    def _goes_on(self, own: Sequence[Token]) -> bool:
        """Whether words end a sentence that they do not begin: 'in the attack?', 'about it?'"""
        ending = self._lexicon.language.place_markers | {self._lexicon.language.concerning}
        return self._is_owner(own) or own[0].text in ending

    def asked_last(self, before: Conversation) -> str:
        """The kind of thing that the last question asked for."""
        return self._inheriting.asked_last(before)

    def is_of_topic(self, match: Match, before: Conversation) -> bool:
        """Whether what a match tells is of the topic of what was told last, and new."""
        new = match.decision.verb == "answer" and match.chosen.id not in before.facts
        return new and bool(before.facts) and not self._inheriting.is_elsewhere(match, before)

    def strays(self, words: Sequence[Token], match: Match, before: Conversation) -> bool:
        """Whether what is known not to be said is of another topic than what was told before the
        last question, though it is asked of 'it' or 'them': 'when did it end?'"""
        if before.answered is None or not match.is_not_said or match.question.names:
            return False
        leans = references.pronoun_in(words, self._lexicon) is not None
        return leans and self._inheriting.is_elsewhere(match, before.answered)

    def next_in_time(self, text: str, before: Conversation, *, later: bool) -> Turn | None:
        """The turn of 'what happened before that?', or after it: the nearest on the timeline to
        what was told last; None: that has no time, or nothing stands there but it."""
        last = self._inheriting.last_told(before)
        fact = neighbour(self._base.facts, last, later=later) if last else None
        return self._inheriting.told_as(fact, fact.questions[0], text) if fact else None

    def proof(self, own: Sequence[Token], text: str, before: Conversation) -> Turn | None:
        """The turn of 'proof?' with what the last question was about, or what was told last asks,
        if it is known whether the source gives any of that, and that is not what was told last;
        None: it is not known."""
        if not before.question:
            return None
        last = before if before.facts else before.answered or before
        told = [tokens(self._base.fact_by_id[fact].questions[0]) for fact in last.facts]
        for about in (self._inheriting.last_question(before)[1], *told):
            words = (*own, *about)
            turn = self._inheriting.if_answered(words, tuple(own), text, last, or_not_said=True)
            if turn is None or turn[0].best is None or set(turn[0].facts) & set(last.facts):
                continue
            if self._inheriting.is_near(turn[0].best.fact, last):
                return turn
            if self._inheriting.is_beside(turn[0].best.fact, last.not_said):
                return turn
        return None

    def _filled_in(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The answer to a question with what the last one was about; None where it has none, or
        where alone it is known not to be said, and rather that is meant."""
        words = (*asked.own, *asked.about)
        turn = self._inheriting.if_answered(
            words, asked.own, asked.text, before, or_not_said=self._is_far(asked.alone, before)
        )
        if turn and turn[0].outcome != "answer":
            near = turn[0].best is not None and self._inheriting.is_of(turn[0].best.fact, before)
            return turn if near else None
        repeats = turn is None or tells_nothing_new(turn[0], before)
        named = named_in(asked.own, self._lexicon)
        if repeats and any(self._base.person_by_id[p].kind in ACTORS for p in named):
            return None  # 'what is Russia like?' is not answered with what was told of another
        # 'How many died?' may be of the attack that was just told of, and else is not said; nor is
        # 'who wrote it?' where all that answers it was told already.
        if turn and asked.alone.is_not_said:
            told_all = repeats and asked.alone.confidence >= VERY_SURE
            outdone = turn[0].confidence < asked.alone.confidence - OUTDONE
            if told_all or outdone or self._inheriting.nearby(before).isdisjoint(turn[0].facts):
                return None
        return turn

    def _rather_of_whom(self, asked: Fragment, before: Conversation) -> Turn | None:
        """'How many came?' behind what a delegation is: asked of whom the last question named,
        where alone it is of others; None: it names somebody itself, or is rather what it means
        alone."""
        alone, named = asked.alone, before.named
        of_them = [p for p in named if self._base.person_by_id[p].kind in ACTORS]
        if len(of_them) != 1 or self._names_actors(alone) or not asked.is_answered:
            return None
        parts = self._base.fact_by_id[alone.chosen.id].covers
        if self._matcher.concerns(alone.chosen, of_them[0]) and not parts:
            return None
        turn = self._filled_in(asked, before)
        if turn and turn[0].facts == (alone.chosen.id,):
            turn = None
        if turn is None and alone.question.asked == COUNT:
            words = rewriting.counting(
                asked.own, self._base.person_by_id[of_them[0]], self._lexicon
            )
            turn = self._inheriting.if_answered(words, asked.own, asked.text, before)
        if turn is None or turn[0].outcome != "answer":
            return None
        if turn[0].facts[0] not in parts and turn[0].confidence < alone.confidence:
            return None
        told = self._base.fact_by_id[turn[0].facts[0]]
        return turn if of_them[0] in references.about((told,)) else None

    def _names_actors(self, alone: Match) -> bool:
        """Whether a question names somebody who can do something."""
        named = {term.removeprefix(NAME) for term in alone.question.named}
        people = (self._base.person_by_id.get(person) for person in named)
        return any(person is None or person.kind in ACTORS for person in people)

    def _is_far(self, alone: Match, before: Conversation) -> bool:
        """Whether a question alone is not said, of something else than was told last."""
        return alone.is_not_said and not self._inheriting.is_of(alone.candidates[0].id, before)

    def framed(self, turn: Turn, match: Match, before: Conversation) -> Turn:
        """The turn as it stands in the conversation. What a few words seem to ask of another topic
        ('did it work?') is only offered, unless that is sure. Where a few words of a question
        ('India?') had no answer, the question that they left out stays what the next ones leave
        out, too: 'Pakistan?'. So do whom 'they' were, where nothing was told, and the question that
        a figure alone was asked once more of: 'five, yes?'."""
        part, state = turn
        question = match.question
        is_new = state is not before and part.outcome != "answer"
        if is_new and not state.named and self._leans_on_somebody(question):
            state = state._replace(named=before.named, about=before.about)
            turn = part, state
        of_figures = question.figures and question.telling == question.figures
        if of_figures and part.outcome == "answer" and tells_nothing_new(part, before):
            return part, before
        if not before.question or len(question.telling) > FEW:
            return turn
        if self._is_doubtful(part, before) and not question.names:
            fact = self._base.fact_by_id[part.facts[0]]
            return self._inheriting.offered(fact, part.confidence, part.question, before)
        few = question.telling and not question.asked
        if part.outcome != "unknown" or part.assumed or not few:
            return turn
        return part, state._replace(question=before.question, named=state.named or before.named)

    def _leans_on_somebody(self, question: Question) -> bool:
        return any(word.text in self._lexicon.language.pronouns for word in question.words)

    def _is_doubtful(self, part: Part, before: Conversation) -> bool:
        """Whether an answer that is not sure has nothing to do with what was told last."""
        if part.outcome != "answer" or part.confidence >= DOUBTFUL:
            return False
        fact, last = self._base.fact_by_id[part.facts[0]], self._inheriting.last_told(before)
        near = fact.id in self._inheriting.nearby(before) or (last and last.topic == fact.topic)
        return not near

    def _done(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The answer to a question in which 'do it' stands for what the last one was about: 'why
        would Russia do it?'; None: it has none, or that is not answered."""
        sure = asked.is_answered and asked.alone.confidence >= CERTAIN
        if not asked.alone.question.asked or sure:
            return None
        verbs = self._matcher.index.verbs
        meant = rewriting.with_deed(asked.own, asked.about, self._lexicon, verbs)
        if meant is None:
            return None
        return self._inheriting.if_answered(meant, asked.own, asked.text, before)

    def _of_others(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The turn of 'and the US?', 'did the US?'; None: it says more, or is answered as it
        stands."""
        if whom := rewriting.elliptic(asked.own, self._lexicon):
            if self.asked_last(before) == WHO:  # 'who came? did Ann?'
                words = (*asked.own, *asked.about)
                return self._inheriting.inherited(words, asked.own, asked.text, before)
            no_more = self._teller.told_all(asked.text, before)  # alone it means nothing
            return self.others.turn(asked._replace(own=whom, by_itself=no_more), before)
        if not asked.only_names or asked.alone.question.asked:
            return None
        if asked.is_answered and not asked.goes_on and not self._is_owner(asked.own):
            return None
        return self.others.turn(asked, before)

    def _whether_it_is(self, asked: Fragment, before: Conversation) -> Turn | None:
        return self._coreference.whether_it_is(asked, before) if asked.only_names else None

    def _continued(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The turn of 'and on their side?', 'in the attack?'; None: it asks by itself."""
        goes_on = asked.goes_on or self._goes_on(asked.own)
        if not asked.says_little or not goes_on or asked.alone.question.asked:
            return None
        return self.others.continued(asked, before)

    def _there(self, asked: Fragment, before: Conversation) -> Turn | None:
        """With the place that 'there' is, if that is surer than what is asked alone."""
        there = self._coreference.there(asked, before)
        if there and asked.is_answered and there[0].confidence <= asked.alone.confidence:
            return None
        return there


def _is_of_it(asked: Fragment) -> bool:
    return asked.pronoun is not None and asked.pronoun[1] == "it"
