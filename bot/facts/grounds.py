"""Holds what facts say against the paragraphs of their sources: figures, names and speakers.

What it tells of is a doubt, not a mistake: a figure may be reckoned. So it is silent wherever a
source may well have said it, and knows nothing of what a figure counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.facts.article import Article
from bot.facts.doubt import Doubt
from bot.facts.figures import Figure
from bot.facts.folding import fold
from bot.facts.introductions import introductions
from bot.facts.metadata import keys_by_dates
from bot.facts.model import Base, Fact, Quote
from bot.facts.names import Ids, Named
from bot.facts.passages import Passage, Passages, place, placed, texts_of
from bot.facts.problems import shown
from bot.facts.tokens import Keys
from bot.facts.wording import Wording

QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class _Side:
    """A text, and all that its fact's sources tell of figures and of names."""

    paragraphs: Sequence[Passage]  # of all the fact's sources
    cited: Sequence[Passage]  # those that `at` names, or all
    weekdays: Keys  # in these, as far as `at` names them
    told: Keys  # of figures in these and in the fact's note
    keys: Keys  # and in the sources' dates and titles


def doubts(base: Base, articles: Mapping[str, Article], wording: Wording) -> list[Doubt]:
    """What the base's facts say, and the texts of their sources do not, in the order of the facts;
    then what `people` does.

    A fact is left out where the text of one of its sources is not among the `articles`, by id.
    """
    passages = Passages(base, articles, wording)
    return [*_Grounds(base, passages).doubts(), *introductions(passages)]


@dataclass(slots=True)
class _Grounds:
    base: Base
    passages: Passages

    def doubts(self) -> Iterator[Doubt]:
        for fact in self.base.facts:
            if not fact.sources or any(
                c.source not in self.passages.articles for c in fact.sources
            ):
                continue
            side = self._side(fact)
            answer = QUOTED.sub(lambda quote: " " * len(quote.group()), fold(fact.answer))
            named = list(self.passages.names.in_answer(answer))
            figures = self.passages.without_names(answer, named)
            yield from self._figures(fact, "answer", figures, side)
            if fact.when is not None:
                yield from self._figures(fact, "when", fold(fact.when.text), side)
            yield from self._names(fact, answer, named, side)
            yield from self._capitals(fact, answer)
            for index, quote in enumerate(fact.quotes):
                yield from self._speaker(fact, quote, index)

    def _side(self, fact: Fact) -> _Side:
        of_sources = [p for c in fact.sources for p in self.passages.by_source[c.source]]
        at = {(c.source, number) for c in fact.sources for number in c.at}
        whole = {c.source for c in fact.sources if not c.at}
        cited = [p for p in of_sources if p.source in whole or (p.source, p.number) in at]
        told = frozenset[str]().union(*(p.keys for p in cited))
        weekdays = frozenset(key for key in told if at and not whole and key.startswith("w:"))
        told |= keys_by_dates(told, self.passages.dates) | self.passages.reader.keys(fact.note)
        return _Side(of_sources, cited, weekdays, told, told | self.passages.given)

    # --- figures

    def _figures(self, fact: Fact, key: str, text: str, side: _Side) -> Iterator[Doubt]:
        says = "the answer says" if key == "answer" else f"`{key}` says"
        astray: dict[str, list[Passage]] = {}  # what other paragraphs have
        figures = list(self.passages.reader.figures(text))
        yield from _publishing_day(fact, key, says, figures, side)
        for figure in figures:
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
                "correct it, add the paragraph that it follows from to `at`, or say in the fact's "
                "`note` how you know",
            )
        first, *others = astray.values() or [[]]
        common = [p for p in first if all(p in other for other in others)]
        together = [(_joined(list(astray)), common)] if common else list(astray.items())
        for written, elsewhere in together:
            several = common and len(astray) > 1
            yield Doubt(
                fact.id,
                key,
                f"{says} {written}; {placed(elsewhere)} {'them' if several else 'it'}, and `at`"
                " does not name that",
                "correct the figure; or, if it is meant from there, add that to `at`",
            )

    # --- names

    def _names(
        self, fact: Fact, answer: str, names: Iterable[Named], side: _Side
    ) -> Iterator[Doubt]:
        around = frozenset(self.passages.given_ids).union(
            *(p.ids for p in self.passages.around(side.cited))
        )
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
                    f"the answer names {shown(name)}; {placed(elsewhere)} that name, and neither"
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
        return any(
            ids & self.passages.ids_in(self.passages.articles[c.source].folded)
            for c in fact.sources
        )

    def _capitals(self, fact: Fact, answer: str) -> Iterator[Doubt]:
        for word in self.passages.unknown_capitals(answer):
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
        homes = [p for p in self.passages.by_source.get(quote.source, ()) if text in p.text]
        if speaker is None or not homes:
            return
        if (
            any(speaker.id in p.ids for p in self.passages.around(homes))
            or speaker.id in self.passages.given_ids
        ):
            return
        yield Doubt(
            fact.id,
            "quotes",
            f"the quote {shown(quote.text)!r} is in {place(homes[:1])}, and {shown(speaker.name)},"
            " its `speaker`, is named neither there nor shortly before",
            "correct `speaker`, or add to the `aliases` what the text calls them",
            index,
        )


def _publishing_day(
    fact: Fact, key: str, says: str, figures: Sequence[Figure], side: _Side
) -> Iterator[Doubt]:
    """A weekday that is only the publishing day's, where the paragraphs name another alone."""
    keys = frozenset[str]().union(*(way for figure in figures for way in figure.ways))
    if not side.weekdays or keys & side.weekdays or any(one.startswith("d:") for one in keys):
        return
    for figure in figures:
        is_weekday = all(one.startswith("w:") for way in figure.ways for one in way)
        if is_weekday and figure.is_among(side.keys) and not figure.is_among(side.told):
            yield Doubt(
                fact.id,
                key,
                f"{says} {shown(figure.text)!r}, the day of publishing, and"
                f" {placed([p for p in side.cited if p.keys & side.weekdays])} another",
                "correct it, or say in the fact's `note` how you know",
            )


def _joined(words: Sequence[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), words[-1]])


def _texts_of(fact: Fact) -> str:
    return texts_of(citation.source for citation in fact.sources)
