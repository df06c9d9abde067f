"""Puts together questions that ask the same thing in other words, spellings or orders.

Likeness of whole strings would join 'when' with 'where' and 'attended' with 'not attended'. So what
is asked for, denial and figures have to be equal, and the words that carry the meaning are compared
one by one, typing mistakes forgiven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from bot.matching.language import Language
from bot.matching.lexicon import Stemmer
from bot.matching.text import tokens

SAME_WORD = 80.0  # of 100: 'delegation' and 'delegations', 'taliban' and 'taleban'
SHORTEST_MISSPELT = 4  # letters: shorter words are other words as soon as one letter differs
MOST_COMPARED = 50  # groups that a question is compared with: those that share its rarest words


@dataclass(frozen=True, slots=True)
class Sense:
    """What a question says, for comparison; `words` are stems, each with the word as it stood."""

    asked: str
    denied: bool
    figures: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Groups:
    members: list[list[int]] = field(default_factory=list)
    senses: list[Sense] = field(default_factory=list)
    by_sense: dict[Sense, int] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=dict)


def alike(texts: Sequence[str], language: Language) -> list[list[int]]:
    """The places of the texts in groups that ask the same; groups and members in their order."""
    groups = _Groups()
    # Without what is only derived: 'the state' and 'the statement' are two things to ask about.
    stem = Stemmer(language._replace(derived={}))
    for place, text in enumerate(texts):
        sense = sense_of(text, language, stem)
        found = groups.by_sense.get(sense)
        if found is None:
            found = next((n for n in _near(groups, sense) if same(groups.senses[n], sense)), None)
        if found is None:
            found = len(groups.members)
            groups.members.append([])
            groups.senses.append(sense)
            for stemmed in {stemmed for stemmed, _ in sense.words}:
                groups.by_word.setdefault(stemmed, []).append(found)
        groups.by_sense[sense] = found
        groups.members[found].append(place)
    return groups.members


def _near(groups: _Groups, sense: Sense) -> Iterable[int]:
    """The groups to compare with: those with the rarest of its words first."""
    holding = sorted((groups.by_word[w] for w, _ in sense.words if w in groups.by_word), key=len)
    found = dict.fromkeys(number for numbers in holding for number in numbers[:MOST_COMPARED])
    return list(found)[:MOST_COMPARED]


def sense_of(text: str, language: Language, stem: Callable[[str], str]) -> Sense:
    """What is asked, whether it is denied, which figures, and the words that carry the meaning."""
    said = [token.text for token in tokens(text)]
    words = " ".join(language.rewrites.get(word, word) for word in said).split()
    pairs = [" ".join(pair) for pair in pairwise(words)]
    kinds = language.question_words
    asked = next((kinds[w] for w in (*pairs, *words) if w in kinds), "")
    denied = sum(word in language.negations for word in words) % 2 == 1
    figures = [str(language.numbers.get(word, word)) for word in words]
    figures = sorted(figure for figure in figures if figure[:1].isdigit())
    telling = [
        word
        for word in words
        if word not in language.function_words
        and word not in language.light_words
        and word not in language.fillers
        and word not in language.negations
        and word not in language.numbers
        and not word[:1].isdigit()
    ]
    stemmed = sorted((stem(w), w) for w in telling or words)
    return Sense(asked, denied, tuple(figures), tuple(stemmed))


def same(one: Sense, other: Sense) -> bool:
    """Whether two questions ask the same."""
    if (one.asked, one.denied, one.figures) != (other.asked, other.denied, other.figures):
        return False
    few, many = sorted((list(one.words), list(other.words)), key=len)
    # One word more is how much fuller the same question may be put, if enough stays the same.
    if len(many) - len(few) > (1 if len(few) >= 3 else 0):
        return False
    for word in few:
        best = max(many, key=lambda other: _likeness(word, other))
        if _likeness(word, best) < SAME_WORD:
            return False
        many.remove(best)
    return True


def _likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    if one[0] == other[0]:
        return 100.0
    if min(len(one[1]), len(other[1])) < SHORTEST_MISSPELT:
        return 0.0
    return fuzz.ratio(one[1], other[1])
