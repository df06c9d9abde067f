"""Which one: questions that ask for something's name, and whether an answer tells it.

'Which hospital was she taken to' is no question for an answer that says 'in hospital': where the
thing itself is told of, its name must stand beside it; where it is not, some name must be told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from bot.matching.language import Language
from bot.matching.reading import Word

REACH = 3  # words at most between a thing and its name
NOUNS = 3  # words that a thing may be called by: 'the first night guard'


def things_named(words: Sequence[Word], language: Language) -> tuple[Word, ...]:
    """The nouns of the thing whose name is asked for: 'the name of the ship', 'the ship's name',
    'what is the ship called', 'which ship'; none where no name is asked for."""
    texts = [word.text for word in words]
    if not language.naming.isdisjoint(texts) or not language.named.isdisjoint(texts[-1:]):
        told = [word for word in words if word.kind != "filler"]
        for at, word in enumerate(told):
            if word.text in language.naming and (behind := _behind(told, at, language)):
                return _nouns(behind)
        if told and told[-1].text in language.naming | language.named:
            return _nouns(reversed(told[:-1]))
    if language.choosing.isdisjoint(texts):
        return ()
    at = next(at for at, text in enumerate(texts) if text in language.choosing)
    nouns = _nouns(words[at + 1 :], at_once=True) if words[at].kind == "asks" else ()
    things = [at for at, noun in enumerate(nouns) if _goes_by_name(noun, language)]
    return nouns[: things[-1] + 1] if things else ()


def _goes_by_name(noun: Word, language: Language) -> bool:
    return noun.text in language.goes_by_name or noun.stem in language.goes_by_name


def _behind(words: Sequence[Word], at: int, language: Language) -> Sequence[Word]:
    """What follows 'the name of'; nothing where it is another word."""
    if at + 1 < len(words) and words[at + 1].text in language.owner_markers:
        return words[at + 2 :]
    return ()


def _nouns(words: Iterable[Word], *, at_once: bool = False) -> tuple[Word, ...]:
    """The first words in a row that may name a thing; `at_once`: nothing stands before them."""
    found: list[Word] = []
    for word in words:
        if word.kind == "word" and word.terms:
            found.append(word)
        elif found or at_once:
            break
    return tuple(found[:NOUNS])


def tells_which(
    nouns: Sequence[Word],
    told: Iterable[Sequence[Word]],
    asked: Iterable[Word],
    days: Collection[str],
) -> bool:
    """Whether sentences can tell which thing is meant; the names that are `asked` with are not
    what is asked for, nor are the terms of days and months."""
    terms = {term for noun in nouns for term in noun.terms}
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
