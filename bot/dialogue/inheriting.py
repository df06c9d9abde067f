"""What a question comes to with words of the last one in it, or near to what was told then."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue import rewriting
from bot.dialogue.compose import message_part, wholes_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.references import pronoun_in
from bot.dialogue.reply import Best
from bot.dialogue.sureness import VERY_SURE
from bot.dialogue.telling import Asked, Teller, Turn, offering
from bot.facts.model import Fact
from bot.matching.decide import Candidate
from bot.matching.engine import Match
from bot.matching.language import holds_any
from bot.matching.lexicon import rewrite
from bot.matching.question import Question
from bot.matching.text import Token, tokens

HELD = 0.75  # evidence for what has to do with what was told last to go before something else
NEARBY = 0.3  # how far a fact near the last one is brought towards certainty
WAYS = 3  # of a fact's own to ask for it, with which a question may be filled in


class Inheriting:
    """Asks with what the conversation gives."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._base = teller.base
        self._texts = teller.texts
        self._matcher = teller.matcher

    def inherited(
        self, words: tuple[Token, ...], own: tuple[Token, ...], text: str, before: Conversation
    ) -> Turn:
        """What these words come to, in this conversation; `own`: those that were typed."""
        return self.taken_as(words, self._match(words, own, before), text, before, own)

    def taken_as(
        self,
        words: tuple[Token, ...],
        match: Match,
        text: str,
        before: Conversation,
        own: tuple[Token, ...] = (),
    ) -> Turn:
        """What the match of a question comes to that was written out as these words; where `own`,
        which was typed, opens them, the question that the rest was in is shown behind it."""
        opens = 0 < len(own) < len(words) and words[: len(own)] == own
        if not opens:
            return self._teller.outcome(match, Asked(text, words, rewriting.shown(words)))
        filled = self.filled_in(own, words, words[len(own) :], text, before)
        return self._teller.outcome(match, filled)

    def filled_in(
        self,
        own: tuple[Token, ...],
        words: tuple[Token, ...],
        rest: tuple[Token, ...],
        text: str,
        before: Conversation,
    ) -> Asked:
        """What was typed (`own`) as the question that it was written out as (`words`), shown with
        the question that the `rest` of these was in."""
        told = self.told_or_offered(before)
        shown = [(before.question, before.display)] if before.display else []
        if told:
            shown.append((told.questions[0], told.questions[0]))
            known = before.display or told.questions[0]  # not what nobody typed or was offered
            shown += [(phrasing, known) for phrasing in told.questions[1:WAYS]]
        words_of_rest = {word.text for word in rest}
        display = next(
            (
                written.rstrip("?!. ")
                for question, written in shown
                if words_of_rest <= {word.text for word in tokens(question)}
            ),
            rewriting.shown(rest),
        )
        return Asked(text, words, f"{rewriting.shown(own)} ({display})", display)

    def if_answered(
        self,
        words: tuple[Token, ...],
        own: tuple[Token, ...],
        text: str,
        before: Conversation,
        *,
        or_not_said: bool = False,
    ) -> Turn | None:
        """The turn, if the question is answered with what it inherits, and by a fact that holds
        every word of its own: what is inherited must not carry a question about something else.
        `or_not_said`: also if it is known that just this is not said."""
        match = self._match(words, own, before)
        if match.decision.verb == "answer":
            entry = match.chosen
        elif or_not_said and self._teller.knows(match):
            entry = match.candidates[0]
        else:
            return None
        if not _holds(entry, own, words) or _repeats_by_kin(entry, match, own, before):
            return None
        turn = self.taken_as(words, match, text, before, own)
        return turn if or_not_said or turn[0].outcome == "answer" else None

    def _match(
        self, words: tuple[Token, ...], own: tuple[Token, ...], before: Conversation
    ) -> Match:
        """The match of these words near what was told last. Where that would be told again, and
        what was typed is in one of its parts alone ('I mean Soviet troops'), that part's."""
        match = self.near_last(self._matcher.match(words), before)
        last = self.last_told(before)
        if match.decision.verb != "answer" or last is None or match.chosen.id != last.id:
            return match
        parts = [
            c
            for c in match.candidates
            if c.id in last.covers and not c.objections and _holds(c, own, words)
        ]
        if len(parts) != 1:
            return match
        (part,), whole = parts, match.chosen
        swapped = {part.id: whole.confidence, whole.id: part.confidence}
        return self._matcher.decide_again(
            match,
            [c._replace(confidence=swapped.get(c.id, c.confidence)) for c in match.candidates],
        )

    def of_another(
        self, words: tuple[Token, ...], own: tuple[Token, ...], text: str, before: Conversation
    ) -> Turn | None:
        """What a question comes to without what was told last, if that is an answer that holds all
        of its own words."""
        match = self._matcher.match(words)
        others = [c for c in match.candidates if c.id not in before.facts]
        again = self._matcher.decide_again(match, others)
        if again.decision.verb != "answer" or not _holds(again.chosen, own, words):
            return None
        return self.taken_as(words, again, text, before, own)

    def near_last(self, match: Match, before: Conversation) -> Match:
        """The match with facts near the last one brought forward."""
        near = self.nearby(before)
        match = self._rather_of_last(self._of_others(match, before), before)
        nearer = [
            c._replace(confidence=round(c.confidence + (1 - c.confidence) * NEARBY, 3))
            if c.id in near and not c.objections and c.confidence > 0
            else c
            for c in match.candidates
        ]
        return match if nearer == [*match.candidates] else self._matcher.decide_again(match, nearer)

    def _rather_of_last(self, match: Match, before: Conversation) -> Match:
        """The match with what has to do with what was told last before what is not said of
        something else, where a phrasing holds the question as well: 'what did they answer?', 'how
        many died?'"""
        if not match.is_not_said or self.is_of(match.candidates[0].id, before):
            return match
        first, *others = match.candidates
        near = self.nearby(before) - {*before.facts}
        for other in others:
            held = other.evidence.score >= HELD and not other.evidence.missing
            of_last = other.id in near or self.is_of(other.id, before)
            if held and not other.objections and of_last:
                rather = other._replace(confidence=first.confidence)
                rest = [c for c in match.candidates if c not in {first, other}]
                last = first._replace(confidence=other.confidence)
                return self._matcher.decide_again(match, [rather, last, *rest])
        return match

    def _of_others(self, match: Match, before: Conversation) -> Match:
        """The match of 'what else did he say?' without what was told already."""
        if not self.asks_for_others(match):
            return match
        facts = [self._base.fact_by_id[one] for one in before.facts]
        wholes = [whole.id for fact in facts for whole in wholes_of(fact, self._base)]
        told = {*before.shown, *before.recent, *wholes}
        others = self._matcher.decide_again(
            match, [c for c in match.candidates if c.id not in told]
        )
        likely = others.confidence >= self._matcher.thresholds.suggest / 2
        return others if likely and others.decision.verb != "unknown" else match

    def asks_for_others(self, match: Match) -> bool:
        """Whether a question asks for what was not told yet: 'what else', 'any other reason'."""
        besides = self._matcher.lexicon.language.besides
        return holds_any(besides, [word.text for word in match.question.words])

    def nearby(self, before: Conversation) -> set[str]:
        """The facts last told, or the only one last offered, and those that have to do with
        them."""
        told = before.facts or self._only_offer(before)
        near = set(told)
        for last in (self._base.fact_by_id.get(fact_id) for fact_id in told):
            if last:
                near |= {*last.related, *last.covers, *last.contradicts}
                near |= {whole.id for whole in wholes_of(last, self._base)}
        return near

    def asked_last(self, before: Conversation) -> str:
        """The kind of thing that the last question asked for."""
        return self.last_reading(before).asked

    def last_reading(self, before: Conversation) -> Question:
        """The last question, as the matcher read it."""
        return self._matcher.readings(tokens(before.question))[0]

    def last_question(self, before: Conversation) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """The last question, and what it was about."""
        last = tuple(rewrite(tokens(before.question), self._matcher.lexicon))
        about = rewriting.without_asking(last, self._matcher.lexicon)
        texts = {word.text for word in about}
        told = self.last_told(before)
        if before.answered and texts <= self._matcher.lexicon.language.time_words:
            # 'Which year?' leaned itself: what it was about is what the one before it was about.
            last = tuple(rewrite(tokens(before.answered.question), self._matcher.lexicon))
        elif told and (
            texts <= self._matcher.lexicon.language.function_words
            or (not before.named and self._leans_on_it(last))
        ):
            # 'Where was it?' and 'who counted that?' did not say what was meant; what they were
            # answered with does.
            last = tuple(tokens(told.questions[0]))
        else:
            return last, about
        return last, rewriting.without_asking(last, self._matcher.lexicon)

    def _leans_on_it(self, words: tuple[Token, ...]) -> bool:
        """Whether a short question says no more of its own than a word: 'who counted that?'"""
        lexicon = self._matcher.lexicon
        pronoun = pronoun_in(words, lexicon)
        small = lexicon.language.function_words | lexicon.language.question_words.keys()
        says = [word for word in words if word.text not in small]
        return pronoun is not None and pronoun[1] == "it" and len(says) <= 1

    def last_told(self, before: Conversation) -> Fact | None:
        """The fact that was told last; None: nothing was."""
        return self._base.fact_by_id.get(before.facts[0]) if before.facts else None

    def told_or_offered(self, before: Conversation) -> Fact | None:
        """The fact that was told last, or else the only one that was offered, which the next
        question leans on; None: there is none."""
        told = before.facts or self._only_offer(before)
        return self._base.fact_by_id.get(told[0]) if told else None

    def _only_offer(self, before: Conversation) -> tuple[str, ...]:
        """What was offered last, if that is one fact, and was not told already."""
        told = before.answered.facts if before.answered else ()
        return before.offered if len(before.offered) == 1 and before.offered[0] not in told else ()

    def told_again(
        self,
        own: tuple[Token, ...],
        about: tuple[Token, ...],
        text: str,
        before: Conversation,
    ) -> Turn | None:
        """What was told last, asked with other words (`own`) of what that question was `about`;
        None: nothing was told."""
        last = self.last_told(before)
        if last is None:
            return None
        asked = self.filled_in(own, (*own, *about), about, text, before)
        return self._teller.fact(last, Best(last.id, VERY_SURE), asked)

    def told_as(self, fact: Fact, question: str, text: str) -> Turn:
        """A fact near what was told, shown as what one of its own questions asks."""
        assumed = question.rstrip("?")
        asked = Asked(text, tuple(tokens(assumed)), assumed)
        return self._teller.fact(fact, Best(fact.id, VERY_SURE), asked)

    def offered(self, fact: Fact, confidence: float, text: str, before: Conversation) -> Turn:
        """A fact that may be meant."""
        best = Best(fact.id, confidence)
        offer = message_part(text, "suggest", self._texts.suggest, facts=[fact], best=best)
        return offering(offer, before)

    def is_elsewhere(self, match: Match, before: Conversation) -> bool:
        """Whether the likeliest fact is of another topic than was talked of last; what is not said
        is of the topics of the facts near it."""
        talked_of = self.talked_of(before)
        if not talked_of or not match.candidates:
            return False
        topics = self._topics(match.candidates[0].id)
        return bool(topics) and talked_of.isdisjoint(topics)

    def talked_of(self, before: Conversation) -> set[str | None]:
        """The topics of what was told last, or said not to be told."""
        last = self.last_told(before)
        return {last.topic} if last else self._topics(before.not_said)

    def _topics(self, entry_id: str) -> set[str | None]:
        return {fact.topic for fact in self.facts_of(entry_id)}

    def facts_of(self, entry_id: str) -> list[Fact]:
        """A fact itself, or those near what is not said."""
        missing = self._base.unanswered_by_id.get(entry_id)
        near = missing.related if missing else (entry_id,)
        return [self._base.fact_by_id[one] for one in near if one in self._base.fact_by_id]

    def is_of(self, entry_id: str, before: Conversation) -> bool:
        """Whether what is not said has to do with what was told last itself."""
        near = {fact.id for fact in self.facts_of(entry_id)}
        return entry_id in self._base.unanswered_by_id and not near.isdisjoint(before.facts)

    def is_beside(self, entry_id: str, other_id: str) -> bool:
        """Whether two entries of what is not said have to do with the same fact."""
        one, other = self.facts_of(entry_id), self.facts_of(other_id)
        return any(fact in other for fact in one)

    def is_near(self, entry_id: str, before: Conversation) -> bool:
        """Whether an entry has to do with what was told last, or with what is near that."""
        return not self.nearby(before).isdisjoint(fact.id for fact in self.facts_of(entry_id))


def holds(candidate: Candidate, words: Sequence[Token]) -> bool:
    """Whether an entry lacks none of these words of its question."""
    return _missing(candidate).isdisjoint(word.text for word in words)


def _holds(candidate: Candidate, own: Sequence[Token], words: Sequence[Token]) -> bool:
    """Whether an entry holds every word of a question's own, if not of those that it inherits."""
    inherited = {word.text for word in words} - {word.text for word in own}
    return inherited.issuperset(_missing(candidate))


def _repeats_by_kin(
    entry: Candidate, match: Match, own: Sequence[Token], before: Conversation
) -> bool:
    """Whether what was told last would be told again for a word of the question's own that it has
    but a kindred one of: 'why is that funny?' behind a joke."""
    kin = {word.text for word in match.question.words if word.kin}
    return entry.id in before.facts and not kin.isdisjoint(token.text for token in own)


def _missing(candidate: Candidate) -> set[str]:
    return {text for one in candidate.evidence.missing for text in one.word.text.split()}
