"""What a decision comes to: an answer, an offer, or plainly not knowing, and the state after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.dialogue.chat import SUMMARY, TIMELINE
from bot.dialogue.chronology import timeline
from bot.dialogue.compose import (
    answer_part,
    examples_of,
    inside_sentence,
    message_part,
    side_by_side,
    sides_part,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.describing import described, introduced, is_of_others, is_over, whether_is
from bot.dialogue.mentions import named_in
from bot.dialogue.offers import MOST_TOLD, Offers
from bot.dialogue.references import about
from bot.dialogue.reply import Best, Outcome, Part
from bot.dialogue.rewriting import written
from bot.dialogue.statements import Statements
from bot.dialogue.sureness import SURE
from bot.dialogue.texts import Texts
from bot.dialogue.who import Who
from bot.facts.model import Base, Fact, Source, Unanswered
from bot.matching.decide import Candidate
from bot.matching.engine import Match, Matcher
from bot.matching.remembering import remember
from bot.matching.text import Token

REMEMBERED = 256  # facts lately told
FEW_WORDS = 5  # of a question that says too little to be shown alone
MOST_LEANING = 60  # words of a question that leans, or that the next one leans on
MOST_SHOWN = 80  # characters of a question that is shown again with the next one
LEAST_FOREIGN = 4  # words of a message that may be in another language ...
FOREIGN = 0.5  # ... if less than this share of them is known

Turn: TypeAlias = tuple[Part, Conversation]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a message: as typed, as tokens, and what a follow-up was taken to mean."""

    text: str
    words: tuple[Token, ...]
    assumed: str = ""
    filled_with: str = ""  # the question that the follow-up leans on, as it was shown

    @property
    def written(self) -> str:
        """The question as a follow-up draws on it; empty: it is too long to be left out."""
        return written(self.words) if len(self.words) <= MOST_LEANING else ""

    @property
    def display(self) -> str:
        """The question as a person would recognise it behind a follow-up; empty: it is too long.
        'Where?' says too little for that."""
        says_little = self.text.count(" ") < FEW_WORDS - 1
        if self.filled_with:
            shown = self.filled_with if says_little else self.text
        else:
            shown = self.assumed or self.text
        return shown if len(shown) <= MOST_SHOWN else ""


