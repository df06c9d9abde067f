"""Which one: questions that ask for something's name, and whether an answer tells it.

'Which hospital was she taken to' is no question for an answer that says 'in hospital': where the
thing itself is told of, its name must stand beside it; where it is not, some name must be told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile

from bot.matching.language import Language
from bot.matching.reading import Word

REACH = 3  # words at most between a thing and its name


def thing_named(words: Sequence[Word], language: Language) -> Word | None:
    """The noun of the thing whose name is asked for: 'the ship's name', 'what is the ship called',
    'which ship'; None where no name is asked for."""
    texts = [word.text for word in words]
    last = texts[-1] if texts else ""
    if last in language.naming or (last in language.named and _asks_what_is(words, language)):
        return next(filter(_is_noun, reversed(words[:-1])), None)
    if language.choosing.isdisjoint(texts):
        return None
    at = next(at for at, text in enumerate(texts) if text in language.choosing)
    nouns = list(takewhile(_is_noun, words[at + 1 :])) if words[at].kind == "asks" else []
    # 'Which hospital treatment' asks for no hospital.
    return nouns[-1] if nouns and _goes_by_name(nouns[-1], language) else None


def _goes_by_name(noun: Word, language: Language) -> bool:
    return noun.text in language.goes_by_name or noun.stem in language.goes_by_name


def _asks_what_is(words: Sequence[Word], language: Language) -> bool:
    told = [word for word in words if word.kind != "filler"]
    return len(told) > 1 and told[0].kind == "asks" and told[1].text in language.be_forms


def _is_noun(word: Word) -> bool:
    return word.kind == "word" and bool(word.terms)


def tells_which(
    thing: Word,
    told: Iterable[Sequence[Word]],
    asked: Iterable[Word],
    days: Collection[str],
) -> bool:
    """Whether sentences can tell which thing it is; the names that are `asked` with are not
    what is asked for, nor are the terms of days and months."""
    terms = set(thing.terms)
    known = {term for name in asked for term in name.terms} | set(days)
    there = named = False
    for words in told:
        things = [at for at, word in enumerate(words) if not terms.isdisjoint(word.terms)]
        names = [at for at, word in enumerate(words) if _is_name(word, known)]
        there = there or bool(things)
        named = named or bool(names)
        if any(abs(name - thing) <= REACH for thing in things for name in names):
            return True
    return named and not there


def _is_name(word: Word, known: AbstractSet[str]) -> bool:
    may_be = word.kind == "name" or (word.kind == "word" and word.capital)
    return may_be and known.isdisjoint(word.terms)
