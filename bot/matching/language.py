"""What the matcher knows of a language, as data: no language is named in the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordLists:
    """Sorted word lists, one word a line, kept as bytes: a look-up costs some ten microseconds and
    the 54,000 words half a megabyte, where a set of them would cost six."""

    common: bytes  # everyday words
    known: bytes  # rarer words, still no names
    thesaurus: bytes  # a word and its kin on each line
    names: bytes  # names of persons, countries, places, in lower case

    @staticmethod
    def has(words: bytes, word: str) -> bool:
        line = word.encode() + b"\n"
        return words.startswith(line) or b"\n" + line in words

    @staticmethod
    def entry(thesaurus: bytes, word: str) -> list[str]:
        """The kin of a word, nearest first."""
        head = word.encode() + b" "
        start = 0 if thesaurus.startswith(head) else thesaurus.find(b"\n" + head) + 1
        if start == 0 and not thesaurus.startswith(head):
            return []
        line = thesaurus[start : thesaurus.find(b"\n", start)]
        return line.decode().split()[1:]


@dataclass(frozen=True, slots=True)
class Language:
    """One language's function words, question words, chat spellings, synonyms and phrases."""

    code: str
    lists: WordLists
    stemmer: str  # its name in Snowball
    rewrites: Mapping[str, str]
    question_words: Mapping[str, str]
    function_words: frozenset[str]
    light_words: frozenset[str]
    fillers: frozenset[str]
    whether: frozenset[str]
    indirect: tuple[str, ...]
    conjunctions: frozenset[str]  # that open an indirect question: if, whether
    negations: frozenset[str]
    refusals: frozenset[str]  # to refuse to come is not to come
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    irregular: Mapping[str, str]
    derived: Mapping[str, str]
    synonyms: tuple[tuple[str, ...], ...]
    pronouns: Mapping[str, str]
    ambiguous_names: Mapping[str, tuple[str, ...]]
    auxiliaries: frozenset[str]
    be_forms: frozenset[str]
    agent_markers: frozenset[str]
    bystander_markers: frozenset[str]
    chat: Mapping[str, tuple[str, ...]]
    padding: frozenset[str]
    followups: Mapping[str, tuple[str, ...]]
    continuations: tuple[str, ...]
    present: tuple[str, ...]
    time_words: frozenset[str]
    cause_words: tuple[str, ...]
    place_words: frozenset[str]