class Teller:
    """Turns matches into parts of a reply."""

    def __init__(self, base: Base, texts: Texts, matcher: Matcher) -> None:
        self.base = base
        self.texts = texts
        self.matcher = matcher
        self.title = inside_sentence(base.event.title, matcher.lexicon.language)
        self.nothing_known = texts.unknown_topic.format(title=self.title)
        self.who = Who(base, matcher)
        self.offers = Offers(base, matcher)
        self.statements = Statements(base, matcher, self.who)
        self._told: dict[str, tuple[Part, tuple[str, ...]]] = {}  # facts lately told

    def outcome(self, match: Match, asked: Asked) -> Turn:
        """The part that a match comes to, and the conversation after it."""
        match = self.statements.at_event(match) or match
        if stated := self._stated(match, asked) or whether_is(self, match, asked):
            return stated
        decision = match.decision
        if decision.verb == "answer":
            fact = self.base.fact_by_id[decision.chosen[0]]
            if self.matcher.asks_of_now(match) and not is_over(self, match, fact):
                return self._not_now(match, fact, asked)
            if is_of_others(self, match, fact) and (who := described(self, match, asked)):
                return who
            sure = max(match.chosen.confidence, self.matcher.thresholds.answer)
            part, state = self.fact(fact, Best(fact.id, sure), asked)
            return introduced(self, part, fact, match), state
        if who := described(self, match, asked):
            return who
        if unexplained := self._unexplained(match, asked):
            return unexplained
        if decision.verb == "suggest":
            return self._offer(match, asked)
        if decision.chosen and not self.offers.are_of_another(match):
            sure = self.knows(match)
            part = self.not_said(decision.chosen[0], _best(match), asked, sure=sure)
            if sure and match.question.of_now and self.matcher.index.dated:
                part = replace(part, message=f"{part.message} {self._nor_now()}")
            return part, self.nothing_told(asked, part)
        return self._not_known(match, asked)

    def if_sure(self, words: tuple[Token, ...], text: str) -> Turn | None:
        """The answer to words that are but a reading of a message, if it is sure."""
        match = self.matcher.match(words)
        sure = match.decision.verb == "answer" and match.confidence >= SURE
        return self.outcome(match, Asked(text, words)) if sure else None

    def knows(self, match: Match) -> bool:
        """Whether a match is sure of an answer, or that just this is not said."""
        return match.decision.verb == "answer" or (
            match.is_not_said and match.confidence >= self.matcher.thresholds.answer
        )

    def settles(self, part: Part) -> bool:
        """Whether a part tells what was asked, or that just this is not said."""
        return part.outcome in {"answer", "chat"} or (
            part.best is not None
            and part.best.fact in self.base.unanswered_by_id
            and part.best.confidence >= self.matcher.thresholds.answer
        )

    def entry(self, entry: Fact | Unanswered, asked: Asked) -> Turn:
        """What is known to be asked for: nothing was guessed."""
        best = Best(entry.id, 1.0)
        if isinstance(entry, Fact):
            return self.fact(entry, best, asked)
        part = self.not_said(entry.id, best, asked)
        return part, self.nothing_told(asked, part)

    def fact(self, fact: Fact, best: Best, asked: Asked) -> Turn:
        """A fact told, with every side of what is disputed."""
        known = self._told.get(fact.id)
        if known is None:
            part = answer_part("", fact, self.base, best)
            shown = [self.base.fact_by_id[shown_id] for shown_id in part.facts]
            known = remember(self._told, fact.id, (part, about(shown)), REMEMBERED)
        told, people = known
        part = replace(
            told,
            question=asked.text,
            assumed=asked.assumed,
            confidence=best.confidence,
            best=best,
        )
        return part, self._after(part, people, asked)

    def side_by_side(self, facts: Sequence[Fact], best: Best, asked: Asked) -> Turn:
        """Some facts told together, which fit."""
        part = sides_part(asked.text, facts, self.base, best)
        return replace(part, assumed=asked.assumed), self._after(part, about(facts), asked)

    def _after(self, part: Part, people: tuple[str, ...], asked: Asked) -> Conversation:
        """The conversation after an answer about some people."""
        return Conversation(
            facts=part.facts,
            about=people,
            named=named_in(asked.words, self.matcher.lexicon),
            question=asked.written,
            display=asked.display,
            shown=part.facts,
        )

    def not_said(
        self, entry_id: str, best: Best | None, asked: Asked, *, sure: bool = True
    ) -> Part:
        """What the base knows to be unanswered; where it is not `sure` that this was asked, nothing
        is told of the source, and what it does say nearby is offered all the same."""
        entry = self.base.unanswered_by_id[entry_id]
        return message_part(
            asked.text,
            "unknown",
            (entry.answer or self.texts.unknown) if sure else self.texts.unknown_near,
            facts=self.offers.beside(entry, asked.words),
            best=best,
            assumed=asked.assumed,
        )

    def told_all(self, text: str, before: Conversation) -> Turn:
        """That what was told is all."""
        return offering(message_part(text, "unknown", self.texts.told_all), before)

    def small_talk(self, text: str, kind: str) -> Part:
        """A fitting short reply to a greeting, thanks, a call for help."""
        event = self.base.event
        timed = timeline(self.base.facts) if kind == TIMELINE else []
        if kind == TIMELINE and not timed:
            kind = SUMMARY
        if kind == SUMMARY and not event.summary:
            kind = "help"
        message: str = getattr(self.texts, kind)
        filled = message.format(
            title=self.title,
            summary=event.summary,
            timeline=" / ".join(f"{fact.questions[0]} ({when.text})" for when, fact in timed),
            examples=" / ".join(examples_of(self.base)),
            sources="; ".join(map(self._named, self.base.sources)),
        )
        return message_part(text, "chat", filled)

    def _named(self, source: Source) -> str:
        """A source with all that is recorded of it."""
        texts = self.texts
        entry = texts.source_entry.format(publisher=source.publisher, title=source.title)
        dates = ((texts.published, source.published), (texts.updated, source.updated))
        told = [text.format(date=date) for text, date in dates if date]
        return ", ".join([entry, *told, source.url or texts.no_address])

    def _offer(self, match: Match, asked: Asked) -> Turn:
        facts = self.offers.chosen(match)
        if not facts:
            return self._not_known(match, asked)
        surest = match.candidates[0]
        conflict = bool(surest.objections) or surest.confidence < self.matcher.thresholds.suggest
        message = self.texts.suggest_conflict if conflict else self.texts.suggest
        return self.without_answer(match, asked, message, facts)

    def _not_known(self, match: Match, asked: Asked) -> Turn:
        foreign = self._is_foreign(asked.words)
        # Another language's small words are easily misread as names of the base.
        near = [] if foreign else self.offers.near(match)
        strange = self.texts.unknown_language.format(title=self.title)
        off_topic = strange if foreign else self.nothing_known
        message = self.texts.unknown_near if near else off_topic
        return self.without_answer(match, asked, message, near, "unknown")

    def _unexplained(self, match: Match, asked: Asked) -> Turn | None:
        """That a word is not explained, with an offer of what has it; None: it was not asked what
        one means, or the base knows that it is not said, or has it nowhere."""
        sort = match.question.sort
        if sort is None or sort.text not in self.matcher.lexicon.language.meanings:
            return None
        shells = self.matcher.lexicon.language.shell_nouns  # 'the word', 'the term'
        words = [w for w in match.question.telling if w is not sort and w.text not in shells]
        facts = [] if self.knows(match) or not words else self.matcher.facts_with(words)
        near = [self.base.fact_by_id[one] for one in facts[:MOST_TOLD]]
        if not near:
            return None
        return self.without_answer(match, asked, self.texts.unexplained, near, "unknown")

    def _is_foreign(self, words: Sequence[Token]) -> bool:
        """Whether hardly a word is one of the language's, or a name."""
        mender = self.matcher.mender
        texts = [word.text for word in words if word.text.isalpha()]
        known = [text for text in texts if mender.is_known(text) or mender.is_strange_name(text)]
        return len(texts) >= LEAST_FOREIGN and len(known) < FOREIGN * len(texts)

    def _stated(self, match: Match, asked: Asked) -> Turn | None:
        """'What does Ann say?', 'a quote by Ann': what she is known to say, where that fits into
        one reply, else an offer of it; None: that was not asked, or it is sure what is."""
        said = self.statements.asked_for(match)
        if not said:
            return None
        for whole in said:
            if all(one is whole or one.id in whole.covers for one in said):
                return self.fact(whole, Best(whole.id, SURE), asked)
        parts = [one for one in said if not any(other.id in one.covers for other in said)]
        if sides := side_by_side(parts, self.base):
            return self.side_by_side(sides, Best(sides[0].id, SURE), asked)
        return self.without_answer(match, asked, self.texts.suggest_said, said[:MOST_TOLD])

    def _not_now(self, match: Match, fact: Fact, asked: Asked) -> Turn:
        return self.without_answer(match, asked, self._nothing_of_now(), [fact], "unknown")

    def _nothing_of_now(self) -> str:
        """That the source does not tell of the present day, and what it says of its own."""
        return self._dated(self.texts.unknown_present, self.texts.unknown_undated)

    def _nor_now(self) -> str:
        """The same, behind what else the source does not say."""
        return self._dated(self.texts.nor_present, self.texts.nor_undated)

    def _dated(self, dated: str, undated: str) -> str:
        as_of = self.base.event.as_of
        return dated.format(as_of=as_of) if as_of else undated

    def without_answer(
        self,
        match: Match,
        asked: Asked,
        message: str,
        facts: Sequence[Fact],
        outcome: Outcome = "suggest",
    ) -> Turn:
        """The turn of a question that is not answered; its facts are offered."""
        part = message_part(
            asked.text, outcome, message, facts=facts, best=_best(match), assumed=asked.assumed
        )
        return part, self.nothing_told(asked, part)

    def nothing_told(self, asked: Asked, part: Part) -> Conversation:
        """A question without an answer still leaves whom it named, whom that it is not said was
        told with, and what was offered."""
        not_said = part.best.fact if part.best and self.settles(part) else ""
        told = self.matcher.names_in_answer(not_said) if not_said else ()
        return Conversation(
            about=tuple(person.id for person in self.base.people if person.id in told),
            named=named_in(asked.words, self.matcher.lexicon),
            question=asked.written,
            display=asked.display,
            offered=tuple(suggestion.fact for suggestion in part.suggestions),
            not_said=not_said,
        )


def offering(part: Part, before: Conversation) -> Turn:
    """The turn of a part that offers questions, and leaves the conversation what it is about."""
    return part, before._replace(offered=tuple(offer.fact for offer in part.suggestions))


def tells_nothing_new(part: Part, before: Conversation) -> bool:
    """Whether all that a part tells was told last."""
    return set(part.facts) <= set(before.facts)


def _best(match: Match) -> Best | None:
    top: Candidate | None = match.candidates[0] if match.candidates else None
    return Best(top.id, top.confidence) if top and top.confidence > 0 else None
