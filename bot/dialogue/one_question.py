"""One question: by itself, or with what it lacks taken from the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.dialogue.bare import BARE
from bot.dialogue.chat import OPINION, SUMMARY, Chat
from bot.dialogue.compose import message_part
from bot.dialogue.conversation import Conversation
from bot.dialogue.last_answer import LastAnswer
from bot.dialogue.leaning import Leaning
from bot.dialogue.mentions import named_in, stranger_in
from bot.dialogue.phrasebook import Phrasebook
from bot.dialogue.references import means_a_person, pronoun_in
from bot.dialogue.reply import Best, Part
from bot.dialogue.rewriting import without_opener
from bot.dialogue.telling import (
    LONGEST_SIDE,
    Asked,
    Teller,
    Turn,
    offering,
    tells_nothing_new,
)
from bot.facts.model import Fact, Unanswered
from bot.matching.counting import COUNT
from bot.matching.engine import Match
from bot.matching.language import runs_at, runs_by_first_word
from bot.matching.lexicon import rewrite
from bot.matching.question import STRICT, WHEN, WHERE, WHETHER, WHO, WHY, Question
from bot.matching.reading import Word
from bot.matching.text import Token, tokens

SURE = 0.75  # confidence of what words that say little, or only seem to lean, mean by themselves
PLACED = 2  # words at least of 'in Oslo?'
SHORT = 3  # words of a question that may be asked of anybody
HALF = 0.5  # of a phrasing; of all doubt
CLAIM = 3  # words at least of 'they sell arms', where nothing was told that it may be said of
DENIED = "denied"  # the status of a claim that something is not so
WHICH_SAID = 4  # words of 'which minister said that'

# What is asked of an older answer, too.
OF_ANSWERED = frozenset({"more", "quote", "shorter", "sides", "verdict"})
EARLIER, LATER = "earlier", "later"
OBJECTION, SURE_OF_IT = "objection", "sure"  # the kinds of 'you are wrong', 'are you sure?'
CONFIRMING = frozenset({"confirm", OBJECTION, SURE_OF_IT})
UNNAMED = "unnamed"  # that of 'names?' behind what names nobody
DISPUTES = "disputes"  # that of 'what do they disagree about?'
SEQUEL = frozenset({EARLIER, LATER})
PICKS = {"yes": 0, "second": 1, "third": 2}  # set phrases that take one of what was offered
NOT_YET = PICKS.keys() | {"meaning"}  # those that may well ask something else


class OneQuestion:
    """What one question comes to in a conversation."""

    def __init__(self, teller: Teller, chat: Chat, followups: Phrasebook) -> None:
        self._teller = teller
        self._base = teller.base
        self._texts = teller.texts
        self._matcher = teller.matcher
        self._chat = chat
        self._followups = followups
        self._leaning = Leaning(teller)
        self._last_answer = LastAnswer(teller)

    def turn(self, words: Sequence[Token], text: str, before: Conversation) -> Turn:
        """One question: by itself, or with what it lacks taken from the conversation."""
        kind = self._kind(words, text, before)
        pick = PICKS.get(kind or "", len(before.offered))
        if pick < len(before.offered):
            fact = self._base.fact_by_id[before.offered[pick]]
            asked = Asked(text, tuple(tokens(fact.questions[0])))
            return self._teller.fact(fact, Best(fact.id, 1.0), asked)
        if chat := self._chat.kind(words):
            return self._teller.small_talk(text, chat), before
        if kind == OBJECTION and not before.question:
            return self._teller.small_talk(text, "complaint"), before
        if kind == DISPUTES:
            if disputes := self._disputes(words, text, before):
                return disputes
            kind = None
        if kind in SEQUEL:
            if next_told := self._leaning.next_in_time(text, before, later=kind == LATER):
                return next_told
            kind = None
        if kind == UNNAMED:
            return self._unnamed(words, text, before)
        if kind == "proof":
            if meant := self._leaning.proof(words, text, before):
                return meant
            kind = "source"
        if kind in {"speaker", "source"} and (claim := self._claim_that(words, before)):
            return self._speaker_of(claim, text, before)
        if kind and (of_last := self._of_last_answer(kind, text, before)):
            return of_last
        match = self._matcher.match(words)
        if before.facts and self._asks_of_the_saying(words, match.question):
            return self._no_more(match, text, words, before)
        leaning = self._leans(words, match, text, before)
        if kind == "meaning" and before.facts and not self._tells_more(leaning, match, before):
            return self._last_answer.asked(kind, text, before)
        question = match.question
        bare = len(words) <= BARE and question.asked and not question.telling  # 'why?'
        if match.decision.verb == "answer":
            of_nothing = bool(kind or bare) and match.surety < SURE
        else:
            of_nothing = bool(bare) and not before.question
        if leaning is None and of_nothing:
            # 'Exact words?' with nothing said before is about nothing, unless a fact is sure.
            return self._teller.small_talk(text, "help"), before
        if leaning is None and not before.question and self._is_of_anybody(match):
            near = [self._base.fact_by_id[match.chosen.id]]
            best = Best(match.chosen.id, match.surety)
            offer = message_part(text, "suggest", self._texts.suggest, facts=near, best=best)
            return offering(offer, before)
        turn = leaning or self._teller.outcome(match, Asked(text, tuple(words)))
        if self._leaning.others.asked_for(turn[0], match, before):
            return self._others(match, text, words, before)
        doubted = self._doubted(words) if before.facts else None
        if doubted is not None and self._is_of_last_answer(doubted, turn, before):
            kind = "confirm" if self._is_told(doubted, before) else "doubt"
            if kind == "doubt" and self._is_told_elsewhere(doubted, before):
                kind = "elsewhere"
            return self._last_answer.asked(kind, text, before)
        if kind == "verdict" and (leaning is not None or turn[0].confidence < SURE):
            return self._teller.small_talk(text, OPINION), before
        if kind == "sides" and before.facts and turn[0].confidence < SURE:
            # 'And the other side?' is that of something else where it is sure.
            return self._last_answer.asked(kind, text, before)
        if self._asks_of_elsewhere(words, turn, before):
            return self._last_answer.asked("doubt", text, before)
        framed = self._leaning.framed(turn, match, before)
        if self._offers_what_was_told(framed[0], before):
            return self._no_more(match, text, words, before)
        if rather := self._only_offer(framed[0], match, text, before):
            return rather
        if self._is_of_nothing_told(words, framed[0], before):
            return self._no_more(match, text, words, before)
        if self._is_doubtful_again(framed[0], match.question, before):
            return self._no_more(match, text, words, before)
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
        said = self._said_by_whom(words)
        if len(said) < CLAIM:
            return None
        pointing = self._matcher.lexicon.language.pointing  # 'who says that they sell arms'
        match = self._matcher.match(said[said[0].text in pointing :])
        if match.decision.verb != "answer" or match.surety < SURE or match.question.negated:
            return None
        fact = self._base.fact_by_id[match.chosen.id]
        if fact.claim is None and not self._last_answer.is_dispute(fact):
            return None
        return self._teller.outcome(match, Asked(text, tuple(words)))

    def _said_by_whom(self, words: Sequence[Token]) -> Sequence[Token]:
        """What it is asked who says: 'it is illegal' of 'who says it is illegal'; else nothing, as
        where it is asked who told somebody 'to do that'."""
        language = self._matcher.lexicon.language
        asks = len(words) > 1 and words[0].text == WHO and words[1].text in language.stating
        orders = any(word.text == language.infinitive for word in words[2:4])
        return words[2:] if asks and not orders else ()

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

    def _kind(self, words: Sequence[Token], text: str, before: Conversation) -> str | None:
        """The kind of set phrase that a question is, also behind 'no, I mean'; None: it is none, or
        asks for what the last answer has not."""
        lexicon, last = self._matcher.lexicon, self._last_answer
        kind = self._followups.kind(words)
        if kind is None and (rest := without_opener(words, lexicon.language)):
            kind = self._followups.kind(rest)
        if kind is None and before.facts:
            kind = self._asks_who_said(words, before)
        if kind == "quote" and not last.has_quotes(before) and means_a_person(words, lexicon):
            return None
        if kind == "names" and not last.has_names(before):
            return UNNAMED if before.facts else None
        # 'No, that is false.'
        if kind is None and words and words[0].text in lexicon.language.denying:
            denied = self._followups.kind(words[1:])
            kind = denied if denied in CONFIRMING else None
        if kind == OBJECTION and before.facts:
            return "confirm"
        if kind == "yes" and not before.offered and len(words) == 1 and text.rstrip().endswith("?"):
            kind = SURE_OF_IT  # 'sure?', 'yeah?'
        if kind == SURE_OF_IT and before.facts:
            return "confirm"
        if kind == "claimant":
            return "speaker" if last.is_claim(before) else None
        return kind

    def _asks_who_said(self, words: Sequence[Token], before: Conversation) -> str | None:
        """'speaker' where it is asked who, or which of some, said what was told: 'which minister
        said it', 'who says that it is a victory'; 'source' where it is asked which part of the
        article did; else None."""
        language = self._matcher.lexicon.language
        texts = [word.text for word in words]
        if behind := self._said_by_whom(words):
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
        behind = self._said_by_whom(words)
        if not behind:
            return None
        said = {t for w in self._matcher.readings(behind)[0].telling for t in w.terms}
        told = [self._base.fact_by_id[fact_id] for fact_id in before.facts]
        claims = [*told, *[self._base.fact_by_id[part] for fact in told for part in fact.covers]]
        asserting = {
            fact.id: fact
            for fact in claims
            if fact.claim
            and fact.claim.status != DENIED
            and said <= self._matcher.terms_told(fact.id)
        }
        (only, *others) = asserting.values() if said and asserting else (None,)
        return None if others else only

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
        if kind in {"sides", "verdict"} and not self._last_answer.has_sides(before):
            return self._leaning.others.counterpart(text, before) if kind == "sides" else None
        return None if kind in NOT_YET else self._last_answer.asked(kind, text, before)

    def _tells_more(self, leaning: Turn | None, match: Match, before: Conversation) -> bool:
        """Whether something sure and new comes of a question, leaning or alone."""
        if leaning is None:
            return self._teller.knows(match) and match.surety >= SURE
        return self._teller.settles(leaning[0]) and not tells_nothing_new(leaning[0], before)

    def _asks_of_the_saying(self, words: Sequence[Token], question: Question) -> bool:
        """Whether it is asked when, or where, what was told was said: 'when did he say that?'"""
        language = self._matcher.lexicon.language
        if question.asked not in {WHEN, WHERE}:
            return False  # most questions, at once
        said = not language.stating.isdisjoint(word.text for word in words)
        no_more = language.stating.issuperset(word.text for word in question.telling)
        return said and no_more and language.pronouns.get(words[-1].text) == "it"

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
        return self._no_more(self._matcher.match(words), text, words, before)

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
        if told or (self._teller.knows(match) and match.surety >= SURE):
            return None
        message = self._texts.suggest_disputed
        return offering(message_part(text, "suggest", message, facts=disputes), before)

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
        not to be said: 'who said it?' behind 'what is meant by bridgehead?'; None: there is
        none."""
        entry = self._base.unanswered_by_id.get(before.not_said)
        if entry is None:
            return None
        asked = {word.text for word in self._matcher.readings(tokens(before.question))[0].telling}
        for fact in (self._base.fact_by_id[near] for near in entry.related):
            if any(token.text in asked for quote in fact.quotes for token in tokens(quote.text)):
                return fact
        return None

    def _doubted(self, words: Sequence[Token]) -> Question | None:
        """What somebody thought or heard: 'I thought it was four'; None: they do not say so."""
        language = self._matcher.lexicon.language
        runs = runs_by_first_word(language.doubting)
        said = rewrite(words, self._matcher.lexicon)
        texts = [word.text for word in said]
        at = next((at for at, text in enumerate(texts) if text not in language.padding), 0)
        opening = next(runs_at(runs, texts, at), None)
        return None if opening is None else self._matcher.readings(said[at + len(opening) :])[0]

    def _is_told(self, claim: Question, before: Conversation) -> bool:
        """Whether what was told last has all figures and days of a claim in its own words; or all
        words that say something, of a claim without any."""
        calendar = self._matcher.lexicon.language.calendar
        said = [w for w in claim.words if w.kind == "figure" or w.text in calendar]
        said = said or list(claim.telling)
        told = self._words_told(before)
        held = {w.text for w in told}.union(*[w.terms for w in told])
        return all(w.text in held or not held.isdisjoint(w.terms) for w in said)

    def _is_told_elsewhere(self, claim: Question, before: Conversation) -> bool:
        """Whether another fact than was told last has a figure of a claim."""
        others = [fact.id for fact in self._base.facts if fact.id not in before.facts]
        return any(self._matcher.holds(one, word) for word in claim.figures for one in others)

    def _words_told(self, before: Conversation) -> list[Word]:
        """The words of the answers that were told last."""
        return [word for fact_id in before.facts for word in self._matcher.words_told(fact_id)]

    def _is_of_last_answer(self, claim: Question, turn: Turn, before: Conversation) -> bool:
        """Whether a claim holds nothing against what was told but a figure, or a day where that
        tells one, or what it tells anyway; 'I heard they left' is another claim, and so is a
        denial. `turn`: what comes of it by itself, which goes before all but a figure alone."""
        telling = claim.telling
        if not telling:
            return not claim.negated  # 'I thought so'
        figure = all(word.kind == "figure" for word in telling)
        if figure and not any(word.kind == "figure" for word in self._words_told(before)):
            return False
        if self._teller.settles(turn[0]) and not figure:
            return False
        language = self._matcher.lexicon.language
        tells_day = any(map(self._matcher.tells_day, before.facts))
        return not claim.negated and all(
            word.kind == "figure"
            or (tells_day and word.text in language.calendar | language.time_words)
            or any(self._matcher.holds(fact, word) for fact in before.facts)
            for word in telling
        )

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
        return self._no_more(match, text, words, before) if repeats else turn

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
            return self._no_more(match, text, words, before)
        message = self._texts.suggest_unknown
        return offering(message_part(text, "suggest", message, facts=others), before)

    def _no_more(
        self, match: Match, text: str, words: Sequence[Token], before: Conversation
    ) -> Turn:
        """'When?' behind what tells no time: what it means alone, if that is of the same topic."""
        if match.surety >= SURE and self._leaning.is_of_topic(match, before):
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


def _leans_back(part: Part, before: Conversation) -> bool:
    """Whether a question that leans on the last one is answered with what was told to that."""
    return part.outcome == "answer" and bool(part.assumed) and part.facts == before.facts
