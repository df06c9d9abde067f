"""Messages that quote the source: '"friends of Afghanistan": who said that?'"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.facts.folding import fold, question_key
from bot.facts.model import Base, Fact
from bot.matching.text import normalise

SPAN = re.compile('"([^"]+)"')
LEAST_WORDS = 2  # of what is quoted: a word alone may be anybody's


def spoken_in(message: str) -> tuple[str, str]:
    """What a message has in quotation marks, the longest of it, and the rest; nothing where it
    quotes less than two words."""
    text = normalise(message)
    if '"' not in text:
        return "", text
    spans = [span for span in SPAN.findall(text) if len(span.split()) >= LEAST_WORDS]
    return max(spans, key=len, default=""), SPAN.sub(" ", text)


def facts_quoting(words: str, base: Base) -> Sequence[Fact]:
    """The facts with a quote that holds these words, in a row; first those whose quote is little
    more than these."""
    sought = f" {_plain(words)} "
    found = []
    for place, fact in enumerate(base.facts):
        lengths = [len(q.text) for q in fact.quotes if sought in f" {_plain(q.text)} "]
        if lengths:
            found.append((min(lengths), len(fact.covers), place))
    return [base.facts[place] for *_, place in sorted(found)]


def _plain(text: str) -> str:
    return question_key(fold(text)).replace(",", "").replace(".", "").replace("'", "")
