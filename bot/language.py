"""Reads what the matcher knows of a language: `config/language/<code>/`."""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import FootnoteError
from bot.matching.language import Language, WordLists
from bot.matching.packing import compact
from bot.matching.vectors import Vectors
from bot.matching.wordlist import WordList


@dataclass(frozen=True, slots=True)
class _Reader:
    """Typed access to the parsed file; every accessor raises FootnoteError for a wrong shape.

    A word that many lists have is one string in all of them: they are kept for long.
    """

    path: Path
    data: Mapping[str, Any]
    same: dict[str, str] = field(default_factory=dict)

    def _wrong(self, key: str, wanted: str) -> FootnoteError:
        return FootnoteError(f"{self.path}: '{key}' must be {wanted}; restore the shipped file")

    def words(self, key: str) -> frozenset[str]:
        """A set of words, written as one folded string or as a list."""
        value = self.data.get(key)
        if isinstance(value, str):
            return compact(map(self._shared, value.split()))
        return compact(self.lines(key))

    def _shared(self, text: str) -> str:
        return self.same.setdefault(text, text)

    def text(self, key: str) -> str:
        value = self.data.get(key)
        if not isinstance(value, str):
            raise self._wrong(key, "a text")
        return value

    def lines(self, key: str) -> tuple[str, ...]:
        return self._lines(key, self.data.get(key))

    def _lines(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "a list of texts")
        return tuple(map(self._shared, value))

    def pairs(self, key: str) -> dict[str, str]:
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise self._wrong(key, "a mapping of texts")
        return {self._shared(str(k)): self._shared(str(v)) for k, v in value.items()}

    def figures(self, key: str) -> dict[str, int]:
        value = self.data.get(key)
        if not isinstance(value, dict) or not all(isinstance(v, int) for v in value.values()):
            raise self._wrong(key, "a mapping of whole numbers")
        return {self._shared(k): v for k, v in value.items()}

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        value = self.data.get(key)
        if not isinstance(value, list):
            raise self._wrong(key, "a list of lists of texts")
        return tuple(self._lines(key, group) for group in value)

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise self._wrong(key, "a mapping of lists of texts")
        return {str(k): self._lines(f"{key}.{k}", v) for k, v in value.items()}


def known_languages(folder: Path) -> frozenset[str]:
    """The codes of the languages that `folder` has words of."""
    return frozenset(path.parent.name for path in folder.glob("*/words.yaml"))


def load_language(folder: Path, code: str) -> Language:
    """The language `code` from `folder/code/`. Raises FootnoteError when it cannot be read."""
    return language_of(folder, code, read_words(folder, code))


