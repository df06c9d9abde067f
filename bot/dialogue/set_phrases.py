"""Set phrases about the last answer ('source?', 'names?', 'who says so?', 'yes'): which one a
question is, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.chat import SUMMARY
from bot.dialogue.compose import message_part
from bot.dialogue.conversation import Conversation
from bot.dialogue.last_answer import LastAnswer
from bot.dialogue.leaning import Leaning
from bot.dialogue.phrasebook import LATER, SEQUEL, Phrasebook
from bot.dialogue.references import means_a_person
from bot.dialogue.reply import Best
from bot.dialogue.rewriting import without_opener
from bot.dialogue.sureness import SURE
from bot.dialogue.telling import Asked, Teller, Turn, offering
from bot.facts.model import Fact, Unanswered
from bot.matching.engine import Match
from bot.matching.kinds import WHICH, WHO
from bot.matching.text import Token, tokens

DENIED = "denied"  # the status of a claim that something is not so
TOLD_WITH = 0.5  # of a fact's terms, for something else to be told with it
WHICH_SAID = 4  # words of 'which minister said that'

# What is asked of an older answer, too.
OF_ANSWERED = frozenset({"more", "quote", "shorter", "sides", "verdict"})
OBJECTION, SURE_OF_IT = "objection", "sure"  # the kinds of 'you are wrong', 'are you sure?'
CONFIRMING = frozenset({"confirm", OBJECTION, SURE_OF_IT})
NOD = "nod"  # that of 'right', 'no', 'exactly': nothing is asked
VERDICT = "verdict"  # that of 'who is right?'
UNNAMED = "unnamed"  # that of 'names?' behind what names nobody
DISPUTES = "disputes"  # that of 'what do they disagree about?'
PICKS = {"yes": 0, "second": 1, "third": 2}  # set phrases that take one of what was offered
NOT_YET = PICKS.keys() | {"meaning"}  # those that may well ask something else
PASSING = SEQUEL | {DISPUTES}  # those that are none where nothing comes of them


class SetPhrases:
    """What is asked of the last answer word for word."""

    def __init__(
        self, teller: Teller, phrases: Phrasebook, leaning: Leaning, last_answer: LastAnswer
    ) -> None:
        self._teller = teller
        self._base = teller.base
        self._texts = teller.texts
        self._matcher = teller.matcher
        self._phrases = phrases
        self._leaning = leaning
        self._last_answer = last_answer

    def kind(self, words: Sequence[Token], text: str, before: Conversation) -> str | None:
        """The kind of set phrase that a question is, also behind 'no, I mean'; None: it is none, or
        asks for what the last answer has not."""
        lexicon, last = self._matcher.lexicon, self._last_answer
        kind = self._phrases.kind(words)
        if kind is None and (rest := without_opener(words, lexicon.language)):
            kind = self._phrases.kind(rest)
            kind = None if kind == NOD else kind  # 'and exactly?'
        if kind is None and before.facts:
            kind = self._asks_who_said(words, before)
        if kind == "quote" and not last.has_quotes(before) and means_a_person(words, lexicon):
            return None
        if kind == "names" and not last.has_names(before):
            return UNNAMED if before.facts else None
        # 'No, that is false.'
        if kind is None and words and words[0].text in lexicon.language.denying:
            denied = self._phrases.kind(words[1:])
            kind = denied if denied in CONFIRMING else None
        if kind == OBJECTION and before.facts:
            return "confirm"
        if kind == NOD or (kind == "yes" and not before.offered and len(words) == 1):
            kind = SURE_OF_IT if text.rstrip().endswith("?") else NOD  # 'sure?', 'right?'
        if kind == SURE_OF_IT and before.facts:
            return "confirm"
        if kind == "claimant":
            return "speaker" if last.is_claim(before) else None
        return kind

    def picked(self, kind: str | None, text: str, before: Conversation) -> Turn | None:
        """The turn of the fact that 'yes' or 'the second one' takes of what was offered."""
        pick = PICKS.get(kind or "", len(before.offered))
        if pick >= len(before.offered):
            return None
        fact = self._base.fact_by_id[before.offered[pick]]
        asked = Asked(text, tuple(tokens(fact.questions[0])))
        return self._teller.fact(fact, Best(fact.id, 1.0), asked)

    def turn(
        self, kind: str, words: Sequence[Token], text: str, before: Conversation
    ) -> Turn | None:
        """The turn of a set phrase of this kind; None: it may mean something else."""
        if kind == NOD:
            return self._teller.small_talk(text, "remark"), before
        if kind == OBJECTION and not before.question:
            return self._teller.small_talk(text, "complaint"), before
        if kind == DISPUTES:
            return self._disputes(words, text, before)
        of_all = kind == VERDICT and self._asks_of_all(words, before)
        if of_all and (turn := self._disputes(words, text, before)):
            return turn
        if kind in SEQUEL:
            return self._leaning.next_in_time(text, before, later=kind == LATER)
        if kind == UNNAMED:
            return self._unnamed(words, text, before)
        if kind == "proof":
            if meant := self._leaning.proof(words, text, before):
                return meant
            kind = "source"
        if kind in {"speaker", "source"} and (claim := self._claim_that(words, before)):
            return self._speaker_of(claim, text, before)
        return self._of_last_answer(kind, text, before)

    def said_by_whom(self, words: Sequence[Token]) -> Sequence[Token]:
        """What it is asked who says: 'it is illegal' of 'who says it is illegal'; else nothing, as
        where it is asked who told somebody 'to do that'."""
        language = self._matcher.lexicon.language
        asks = len(words) > 1 and words[0].text == WHO and words[1].text in language.stating
        orders = any(word.text == language.infinitive for word in words[2:4])
        return words[2:] if asks and not orders else ()

    def no_more(
        self, match: Match, text: str, words: Sequence[Token], before: Conversation
    ) -> Turn:
        """'When?' behind what tells no time: what it means alone, if that is of the same topic."""
        if match.confidence >= SURE and self._leaning.is_of_topic(match, before):
            return self._teller.outcome(match, Asked(text, tuple(words)))
        if kindred := self._leaning.kindred.only(match.question, text, before):
            return kindred
        told = (self._base.fact_by_id[fact_id] for fact_id in before.facts[:1])
        near = (
            self._base.fact_by_id[near] for fact in told for near in self._base.related[fact.id]
        )
        fresh = [fact for fact in near if fact.id not in before.shown]
        message = self._texts.told_all
        if not before.facts:
            fresh = [self._base.fact_by_id[offered] for offered in before.offered]
            message = self._texts.no_more
        return offering(message_part(text, "unknown", message, facts=fresh), before)

    def _asks_who_said(self, words: Sequence[Token], before: Conversation) -> str | None:
        """'speaker' where it is asked who, or which of some, said what was told: 'which minister
        said it', 'who says that it is a victory'; 'source' where it is asked which part of the
        article did; else None."""
        language = self._matcher.lexicon.language
        texts = [word.text for word in words]
        if behind := self.said_by_whom(words):
            claim = self._matcher.readings(behind)[0]
            said = () if claim.negated else claim.telling
            held = bool(said) and self._matcher.holds_all(before.facts[0], said)
            if held or not claim.content:  # 'who said it was not?'
                return "speaker" if self._last_answer.is_claim(before) else "source"
        if len(texts) != WHICH_SAID or texts[0] not in language.choosing:
            return None
        if texts[2] not in language.stating or language.pronouns.get(texts[3]) != "it":
            return None
        return "source" if texts[1] in language.passages else "speaker"

    def _claim_that(self, words: Sequence[Token], before: Conversation) -> Fact | None:
        """The only claim of what was told, or of what that sums up, that asserts what it is asked
        who says: 'who says that it is illegal?'; None: nothing more is said, or there is none."""
        behind = self.said_by_whom(words)
        if not behind:
            return None
        asked = self._matcher.readings(behind)[0]
        said = {t for w in asked.telling for t in w.terms}
        told = [self._base.fact_by_id[fact_id] for fact_id in before.facts]
        claims = [*told, *[self._base.fact_by_id[part] for fact in told for part in fact.covers]]
        if not said:
            language = self._matcher.lexicon.language
            is_so = any(word.text in language.whether for word in behind)  # not 'who said that'
            return self._side_of(claims, before, denying=asked.negated) if is_so else None
        asserting = {
            fact.id: fact
            for fact in claims
            if fact.claim
            and fact.claim.status != DENIED
            and said <= self._matcher.terms_told(fact.id)
        }
        (only, *others) = asserting.values() if said and asserting else (None,)
        return None if others else only

    def _side_of(
        self, claims: Sequence[Fact], before: Conversation, *, denying: bool
    ) -> Fact | None:
        """The only claim that asserts what others of these deny, or the only one that denies it, of
        several the one that was told: 'who says they did', 'who says it is not so'; None: nothing
        is denied, or several do."""
        disputed = {
            one.id: one
            for fact in claims
            for other in (self._base.fact_by_id[id_] for id_ in fact.contradicts)
            if fact.claim and other.claim
            if (fact.claim.status == DENIED) is not (other.claim.status == DENIED)
            for one in (fact, other)
        }
        sides = [
            fact
            for fact in disputed.values()
            if fact.claim and (fact.claim.status == DENIED) is denying
        ]
        told = [fact for fact in sides if fact.id in before.facts]
        return next((some[0] for some in (told, sides) if len(some) == 1), None)

    def _speaker_of(self, fact: Fact, text: str, before: Conversation) -> Turn:
        """Who says a fact, as if that had been told last."""
        part, _ = self._last_answer.asked("speaker", text, before._replace(facts=(fact.id,)))
        return part, before

    def _of_last_answer(self, kind: str, text: str, before: Conversation) -> Turn | None:
        """The turn of a set phrase about the last answer; None: it may mean something else."""
        if not before.facts:
            if kind == "speaker" and (quoted := self._quoted_beside(before)):
                return self._speaker_of(quoted, text, before)
            saying = [one for one in before.offered if self._base.fact_by_id[one].quotes]
            if kind == "quote" and len(saying) == 1:
                offered = before._replace(facts=(saying[0],))
                return self._last_answer.asked(kind, text, offered)[0], before
            if kind in {"source", "speaker"}:
                return self._teller.small_talk(text, "sources"), before
            if kind == "more" and not before.question:
                return self._teller.small_talk(text, SUMMARY), before
            if kind in {"confirm", SURE_OF_IT} and before.question:
                sure = kind == SURE_OF_IT and before.not_said
                message = self._texts.sure_unsaid if sure else self._texts.no_more
                return message_part(text, "unknown", message), before
            if kind == "sides" and (disputed := self._disputed_beside(before)):
                return self._last_answer.asked(kind, text, disputed)
            if kind in OF_ANSWERED and before.answered:
                return self._last_answer.asked(kind, text, before.answered)
            return None
        if kind in {"sides", VERDICT} and not self._last_answer.has_sides(before):
            return self._leaning.others.counterpart(text, before) if kind == "sides" else None
        return None if kind in NOT_YET else self._last_answer.asked(kind, text, before)

    def _unnamed(self, words: Sequence[Token], text: str, before: Conversation) -> Turn:
        """The turn of 'names?' behind what names nobody: that they are not said, where the base
        knows just that of what was told last; else that there is no more."""
        unsaid = [
            entry
            for entry in self._base.unanswered
            if not set(entry.related).isdisjoint(before.facts)
            and self._matcher.tells_at_times(entry.id, WHO)
            and self._asks_names(entry)
        ]
        if unsaid:
            best = max(unsaid, key=self._asks_names)
            return self._teller.entry(best, Asked(text, tuple(words)))
        return self.no_more(self._matcher.match(words), text, words, before)

    def _asks_names(self, entry: Unanswered) -> float:
        """The share of an entry's phrasings that ask for names in so many words."""
        naming = self._matcher.lexicon.language.naming
        asking = [any(word.text in naming for word in tokens(q)) for q in entry.questions]
        return sum(asking) / len(asking)

    def _disputes(self, words: Sequence[Token], text: str, before: Conversation) -> Turn | None:
        """An offer of what those in the source differ on; None: the base marks nothing so, or some
        fact tells just that."""
        disputes = self._last_answer.disputes()
        if not disputes:
            return None
        match = self._matcher.match(words)
        told = match.decision.verb == "answer" and match.chosen.id in {one.id for one in disputes}
        if told or (self._teller.knows(match) and match.confidence >= SURE):
            return None
        message = self._texts.suggest_disputed
        return offering(message_part(text, "suggest", message, facts=disputes), before)

    def _asks_of_all(self, words: Sequence[Token], before: Conversation) -> bool:
        """Whether 'who is lying?' is asked behind what nobody disputes."""
        asking = self._matcher.readings(words)[0].asked
        undisputed = before.facts and not self._last_answer.has_sides(before)
        return bool(undisputed) and asking in {WHO, WHICH}

    def _disputed_beside(self, before: Conversation) -> Conversation | None:
        """The conversation as if the first disputed fact near what was said not to be said had been
        told; None: none is."""
        entry = self._base.unanswered_by_id.get(before.not_said)
        for near in entry.related if entry else ():
            told = before._replace(facts=(near,))
            if self._last_answer.has_sides(told):
                return told
        return None

    def _quoted_beside(self, before: Conversation) -> Fact | None:
        """The fact with a quote that has a word of the last question, of those near what was said
        not to be said ('who said it?' behind 'what is meant by bridgehead?'), or the only claim
        that it was told with; None: there is none."""
        entry = self._base.unanswered_by_id.get(before.not_said)
        if entry is None:
            return None
        asked = {word.text for word in self._matcher.readings(tokens(before.question))[0].telling}
        near = [self._base.fact_by_id[fact_id] for fact_id in entry.related]
        for fact in near:
            if any(token.text in asked for quote in fact.quotes for token in tokens(quote.text)):
                return fact
        told = [
            fact
            for fact in near
            if fact.claim
            and set(fact.claim.by) <= set(before.about)
            and self._is_told_with(fact, entry)
        ]
        return told[0] if len(told) == 1 else None

    def _is_told_with(self, fact: Fact, entry: Unanswered) -> bool:
        """Whether what is not said is told with what a fact tells: 'it has no figure; by the UN's
        estimate there were 200'."""
        terms = self._matcher.terms_told(fact.id)
        return len(terms & self._matcher.terms_told(entry.id)) >= TOLD_WITH * len(terms)
