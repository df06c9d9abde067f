"""Holds how `people` introduces somebody, by name and role, against the sources' texts.

Who asks who somebody is gets the role for an answer. It needs no paragraph, so it is held against
all texts, and a figure of a person's against what stands near their name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.facts.doubt import Doubt
from bot.facts.folding import fold
from bot.facts.metadata import keys_by_dates
from bot.facts.model import Person
from bot.facts.passages import WORD, Passage, Passages, placed, texts_of
from bot.facts.problems import shown
from bot.facts.tokens import Keys

LEAST = 4  # letters of a word that is looked for; shorter ones are mostly 'of' and 'the'
STEM, ENDING = 6, 3  # letters that are stem enough; those that an ending may have
ALIKE = 0.8  # of 1: as near as a misspelling is to its word
NAMED = 3  # letters of a word of a name; shorter ones are initials


def introductions(passages: Passages) -> Iterator[Doubt]:
    """What `people` says and the sources do not, in its order; nothing unless all have a text."""
    if all(source.id in passages.articles for source in passages.base.sources):
        yield from _Introductions(passages).doubts()


@dataclass(slots=True)
class _Introductions:
    passages: Passages
    everywhere: list[Passage] = field(init=False)
    ours: Keys = field(init=False)  # of figures in the base's dates, titles and notes
    all_keys: Keys = field(init=False)
    written: frozenset[str] = field(init=False)  # the texts' words with a capital, as they stand
    has: str = field(init=False)

    def __post_init__(self) -> None:
        read, articles = self.passages.reader.keys, self.passages.articles.values()
        self.everywhere = [p for of in self.passages.by_source.values() for p in of]
        notes = (read(fact.note) for fact in self.passages.base.facts if fact.note)
        self.ours = self.passages.given.union(*notes)
        keys = self.ours.union(*(read(article.folded) for article in articles))
        self.all_keys = keys | keys_by_dates(keys, self.passages.dates)
        words = (word for article in articles for word in WORD.findall(article.folded))
        self.written = frozenset(word for word in words if word[0].isupper())
        self.has = texts_of(self.passages.articles)

    def doubts(self) -> Iterator[Doubt]:
        for person in self.passages.base.people:
            homes = [p for p in self.everywhere if person.id in p.ids]
            if person.kind == "person":
                yield from self._name(person)
            yield from self._figures(person, homes)
            yield from self._words(person, homes)

    def _name(self, person: Person) -> Iterator[Doubt]:
        """Words of a name that is in the texts in part; who is called otherwise there is not."""
        titles = self.passages.wording.titles
        words = [
            word
            for word in WORD.findall(fold(person.name))
            if len(word) >= NAMED and word.casefold() not in titles
        ]
        if not any(word in self.written for word in words):
            return
        for word in words:
            if word.casefold() in self.passages.words:
                continue
            near = get_close_matches(word, sorted(self.written), n=1, cutoff=ALIKE)
            meant = f"; it has {shown(near[0])!r}" if near else ""
            yield Doubt(
                person.id,
                "name",
                f"the name has {shown(word)!r}, which {self.has} nowhere{meant}",
                "write it as the source does; how else people type it is for `aliases`",
            )

    def _figures(self, person: Person, homes: Sequence[Passage]) -> Iterator[Doubt]:
        role = fold(person.role)
        text = self.passages.without_names(role, list(self.passages.names.in_answer(role)))
        for figure in self.passages.reader.figures(text):
            if not figure.counts:
                continue
            says = f"`role` says {shown(figure.text)!r}"
            if not figure.is_among(self.all_keys):
                yield Doubt(
                    person.id,
                    "role",
                    f"{says}, which {self.has} nowhere",
                    "correct it, or leave it out",
                )
            elif person.kind == "person" and homes and not figure.is_among(self._near(homes)):
                elsewhere = [p for p in self.everywhere if figure.is_among(p.keys)]
                if elsewhere:
                    yield Doubt(
                        person.id,
                        "role",
                        f"{says}; {placed(elsewhere)} it, and {shown(person.name)} is named neither"
                        " there nor shortly before",
                        "correct it, or leave it out",
                    )

    def _near(self, homes: Sequence[Passage]) -> Keys:
        keys = self.ours.union(*(p.keys for p in self.passages.around(homes)))
        return keys | keys_by_dates(keys, self.passages.dates)

    def _words(self, person: Person, homes: Sequence[Passage]) -> Iterator[Doubt]:
        role = fold(person.role)
        absent = list(self.passages.unknown_capitals(role))
        if person.kind == "person" and homes:  # else it is we who describe them
            absent = [*(word for word in self._offices(role) if word not in absent), *absent]
        if absent:
            named = " and ".join(repr(shown(word)) for word in absent)
            stand = "stands" if len(absent) == 1 else "stand"
            yield Doubt(
                person.id,
                "role",
                f"`role` has {named}, which {stand} neither in the text of a source nor in a name",
                "correct it, or say it as the source does",
            )

    def _offices(self, role: str) -> Iterator[str]:
        """The words that no text has, nor one much like them, up to a clause of our own."""
        wording = self.passages.wording
        if not wording.clauses:
            return
        for word in WORD.findall(role):
            if word.casefold() in wording.clauses:
                return
            plain = word.isalpha() and word.islower() and len(word) >= LEAST
            if plain and word not in wording.asides and not self._stands(word):
                yield word

    def _stands(self, word: str) -> bool:
        synonyms = (group for group in self.passages.base.synonyms if word in group)
        wanted = {word, *(fold(other).casefold() for group in synonyms for other in group)}
        if wanted & self.passages.known:
            return True
        stem = word[: max(LEAST, min(STEM, len(word) - ENDING))]
        return any(other.startswith(stem) for other in self.passages.known)
