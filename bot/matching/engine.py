"""The matcher: a base and a language in, and for each question its candidates and a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from operator import attrgetter

from bot.facts.folding import question_key
from bot.facts.model import Base, Fact, Unanswered
from bot.matching.correcting import corrections
from bot.matching.decide import Candidate, Decision, Thresholds, decide
from bot.matching.drafts import beside_answer, read_text
from bot.matching.index import Index, Item
from bot.matching.kinds import WHY
from bot.matching.kinship import Kinship
from bot.matching.language import Language
from bot.matching.learning import Learnt, learn
from bot.matching.lexicon import NAME, Lexicon, build_lexicon
from bot.matching.mending import Mender
from bot.matching.question import Question, understand
from bot.matching.reading import Word, may_be_noun, read
from bot.matching.remembering import remember
from bot.matching.scattered import Scattered
from bot.matching.search import Search, Shares
from bot.matching.tags import Tags
from bot.matching.text import Token, forget_words, normalise, tokens

BEYOND_DOUBT = 0.85  # confidence of what holds the whole question: nothing is wrong in it
LIKELIEST = 2  # items of which one must be able to put a question right
CLAUSE_SHARE = 0.06  # the head's, of what a clause may ask for
LAGGING = 0.7  # of the likeliest reading's share, for another to be looked at
RARE = 2  # items at most that have a word ...
MOST = 0.5  # ... of those in which this share of a question's weight lies
REMEMBERED = 64  # answers, as words
CORRECTED_SURE = 0.8  # confidence that a fact must earn to put a question right
LITTLE = 1  # telling words of a question that say little: 'who broke?' is asked of anything, ...
NO_MORE = 0.5  # ... so this share of the phrasing, at least, must say the same

_confidence = attrgetter("confidence")


@dataclass(frozen=True, slots=True)
class Match:
    """What came of one question."""

    question: Question
    candidates: tuple[Candidate, ...]
    decision: Decision
    corrected: tuple[str, ...] = ()  # words of a whether-question that the answer puts right

    @property
    def confidence(self) -> float:
        """The confidence of the likeliest candidate, 0 where there is none."""
        return self.candidates[0].confidence if self.candidates else 0.0

    @property
    def likeliest(self) -> str:
        """The id of that candidate, or nothing."""
        return self.candidates[0].id if self.candidates else ""

    @property
    def is_not_said(self) -> bool:
        """Whether it is known that the source does not say what was asked."""
        return self.decision.verb == "unknown" and bool(self.decision.chosen)

    @property
    def chosen(self) -> Candidate:
        """The candidate that the decision answers with; only where it answers."""
        return next(c for c in self.candidates if c.id == self.decision.chosen[0])


class Matcher:
    """Logically immutable once built: the same question gives the same match, whatever was asked.

    Remembers what it worked out (stems, readings, repairs, kin, weights): for one thread at a time.
    """

    def __init__(
        self,
        base: Base,
        language: Language,
        learnt: Learnt | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        """`learnt` is what `learn` made of the same base earlier; without it, it learns now."""
        self.thresholds = thresholds or Thresholds()
        self._entries: tuple[Fact | Unanswered, ...] = (*base.facts, *base.unanswered)
        self._numbers = {entry.id: number for number, entry in enumerate(self._entries)}
        self.lexicon: Lexicon = build_lexicon(base, language)
        self.learnt = learnt or learn(base, self.lexicon)
        self.index: Index = self.learnt.index
        self.lexicon.stem.known_too(self.index.words)
        self._head = head = self.learnt.head.knowing(self.lexicon.likeness)
        told = partial(_told, self._entries, self.lexicon)
        self.search = Search(self.lexicon, self.index, head, self.learnt.calibration, told)
        self.kinship = Kinship(self.lexicon, self.index.terms)
        self.tags = Tags(language)
        self.mender = Mender(self.lexicon, self.index.words)
        self._told: dict[str, tuple[Word, ...]] = {}

    def forget_words(self) -> None:
        """Forget the words that were asked."""
        self.lexicon.forget_words()
        self._head.forget_words()
        forget_words()

    @cached_property
    def _scattered(self) -> Scattered:
        """Made for the first question that needs it."""
        return Scattered(self.lexicon, self.index.verbs)

    def entry_asked(self, message: str) -> Fact | Unanswered | None:
        """The entry that has a message among its questions, word for word."""
        key = question_key(normalise(message))
        for item, line in self.learnt.verbatim.like(key):
            entry = self._entries[item]
            if question_key(entry.questions[line]) == key:
                return entry
        return None

    def match(self, sentence: Sequence[Token], *, corrects: bool = True) -> Match:
        """The best of the ways to read a sentence, or else to put together what stands apart in it;
        `corrects`: also asked without what may be wrong in it. Deterministic, no I/O."""
        readings = self.readings(sentence)  # one at least
        best = max(self._matches(readings, corrects=corrects), key=_confidence)
        if best.confidence >= self.thresholds.answer:
            return best
        again = self._together(sentence, best, corrects=corrects)
        return again if again is not None and again.confidence > best.confidence else best

    def match_clause(self, words: Sequence[Token]) -> Match | None:
        """The match of a part of a sentence; None where the head sees nothing in it."""
        return max(
            self._matches(self.readings(words), above=CLAUSE_SHARE), key=_confidence, default=None
        )

    def _matches(
        self, readings: Iterable[Question], *, above: float | None = None, corrects: bool = True
    ) -> Iterator[Match]:
        """The match of each reading that the head does not hold for much less likely than another;
        `above`: only of those of which it gives an item more than this share."""
        matcher = self._corrected if corrects else self.match_question
        found = [(reading, self.search.shares(reading)) for reading in readings]
        tops = [shares[0][1] if shares else 0.0 for _, shares in found]
        least = LAGGING * max(tops, default=0.0)
        for (reading, shares), top in zip(found, tops, strict=True):
            if top >= least and (above is None or top > above):
                yield matcher(reading, shares)

    def _together(
        self, sentence: Sequence[Token], before: Match, *, corrects: bool
    ) -> Match | None:
        """The match of the sentence with what stands apart put together; one whose words are in
        no order is read as a heap of words. None unless it is sure of an answer."""
        words = self._scattered.together(sentence)
        shuffled = self._scattered.is_shuffled(sentence)
        if words is None and not shuffled:
            return None
        readings = self.readings(sentence if words is None else words)
        above = max([c.learnt for c in before.candidates], default=0.0)
        if shuffled:
            readings = [_without_order(r) for r in readings]
            above = 0.0
        matches = self._matches(readings, above=above, corrects=corrects)
        match = max(matches, key=_confidence, default=None)
        return match if match is not None and match.decision.verb == "answer" else None

    def readings(self, sentence: Sequence[Token]) -> list[Question]:
        """What a sentence may ask, its spelling mended: one question for each way to mend it."""
        return [
            understand(
                self.kinship.of_sentence(read(mended, self.lexicon)),
                self.lexicon.language,
                self.index.verbs,
            )
            for mended, _ in self.mender.readings(self.tags.as_asked(sentence))
        ]

    def _corrected(self, question: Question, shares: Shares) -> Match:
        """The match of a question, or of the question without what is wrong in it, if that fits
        better and the fact puts it right."""
        best = self.match_question(question, shares)
        if best.confidence >= BEYOND_DOUBT and _is_held(best):
            return best
        language = self.lexicon.language
        for correction in corrections(
            question, language, self._is_stranger, self._kinds, self.index.verbs
        ):
            held = self._holds_all(best, question)
            if held and best.decision.verb == "answer":
                continue
            if correction.kinds and ((held and _is_plain(best)) or _is_swap(best)):
                continue
            likely, kind = self.search.shares(correction.question), self.lexicon.kind
            if not any(correction.fits(i, self.index, kind) for i, _ in likely[:LIKELIEST]):
                continue  # most can at once be seen not to fit
            found = self.match_question(correction.question, likely)
            if found.decision.verb != "answer":
                continue
            chosen = found.chosen
            if (
                chosen.confidence >= CORRECTED_SURE
                and not chosen.evidence.missing
                and (
                    len(correction.question.telling) > LITTLE
                    or chosen.evidence.phrase_covered >= NO_MORE
                )
                and correction.fits(chosen.evidence.item, self.index, kind)
                and (chosen.confidence > best.confidence or not held)
            ):
                best = replace(found, corrected=correction.left_out)
        return best

    def _holds_all(self, match: Match, question: Question) -> bool:
        """Whether the best phrasing holds every word of the question but names."""
        if not match.candidates:
            return False
        best = match.candidates[0].evidence
        words = [word for word in question.words if may_be_noun(word)]
        return all(
            any(self.index.phrase_has(best.item, best.phrase, term) for term in word.terms)
            for word in words
        )

    def match_question(self, question: Question, shares: Shares) -> Match:
        """The match of one reading; `shares`: as `search.shares` gave them for it."""
        candidates = self.search.candidates(question, shares)
        return Match(
            question, candidates, decide(question, candidates, self.index, self.thresholds)
        )

    def can_tell(self, entry_id: str, asked: str) -> bool:
        """Whether an entry is asked for this kind of thing, or its own words can tell one."""
        return asked in self._item(entry_id).asked

    def share_asking(self, entry_id: str, asked: str) -> float:
        """The share of an entry's phrasings that ask for this kind of thing, or 0."""
        return self._item(entry_id).asking.get(asked, 0.0)

    def tells_at_times(self, entry_id: str, asked: str) -> bool:
        """Whether an entry is asked for this kind of thing more than by chance."""
        return asked in self._item(entry_id).asking

    def words_told(self, entry_id: str) -> tuple[Word, ...]:
        """The words of an entry's answer."""
        found = self._told.get(entry_id)
        if found is None:
            answer = self._entries[self._numbers[entry_id]].answer
            (reading, *_) = self.readings(tokens(answer))
            found = remember(self._told, entry_id, reading.words, REMEMBERED)
        return found

    def terms_told(self, entry_id: str) -> set[str]:
        """The terms of these words."""
        return {term for word in self.words_told(entry_id) for term in word.terms}

    def measures_alone(self, entry_id: str) -> bool:
        """Whether an entry counts nobody: its figures are of time, length or money."""
        return self._item(entry_id).measures_alone

    def holds(self, entry_id: str, word: Word) -> bool:
        """Whether an entry has a word in its phrasings, answer, quotes or people."""
        number = self._numbers[entry_id]
        return any(self.index.item_has(number, term) for term in word.terms)

    def holds_all(self, entry_id: str, words: Iterable[Word]) -> bool:
        """Whether an entry has each of some words in its phrasings, answer, quotes or people."""
        return all(self.holds(entry_id, word) for word in words)

    def facts_with(self, words: Iterable[Word]) -> list[str]:
        """The facts that have each of some words, in the order of the base."""
        every = [{i for term in w.terms for i in self.index.items_with(term)} for w in words]
        held = set[int].intersection(*every) if every else set[int]()
        return [self.index.items[i].id for i in sorted(held) if self.index.items[i].is_fact]

    def holders_of_most(self, question: Question) -> list[str]:
        """The facts, few, that have the rarest words of a question, if most of its weight lies in
        these: a figure or a word that stands in an answer alone weighs little in its confidence."""
        weighed = [one for one in self.search.weighed(question) if one.word.kind != "asks"]
        held: dict[int, float] = {}
        for one in weighed:
            items = {item for term in one.terms for item in self.index.items_with(term)}
            if one.word.kind in {"word", "figure"} and 0 < len(items) <= RARE:
                for item in items:
                    held[item] = held.get(item, 0.0) + one.weight
        least = MOST * sum(one.weight for one in weighed)
        ids = [self.index.items[item].id for item in sorted(held) if held[item] >= least]
        return [entry_id for entry_id in ids if self._item(entry_id).is_fact]

    def tells_day(self, entry_id: str) -> bool:
        """Whether an entry names a day of the week or a month."""
        number = self._numbers[entry_id]
        return any(self.index.item_has(number, day) for day in self.search.days)

    def concerns(self, candidate: Candidate, person: str) -> bool:
        """Whether an entry has to do with somebody."""
        return f"{NAME}{person}" in self.index.items[candidate.evidence.item].names

    def weight_beside_names(self, question: Question) -> float:
        """What a question's words weigh that say what is asked, and not of whom."""
        weighed = self.search.weighed(question)
        return sum([one.weight for one in weighed if one.word.kind == "word"])

    def names_in_answer(self, entry_id: str) -> frozenset[str]:
        """The ids of those whom an entry's answer itself names."""
        return frozenset(term.removeprefix(NAME) for term in self._item(entry_id).told_names)

    def _item(self, entry_id: str) -> Item:
        return self.index.items[self._numbers[entry_id]]

    def asks_of_now(self, match: Match) -> bool:
        """Whether a question is about the present day, which is another than that of the base, and
        the fact is seldom asked that way, nor is the phrasing that is nearest. 'Why is Russia doing
        it now' is asked of any day."""
        if not match.question.of_now or not self.index.dated or match.question.asked == WHY:
            return False
        if self.index.items[match.chosen.evidence.item].of_now:
            return False
        return not any(q.of_now for q in self.readings(tokens(self.phrasing(match.chosen))))

    def phrasing(self, candidate: Candidate) -> str:
        """The base's own question that is nearest, as it stands there."""
        item, phrase = candidate.evidence.item, candidate.evidence.phrase
        known = phrase < self.index.phrases[item + 1]  # else none of its questions says anything
        return self._entries[item].questions[self.index.lines[phrase] if known else 0]

    def decide_again(self, match: Match, candidates: Iterable[Candidate]) -> Match:
        """The match with candidates whose confidence was changed from outside."""
        ordered = tuple(sorted(candidates, key=lambda c: (-c.confidence, c.id)))
        return Match(
            match.question, ordered, decide(match.question, ordered, self.index, self.thresholds)
        )

    def _kinds(self, name: Word) -> set[str]:
        return {kind for term in name.terms if (kind := self.lexicon.kind(term))}

    def _is_stranger(self, word: Word) -> bool:
        if word.kind != "word":
            return False
        if any(term in self.index.terms for term in word.terms):
            return self.mender.is_strange_name(word.text)
        return self.search.strangeness(word)[1]


def _told(entries: Sequence[Fact | Unanswered], lexicon: Lexicon, item: int) -> list[list[Word]]:
    """All that an entry tells, read anew: to keep it would take memory."""
    entry = entries[item]
    texts = (entry.answer, *beside_answer(entry))
    return [words for text in texts for words in read_text(text, lexicon)]


def _without_order(question: Question) -> Question:
    """The question without what the order of its words tells."""
    return question._replace(
        roles=(), order=(), belongings=(), offices=(), role=None, in_order=False
    )


def _is_held(match: Match) -> bool:
    """Whether the best candidate holds the whole question, names and all."""
    top = match.candidates[0] if match.candidates else None
    return top is not None and not top.evidence.missing and not top.objections


def _is_plain(match: Match) -> bool:
    """Whether it is a fact that does."""
    return _is_held(match) and match.candidates[0].is_fact


def _is_swap(match: Match) -> bool:
    """Whether the best candidate has the question's names in each other's places."""
    objections = match.candidates[0].objections if match.candidates else ()
    return any(objection.gate == "roles" for objection in objections)
