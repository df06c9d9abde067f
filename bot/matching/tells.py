"""What an answer can tell by its own words, however it is asked: a time, a number, a price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.matching.counting import PLURAL
from bot.matching.kinds import AGE, COUNT, LENGTH, MONEY
from bot.matching.language import Language
from bot.matching.question import Question
from bot.matching.reading import YEAR, Word

OLDEST = 120  # years
NEAR = 2  # words at most from a figure to what it counts: 'two long hours'


def told_kinds(told: Iterable[Question], language: Language) -> frozenset[str]:
    """Kinds of things asked for that the sentences of an answer and its quotes hold."""
    return frozenset(kind for one in told for kind in _kinds(one.words, language))


def gives_measures_alone(
    told: Iterable[Sequence[Word]], language: Language, prices: int = 0
) -> bool:
    """Whether all figures in sentences are of time, length or money: 'three days', '10 March';
    `prices`: how many stand beside a sign, which is no word."""
    figures = [
        (words, at)
        for words in told
        for at, word in enumerate(words)
        if word.kind == "figure" and not _is_year(words, at, language)
    ]
    counting = sum(not _is_measure(words, at, language) for words, at in figures)
    return bool(figures) and counting <= prices


def _is_year(words: Sequence[Word], at: int, language: Language) -> bool:
    """'In 2019', 'the 2019 talks', but no 1,800 people."""
    markers = language.year_markers | language.time_words | language.articles
    return (at == 0 or words[at - 1].text in markers) and YEAR.fullmatch(words[at].text) is not None


def _is_measure(words: Sequence[Word], at: int, language: Language) -> bool:
    """Whether a unit follows a figure, and no noun that this belongs to: 'forty night guards'."""
    units = language.time_words | language.lengths | language.currencies
    if at + 1 == len(words):
        return False
    unit, behind = words[at + 1], words[at + 2 : at + 3]
    plural = unit.text.endswith(PLURAL)
    if unit.text not in units and not (plural and unit.stem in units):
        return False
    return plural or all(word.kind != "word" for word in behind)


def _kinds(words: Sequence[Word], language: Language) -> Iterable[str]:
    texts = {word.text for word in words} | {word.stem for word in words}
    sentence = f" {' '.join([word.text for word in words])} "
    for kind, signs in language.telling.items():
        if any(f" {sign} " in sentence if " " in sign else sign in texts for sign in signs):
            yield kind
    of_money = not texts.isdisjoint(language.money | language.currencies)
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        if word.kind == "figure":
            if not _is_year(words, at, language):
                yield COUNT
                yield "distance"
                if of_money:
                    yield MONEY
            if before and _may_be_aged(before, language) and _is_age(word):  # 'Ada Holm, 58'
                yield AGE
            dates = {before.text if before else "", _next(words, at)} & language.months
            if dates or YEAR.fullmatch(word.text) or _next(words, at) in language.clock:
                yield "when"  # 'on 14 May'
            behind = words[at + 1 : at + 1 + NEAR]
            if any(_is_long(near, language) for near in behind):
                yield "duration"
            if any(near.text in language.lengths for near in behind):
                yield LENGTH
        elif _is_time(word, language):
            yield "when"
        elif word.text in language.reasons and _next(words, at).endswith(language.doing):
            yield "why"  # 'fined for entering late'
        elif word.kind == "name" and before and before.text in language.place_markers:
            yield "where"


def _may_be_aged(word: Word, language: Language) -> bool:
    """Whether a word may be somebody's name, whom the base need not know."""
    named = word.kind == "name" or (word.kind == "word" and word.capital)
    return named and not _is_time(word, language)


def _is_age(word: Word) -> bool:
    return word.text.isdigit() and int(word.text) <= OLDEST


def _next(words: Sequence[Word], at: int) -> str:
    return words[at + 1].text if at + 1 < len(words) else ""


def _is_long(word: Word, language: Language) -> bool:
    """'How long' is asked of an hour and of a river."""
    return _is_time(word, language) or word.text in language.lengths


def _is_time(word: Word, language: Language) -> bool:
    return word.text in language.time_words or word.stem in language.time_words
