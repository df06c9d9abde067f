"""Whose names have an article before them: the Taliban, the High Peace Council."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile

from bot.facts.model import Base
from bot.matching.language import Language
from bot.matching.roles import is_past
from bot.matching.text import Token, tokens


def with_articles(base: Base, language: Language) -> Base:
    """The base with the article that its answers mostly have before the names of a body, a country
    or a place."""
    unlike = [p for p in base.people if p.kind != "person"]
    if not unlike:
        return base
    names = {
        tuple(
            word.text for word in dropwhile(lambda w: w.text in language.articles, tokens(name))
        ): p.id
        for p in unlike
        for name in (p.name, *p.aliases)
    }
    found: dict[str, Counter[str]] = {p.id: Counter() for p in unlike}
    for fact in base.facts:
        for whose, article in _articles(tokens(fact.answer), names, language):
            found[whose][article] += 1
    usual = {
        whose: max(counts, key=lambda article: (counts[article], article))
        for whose, counts in found.items()
        if counts
    }
    people = (replace(p, article=usual[p.id]) if usual.get(p.id) else p for p in base.people)
    return replace(base, people=tuple(people))


def _articles(
    answer: Sequence[Token], names: Mapping[tuple[str, ...], str], language: Language
) -> Iterator[tuple[str, str]]:
    """Whose names stand in an answer, each with the article before it, or none; 'the Ely road' is
    no name with an article."""
    texts = [token.text for token in answer]
    longest = max(map(len, names))
    at = 0
    while at < len(texts):
        ends = range(min(at + longest, len(texts)), at, -1)
        end = next((end for end in ends if tuple(texts[at:end]) in names), at + 1)
        if whose := names.get(tuple(texts[at:end])):
            article = texts[at - 1] if at and texts[at - 1] in language.articles else ""
            behind = texts[end] if end < len(texts) else ""
            small = language.function_words | language.light_words
            of_noun = behind and behind not in small and not is_past(behind, language)
            # 'The club' is no name with an article, but what it is.
            proper = answer[at].surface[:1].isupper()
            if proper and not (article and of_noun and not answer[end - 1].possessive):
                yield whose, article
        at = end
