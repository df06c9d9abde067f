"""What a question says: what it asks for, of whom, how many, whether it denies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.matching.language import Language
from bot.matching.reading import Word
from bot.matching.roles import Role, name_order, roles

WHETHER, NOTHING = "whether", ""
# Kinds of thing that an answer either holds or does not; 'what', 'which' and 'how' take anything.
STRICT = frozenset(
    {"who", "when", "where", "why", "count", "duration", "age", "frequency", "distance"}
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the matcher sees it; `words` keeps every word in order."""

    words: tuple[Word, ...]
    asked: str
    negated: bool
    roles: tuple[Role, ...]
    order: tuple[str, ...] = ()  # its names, where their order tells who does what
    of_now: bool = False  # it names the present day

    @property
    def content(self) -> tuple[Word, ...]:
        return tuple(w for w in self.words if w.kind not in {"function", "asks"})

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words that say what it is about."""
        return tuple(w for w in self.content if w.kind not in {"filler", "light"})

    @property
    def names(self) -> tuple[Word, ...]:
        return tuple(w for w in self.words if w.kind == "name")

    @property
    def figures(self) -> tuple[Word, ...]:
        return tuple(w for w in self.words if w.kind == "figure")


def understand(words: Sequence[Word], language: Language, verbs: Collection[str] = ()) -> Question:
    """What a sentence asks; `verbs` are terms known to be used as verbs. A statement asks for
    nothing in particular."""
    words = tuple(words)
    asked = _asked(words, language)
    denials = sum(w.text in language.negations or w.text in language.refusals for w in words)
    negated = denials % 2 == 1
    order = name_order(words, language)
    of_now = _names_present([w.text for w in words[1:]], language.present)
    return Question(words, asked, negated, roles(words, language, verbs), order, of_now)


def _names_present(texts: Sequence[str], present: tuple[str, ...]) -> bool:
    """Whether 'now', 'these days' or the like stands in it; at its head it is only an opening."""
    runs = _by_first_word(present)
    return any(
        texts[at : at + len(run)] == run
        for at, text in enumerate(texts)
        for run in runs.get(text, ())
    )


@lru_cache(8)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    runs: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        run = phrase.split()
        runs.setdefault(run[0], []).append(run)
    return runs


def _asked(words: Sequence[Word], language: Language) -> str:
    """The first question word, unless the sentence opens by asking whether."""
    told = [w for w in words if w.kind != "filler"]
    first = next((i for i, w in enumerate(told) if w.kind == "asks"), None)
    if first is not None and all(w.kind == "function" for w in told[:first]):
        return _main(told, first)
    if told and told[0].text in language.whether:
        return WHETHER
    opening = " ".join(w.text for w in words[:8])
    if any(
        f" {opening} ".startswith(f" {opener} ") or f" {opener} " in f" {opening} "
        for opener in language.indirect
    ):
        return WHETHER if first is None else _main(told, first)
    if first is not None:
        return _main(told, first)
    if any(w.text in language.conjunctions for w in told[:4]):
        return WHETHER
    return NOTHING


def _main(told: Sequence[Word], first: int) -> str:
    """'What' gives way to a sharper question word right behind it ('what when where')."""
    return told[first].text
