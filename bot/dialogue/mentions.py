"""Whom a sentence names: those whom the base knows, and others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.matching.language import Language
from bot.matching.lexicon import NAME, Lexicon
from bot.matching.reading import is_name_here
from bot.matching.text import Token


class Mention(NamedTuple):
    """A name in a run of tokens: from `start` to before `stop`."""

    start: int
    stop: int
    people: tuple[str, ...]


def mentions(words: Sequence[Token], lexicon: Lexicon) -> list[Mention]:
    """The names in a sentence, longest first at each place."""
    texts = [word.text for word in words]
    found: list[Mention] = []
    for at in lexicon.names.starts(texts):
        if found and at < found[-1].stop:
            continue
        name = lexicon.names.at(texts, at)
        if name and (name.length > 1 or is_name_here(words, at, lexicon.language)):
            people = tuple(term.removeprefix(NAME) for term in name.terms)
            found.append(Mention(at, at + name.length, people))
    return found


def one_name_each(words: Sequence[Token], lexicon: Lexicon) -> list[tuple[Token, ...]]:
    """'What did Ann and Bob say' as 'what did Ann say' and 'what did Bob say'; nothing where no two
    names are joined."""
    language = lexicon.language
    named = mentions(words, lexicon)
    for one, other in pairwise(named):
        between = [word.text for word in words[one.stop : other.start]]
        joined = between[:1] and between[0] in language.joints
        if joined and language.articles.issuperset(between[1:]):
            start = one.start - (one.start > 0 and words[one.start - 1].text in language.articles)
            return [
                (*words[: one.stop], *words[other.stop :]),
                (*words[:start], *words[one.stop + 1 :]),
            ]
    return []


def named_in(words: Sequence[Token], lexicon: Lexicon) -> tuple[str, ...]:
    """The people ids that a question names without doubt, each once."""
    return tuple(dict.fromkeys(m.people[0] for m in mentions(words, lexicon) if len(m.people) == 1))


def without_first_name(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The words but for the first one, known or not, whom they name."""
    known = mentions(words, lexicon)
    name = words[known[0].start : known[0].stop] if known else stranger_in(words, lexicon)
    return tuple(word for word in words if word not in name)


def stranger_in(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The first name in a sentence that the base knows nobody by, whole; empty: there is none."""
    known = {at for m in mentions(words, lexicon) for at in range(m.start, m.stop)}
    found: list[Token] = []
    for at, word in enumerate(words):
        if at not in known and _is_name(word, at, lexicon.language, first=not found):
            found.append(word)
        elif found:
            break
    return tuple(found)


def unknown_name(words: Sequence[Token], language: Language) -> int | None:
    """Where a name stands that may take part in something: no word, and not behind 'in'. Who is
    asked of behind 'was' need not be in any list of names."""
    before = ["", *[word.text for word in words]]
    return next(
        (
            at
            for at, word in enumerate(words)
            if before[at] not in language.place_markers
            and _may_take_part(word, before[at], language)
        ),
        None,
    )


def _may_take_part(word: Token, before: str, language: Language) -> bool:
    """Whether a word is a name, or stands behind 'was' and is no word that is known."""
    if word.text in language.lists.names:
        return bool(before and word.surface[:1].isupper()) or not _is_word(word, language)
    asked_of = before in language.whether and word.text not in language.function_words
    return asked_of and not _is_word(word, language)


def _is_name(word: Token, at: int, language: Language, *, first: bool) -> bool:
    """Whether a word is written like a name, or is one and nothing else; behind the `first` one, it
    need but be no other word."""
    if word.text in language.function_words or word.text in language.time_words:
        return False
    lists = language.lists
    written_so = at > 0 and word.surface[:1].isupper() and not word.surface.isupper()
    may_be_name = word.text in lists.names or not first
    return written_so or (may_be_name and not _is_word(word, language))


def _is_word(word: Token, language: Language) -> bool:
    """Whether it is a word, and so perhaps no name."""
    return word.text in language.lists.common or word.text in language.lists.known
