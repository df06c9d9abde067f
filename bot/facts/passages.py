"""The texts of a base's sources, read for the figures in them and for who is named where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.facts.article import Article
from bot.facts.figures import FigureReader
from bot.facts.folding import fold
from bot.facts.metadata import known_dates, metadata_keys, metadata_text
from bot.facts.model import Base, Person
from bot.facts.names import Ids, Named, Names
from bot.facts.tokens import Keys
from bot.facts.wording import Wording

BEFORE, AFTER = 3, 1  # paragraphs around one in which 'he' may be told who he is
MOST_SHOWN = 4  # paragraphs in a line
WORD = re.compile(r"\w+")
CAPITAL = re.compile(r"\b[^\W\d_][\w]{2,}")
OPENING = re.compile(r"(?:^|[.!?:;(\"]) *['\"(]*$")


class Passage(NamedTuple):
    """What a paragraph of a source tells."""

    source: str
    number: int
    text: str
    keys: Keys
    ids: Ids


@dataclass(slots=True)
class Passages:
    """The paragraphs of all texts, by their sources, and what the base itself knows besides."""

    base: Base
    articles: Mapping[str, Article]
    wording: Wording
    reader: FigureReader = field(init=False)
    names: Names = field(init=False)
    by_source: dict[str, list[Passage]] = field(init=False)
    dates: frozenset[date] = field(init=False)
    given: Keys = field(init=False)  # of the base's own dates and titles
    given_ids: Ids = field(init=False)
    words: frozenset[str] = field(init=False)  # of the texts, the dates and the titles, folded
    known: frozenset[str] = field(init=False)  # these, and all that may have a capital
    _figured: dict[str, bool] = field(init=False, default_factory=dict)  # names, if with a figure

    def __post_init__(self) -> None:
        self.reader = FigureReader(self.wording)
        self.names = Names(self.base.people)
        self.by_source = {
            source: [
                Passage(source, p.number, p.text, self.reader.keys(p.text), self.ids_in(p.text))
                for p in article.paragraphs
            ]
            for source, article in self.articles.items()
        }
        about = metadata_text(self.base)
        self.dates = known_dates(self.base, self.reader)
        self.given = metadata_keys(self.base, self.dates, self.reader)
        self.given_ids = self.ids_in(about)
        texts = [fold(about), *(article.folded for article in self.articles.values())]
        self.words = frozenset(word for text in texts for word in WORD.findall(text.casefold()))
        self.known = self.words.union(
            self.names.words(), self.wording.months, self.wording.weekdays, self.wording.titles
        )

    def ids_in(self, text: str) -> Ids:
        """Who is named in a text; a person by the last name alone, too."""
        words = frozenset(WORD.findall(text))
        by_last = (p.id for p in self.base.people if p.kind == "person" and _last_name(p) in words)
        return self.names.ids_in(fold(text)).union(by_last)

    def around(self, cited: Iterable[Passage]) -> Iterator[Passage]:
        """The paragraphs, and those near enough for a pronoun."""
        for p in cited:
            all_of_it = self.by_source[p.source]
            yield from all_of_it[max(0, p.number - 1 - BEFORE) : p.number + AFTER]

    def without_names(self, text: str, names: Iterable[Named]) -> str:
        """The text without names that hold a figure: 'Veyra 3'."""
        for named in names:
            name = text[named.begin : named.end]
            if name not in self._figured:
                self._figured[name] = any(self.reader.figures(name))
            if self._figured[name]:
                blank = " " * (named.end - named.begin)
                text = text[: named.begin] + blank + text[named.end :]
        return text

    def unknown_capitals(self, text: str) -> Iterator[str]:
        """The words with a capital within a sentence that neither a text nor the base has."""
        if not self.wording.capitals:
            return
        told: set[str] = set()
        for found in CAPITAL.finditer(text):
            word = found.group()
            if not word[0].isupper() or word.casefold() in self.known or word in told:
                continue
            if OPENING.search(text[: found.start()]):
                continue  # every word has a capital there
            told.add(word)
            yield word


def _last_name(person: Person) -> str:
    return person.name.split()[-1]


def place(passages: Sequence[Passage]) -> str:
    """The first source's paragraphs in words: 'paragraphs 2, 5 of paper'."""
    numbers = [str(p.number) for p in passages if p.source == passages[0].source]
    noun = "paragraph" if len(numbers) == 1 else "paragraphs"
    named = ", ".join([*numbers[:MOST_SHOWN], *(["…"] if len(numbers) > MOST_SHOWN else [])])
    return f"{noun} {named} of {passages[0].source}"


def placed(passages: Sequence[Passage]) -> str:
    """'paragraph 2 of paper has'."""
    several = sum(p.source == passages[0].source for p in passages) > 1
    return f"{place(passages)} {'have' if several else 'has'}"


def texts_of(sources: Iterable[str]) -> str:
    """'the text of paper has'."""
    ids = list(dict.fromkeys(sources))
    if len(ids) == 1:
        return f"the text of {ids[0]} has"
    return f"the texts of {' and '.join(ids)} have"
