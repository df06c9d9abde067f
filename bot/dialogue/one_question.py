"""One question: by itself, or with what it lacks taken from the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.bare import BARE
from bot.dialogue.chat import OPINION, SUMMARY, Chat
from bot.dialogue.compose import message_part
from bot.dialogue.conversation import Conversation
from bot.dialogue.describing import LONGEST_SIDE
from bot.dialogue.doubts import Doubts
from bot.dialogue.last_answer import LastAnswer
from bot.dialogue.leaning import Leaning
from bot.dialogue.mentions import named_in, stranger_in
from bot.dialogue.phrasebook import Phrasebook
from bot.dialogue.references import pronoun_in
from bot.dialogue.reply import Best, Part
from bot.dialogue.set_phrases import PASSING, SetPhrases
from bot.dialogue.sureness import SURE
from bot.dialogue.telling import (
    Asked,
    Teller,
    Turn,
    offering,
    tells_nothing_new,
)
from bot.matching.engine import Match
from bot.matching.kinds import COUNT, STRICT, WHEN, WHERE, WHETHER, WHO, WHY
from bot.matching.question import Question
from bot.matching.text import Token, tokens

PLACED = 2  # words at least of 'in Oslo?'
SHORT = 3  # words of a question that may be asked of anybody
HALF = 0.5  # of a phrasing; of all doubt
CLAIM = 3  # words at least of 'they sell arms', where nothing was told that it may be said of


class OneQuestion:
    """What one question comes to in a conversation."""

    def __init__(self, teller: Teller, chat: Chat, followups: Phrasebook) -> None:
        self._teller = teller
        self._base = teller.base
        self._texts = teller.texts
        self._matcher = teller.matcher
        self._chat = chat
        self._leaning = Leaning(teller)
        self._last_answer = LastAnswer(teller)
        self._set_phrases = SetPhrases(teller, followups, self._leaning, self._last_answer)
        self._doubts = Doubts(teller)

    def turn(self, words: Sequence[Token], text: str, before: Conversation) -> Turn:
        """One question: by itself, or with what it lacks taken from the conversation."""
        kind = self._set_phrases.kind(words, text, before)
        if picked := self._set_phrases.picked(kind, text, before):
            return picked
        if chat := self._chat.kind(words):
            whole = self._chat.overview if chat == SUMMARY else None
            if whole:
                return self._teller.fact(whole, Best(whole.id, SURE), Asked(text, tuple(words)))
            return self._teller.small_talk(text, chat), before
        if kind and (known := self._set_phrases.turn(kind, words, text, before)):
            return known
        kind = None if kind in PASSING else kind
        match = self._matcher.match(words)
        if before.facts and self._asks_of_the_saying(words, match.question):
            return self._set_phrases.no_more(match, text, words, before)
        leaning = self._leans(words, match, text, before)
        if kind == "meaning" and before.facts and not self._tells_more(leaning, match, before):
            return self._last_answer.asked(kind, text, before)
        question = match.question
        said = {word.text for word in words}  # 'why?', 'who, who, who?'
        bare = len(said) <= BARE and question.asked and not question.telling
        if match.decision.verb == "answer":
            of_nothing = bool(kind or bare) and match.confidence < SURE
        else:
            of_nothing = bool(bare) and not before.question
        of_last = kind if kind == "sides" and before.facts else None
        if leaning is None and of_nothing and not of_last:
            # 'Exact words?' with nothing said before is about nothing, unless a fact is sure.
            return self._teller.small_talk(text, "help"), before
        if leaning is None and not before.question and self._is_of_anybody(match):
            near = [self._base.fact_by_id[match.chosen.id]]
            best = Best(match.chosen.id, match.confidence)
            offer = message_part(text, "suggest", self._texts.suggest, facts=near, best=best)
            return offering(offer, before)
        turn = leaning or self._teller.outcome(match, Asked(text, tuple(words)))
        if self._leaning.others.asked_for(turn[0], match, before):
            return self._others(match, text, words, before)
        if doubt := self._doubts.kind(words, turn, before):
            return self._last_answer.asked(doubt, text, before)
        if kind == "verdict" and (leaning is not None or turn[0].confidence < SURE):
            return self._teller.small_talk(text, OPINION), before
        if of_last and turn[0].confidence < SURE:
            # 'And the other side?' is that of something else where it is sure.
            return self._last_answer.asked(of_last, text, before)
        if self._asks_of_elsewhere(words, turn, before):
            return self._last_answer.asked("doubt", text, before)
        framed = self._leaning.framed(turn, match, before)
        if self._offers_what_was_told(framed[0], before):
            return self._set_phrases.no_more(match, text, words, before)
        if rather := self._only_offer(framed[0], match, text, before):
            return rather
        if self._is_of_nothing_told(words, framed[0], before):
            return self._set_phrases.no_more(match, text, words, before)
        if self._is_doubtful_again(framed[0], match.question, before):
            return self._set_phrases.no_more(match, text, words, before)
        return self._told_again(self._without_told(framed, before), before)

    def _is_doubtful_again(self, part: Part, question: Question, before: Conversation) -> bool:
        """Whether what was told just before would be told again to a question whether something is
        so, without being sure that it says that: 'who is Ann? is she friendly?'"""
        doubtful = question.asked == WHETHER and part.confidence < HALF
        if not (doubtful and _leans_back(part, before)):
            return False
        language = self._matcher.lexicon.language
        before_noun = language.be_forms | language.pronouns.keys()
        return not any(  # 'is she the mayor?' is told who she is
            one.text in before_noun and behind.text in language.articles
            for one, behind in pairwise(question.words)
        )

    def who_claims(self, words: Sequence[Token], text: str) -> Turn | None:
        """What answers 'who says that they sell arms?', if that is sure, and somebody's claim or
        disputed; None: it is neither, or something else is asked."""
        said = self._set_phrases.said_by_whom(words)
        if len(said) < CLAIM:
            return None
        pointing = self._matcher.lexicon.language.pointing  # 'who says that they sell arms'
        match = self._matcher.match(said[said[0].text in pointing :])
        if match.decision.verb != "answer" or match.confidence < SURE or match.question.negated:
            return None
        fact = self._base.fact_by_id[match.chosen.id]
        if fact.claim is None and not self._last_answer.is_dispute(fact):
            return None
        return self._teller.outcome(match, Asked(text, tuple(words)))

    def _is_of_anybody(self, match: Match) -> bool:
        """Whether 'who was there?' is answered by what asks who was where on a photo: it says
        nothing of whom it means, and the phrasing much that it does not say."""
        question = match.question
        if (
            question.asked not in {WHO, COUNT}
            or len(question.words) > SHORT
            or question.telling
            or question.figures
        ):
            return False
        return match.decision.verb == "answer" and match.chosen.evidence.phrase_covered < HALF

    def _asks_of_elsewhere(self, words: Sequence[Token], turn: Turn, before: Conversation) -> bool:
        """Whether nothing comes of 'in Oslo?' behind what was told of elsewhere, or of a name alone
        that is nowhere in the base behind 'who' or 'where'."""
        lexicon = self._matcher.lexicon
        part = turn[0]
        if not before.facts or (self._teller.settles(part) and part.confidence >= SURE):
            return False
        if words and stranger_in(words, lexicon) == tuple(words):
            asked = self._leaning.asked_last(before)
            # 'Who is Ann? Bob?' holds Bob against nothing.
            return asked == WHERE or (
                asked == WHO and not named_in(tokens(before.question), lexicon)
            )
        if len(words) < PLACED or words[0].text not in lexicon.language.place_markers:
            return False
        named = named_in(words[1:], lexicon)
        reading = self._matcher.readings(words[1:])[0]
        if not named or any(word.kind != "name" for word in reading.words):
            return False
        if any(self._base.person_by_id[person].kind == "person" for person in named):
            return False
        told = self._matcher.names_in_answer(before.facts[0])
        places = {person for person in told if self._base.person_by_id[person].kind == "place"}
        return bool(places) and told.isdisjoint(named)

    def _told_again(self, turn: Turn, before: Conversation) -> Turn:
        """The turn of a question that leans on the last one, with a word that this was told just
        before, where it was. One that stands on its own gets the same whatever was told."""
        part, state = turn
        if not _leans_back(part, before) or not set(part.facts) <= set(before.shown):
            return turn  # 'Pakistan attended. Did Uzbekistan?'
        first, *others = part.sides
        again = self._texts.told_again.format(answer=first.answer)
        if len(again) > LONGEST_SIDE:
            return turn
        return replace(part, sides=(replace(first, answer=again), *others)), state

    def _offers_what_was_told(self, part: Part, before: Conversation) -> bool:
        """Whether a part offers nothing but what was told just before, and tells nothing."""
        texts = self._texts
        if part.message not in {texts.suggest, texts.suggest_conflict, texts.suggest_unknown}:
            return False  # 'Ann Berg: a farmer, aged 58.'
        offered = {one.fact for one in part.suggestions}
        return part.outcome == "suggest" and bool(offered) and offered <= set(before.facts)

    def _is_of_nothing_told(self, words: Sequence[Token], part: Part, before: Conversation) -> bool:
        """Whether nothing at all comes of a question about what was told: 'so is it stuck?'"""
        if not before.facts or part.outcome != "unknown" or part.suggestions:
            return False
        nothing = part.message == self._teller.nothing_known
        return nothing and pronoun_in(words, self._matcher.lexicon) is not None

    def _only_offer(self, part: Part, match: Match, text: str, before: Conversation) -> Turn | None:
        """The turn of what alone is offered, where it is the only fact near what was told that
        tells this kind of thing: 'why would they do it?'; None: it is not."""
        if part.outcome != "suggest" or len(part.suggestions) != 1 or not before.facts:
            return None
        only = self._leaning.kindred.only(match.question, text, before)
        return only if only and only[0].facts[0] == part.suggestions[0].fact else None

    def _without_told(self, turn: Turn, before: Conversation) -> Turn:
        """The turn without an offer of what was told just before."""
        part, state = turn
        fresh = tuple(one for one in part.suggestions if one.fact not in before.facts)
        if part.outcome == "answer" or len(fresh) == len(part.suggestions):
            return turn
        offered = tuple(one for one in state.offered if one not in before.facts)
        offering_end = self._texts.person.rpartition("}")[2]
        described = part.message.removesuffix(offering_end)
        if not fresh and described != part.message:  # 'Ann Berg: a farmer. I can answer:'
            part = replace(part, message=f"{described}.", outcome="unknown")
        return replace(part, suggestions=fresh), state._replace(offered=offered)

    def _tells_more(self, leaning: Turn | None, match: Match, before: Conversation) -> bool:
        """Whether something sure and new comes of a question, leaning or alone."""
        if leaning is None:
            return self._teller.knows(match) and match.confidence >= SURE
        return self._teller.settles(leaning[0]) and not tells_nothing_new(leaning[0], before)

    def _asks_of_the_saying(self, words: Sequence[Token], question: Question) -> bool:
        """Whether it is asked when, or where, what was told was said: 'when did he say that?'"""
        language = self._matcher.lexicon.language
        if question.asked not in {WHEN, WHERE}:
            return False  # most questions, at once
        said = not language.stating.isdisjoint(word.text for word in words)
        no_more = language.stating.issuperset(word.text for word in question.telling)
        return said and no_more and language.pronouns.get(words[-1].text) == "it"

    def _leans(
        self, words: Sequence[Token], match: Match, text: str, before: Conversation
    ) -> Turn | None:
        """The turn of a question that leans on the last one, or, if that one told nothing and
        nothing comes of it, on the last one that did."""
        turn = self._leaning.turn(words, match, text, before)
        repeats = turn is not None and self._says_it_again(turn[0], match, before)
        if turn:
            settled = self._teller.settles(turn[0])
        else:
            settled = self._teller.knows(match) and not self._leaning.strays(words, match, before)
        # 'Why?' is asked of what was just said, whatever came of that.
        older = not repeats or match.question.asked != WHY
        if before.answered and older and (repeats or not settled):
            again = self._leaning.turn(words, match, text, before.answered)
            if again and self._teller.settles(again[0]):
                return again
        return self._set_phrases.no_more(match, text, words, before) if repeats else turn

    def _says_it_again(self, part: Part, match: Match, before: Conversation) -> bool:
        """Whether what was told last, or that it is not said, would be all that is told of a
        question for something else: 'why?', of what the source gives no reason for."""
        asked = match.question.asked
        if not part.assumed or asked not in STRICT:
            return False
        if part.outcome == "answer":
            told = tells_nothing_new(part, before)
            return told and not self._matcher.can_tell(part.facts[0], asked)
        if part.outcome == "suggest" or part.best is None:
            return False
        if not before.not_said or part.best.fact != before.not_said:
            return False
        asked_last = self._leaning.asked_last(before)
        # 'When?' behind 'will there be another round?' is not said, either: just that is told.
        return asked == asked_last or not self._matcher.tells_at_times(before.not_said, asked)

    def _others(
        self, match: Match, text: str, words: Sequence[Token], before: Conversation
    ) -> Turn:
        """'Any other reason?' behind the one that was told: an offer of what else near it tells
        one, or that this is all."""
        others = self._leaning.others.of_kind(match.question.asked, before)
        if not others:
            return self._set_phrases.no_more(match, text, words, before)
        message = self._texts.suggest_unknown
        return offering(message_part(text, "suggest", message, facts=others), before)


def _leans_back(part: Part, before: Conversation) -> bool:
    """Whether a question that leans on the last one is answered with what was told to that."""
    return part.outcome == "answer" and bool(part.assumed) and part.facts == before.facts
