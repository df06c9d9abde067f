"""How long an answer should be ('in two sentences'), which is no part of what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.language import Language, run_at_end, runs_by_last_word
from bot.matching.text import Sentence


def without_length(sentence: Sentence, language: Language) -> Sentence:
    """The sentence without the words at its end that say how long the answer should be."""
    end = _end([word.text for word in sentence.tokens], language)
    if end == len(sentence.tokens):
        return sentence
    pauses = tuple([at for at in sentence.pauses if at < end])
    return sentence._replace(tokens=sentence.tokens[:end], pauses=pauses)


def _end(texts: Sequence[str], language: Language) -> int:
    """Where such a wish begins; behind the last word: nowhere, or it is all that is said."""
    nowhere = len(texts)
    if language.text_units.isdisjoint(texts):
        return nowhere  # nearly always, at once
    behind = nowhere - len(run_at_end(runs_by_last_word(language.or_fewer), texts))
    at = behind - 2  # of the number
    if at < 1 or texts[at + 1] not in language.text_units:
        return nowhere
    if not (texts[at].isdecimal() or texts[at] in language.numbers or texts[at] in language.some):
        return nowhere
    before = run_at_end(runs_by_last_word(language.at_most), texts[:at])
    bounded = before or behind < nowhere
    return (at - len(before) or nowhere) if bounded else nowhere
