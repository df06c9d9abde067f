"""Holds what facts say against the paragraphs of their sources: figures, names and speakers.

What it tells of is a doubt, not a mistake: a figure may be reckoned. So it is silent wherever a
source may well have said it, and knows nothing of what a figure counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.facts.article import Article
from bot.facts.figures import FigureReader
from bot.facts.folding import fold
from bot.facts.metadata import keys_by_dates, known_dates, metadata_keys, metadata_text
from bot.facts.model import Base, Fact, Person, Quote
from bot.facts.names import Ids, Named, Names
from bot.facts.problems import shown
from bot.facts.tokens import Keys
from bot.facts.wording import Wording

BEFORE, AFTER = 3, 1  # paragraphs around one in which 'he' may be told who he is
MOST_SHOWN = 4  # paragraphs in a line
QUOTED = re.compile(r'"[^"]*"')
CAPITAL = re.compile(r"\b[^\W\d_][\w]{2,}")
OPENING = re.compile(r"(?:^|[.!?:;(\"]) *['\"(]*$")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a fact says in its `key` (the item at `index` of it), and its sources seem not to."""

    fact: str
    key: str
    message: str
    remedy: str
    index: int = 0


class _Paragraph(NamedTuple):
    """What a paragraph of a source tells."""

    source: str
    number: int
    text: str
    keys: Keys
    ids: Ids


@dataclass(frozen=True, slots=True)
class _Side:
    """A text, and all that its fact's sources tell of figures and of names."""

    paragraphs: Sequence[_Paragraph]  # of all the fact's sources
    cited: Sequence[_Paragraph]  # those that `at` names, or all
    keys: Keys  # of figures in these, in the sources' dates and titles, and in the fact's note


def doubts(base: Base, articles: Mapping[str, Article], wording: Wording) -> list[Doubt]:
    """What the base's facts say, and the texts of their sources do not, in the order of the facts.

    A fact is left out where the text of one of its sources is not among the `articles`, by id.
    """
    return list(_Grounds(base, articles, wording).doubts())


