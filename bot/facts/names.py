"""Finds in a text whoever stands under a base's `people`, by any of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.facts.folding import fold
from bot.facts.model import Person

WORD = re.compile(r"\w+")
SHORT = 4  # letters; 'US' and 'us', 'WHO' and 'who' are two

Ids = frozenset[str]


class Named(NamedTuple):
    """A name in a text, where it stands, and all whose name it is."""

    begin: int
    end: int
    ids: Ids


class _Run(NamedTuple):
    """The words of a name as they are written; `exact`: in capitals, and so to be found."""

    words: list[str]
    folded: list[str]
    exact: bool
    id: str


@dataclass(slots=True)
class Names:
    """The names of a base, by their first words."""

    people: Iterable[Person]
    _runs: dict[str, list[_Run]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for person in self.people:
            for name in (person.name, *person.aliases):
                self._add(person.id, name)
        for runs in self._runs.values():
            runs.sort(key=lambda run: -len(run.words))

    def _add(self, id_: str, name: str) -> None:
        words = WORD.findall(fold(name))
        if words:
            exact = len(words) == 1 and len(name) <= SHORT and name.isupper()
            folded = [word.casefold() for word in words]
            self._runs.setdefault(folded[0], []).append(_Run(words, folded, exact, id_))

    def in_answer(self, text: str) -> Iterator[Named]:
        """The names in our own words, the longest at each place; one with capitals has them."""
        found = list(WORD.finditer(text))
        words = [one.group() for one in found]
        folded = [word.casefold() for word in words]
        at = 0
        while at < len(words):
            runs = [run for run in self._at(words, folded, at) if _as_written(run, words, at)]
            if not runs:
                at += 1
                continue
            length = len(runs[0].words)
            ids = frozenset(run.id for run in runs if len(run.words) == length)
            yield Named(found[at].start(), found[at + length - 1].end(), ids)
            at += length

    def ids_in(self, text: str) -> Ids:
        """All who are named in a text, also within a longer name."""
        words = WORD.findall(text)
        folded = [word.casefold() for word in words]
        return frozenset(run.id for at in range(len(words)) for run in self._at(words, folded, at))

    def words(self) -> frozenset[str]:
        """The words of all names, folded."""
        return frozenset(
            word for runs in self._runs.values() for run in runs for word in run.folded
        )

    def _at(self, words: Sequence[str], folded: Sequence[str], at: int) -> Iterator[_Run]:
        for run in self._runs.get(folded[at], ()):
            end = at + len(run.words)
            if words[at:end] == run.words if run.exact else folded[at:end] == run.folded:
                yield run


def _as_written(run: _Run, words: Sequence[str], at: int) -> bool:
    """Whether the capitals of the name stand in the text; it may have more ('The police')."""
    pairs = zip(run.words, words[at:], strict=False)
    return all(one == other or one[0].islower() for one, other in pairs)
