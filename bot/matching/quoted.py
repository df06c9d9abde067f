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
    more than these. None where several sayings hold them, as they may 'and the'."""
    sought = _plain(words)
    found = [
        (len(said), len(fact.covers), place, said)
        for place, fact in enumerate(base.facts)
        for said in (_plain(quote.text) for quote in fact.quotes)
        if sought in said
    ]
    if not found:
        return ()
    found.sort()
    shortest = found[0][-1]
    if any(shortest not in said for *_, said in found):
        return ()
    return [base.facts[place] for _, _, place, _ in found]


def _plain(text: str) -> str:
    """The words alone, with blanks around, so that a part of a word is none of them."""
    plain = question_key(fold(text)).replace(",", "").replace(".", "").replace("'", "")
    return f" {plain} "
