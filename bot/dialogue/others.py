"""Questions for another than the last one was about ('and the US?', 'and the other side?', 'and the
weather?'), or for more than was told: 'any other reason?'."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue import references, rewriting
from bot.dialogue.bare import OUTDONE, Fragment, surer
from bot.dialogue.claims import Claims
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import Inheriting
from bot.dialogue.mentions import named_in, stranger_in
from bot.dialogue.reply import Part
from bot.dialogue.sureness import SURE
from bot.dialogue.telling import Asked, Teller, Turn, tells_nothing_new
from bot.facts.model import Fact
from bot.matching.decide import is_topic
from bot.matching.engine import Match
from bot.matching.kinds import WHETHER
from bot.matching.lexicon import NAME
from bot.matching.text import Token, tokens


class Others:
    """Asks the last question of them."""

    def __init__(self, teller: Teller, inheriting: Inheriting, claims: Claims) -> None:
        self._teller = teller
        self._base = teller.base
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon
        self._inheriting = inheriting
        self._claims = claims

    def turn(self, asked: Fragment, before: Conversation) -> Turn:
        """The turn of 'and the US?': the last question asked of another, or about it; or else, if
        that comes to nothing, what is known of it."""
        own, last, text, lexicon = asked.own, asked.last, asked.text, self._lexicon
        by_itself = asked.by_itself
        named_before = set(named_in(last, lexicon)).intersection(named_in(own, lexicon))
        if named_before and (of_them := self._claims.told_by(asked, before, of_sides=True)):
            return of_them  # in its place in the question it would ask the same once more
        whose = rewriting.with_owner(last, own, lexicon)
        theirs = self._inheriting.inherited(whose, own, text, before) if whose else None
        if theirs and self._teller.settles(theirs[0]):
            return theirs
        ways = rewriting.with_other_names(last, own, lexicon)
        turns = [self._inheriting.inherited(words, own, text, before) for words in ways]
        turn, other = max(zip(turns, ways, strict=True), key=lambda way: _clearly_told(way[0]))
        stands_in_place = other[: len(last)] != last
        of_another = self._is_of_another(turn[0], own, before) or (
            stands_in_place and self._is_doubtful_again(turn[0], before)
        )
        if turn[0].outcome == "answer" and not of_another:
            if by_itself and not stands_in_place and by_itself[0].facts == turn[0].facts:
                return by_itself
            return turn
        regards = len(own) > 1 and own[0].text in lexicon.language.regarding  # 'and on the dam?'
        behind = own[1:] if regards else own
        about = (*last, *tokens(lexicon.language.concerning), *behind)
        told = None
        if not self._opens_with_a_place(own):  # 'and from America?' is not asked about that
            told = self._inheriting.if_answered(about, own, text, before)
        if told and not stands_in_place and not self._is_about(told[0], own):
            told = None  # 'who was there? and the Afghans?' is not who else was
        again = told is not None and stands_in_place and tells_nothing_new(told[0], before)
        doubtful = told and by_itself and stands_in_place and told[0].confidence < SURE
        if doubtful and self._inheriting.asked_last(before) == WHETHER:
            told = None  # 'was Ann a judge? and Bob?' is not asked about Bob
        if told and not again and not self._is_of_another(told[0], own, before):
            return told
        if counted := self._counted(asked, before):
            return counted
        if of_another:
            if fresh := self._inheriting.of_another(other, own, text, before):
                return fresh
            if self._says_no_place(own):
                return self._teller.told_all(text, before)
            return by_itself or self._teller.outcome(asked.alone, Asked(text, own))
        if of_them := self._claims.told_by(asked, before):
            return of_them
        if stands_in_place and self._teller.settles(turn[0]):
            return turn
        if by_itself is None or self._says_no_place(own):
            return turn
        rather = by_itself[0].outcome == "answer" or surer(by_itself, turn)
        return by_itself if rather else turn

    def _says_no_place(self, own: Sequence[Token]) -> bool:
        """Whether 'in Moscow' tells nothing apart: half the base is about what alone it names."""
        if not self._opens_with_a_place(own):
            return False
        named = {f"{NAME}{person}" for person in named_in(own, self._lexicon)}
        return named <= self._matcher.index.background

    def _opens_with_a_place(self, own: Sequence[Token]) -> bool:
        return own[0].text in self._lexicon.language.place_markers

    def _counted(self, asked: Fragment, before: Conversation) -> Turn | None:
        """'And in Oslo?' behind 'how many pumps were sold?' as 'how many pumps in Oslo', if that is
        answered, and not with what was told; None: nothing was counted."""
        things = self._matcher.readings(asked.last)[0].counted
        at = next((n for n, w in enumerate(asked.last) if things and w.text == things.text), None)
        if at is None:
            return None
        words = (*asked.last[: at + 1], *asked.own)
        turn = self._inheriting.if_answered(words, asked.own, asked.text, before)
        return turn if turn and not tells_nothing_new(turn[0], before) else None

    def continued(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The turn of 'and on their side?' as the end of the last question, or of 'and the
        weather?' behind 'what did Ann say about the food?' as what is asked of instead, whatever
        comes of 'and about the weather?'; None: it is rather what it means alone."""
        own, last = asked.own, asked.last
        language = self._lexicon.language
        topic = next((at for at, w in enumerate(last) if w.text == language.concerning), None)
        if rewriting.without_opener(last, language) is not None:
            topic = None  # 'what about Ann' says nothing of what is asked
        about = own[0].text == language.concerning
        said = topic is None and any(word.text in language.stating for word in last)
        has_topic = topic is not None and topic > 0  # else the topic is all that was asked
        if stranger_in(own, self._lexicon) == own:
            # 'Was India there? And Tajikistan?'
            ways = [rewriting.with_other_name(last, own, self._lexicon)]
        elif about and (has_topic or said):
            return self._inheriting.inherited((*last[:topic], *own), own, asked.text, before)
        else:
            ways = [(*last[: topic + 1], *own)] if topic is not None else []
            ways += [*rewriting.with_other_noun(last, own, language), (*last, *own)]
        for words in ways:
            turn = self._inheriting.if_answered(words, own, asked.text, before, or_not_said=True)
            if turn and turn[0].confidence > asked.alone.confidence + OUTDONE:
                return turn
            told = turn is not None and turn[0].outcome == "answer"
            if told and turn and turn[0].confidence >= SURE and self._is_thing(asked):
                return turn
        return None

    def _is_thing(self, asked: Fragment) -> bool:
        """Whether a thing alone is meant ('no, I meant the ferry'), which asks for nothing that is
        not said of it."""
        opens = asked.own[0].text in self._lexicon.language.articles
        return opens and asked.alone.is_not_said and is_topic(asked.alone.question)

    def end_of_last(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The turn of 'on which side?', 'in which country?' as the end of the last question, or of
        what that was about; None: it is no such end, or rather what it means alone."""
        if not self._is_end(asked.own):
            return None
        turns = []
        for words in ((*asked.last, *asked.own), (*asked.own, *asked.about)):
            turn = self._inheriting.if_answered(words, asked.own, asked.text, before)
            if turn and self._inheriting.is_near(turn[0].facts[0], before):
                turns.append(turn)
        if turns:
            return max(turns, key=lambda turn: turn[0].confidence)
        if asked.is_answered or not before.facts:
            return None
        return self._teller.told_all(asked.text, before)

    def _is_end(self, own: Sequence[Token]) -> bool:
        """Whether words can only end a sentence: 'on which side', without a verb to be."""
        language = self._lexicon.language
        texts = [word.text for word in own]
        opens = texts[0] in language.leaning_openers | language.place_markers
        ends = opens and len(texts) > 2 and texts[1] in language.question_words
        return ends and language.auxiliaries.union(language.be_forms).isdisjoint(texts)

    def counterpart(self, text: str, before: Conversation) -> Turn | None:
        """'And the other side?' behind 'how many came from Kabul?': the same asked of another whom
        the facts near the last one are about; None: nothing new comes of that."""
        last = tuple(tokens(before.question))
        near = self._inheriting.nearby(before)
        others = references.about([self._base.fact_by_id[fact] for fact in sorted(near)])
        turns = []
        for person in (self._base.person_by_id[p] for p in others if p not in before.named):
            name = tuple(tokens(person.name))
            words = rewriting.with_other_name(last, name, self._lexicon)
            if words[: len(last)] == last:
                continue  # nobody stands in the question whose place it could take
            turn = self._inheriting.if_answered(words, name, text, before)
            if turn and turn[0].facts[0] in near.difference(before.shown):
                turns.append(turn)
        return max(turns, key=lambda turn: turn[0].confidence, default=None)

    def asked_for(self, part: Part, match: Match, before: Conversation) -> bool:
        """Whether a part tells once more what was told last to a question for others of the same
        kind: 'any other reason?' behind 'why?'."""
        again = part.outcome == "answer" and bool(before.facts) and tells_nothing_new(part, before)
        asked = match.question.asked
        if not again or asked == WHETHER or not self._inheriting.asks_for_others(match):
            return False
        return self._inheriting.asked_last(before) in {asked, ""}

    def of_kind(self, asked: str, before: Conversation) -> list[Fact]:
        """The facts near what was told last, and new, that tell the same kind of thing."""
        near = sorted(self._inheriting.nearby(before).difference(before.shown, before.recent))
        facts = [self._base.fact_by_id[fact_id] for fact_id in near]
        return [fact for fact in facts if self._matcher.tells_at_times(fact.id, asked)]

    def _is_doubtful_again(self, part: Part, before: Conversation) -> bool:
        """Whether what was told of somebody would be told again of another, without being sure."""
        again = part.outcome == "answer" and tells_nothing_new(part, before)
        return again and part.confidence < SURE

    def _is_about(self, part: Part, own: Sequence[Token]) -> bool:
        """Whether an answer has to do with one of those who are named, if anybody is."""
        named = set(named_in(own, self._lexicon))
        told = self._base.fact_by_id[part.facts[0]]
        people = self._matcher.names_in_answer(told.id).union(told.about)
        return not named or not named.isdisjoint(people)

    def _is_of_another(self, part: Part, own: Sequence[Token], before: Conversation) -> bool:
        """Whether what was told last would be told again of somebody whom it does not name: 'and
        Russia?' behind why the United States stayed away; 'the Afghan council' names Afghans."""
        named = set(named_in(own, self._lexicon))
        if part.outcome != "answer" or part.facts[0] not in before.facts or not named:
            return False
        told = self._matcher.names_in_answer(part.facts[0])
        if not self._opens_with_a_place(own):
            words = tokens(self._base.fact_by_id[part.facts[0]].answer)
            told |= {person for word in words for person in named_in([word], self._lexicon)}
        return named.isdisjoint(told)


def _clearly_told(turn: Turn) -> float:
    """How sure an answer is, in tenths, so that the first of those about as sure goes first."""
    return round(turn[0].confidence, 1) if turn[0].outcome == "answer" else 0.0