@dataclass(slots=True)
class _Grounds:
    base: Base
    articles: Mapping[str, Article]
    wording: Wording
    reader: FigureReader = field(init=False)
    names: Names = field(init=False)
    paragraphs: dict[str, list[_Paragraph]] = field(init=False)
    dates: frozenset[date] = field(init=False)
    given: Keys = field(init=False)  # of the base's own dates and titles
    given_ids: Ids = field(init=False)
    figured: dict[str, bool] = field(init=False, default_factory=dict)  # names, if with a figure
    known: frozenset[str] = field(init=False)  # words that may have a capital

    def __post_init__(self) -> None:
        self.reader = FigureReader(self.wording)
        self.names = Names(self.base.people)
        self.paragraphs = {
            source: [
                _Paragraph(source, p.number, p.text, self.reader.keys(p.text), self._ids_in(p.text))
                for p in article.paragraphs
            ]
            for source, article in self.articles.items()
        }
        about = metadata_text(self.base)
        self.dates = known_dates(self.base, self.reader)
        self.given = metadata_keys(self.base, self.dates, self.reader)
        self.given_ids = self._ids_in(about)
        texts = [about, *(article.folded for article in self.articles.values())]
        self.known = self.names.words().union(
            self.wording.months,
            self.wording.weekdays,
            self.wording.titles,
            *(re.findall(r"\w+", text.casefold()) for text in texts),
        )

    def doubts(self) -> Iterator[Doubt]:
        for fact in self.base.facts:
            if not fact.sources or any(c.source not in self.articles for c in fact.sources):
                continue
            side = self._side(fact)
            answer = QUOTED.sub(lambda quote: " " * len(quote.group()), fold(fact.answer))
            named = list(self.names.in_answer(answer))
            figures = self._without_names(answer, named)
            yield from self._figures(fact, "answer", figures, side)
            if fact.when is not None:
                yield from self._figures(fact, "when", fold(fact.when.text), side)
            yield from self._names(fact, answer, named, side)
            if self.wording.capitals:
                yield from self._capitals(fact, answer)
            for index, quote in enumerate(fact.quotes):
                yield from self._speaker(fact, quote, index)

    def _side(self, fact: Fact) -> _Side:
        of_sources = [p for c in fact.sources for p in self.paragraphs[c.source]]
        at = {(c.source, number) for c in fact.sources for number in c.at}
        whole = {c.source for c in fact.sources if not c.at}
        cited = [p for p in of_sources if p.source in whole or (p.source, p.number) in at]
        told = frozenset[str]().union(*(p.keys for p in cited))
        ours = self.given | self.reader.keys(fact.note)
        return _Side(of_sources, cited, told | ours | keys_by_dates(told, self.dates))

    # --- figures

    def _figures(self, fact: Fact, key: str, text: str, side: _Side) -> Iterator[Doubt]:
        says = "the answer says" if key == "answer" else f"`{key}` says"
        astray: dict[str, list[_Paragraph]] = {}  # what other paragraphs have
        for figure in self.reader.figures(text):
            written = repr(shown(figure.text))
            if not figure.counts or written in astray or figure.is_among(side.keys):
                continue
            elsewhere = [p for p in side.paragraphs if figure.is_among(p.keys)]
            if elsewhere:
                astray[written] = elsewhere
                continue
            yield Doubt(
                fact.id,
                key,
                f"{says} {written}, which {_texts_of(fact)} nowhere",
                "correct it, or say in the fact's `note` how you know",
            )
        first, *others = astray.values() or [[]]
        common = [p for p in first if all(p in other for other in others)]
        together = [(_joined(list(astray)), common)] if common else list(astray.items())
        for written, elsewhere in together:
            several = common and len(astray) > 1
            yield Doubt(
                fact.id,
                key,
                f"{says} {written}; {_placed(elsewhere)} {'them' if several else 'it'}, and `at`"
                " does not name that",
                "add it to `at`, or correct the figure",
            )

    def _without_names(self, text: str, names: Iterable[Named]) -> str:
        """The text without names that hold a figure: 'Veyra 3'."""
        for named in names:
            name = text[named.begin : named.end]
            if name not in self.figured:
                self.figured[name] = any(self.reader.figures(name))
            if self.figured[name]:
                blank = " " * (named.end - named.begin)
                text = text[: named.begin] + blank + text[named.end :]
        return text

    # --- names

    def _names(
        self, fact: Fact, answer: str, names: Iterable[Named], side: _Side
    ) -> Iterator[Doubt]:
        around = frozenset(self.given_ids).union(*(p.ids for p in self._around(side.cited)))
        told: set[str] = set()
        for named in names:
            if named.ids & around:
                continue
            name = answer[named.begin : named.end]
            elsewhere = [p for p in side.paragraphs if p.ids & named.ids]
            if name in told or (elsewhere and not self._persons(named.ids)):
                continue  # a body or place may be meant without being named: 'the company'
            told.add(name)
            if not elsewhere and self._outside_body(fact, named.ids):
                continue
            if elsewhere:
                yield Doubt(
                    fact.id,
                    "answer",
                    f"the answer names {shown(name)}; {_placed(elsewhere)} that name, and neither"
                    " those that `at` names nor any shortly before them",
                    "correct the name or `at`",
                )
            else:
                yield Doubt(
                    fact.id,
                    "answer",
                    f"the answer names {shown(name)}, and {_texts_of(fact)} no name of theirs",
                    "correct it, or add to their `aliases` what the text calls them",
                )

    def _persons(self, ids: Ids) -> bool:
        return all(self.base.person_by_id[id_].kind == "person" for id_ in ids)

    def _outside_body(self, fact: Fact, ids: Ids) -> bool:
        """Whether the rest of a source's text names them: its head, with who wrote it."""
        return any(ids & self._ids_in(self.articles[c.source].folded) for c in fact.sources)

    def _ids_in(self, text: str) -> Ids:
        """Who is named in a text; a person by the last name alone, too."""
        words = frozenset(re.findall(r"\w+", text))
        by_last = (p.id for p in self.base.people if p.kind == "person" and _last_name(p) in words)
        return self.names.ids_in(fold(text)).union(by_last)

    def _around(self, cited: Iterable[_Paragraph]) -> Iterator[_Paragraph]:
        """The paragraphs, and those near enough for a pronoun."""
        for p in cited:
            all_of_it = self.paragraphs[p.source]
            yield from all_of_it[max(0, p.number - 1 - BEFORE) : p.number + AFTER]

    def _capitals(self, fact: Fact, answer: str) -> Iterator[Doubt]:
        told: set[str] = set()
        for found in CAPITAL.finditer(answer):
            word = found.group()
            if not word[0].isupper() or word.casefold() in self.known or word in told:
                continue
            if OPENING.search(answer[: found.start()]):
                continue  # every word has a capital there
            told.add(word)
            yield Doubt(
                fact.id,
                "answer",
                f"the answer has {shown(word)!r}, which stands neither in the text of a source"
                " nor under `people`",
                "correct it, or say it as the source does",
            )

    # --- speakers

    def _speaker(self, fact: Fact, quote: Quote, index: int) -> Iterator[Doubt]:
        speaker = self.base.person_by_id.get(quote.speaker or "")
        text = fold(quote.text)
        homes = [p for p in self.paragraphs.get(quote.source, ()) if text in p.text]
        if speaker is None or not homes:
            return
        if any(speaker.id in p.ids for p in self._around(homes)) or speaker.id in self.given_ids:
            return
        yield Doubt(
            fact.id,
            "quotes",
            f"the quote {shown(quote.text)!r} is in {_place(homes[:1])}, and {shown(speaker.name)},"
            " its `speaker`, is named neither there nor shortly before",
            "correct `speaker`, or add to the `aliases` what the text calls them",
            index,
        )


def _joined(words: Sequence[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), words[-1]])


def _last_name(person: Person) -> str:
    return person.name.split()[-1]


def _place(paragraphs: Sequence[_Paragraph]) -> str:
    numbers = [str(p.number) for p in paragraphs if p.source == paragraphs[0].source]
    noun = "paragraph" if len(numbers) == 1 else "paragraphs"
    named = ", ".join([*numbers[:MOST_SHOWN], *(["…"] if len(numbers) > MOST_SHOWN else [])])
    return f"{noun} {named} of {paragraphs[0].source}"


def _placed(paragraphs: Sequence[_Paragraph]) -> str:
    several = sum(p.source == paragraphs[0].source for p in paragraphs) > 1
    return f"{_place(paragraphs)} {'have' if several else 'has'}"


def _texts_of(fact: Fact) -> str:
    sources = list(dict.fromkeys(citation.source for citation in fact.sources))
    if len(sources) == 1:
        return f"the text of {sources[0]} has"
    return f"the texts of {' and '.join(sources)} have"
