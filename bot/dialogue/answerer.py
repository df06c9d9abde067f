"""The one door: a message in, a reply and the state of the conversation out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.dialogue.articles import with_articles
from bot.dialogue.chat import Chat
from bot.dialogue.clauses import Clauses
from bot.dialogue.conversation import NOTHING_SAID, Conversation
from bot.dialogue.lengths import without_length
from bot.dialogue.one_question import OneQuestion
from bot.dialogue.one_sentence import OneSentence
from bot.dialogue.phrasebook import Phrasebook
from bot.dialogue.prelude import Prelude, back_to
from bot.dialogue.pronouns import with_pronouns
from bot.dialogue.quotations import Quotations
from bot.dialogue.reply import Best, Part, Reply, Suggestion
from bot.dialogue.rewriting import stands_alone
from bot.dialogue.splitting import MOST_QUESTIONS, asking_sentences, halves, puts_right, topic_of
from bot.dialogue.telling import Asked, Teller, Turn
from bot.dialogue.texts import Texts
from bot.dialogue.worth import worth_telling
from bot.facts.model import Base
from bot.matching.complete import Completer
from bot.matching.decide import Thresholds
from bot.matching.engine import Match, Matcher
from bot.matching.language import Language
from bot.matching.learning import Learnt
from bot.matching.text import Sentence, Token, sentences, tokens

if TYPE_CHECKING:
    from bot.matching.explain import Explanation

# Set phrases that want something, though they ask nothing: 'give me his exact words'.
WANTED = frozenset({"more", "quote", "source", "speaker"})
SHOWN = 100  # characters of a reply in an explanation


class Answerer:
    """Answers from one base. Pure and synchronous: the same message in the same conversation gets
    the same reply."""

    def __init__(
        self,
        base: Base,
        language: Language,
        texts: Texts,
        learnt: Learnt | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        """`learnt` is what an earlier answerer on the same base kept in `matcher.learnt`."""
        self.base = base = with_articles(with_pronouns(base, language), language)
        self.texts = texts
        self.matcher = Matcher(base, language, learnt, thresholds)
        self.language = language
        self._followups = Phrasebook(language.followups, self.matcher.lexicon, language.handing)
        self._chat = Chat(language, self.matcher, base, self._followups)
        self._quotations = Quotations(base, self.matcher)
        self._teller = Teller(base, texts, self.matcher)
        single = OneQuestion(self._teller, self._chat, self._followups)
        self._prelude = Prelude(self._teller, single, self._followups)
        self._clauses = Clauses(self._teller)
        self._sentence = OneSentence(self._teller, self._chat, single, self._prelude, self._clauses)
        self._completer = Completer(base)
        self.forget_words()  # of set phrases and names, which were read so far: few are asked

    @property
    def title(self) -> str:
        """The event's title, as it stands inside a sentence."""
        return self._teller.title

    def reply(
        self, message: str, conversation: Conversation = NOTHING_SAID
    ) -> tuple[Reply, Conversation]:
        """The reply to a message, and the conversation after it."""
        conversation = self._still_there(conversation)
        said = self._said(message)
        if not said:
            return Reply(message, (self._teller.small_talk(message, "empty"),)), conversation
        if own := self._own_question(message, said, conversation):
            return Reply(message, (own[0],)), own[1].following(conversation)
        if quoted := self._quotations.of_message(message, said):
            asked = Asked(message, tuple(tokens(quoted.questions[0])))
            part, state = self._teller.fact(quoted, Best(quoted.id, 1.0), asked)
            return Reply(message, (part,)), state.following(conversation)
        kinds = [self._chat.small_talk(sentence) for sentence in said]
        if "never_mind" in kinds:
            conversation = NOTHING_SAID
        meant = [sentence for sentence, kind in zip(said, kinds, strict=True) if kind is None]
        if not meant:
            kind = next(kind for kind in reversed(kinds) if kind)
            return Reply(message, (self._teller.small_talk(message, kind),)), conversation
        if len(meant) > 1 and (topic := topic_of(meant[0], self.language)):
            meant = meant[1:]  # 'Ok, back to the Taliban. How many came?'
            conversation = back_to(topic, conversation, self.matcher.lexicon)
        meant = self._prelude.without_confirming(meant)
        asking = self._asking(meant)
        turns = self._turns(meant, asking[:MOST_QUESTIONS], conversation)
        parts = worth_telling([part for part, _ in turns], self._teller)
        pieces = (len(halves(sentence.tokens, self.language)) for sentence in asking)
        cut = len(parts) >= MOST_QUESTIONS and max(pieces, default=0) > MOST_QUESTIONS
        if len(asking) > MOST_QUESTIONS or cut:
            parts.append(self._teller.small_talk(message, "too_many"))
        return Reply(message, tuple(parts)), turns[-1][1]

    def _said(self, message: str) -> list[Sentence]:
        """Its sentences, less how long the answer should be."""
        return [without_length(sentence, self.language) for sentence in sentences(message)]

    def _turns(
        self, meant: Sequence[Sentence], asking: Sequence[Sentence], before: Conversation
    ) -> list[Turn]:
        """The turns of the questions (`asking`) in what is no small talk; the last one's state is
        that after all."""
        turns: list[Turn] = []
        state = before
        of_last = 0  # where the turns of the last sentence begin
        for sentence in asking:
            said = None if turns else self._prelude.told_before(meant, sentence, before)
            found = self._sentence.turns(sentence, said or state)
            if said and not self._teller.settles(found[-1][0]):
                found = self._sentence.turns(sentence, state)
            if puts_right(sentence.tokens, self.language) and self._teller.settles(found[-1][0]):
                del turns[of_last:]  # 'Was Iran there? I mean Iraq'
            of_last = len(turns)
            part, after = found[-1]
            state = after.following(state)
            turns += [*found[:-1], (part, state)]
        if len(meant) > 1 and not any(self._teller.settles(part) for part, _ in turns):
            told = [self._clauses.turn(sentence) for sentence in meant if sentence not in asking]
            told.append(self._in_one(meant))
            if known := [turn for turn in told if turn]:
                part, after = max(known, key=lambda turn: turn[0].confidence)
                return [(part, after.following(before))]
        return turns

    def _still_there(self, conversation: Conversation) -> Conversation:
        """The conversation without what is no longer in the base: it may have been exchanged."""
        if conversation is NOTHING_SAID:
            return conversation

        def facts(ids: Sequence[str]) -> tuple[str, ...]:
            return tuple([fact for fact in ids if fact in self.base.fact_by_id])

        def people(ids: Sequence[str]) -> tuple[str, ...]:
            return tuple([person for person in ids if person in self.base.person_by_id])

        return conversation._replace(
            facts=facts(conversation.facts),
            about=people(conversation.about),
            named=people(conversation.named),
            shown=facts(conversation.shown),
            recent=facts(conversation.recent),
            offered=facts(conversation.offered),
            earlier=tuple(filter(None, map(people, conversation.earlier))),
            answered=conversation.answered and self._still_there(conversation.answered),
        )

    def show(self, entry_id: str) -> tuple[Reply, Conversation] | None:
        """The reply of one fact, or of something unanswered, chosen by its id; None: no such id."""
        entry = self.base.fact_by_id.get(entry_id) or self.base.unanswered_by_id.get(entry_id)
        if entry is None:
            return None
        question = entry.questions[0]
        part, state = self._teller.entry(entry, Asked(question, tuple(tokens(question))))
        return Reply(question, (part,)), state

    def complete(self, typed: str, limit: int = 25) -> tuple[Suggestion, ...]:
        """Known questions that what is typed may become, the likeliest first."""
        found = self._completer.complete(typed, limit)
        return tuple(Suggestion(fact_id, question) for fact_id, question in found)

    def forget_words(self) -> None:
        """Forget the words that were asked; they are kept so that the next answer is faster."""
        self.matcher.forget_words()

    def explain(self, message: str) -> Explanation:
        """How each question of a message was read, and why it got what it got."""
        from bot.matching.explain import Explanation  # noqa: PLC0415 - only who asks why needs it

        own = self.matcher.entry_asked(message)
        said = self._said(message)
        quoted = self._quotations.of_message(message, said)
        meant = [sentence for sentence in said if not self._chat.small_talk(sentence)]
        asking = self._asking(meant)[:MOST_QUESTIONS] if meant else []
        turns = self._turns(meant, asking, NOTHING_SAID)
        # Where it is not said whom 'he' means, nothing was matched.
        asked = [
            (state.question, part)
            for part, state in turns
            if part.outcome != "chat" and state.question
        ]
        taken_as = tuple(words for words, _ in asked)
        matches = tuple(self.matcher.match(tokens(words)) for words in taken_as)
        return Explanation(
            message=message,
            own=own.id if own else None,
            quoted=quoted.id if quoted else None,
            taken_as=taken_as,
            matches=matches,
            statements=tuple(
                tuple(fact.id for fact in self._teller.statements.asked_for(match))
                for match in matches
            ),
            replies=tuple(
                _otherwise(part, match) for (_, part), match in zip(asked, matches, strict=True)
            ),
            matcher=self.matcher,
        )

    def _own_question(
        self, message: str, said: Sequence[Sentence], before: Conversation
    ) -> Turn | None:
        """The turn of a message that the base has as a question, unless it leans on the last."""
        entry = self.matcher.entry_asked(message)
        if entry is None:
            return None
        words = _all_words(said)
        leans = self._followups.kind(words) or not stands_alone(words, self.matcher.lexicon)
        if before.question and leans:
            return None
        return self._teller.entry(entry, Asked(_all_text(said), words))

    def _asking(self, meant: Sequence[Sentence]) -> list[Sentence]:
        """The sentences that ask; one that says nothing of its own takes in those before it."""
        asking = asking_sentences(meant, self.language)
        if len(asking) < len(meant):  # 'Who said that? Give me his exact words.'
            kinds = [self._followups.kind(sentence.tokens) for sentence in meant]
            wanted = [s for s, kind in zip(meant, kinds, strict=True) if kind in WANTED]
            asking = [s for s in meant if s in asking or s in wanted]
        if len(asking) != 1 or len(meant) == 1:
            return asking
        (reading, *_) = self.matcher.readings(asking[0].tokens)
        if reading.telling:
            return asking
        return [asking[0]._replace(tokens=_all_words(meant))]

    def _in_one(self, meant: Sequence[Sentence]) -> Turn | None:
        """The answer to all sentences as one: 'My card was stolen! What are my options?'"""
        return self._teller.if_sure(_all_words(meant), _all_text(meant))


def _all_words(sentences: Sequence[Sentence]) -> tuple[Token, ...]:
    return tuple(token for sentence in sentences for token in sentence.tokens)


def _all_text(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _otherwise(part: Part, match: Match) -> str:
    """What a reply tells, where it is not what the match came to: who somebody is, by their role.
    Else nothing."""
    decided = match.decision
    same = part.facts[:1] == decided.chosen[:1] if decided.verb == "answer" else True
    if part.outcome == decided.verb and same:
        return ""
    told = " ".join((part.answer or part.message).split())
    return f"{part.outcome} {told[:SHOWN]}"
