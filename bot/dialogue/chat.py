"""Greetings, thanks, farewells, help, and who the bot is: what of a message asks nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import cached_property

from bot.dialogue.overview import event_terms, overview
from bot.dialogue.phrasebook import SEQUEL, Phrasebook
from bot.dialogue.sureness import CERTAIN, SURE
from bot.facts.model import Base, Fact
from bot.matching.decide import WHOLLY
from bot.matching.engine import Match, Matcher
from bot.matching.kinds import HOW, WHAT
from bot.matching.language import Language, holds_any, runs_at, runs_by_first_word
from bot.matching.lexicon import rewrite
from bot.matching.text import Sentence, Token

MOST_CHAINED = 3  # set phrases before the last one
FILLED = 2  # words that a set phrase may carry behind it ('thank you, dear')
REACTION = 6  # words of a sentence that may be no more than how somebody takes it
EXCLAIMING = frozenset({HOW, WHAT})  # question words that may open such: 'how sad', 'what a mess'
HELP, IDENTITY, SOURCES, OPINION = "help", "identity", "sources", "opinion"
SUMMARY, TIMELINE = "summary", "timeline"
OF_THE_EVENT = frozenset({SUMMARY, TIMELINE})  # what a base may have a fact for
OPENERS = frozenset({"thanks", "remark", "greeting", "wellbeing", "never_mind"})


class Chat:
    """Tells small talk from questions. Where the base has facts about such ('are you a bot?'), it
    knows better what to say."""

    def __init__(
        self, language: Language, matcher: Matcher, base: Base, followups: Phrasebook
    ) -> None:
        self._matcher = matcher
        self._base = base
        self._followups = followups
        self.overview = overview(base, matcher, language.chat.get(SUMMARY, ()))
        self._language = language
        self._phrases = Phrasebook(language.chat, matcher.lexicon)
        self._wholes = runs_by_first_word(language.wholes)
        self._wishing = runs_by_first_word(language.wishing)
        self._asking_beings = runs_by_first_word(language.asking_beings)
        self._of_the_base = frozenset(
            kind
            for kind, phrases in language.chat.items()
            if any(
                isinstance(entry := matcher.entry_asked(phrase), Fact)
                or (kind == SOURCES and entry is not None)
                for phrase in phrases
            )
        )
        self._asking_nothing = OPENERS - self._of_the_base

    def kind(self, words: Sequence[Token]) -> str | None:
        """The kind of small talk that a set phrase is; None: it is none, or a question."""
        kind = self._kind_of(words)
        return kind if kind and self._is_meant(words, kind) else None

    def _kind_of(self, words: Sequence[Token]) -> str | None:
        """The kind of set phrase, whether it is meant so or not."""
        return self._phrases.kind(words) or self._of_itself(words) or self._of_all(words)

    def _of_itself(self, words: Sequence[Token]) -> str | None:
        """The kind that tells who the bot is, where that is asked: 'are you a person or a bot'."""
        language = self._language
        if language.beings.isdisjoint(word.text for word in words):
            return None  # most questions, at once
        said = [word.text for word in rewrite(words, self._matcher.lexicon)]
        opening = next(runs_at(self._asking_beings, said, 0), None)
        if opening is None:
            return None
        behind = said[len(opening) :]
        lists = (language.beings, language.function_words, language.padding)
        return IDENTITY if _are_all_in(behind, lists) else None

    def _of_all(self, words: Sequence[Token]) -> str | None:
        """The kind that asks for the whole of the event, where that is named, and no part of it:
        'the key points of the meeting, please'."""
        said = [word.text for word in words]
        for at in range(len(said)):
            for run in runs_at(self._wholes, said, at):
                rest = [*words[:at], *words[at + len(run) :]]
                return SUMMARY if self._is_of_the_event(rest) else None
        return None

    def _is_of_the_event(self, words: Sequence[Token]) -> bool:
        """Whether words say no more than what the base is about."""
        language = self._language
        lists = (language.function_words, language.fillers, language.padding, language.events)
        for text in (word.text for word in words):
            asked, meant = language.question_words.get(text), language.pronouns.get(text)
            if asked not in {None, WHAT} or meant not in {None, "it"}:
                return False  # 'who gave the summary', 'their main points'
        named = [word for word in words if not _are_all_in([word.text], lists)]
        if not named:
            return True
        (reading, *_) = self._matcher.readings(named)
        return all(not self._event_terms.isdisjoint(word.terms) for word in reading.telling)

    @cached_property
    def _event_terms(self) -> frozenset[str]:
        return event_terms(self._base, self._matcher)

    def small_talk(self, sentence: Sentence) -> str | None:
        """The kind of small talk that a whole sentence is; None: it is a question, be it for the
        whole of what the base tells."""
        kind = self._small_talk(sentence)
        return None if kind == SUMMARY and self.overview else kind

    def _small_talk(self, sentence: Sentence) -> str | None:
        words = sentence.tokens
        if kind := self._chain(words):
            return kind
        if kind := self._kind_of(words):
            return kind if self._is_meant(words, kind) else None
        if self._is_reaction(sentence):
            return "remark"
        if self._is_wish(words):
            return HELP
        opening = self._phrases.opening(words, OPENERS)
        if opening is None or sentence.asks or len(words) > opening[1] + FILLED:
            return None
        kind, length = opening
        if kind in self._of_the_base and self._is_sure(words, 0.0):
            return None
        rest = self._matcher.match(words[length:])
        question = rest.question  # 'ok, Lavrov then', 'oh, where then'
        asks = rest.decision.verb == "answer" or question.names or question.asked
        return None if asks else kind

    def _is_wish(self, words: Sequence[Token]) -> bool:
        """Whether something is wished for that no fact can grant: 'write me a poem'."""
        said = [word.text for word in words]
        at = next((n for n, text in enumerate(said) if text not in self._language.favours), 0)
        opening = next(runs_at(self._wishing, said, at), None) if said else None
        # 'Could you write a list of who came' is no wish for a poem.
        least = self._matcher.thresholds.answer if at else CERTAIN
        return opening is not None and not self._is_sure(words, least)

    def _is_reaction(self, sentence: Sentence) -> bool:
        """Whether a few words say no more than how somebody takes it: 'how sad', 'poor guy'."""
        language = self._language
        if sentence.asks or len(sentence.tokens) > REACTION:
            return False
        # 'That's not many' is said of what was told; most questions are neither, at once.
        remarks = language.written_out(sentence.tokens[0].text)[0] in language.pointing
        if not remarks and language.feelings.isdisjoint(w.text for w in sentence.tokens):
            return False
        first, *behind = [w.text for w in rewrite(sentence.tokens, self._matcher.lexicon)]
        beside = (language.function_words, language.padding, language.anybody, language.gendered)
        small = (language.feelings, *beside)
        if not _are_all_in((first, *behind), small):
            return False
        if remarks and language.be_forms.isdisjoint(behind[:1]):
            return False  # 'that one' takes what was offered
        questions = language.question_words.keys()
        asking = language.whether | language.indefinite | questions
        if first in EXCLAIMING:  # but 'how many victims', 'how bad was it'
            asks = f"{first} {' '.join(behind[:1])}" in questions or not asking.isdisjoint(behind)
        else:
            asks = first in asking or not questions.isdisjoint(behind)
        if asks or "remark" in self._of_the_base:
            return False
        return not self._is_sure(sentence.tokens, CERTAIN)

    def _chain(self, words: Sequence[Token]) -> str | None:
        """The kind of the last of a few set phrases, one behind the other: 'ok it makes sense
        thanks'; None: there is more than padding between them."""
        chained = False
        for _ in range(MOST_CHAINED):
            opening = self._phrases.opening(words, self._asking_nothing)
            if opening is None and chained:
                words = self._phrases.without_padding(words)
                opening = self._phrases.opening(words, self._asking_nothing)
            if opening is None:
                return None
            words, chained = words[opening[1] :], True
            if kind := self.kind(words):
                return kind
        return None

    def without_greeting(self, words: Sequence[Token]) -> Sequence[Token]:
        """What is asked behind greetings and the like ('hi, quick question:'); all of it, where
        that is part of the question."""
        for _ in range(MOST_CHAINED):
            opening = self._phrases.opening(words, OPENERS)
            if opening is None or opening[0] in self._of_the_base:
                return words
            if holds_any(self._language.correcting, [word.text for word in words]):
                return words  # 'no wait, I meant the soldiers' says what is not meant
            rest = words[opening[1] :]
            if len(rest) < 2 and not any(w.text in self._language.question_words for w in rest):
                return words
            if self._is_sure(words, SURE):
                return words
            words = rest
        return words

    def _is_meant(self, words: Sequence[Token], kind: str) -> bool:
        """Whether a set phrase is small talk, as it is as a rule: 'help' alone asks for help, even
        if some fact tells of help, too."""
        if kind in OF_THE_EVENT:  # 'what happened' asks for all that did, 'what happened then' not
            there = words[-1].text in self._language.there
            if there or self._followups.kind(words) in SEQUEL:
                return False
            match = self._matcher.match(words)
            all_of_it = self.overview is not None and match.likeliest == self.overview.id
            return all_of_it or not _is_sure_of(match, SURE, WHOLLY)
        if kind in self._of_the_base:
            return not self._is_sure(words, self._matcher.thresholds.answer)
        if kind in OPENERS | {SOURCES, IDENTITY}:
            return True  # 'who wrote this article' is of no letter, 'thank you' of no gratitude
        return len(words) == 1 or not self._is_sure(words, CERTAIN, WHOLLY)

    def _is_sure(self, words: Sequence[Token], least: float, covered: float = 0.0) -> bool:
        """Whether an entry of the base is meant beyond what small talk may be by chance, by a
        phrasing of which so much is `covered`."""
        return _is_sure_of(self._matcher.match(words), least, covered)


def _is_sure_of(match: Match, least: float, covered: float) -> bool:
    known = match.decision.verb == "answer" or match.is_not_said
    if not known or match.confidence < least:
        return False
    return match.candidates[0].evidence.phrase_covered >= covered


def _are_all_in(words: Iterable[str], lists: Sequence[Container[str]]) -> bool:
    """Whether each word is in one of the lists."""
    return all(any(word in one for one in lists) for word in words)
