"""Questions that ask of 'that', which is what was told last: 'was that a record?'"""

from __future__ import annotations

from bot.dialogue.bare import FEW, Fragment, is_sure
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import Inheriting
from bot.dialogue.kindred import OFTEN
from bot.dialogue.sureness import CERTAIN
from bot.dialogue.telling import Teller, Turn
from bot.facts.model import Fact
from bot.matching.decide import WHOLLY
from bot.matching.kinds import COUNT, HOW, MEASURED, MONEY, NOTHING, STRICT, WHETHER, WHO
from bot.matching.question import Question
from bot.matching.text import tokens

SHORT = 3  # words of a question that may leave out of what it asks
MEASURING = 2  # words of 'how big?'
DISTANCE = "distance"  # what any figure but a year may tell


class Pointing:
    """Asks them of what was told, where that holds all that they say."""

    def __init__(self, teller: Teller, inheriting: Inheriting) -> None:
        self._teller = teller
        self._matcher = teller.matcher
        self._language = teller.matcher.lexicon.language
        self._inheriting = inheriting

    def turn(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where 'that' is asked of it and it holds the whole question: 'was
        that a record?', 'how much will that cost?'; None: it does not."""
        last, question = self._inheriting.last_told(before), asked.alone.question
        if last is None or not self._asks_of_that(asked, last.id, before):
            return None
        alone = asked.alone.candidates[0].id if asked.alone.candidates else ""
        rather_near = self._teller.knows(asked.alone) and self._inheriting.is_near(alone, before)
        if (rather_near and alone != last.id) or not self._holds(last, question):
            return None
        return self._inheriting.told_again(asked.own, asked.about, asked.text, before)

    def rather(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where a few words alone would be said to be unsaid of something else
        ('who pays?' behind a reward), and it holds them and is often asked for this kind of thing;
        None: it is not."""
        last, alone = self._inheriting.last_told(before), asked.alone
        question = alone.question
        if last is None or not alone.is_not_said or question.names or asked.pronoun:
            return None
        if not 0 < len(question.telling) <= FEW or question.asked not in STRICT:
            return None
        far = not self._inheriting.is_near(alone.candidates[0].id, before)
        able = self._matcher.share_asking(last.id, question.asked) >= OFTEN
        if not (far and able and self._holds(last, question)):
            return None
        return self._inheriting.told_again(asked.own, asked.about, asked.text, before)

    def held(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where nothing sure is known of a question alone, and it holds all
        of that and can tell this kind of thing: 'when were they let in?'; None: it does not."""
        last, question = self._inheriting.last_told(before), asked.alone.question
        if last is None or question.asked not in STRICT - {WHO}:
            return None
        alone = asked.alone
        elsewhere = asked.is_answered and self._inheriting.is_elsewhere(alone, before)
        if self._teller.knows(alone) and (is_sure(alone) or not elsewhere):
            return None
        if not (self._can_tell(last, question) and self._holds(last, question)):
            return None
        return self._inheriting.told_again(asked.own, asked.about, asked.text, before)

    def fragment(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where a word or two of its answer are all that is said ('tons?'), and
        nothing quite sure is known of them alone; None: more is said, or something is asked."""
        last, question = self._inheriting.last_told(before), asked.alone.question
        if last is None or len(asked.own) > FEW or asked.pronoun or question.asked != NOTHING:
            return None
        if len(question.telling) < len(asked.own) or question.names:
            return None  # 'about tons?', 'and Bob?'
        if any(word.text in self._language.present for word in asked.own):
            return None  # 'and now?'
        alone = asked.alone
        near = asked.is_answered and self._inheriting.is_near(alone.chosen.id, before)
        known = self._teller.knows(alone) and alone.confidence >= CERTAIN
        if near or known or not self._says(last, question):
            return None
        return self._inheriting.told_again(asked.own, asked.about, asked.text, before)

    def of_it(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where its answer itself says all that is asked of 'it', 'that' or
        'them', or in a word or two: 'who wants that?', 'when will they decide?', 'who decides?';
        None: it does not, or a question of the base asks just what it asks alone."""
        last, alone = self._inheriting.last_told(before), asked.alone
        if last is None or not (self._asks_of_things(asked) or len(asked.own) <= SHORT):
            return None
        question = alone.question
        if question.asked not in STRICT or question.names or question.figures:
            return None
        if question.negated:
            return None
        if alone.is_not_said and self._teller.knows(alone):
            return None
        if not self._can_tell(last, question) or not self._says(last, question):
            return None
        if asked.is_answered and self._is_told_alone(asked, last):
            return None
        if asked.is_answered and self._inheriting.is_near(alone.chosen.id, before):
            return None
        return self._inheriting.told_again(asked.own, asked.about, asked.text, before)

    def _can_tell(self, told: Fact, question: Question) -> bool:
        """Whether a fact can tell this kind of thing: a date is no answer to 'how many ran'."""
        able = self._matcher.can_tell(told.id, question.asked)
        counts = question.asked == COUNT and not question.counted
        priced = self._matcher.can_tell(told.id, MONEY)  # 'out of how much?'
        return able and not (counts and self._matcher.measures_alone(told.id) and not priced)

    def _asks_of_things(self, asked: Fragment) -> bool:
        return asked.pronoun is not None and asked.pronoun[1] in {"it", "they"}

    def _is_told_alone(self, asked: Fragment, last: Fact) -> bool:
        """Whether rather that is told which a question means alone: its answer says so itself, and
        is asked for this kind of thing, or just so."""
        alone, kind = asked.alone, asked.alone.question.asked
        other = self._teller.base.fact_by_id[alone.chosen.id]
        if not self._says(other, alone.question):
            return False
        if alone.chosen.evidence.phrase_covered >= WHOLLY:
            return True
        points = asked.pronoun and asked.own[asked.pronoun[0]].text in self._language.pointing
        able = points or self._matcher.tells_at_times(last.id, kind)
        return not able and self._matcher.tells_at_times(other.id, kind)

    def measured(self, asked: Fragment, before: Conversation) -> Turn | None:
        """What was told last, where 'how big?' is asked behind a figure, and alone it would be told
        of something else; None: more is asked, or that is near."""
        last, alone = self._inheriting.last_told(before), asked.alone
        if last is None or alone.question.asked != HOW or len(asked.own) > MEASURING:
            return None
        if asked.pronoun or not self._matcher.can_tell(last.id, DISTANCE):
            return None
        if alone.candidates and self._inheriting.is_near(alone.candidates[0].id, before):
            return None
        return self._inheriting.told_again(asked.own, asked.about, asked.text, before)

    def _holds(self, told: Fact, question: Question) -> bool:
        """Whether a fact has all that a question says, and not only what is kindred to that ('why
        is that funny?' of a joke), and that is more than names."""
        says = any(word.kind != "name" for word in question.telling)
        if any(word.kin for word in question.telling):
            return False
        telling = question.telling
        if question.asked == MONEY:  # 'what did it cost' says no more than that a price is asked
            telling = tuple(w for w in telling if w.text not in self._language.money)
        return says and self._matcher.holds_all(told.id, telling)

    def _says(self, told: Fact, question: Question) -> bool:
        """Whether an answer has all that a question says in its own words."""
        said = self._matcher.terms_told(told.id)
        telling = question.telling
        return bool(telling) and all(not said.isdisjoint(word.terms) for word in telling)

    def _asks_of_somebody(self, before: Conversation) -> bool:
        """Whether the last question was about people, who are 'they' then."""
        if before.named or self._inheriting.asked_last(before) == WHO:
            return True
        return any(self._language.is_person(word.text) for word in tokens(before.question))

    def _asks_of_that(self, asked: Fragment, told: str, before: Conversation) -> bool:
        """Whether 'that' is what was told last, of which it is asked whether it is something, or
        how long, how much; or 'it', or 'they' where these are things, of which a price is asked. It
        may also stand before a noun ('that group'), or join two clauses."""
        language, own, kind = self._language, asked.own, asked.alone.question.asked
        at, stands_for = asked.pronoun or (0, "")
        of_things = stands_for == "they" and not self._asks_of_somebody(before)
        if at == 0 or not (stands_for == "it" or of_things):
            return False
        if kind == WHETHER:
            noun = len(own) > 2 and own[2].text in language.articles  # 'was that a record'
            points = own[at].text in language.pointing
            return points and at == 1 and own[0].text in language.be_forms and noun
        often = kind in MEASURED and self._matcher.tells_at_times(told, kind)
        if own[at].text not in language.pointing:  # 'how long did it last' is asked of anything
            often = kind == MONEY and self._matcher.can_tell(told, kind)
        return often and own[at - 1].text in language.whether
