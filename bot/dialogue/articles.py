"""Whose names have an article before them: the Taliban, the High Peace Council."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.facts.model import Base
from bot.matching.language import Language
from bot.matching.text import tokens


def with_articles(base: Base, language: Language) -> Base:
    """The base with the article that its answers mostly have before the name of a body, a country
    or a place."""
    unlike = [p for p in base.people if p.kind != "person"]
    if not unlike:
        return base
    opening = {tuple(t.text for t in tokens(p.name)): p.id for p in unlike}
    longest = max(map(len, opening))
    before: dict[str, Counter[str]] = {p.id: Counter() for p in unlike}
    for fact in base.facts:
        words = ["", *(token.text for token in tokens(fact.answer))]
        for at in range(1, len(words)):
            for end in range(at + 1, at + 1 + longest):
                if whose := opening.get(tuple(words[at:end])):
                    article = words[at - 1] in language.articles
                    before[whose][words[at - 1] if article else ""] += 1
    usual = {whose: found.most_common(1)[0][0] for whose, found in before.items() if found}
    people = (replace(p, article=usual[p.id]) if usual.get(p.id) else p for p in base.people)
    return replace(base, people=tuple(people))
