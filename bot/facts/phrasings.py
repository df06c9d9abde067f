"""Finds phrasings that draw what others ask, or that two entries share but for small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.facts.doubt import Doubt
from bot.facts.folding import fold, question_key
from bot.facts.model import Base, Fact, Unanswered
from bot.facts.names import Names
from bot.facts.problems import shown
from bot.facts.wording import Wording

WORD = re.compile(r"\w+")
ELSEWHERE = 3  # other entries whose phrasings have a word: as many would be drawn by it
OWN_TOPIC = 2  # a word that every second phrasing of an entry has is what it is about

Entry = Fact | Unanswered


def phrasing_doubts(base: Base, wording: Wording) -> Iterator[Doubt]:
    """The phrasings that had better be others."""
    reading = _Phrasings(base, wording)
    yield from reading.bare()
    yield from reading.alike()


@dataclass(slots=True)
class _Phrasings:
    base: Base
    wording: Wording
    entries: Sequence[Entry] = field(init=False)
    names: frozenset[str] = field(init=False)  # their words
    whole: frozenset[str] = field(init=False)  # names, without articles

    def __post_init__(self) -> None:
        self.entries = (*self.base.facts, *self.base.unanswered)
        self.names = Names(self.base.people).words()
        named = (name for one in self.base.people for name in (one.name, *one.aliases))
        self.whole = frozenset(" ".join(self._bare(name)) for name in named)

    def bare(self) -> Iterator[Doubt]:
        """Single words, no names, that several others ask with and the entry itself hardly does."""
        words = {entry.id: _words_of(entry) for entry in self.entries}
        having = Counter(word for of_entry in words.values() for word in of_entry)
        for entry in self.entries:
            for index, question in enumerate(entry.questions):
                word = fold(question).casefold().strip(" ?!.")
                if not WORD.fullmatch(word) or word in self.whole:
                    continue
                if (words[entry.id][word] - 1) * OWN_TOPIC >= len(entry.questions) - 1:
                    continue
                if others := having[word] - 1 if having[word] > ELSEWHERE else 0:
                    yield Doubt(
                        entry.id,
                        "questions",
                        f"the question {shown(question)!r} is one bare word, and {others} other"
                        " entries are asked with it: it draws what is theirs",
                        "say what of it is asked",
                        index,
                    )

    def alike(self) -> Iterator[Doubt]:
        """Questions of two entries that are one but for articles; for their order, too, where one
        of the two is not answered."""
        told: dict[tuple[str, ...], tuple[Entry, str]] = {}
        shuffled: dict[tuple[tuple[str, ...], ...], tuple[Entry, str]] = {}
        for entry in self.entries:
            for index, question in enumerate(entry.questions):
                words = self._bare(question)
                key = (tuple(sorted(words)), tuple(word for word in words if self._is_name(word)))
                same = told.setdefault(words, (entry, question))
                mixed = shuffled.setdefault(key, (entry, question))
                one = same if same[0] is not entry else mixed
                if one[0] is entry or question_key(one[1]) == question_key(question):
                    continue
                if one is mixed and isinstance(entry, type(mixed[0])):
                    continue  # 'who met whom' and 'whom who met' may be two facts'
                yield Doubt(
                    entry.id,
                    "questions",
                    f"the question {shown(question)!r} is as good as {shown(one[1])!r} of"
                    f" `{one[0].id}`",
                    "keep one of them, or ask for what differs",
                    index,
                )

    def _bare(self, question: str) -> tuple[str, ...]:
        words = question_key(fold(question)).split()
        return tuple(word for word in words if word not in self.wording.articles)

    def _is_name(self, word: str) -> bool:
        return not self.names.isdisjoint(WORD.findall(word))


def _words_of(entry: Entry) -> Counter[str]:
    """The words of an entry's questions, each with how many of these have it."""
    return Counter(
        word for question in entry.questions for word in set(WORD.findall(question.casefold()))
    )