def read_words(folder: Path, code: str) -> dict[str, Any]:
    """What `folder/code/words.yaml` holds. Raises FootnoteError when it cannot be read."""
    import yaml  # noqa: PLC0415 - what was read before is kept, and needs none of it

    path = folder / code / "words.yaml"
    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class PlainLoader(safe):  # type: ignore[misc]
        """YAML in which a bare `no` or `on` stays the word it is."""

        yaml_implicit_resolvers = {  # noqa: RUF012 - as its parents have it
            first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unreadable(path, error) from error
    if not isinstance(data, dict):
        raise FootnoteError(f"{path}: is no mapping; restore the shipped file")
    return data


def _mapped(path: Path) -> mmap.mmap:
    """What stays in its file. Raises OSError."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _vectors(path: Path) -> Vectors:
    """The vectors in a file. Raises OSError, or FootnoteError where it is damaged."""
    try:
        return Vectors(memoryview(_mapped(path)))
    except ValueError as error:
        raise FootnoteError(f"{path}: {error}; restore the shipped file") from error


def _unreadable(path: Path, error: Exception) -> FootnoteError:
    reason = str(error).splitlines()[0]
    return FootnoteError(
        f"{path}: cannot be read ({reason}); the event's `language:` must have a folder there"
    )


def language_of(folder: Path, code: str, words: Mapping[str, Any]) -> Language:
    """The language of what was read of its words, with the lists beside them.

    Raises FootnoteError when a list cannot be read, or the words have another shape.
    """
    path = folder / code / "words.yaml"
    try:
        lists = WordLists(
            common=WordList(_mapped(folder / code / "common-1.txt")),
            known=WordList(_mapped(folder / code / "common-2.txt")),
            related=WordList(_mapped(folder / code / "related.txt")),
            names=WordList(_mapped(folder / code / "names.txt")),
            persons=WordList(_mapped(folder / code / "persons.txt")),
            vectors=_vectors(folder / code / "vectors.bin"),
        )
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    read = _Reader(path, words)
    return Language(
        code=code,
        lists=lists,
        stemmer=read.text("stemmer"),
        rewrites=read.pairs("rewrites"),
        question_words=read.pairs("question_words"),
        function_words=read.words("function_words"),
        light_words=read.words("light_words"),
        fillers=read.words("fillers"),
        whether=read.words("whether"),
        indirect=read.lines("indirect"),
        conjunctions=read.words("conjunctions"),
        tags=read.lines("tags"),
        text_units=read.words("text_units"),
        at_most=read.lines("at_most"),
        or_fewer=read.lines("or_fewer"),
        some=read.words("some"),
        reminders=read.words("reminders"),
        alternatives=read.words("alternatives"),
        tag_pronouns=read.words("tag_pronouns"),
        asserting=read.text("asserting"),
        relatives=read.words("relatives"),
        determiners=read.words("determiners"),
        articles=read.words("articles"),
        joints=read.words("joints"),
        between_names=read.words("between_names"),
        before_doing=read.words("before_doing"),
        infinitive=read.text("infinitive"),
        requests=read.lines("requests"),
        demands=read.words("demands"),
        negations=read.words("negations"),
        refusals=read.words("refusals"),
        numbers=read.figures("numbers"),
        multipliers=read.figures("multipliers"),
        irregular=read.pairs("irregular"),
        spellings=read.pairs("spellings"),
        spelling_ends=read.pairs("spelling_ends"),
        derived=read.pairs("derived"),
        synonyms=read.groups("synonyms"),
        pointing=read.words("pointing"),
        askers=read.words("askers"),
        nations=read.words("nations"),
        posts=read.words("posts"),
        parties={party: compact(words) for party, words in read.lists("parties").items()},
        possessives=read.words("possessives"),
        there=read.words("there"),
        inside=read.text("inside"),
        somebody=read.words("somebody"),
        gendered=read.pairs("gendered"),
        pronouns=read.pairs("pronouns"),
        ambiguous_names=read.lists("ambiguous_names"),
        auxiliaries=read.words("auxiliaries"),
        be_forms=read.words("be_forms"),
        leaning_openers=read.words("leaning_openers"),
        agent_markers=read.words("agent_markers"),
        owner_markers=read.words("owner_markers"),
        year_markers=read.words("year_markers"),
        place_markers=read.words("place_markers"),
        naming=read.words("naming"),
        name_parts=read.words("name_parts"),
        named=read.words("named"),
        choosing=read.words("choosing"),
        occasions=read.words("occasions"),
        anybody=read.words("anybody"),
        plurals=read.pairs("plurals"),
        goes_by_name=read.words("goes_by_name"),
        persons=read.words("persons"),
        clock=read.words("clock"),
        occupations=read.words("occupations"),
        working=read.words("working"),
        supporting=read.words("supporting"),
        quoting=read.words("quoting"),
        passages=read.words("passages"),
        speaking_for=read.words("speaking_for"),
        saying=read.text("saying"),
        stating=read.words("stating"),
        agreeing=read.words("agreeing"),
        calendar=read.words("calendar"),
        months=read.words("months"),
        early_days=read.figures("early_days"),
        money=read.words("money"),
        costing=read.words("costing"),
        earning=read.words("earning"),
        currencies=read.words("currencies"),
        telling=read.lists("telling"),
        reasons=read.words("reasons"),
        doing=read.text("doing"),
        dimensions=read.words("dimensions"),
        lengths=read.words("lengths"),
        bystander_markers=read.words("bystander_markers"),
        origin_markers=read.words("origin_markers"),
        not_meant=read.words("not_meant"),
        supposing=read.words("supposing"),
        uttering=read.words("uttering"),
        ones=read.words("ones"),
        ranked=read.lines("ranked"),
        emphatic=read.words("emphatic"),
        loosely=read.words("loosely"),
        regarding=read.words("regarding"),
        concerning=read.text("concerning"),
        chat=read.lists("chat"),
        padding=read.words("padding"),
        indefinite=read.words("indefinite"),
        feelings=read.words("feelings"),
        favours=read.words("favours"),
        wholes=read.lines("wholes"),
        events=read.words("events"),
        wishing=read.lines("wishing"),
        hours=read.words("hours"),
        days=read.words("days"),
        years=read.words("years"),
        day_parts=read.words("day_parts"),
        contrasts={
            word: frozenset(group) - {word} for group in read.groups("contrasts") for word in group
        },
        beings=read.words("beings"),
        asking_beings=read.lines("asking_beings"),
        defining=read.pairs("defining"),
        why_not=read.text("why_not"),
        deeds=read.lines("deeds"),
        doubting=read.lines("doubting"),
        returning=read.lines("returning"),
        followups=read.lists("followups"),
        handing=read.lines("handing"),
        continuations=read.lines("continuations"),
        besides=read.lines("besides"),
        others=read.words("others"),
        anyone=read.words("anyone"),
        correcting=read.lines("correcting"),
        shareable=read.words("shareable"),
        present=read.lines("present"),
        lasted=read.text("lasted"),
        lasting=read.lines("lasting"),
        former=read.words("former"),
        shell_nouns=read.words("shell_nouns"),
        terms=read.words("terms"),
        meanings=read.words("meanings"),
        occupied=read.words("occupied"),
        standing=read.words("standing"),
        then=read.words("then"),
        time_words=read.words("time_words"),
        particles=read.words("particles"),
    )
