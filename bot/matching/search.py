"""From a question to scored candidates: the head proposes, phrasings agree, the gates object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import TypeAlias

from bot.matching.belonging import Belonging, post
from bot.matching.confidence import Calibration, with_confidence, with_scores
from bot.matching.decide import SAME, Candidate
from bot.matching.gates import Knowledge, Objections
from bot.matching.head import likeliest
from bot.matching.index import Index, wording
from bot.matching.language import WordLists
from bot.matching.lexicon import GROUP, NAME, Lexicon
from bot.matching.linear import LinearModel
from bot.matching.naming import Naming
from bot.matching.question import Question
from bot.matching.rank import Evidence, Strangeness, Weighed, evidence_of, weigh
from bot.matching.reading import Word, read
from bot.matching.text import LINK, tokens

CANDIDATES = 4  # items that are looked at closely: with more, no base is answered better
ALONE = 0.35  # the head's share of an item that, without an objection, needs no rival ...
RIVAL = 0.1  # ... if each other's share is less than this part of it
REMEMBERED = 64  # people whose roles were read
SHORTEST_NAME = 4  # letters of an unknown word in lower case that may be a name
EVERYDAY, UNCOMMON, STRANGE = 0.75, 0.85, 1.0  # what a word weighs that the base does not know

Shares: TypeAlias = Sequence[tuple[int, float]]  # items, the likeliest first


class Search:
    """What is looked up, and how what is found is weighed.

    Logically immutable; remembers what it worked out (the lexicon and the head do): for one thread
    at a time.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        index: Index,
        head: LinearModel,
        calibration: Calibration,
        told: Callable[[int], Sequence[Sequence[Word]]],
    ) -> None:
        """`told`: an item's answer and quotes, as sentences; looked at for few questions."""
        calendar = lexicon.language.calendar
        self.days = frozenset(map(lexicon.stem, calendar)) & index.terms.keys()
        self._calendar = calendar
        self._lists = lexicon.language.lists
        naming = Naming(lexicon.language, lexicon.kind, index.verbs, self.days)
        anybody = lexicon.language.anybody
        may_be_name = partial(_may_be_name, self._lists)
        role_told = lru_cache(REMEMBERED)(partial(_words_of_role, lexicon))
        role_of = lru_cache(REMEMBERED)(partial(_terms_of_role, lexicon))
        post_of = lru_cache(REMEMBERED)(partial(_post, lexicon))
        self._knows = Knowledge(
            may_be_name, calendar, naming, anybody, told, role_told, role_of, post_of
        )
        self._index = index
        self._head = head
        self._calibration = calibration

    def shares(self, question: Question) -> Shares:
        """The items that the head alone holds for likeliest, each with its share of all."""
        return likeliest(self._head, question, CANDIDATES)

    def candidates(self, question: Question, shares: Shares) -> tuple[Candidate, ...]:
        """The likeliest items with their confidences, the surest first; `shares`: as `shares` gave
        them for the question."""
        scored = self.scored(question, shares)
        return with_confidence(scored, self._index, self._calibration)

    def rivals(self, question: Question, item: int) -> tuple[Candidate, ...]:
        """The likeliest items but one, also where that one needs no look at its rivals."""
        every = with_confidence(self.scored(question, alone=False), self._index, self._calibration)
        return tuple(candidate for candidate in every if candidate.evidence.item != item)

    def scored(
        self, question: Question, shares: Shares | None = None, *, alone: bool = True
    ) -> list[Candidate]:
        """The likeliest items, the best score first; ties go by id. `alone`: one that has no rival
        stands for itself."""
        if shares is None:
            shares = self.shares(question)
        weighed = self.weighed(question)
        objections = Objections(question, self._index, self._calibration.trust, self._knows)

        def candidates(some: Shares) -> list[Candidate]:
            found = evidence_of([item for item, _ in some], weighed, self._index)
            return with_scores(
                [
                    self._candidate(question, evidence, share, objections)
                    for evidence, (_, share) in zip(found, some, strict=True)
                ]
            )

        if alone and _has_no_rival(shares):
            only = candidates(shares[:1])
            if not only[0].objections:
                return only
        return candidates(shares)

    def weighed(self, question: Question) -> tuple[Weighed, ...]:
        """The question's words that count, with what each weighs."""
        writes_capitals = any(word.capital for word in question.words)
        return weigh(question, self._index, lambda word: self.strangeness(word, writes_capitals))

    def strangeness(self, word: Word, writes_capitals: bool = False) -> Strangeness:
        """What an unknown word weighs: little if it is everyday, most if it may be a name. Who
        writes other names with a capital would write this one so."""
        if word.text == LINK:
            return EVERYDAY, False
        if word.kind != "word":
            return STRANGE, False
        if word.text in self._calendar:
            return STRANGE, False
        if word.text in self._lists.common:
            return (STRANGE, True) if word.capital else (EVERYDAY, False)
        if word.text in self._lists.known:
            return (STRANGE, True) if word.capital else (UNCOMMON, False)
        if word.capital or word.text in self._lists.names:
            return STRANGE, True
        return STRANGE, len(word.text) >= SHORTEST_NAME and not writes_capitals

    def _candidate(
        self, question: Question, evidence: Evidence, share: float, objections: Objections
    ) -> Candidate:
        item = self._index.items[evidence.item]
        found = objections.to(evidence)
        if found and evidence.score >= SAME and self._is_wording(question, evidence):
            found = ()  # a base's own question, word for word, is no misunderstanding
        return Candidate(item.id, item.is_fact, 0.0, 0.0, share, evidence, found)

    def _is_wording(self, question: Question, evidence: Evidence) -> bool:
        """Whether a question is a phrasing, word for word."""
        return self._index.wordings[evidence.phrase] == wording(question)


def _words_of_role(lexicon: Lexicon, somebody: str) -> Sequence[Word]:
    """Somebody's role, as it is read."""
    person = lexicon.people.get(somebody.removeprefix(NAME))
    return read(tokens(person.role), lexicon) if person else ()


def _terms_of_role(lexicon: Lexicon, somebody: str) -> frozenset[str]:
    """The terms of the names and nouns in somebody's role, 'Peru' of "Peru's envoy" too, which may
    name just them; of nobody none."""
    words = _words_of_role(lexicon, somebody)
    terms = {term for word in words for term in word.terms}
    terms |= {lexicon.stem(text) for word in words for text in word.text.split()}
    for texts in (word.text.split() for word in words if word.kind == "name"):
        for end in range(1, len(texts) + 1):
            found = (lexicon.names.at(texts[:end], start) for start in range(end))
            terms.update(term for name in found if name for term in name.terms)
    return frozenset(terms - {somebody})


def _post(lexicon: Lexicon, somebody: str) -> Belonging | None:
    """What a person is, and whose, as their role has it."""
    person = lexicon.people.get(somebody.removeprefix(NAME))
    return post(tokens(person.role), lexicon) if person and person.kind == "person" else None


def _may_be_name(lists: WordLists, word: Word) -> bool:
    """Whether a word that the base uses is a name and no other word, nor read as one."""
    return (
        not word.kin
        and not word.terms[0].startswith(GROUP)
        and word.text in lists.names
        and word.text not in lists.common
        and word.text not in lists.known
    )


def _has_no_rival(shares: Shares) -> bool:
    """Whether the head holds one item for likely, and all others for next to impossible."""
    return (
        bool(shares)
        and shares[0][1] >= ALONE
        and all(share < RIVAL * shares[0][1] for _, share in shares[1:])
    )
