"""How many of what: the thing that a question asks the number of, and what an answer counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import dropwhile, takewhile

from bot.matching.kinds import COUNT
from bot.matching.language import Language
from bot.matching.reading import Word, may_be_noun
from bot.matching.roles import is_past

REACH = 3  # words at most from a figure to what it counts: '1,800 angry young men'
PLURAL = "s"  # ends most nouns in the plural, and few verbs behind 'how many'


def thing_counted(words: Sequence[Word], language: Language) -> Word | None:
    """The noun of the things whose number is asked for: 'how many pages', 'how many staff'; None
    where it is none in the plural, or of how often: 'how many times'."""
    asking = (at for at, word in enumerate(words) if word.kind == "asks" and word.text == COUNT)
    at = next(asking, len(words))
    have = language.shareable  # 'how many want refunds' counts no refunds
    behind = list(dropwhile(lambda word: word.kind == "name", words[at + 1 :]))
    nouns = list(takewhile(lambda word: may_be_noun(word) and word.text not in have, behind))
    done = next((n for n, word in enumerate(nouns) if n and is_past(word.text, language)), None)
    is_named = len(behind) < len(words) - at - 1  # 'Peruvian ships'; and 'Peruvians lost lives'
    if is_named and all(w.text not in language.whether for w in behind[len(nouns) :][:1]):
        return None
    nouns = nouns[:done]  # 'how many planes took part'
    if not nouns:
        return None
    if nouns[-1].text in language.occasions:
        return None
    counted = next((word for word in reversed(nouns) if _is_plural(word, language)), None)
    return counted or (nouns[0] if nouns[0].text in language.anybody else None)


def counted_in(told: Iterable[Sequence[Word]]) -> set[str]:
    """The terms of what sentences give figures of."""
    return {
        term
        for words in told
        for at, word in enumerate(words)
        if word.kind == "figure"
        for near in words[at + 1 : at + 1 + REACH]
        for term in near.terms
    }


def are_persons(text: str, language: Language) -> bool:
    """Whether a noun in the plural is of persons: 'workers', 'firemen'."""
    return any(map(language.is_person, _of_one(text, language)))


def _is_plural(word: Word, language: Language) -> bool:
    if word.text.endswith(PLURAL):
        return word.text != word.stem
    lists = language.lists
    return any(noun in lists.common or noun in lists.known for noun in _of_one(word.text, language))


def _of_one(text: str, language: Language) -> list[str]:
    """What a plural may be of: 'specimen', which is one itself, of nothing."""
    if text.endswith(PLURAL):
        return [text.removesuffix(PLURAL)]
    ends = (pair for pair in language.plurals.items() if text.endswith(pair[0]))
    return [f"{text.removesuffix(several)}{one}" for several, one in ends]
