"""What one sentence comes to: its question, or those that it joins."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.alternatives import Alternatives
from bot.dialogue.chat import Chat
from bot.dialogue.clauses import Clauses
from bot.dialogue.conversation import Conversation
from bot.dialogue.mentions import one_name_each
from bot.dialogue.one_question import OneQuestion
from bot.dialogue.prelude import Prelude, back_to
from bot.dialogue.references import pronoun_in
from bot.dialogue.rewriting import in_its_place, without_opener, without_request, written
from bot.dialogue.splitting import MOST_QUESTIONS, halves, topic_and_rest, without_guess
from bot.dialogue.sureness import CERTAIN, SURE, VERY_SURE
from bot.dialogue.telling import Teller, Turn
from bot.matching.kinds import WHAT, WHO
from bot.matching.text import Sentence, Token, tokens

LONG = 9  # words of a sentence that may hold its question in one of its clauses
OF_EACH = frozenset({WHAT, WHO})  # what is asked of each of two, and not of both: 'did they meet'


class OneSentence:
    """Asks the one question of a sentence, each of those that it joins, or what a part of it
    asks."""

    def __init__(
        self, teller: Teller, chat: Chat, single: OneQuestion, prelude: Prelude, clauses: Clauses
    ) -> None:
        self._teller = teller
        self._matcher = teller.matcher
        self._language = teller.matcher.lexicon.language
        self._chat = chat
        self._single = single
        self._prelude = prelude
        self._clauses = clauses
        self._alternatives = Alternatives(teller)

    def turns(self, sentence: Sentence, conversation: Conversation) -> list[Turn]:
        """A sentence's question, or its questions where it joins two that are both answered."""
        topic, rest = topic_and_rest(sentence, self._language)
        if topic:
            conversation = back_to(topic, conversation, self._matcher.lexicon)
        claimed = self._prelude.without_objection(rest, sentence, conversation)
        asked = self._chat.without_greeting(claimed)
        words = self._in_order(asked, sentence)
        text = sentence.text
        if len(asked) < len(claimed):  # 'thanks, who came?' is not what a follow-up leans on
            text = written(asked) + ("?" if sentence.asks else "")
        whole = self._single.turn(words, text, conversation)
        turns: list[Turn] = []
        state = conversation
        for piece in halves(words, self._language)[:MOST_QUESTIONS]:
            part, state = self._single.turn(piece, written(piece), state)
            turns.append((part, state))
        told = {part.facts for part, _ in turns if part.outcome == "answer"}
        half = whole[0].outcome != "answer" or whole[0].facts in told
        if told and (len(told) == len(turns) or len(told) > 1 or half):
            return turns
        if (one := self._alternatives.turn(tuple(words), text, whole)) is not None:
            return [one]
        if whole[0].outcome != "answer" and (each := self._of_each(words, conversation)):
            return each
        settled = self._teller.settles(whole[0])
        if not settled or (whole[0].confidence < VERY_SURE and not whole[0].assumed):
            alone = self._of_topic(words, sentence, conversation)
            if alone and (not settled or alone[0].confidence >= CERTAIN):
                return [alone]
        if not settled:
            if turn := self._single.who_claims(words, text):
                return [turn]
            before = without_guess(sentence, self._language)
            turn = self._teller.if_sure(before, text) if before else None
            if turn is None and len(words) >= LONG:
                turn = self._clauses.turn(sentence, or_offer=not whole[0].suggestions)
            if turn is not None:
                return [turn]
        return [whole]

    def _of_topic(
        self, words: Sequence[Token], sentence: Sentence, conversation: Conversation
    ) -> Turn | None:
        """What 'tell me about' asks about, as if that alone had been typed; None: it does not open
        so, is about somebody who is not named, or it is not known whether the source tells that."""
        topic = without_request(words, self._language)
        if len(topic) == len(words) or pronoun_in(words, self._matcher.lexicon):
            return None
        turn = self._single.turn(topic, sentence.text, conversation)
        return turn if self._teller.settles(turn[0]) else None

    def _of_each(self, words: Sequence[Token], conversation: Conversation) -> list[Turn]:
        """The turns of 'what did Ann and Bob say?', of each of them, if both are answered."""
        turns: list[Turn] = []
        pieces = one_name_each(words, self._matcher.lexicon)
        if not pieces or self._matcher.readings(words)[0].asked not in OF_EACH:
            return []
        for piece in pieces:
            part, conversation = self._single.turn(piece, written(piece), conversation)
            turns.append((part, conversation))
        sure = (part.outcome == "answer" and part.confidence >= SURE for part, _ in turns)
        return turns if all(sure) else []

    def _in_order(self, words: Sequence[Token], sentence: Sentence) -> Sequence[Token]:
        """The words with a name that stands apart in its pronoun's place: 'and Lavrov, was he
        there?' is a whole question; of 'not the crane, the bell' what is meant instead, and of
        'which one, the bell?'."""
        first = next((pause for pause in sentence.pauses if pause > 1), 0)
        opening = words[:first] if len(words) == len(sentence.tokens) else ()
        if opening and (self._denies(opening) or self._asks_which(opening)):
            return (*tokens(self._language.correcting[0]), *words[first:])
        rest = without_opener(words, self._language) or words
        if sentence.pauses and self._matcher.tags.as_asked(rest) is not rest:
            return words  # 'Ann is the mayor, isn't she?'
        left_out = len(sentence.tokens) - len(rest)
        pauses = [pause - left_out for pause in sentence.pauses]
        meant = in_its_place(rest, pauses, self._matcher.lexicon)
        return (*words[: len(words) - len(rest)], *meant) if meant else words

    def _denies(self, words: Sequence[Token]) -> bool:
        """Whether words say what is not meant: 'not the crane'."""
        asking = self._language.question_words.keys() | self._language.whether
        opens = words[0].text in self._language.not_meant
        return opens and asking.isdisjoint(word.text for word in words)

    def _asks_which(self, words: Sequence[Token]) -> bool:
        """Whether words are 'which one'."""
        which, *ones = [word.text for word in words]
        return (
            which in self._language.choosing and len(ones) == 1 and ones[0] in self._language.ones
        )
