"""Messages that quote the source: '"friends of Afghanistan": who said that?'"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.facts.folding import fold, question_key
from bot.facts.model import Base, Fact
from bot.matching.text import normalise

SPAN = re.compile('"([^"]+)"')
LEAST_WORDS = 2  # of what is quoted: a word alone may be anybody's
TELLING = 2  # of these words that are more than function words, ...
SHARE = 0.4  # ... or what share of a saying they are


def spoken_in(message: str) -> tuple[str, str]:
    """What a message has in quotation marks, the longest of it, and the rest; nothing where it
    quotes less than two words."""
    text = normalise(message)
    if '"' not in text:
        return "", text
    spans = [span for span in SPAN.findall(text) if len(span.split()) >= LEAST_WORDS]
    return max(spans, key=len, default=""), SPAN.sub(" ", text)


class Sayings:
    """The quotes of a base, folded once, to be found by some of their words in a row."""

    def __init__(self, base: Base, small_words: Collection[str]) -> None:
        """`small_words` are in all sayings: they alone tell none from another."""
        self._base = base
        self._small = small_words
        self._sayings = [
            (len(said), len(fact.covers), place, said)
            for place, fact in enumerate(base.facts)
            for said in (_plain(quote.text) for quote in fact.quotes)
        ]

    def facts_with(self, words: str) -> Sequence[Fact]:
        """The facts with a quote that holds these words; first those whose quote is little more
        than these. Empty where several sayings hold them, or they are next to nothing."""
        sought = _plain(words)
        found = sorted(one for one in self._sayings if sought in one[-1])
        if not found:
            return ()
        shortest = found[0][-1]
        if any(shortest not in said for *_, said in found) or not self._tell(sought, shortest):
            return ()
        return [self._base.facts[place] for _, _, place, _ in found]

    def fact_saying(self, words: str) -> Fact | None:
        """The one fact in whose quotes somebody says these words, but for what sums it up; None:
        in none, or in several."""
        sought = _plain(words)
        places = sorted({place for *_, place, said in self._sayings if sought in said})
        held = {fact.id: fact for fact in (self._base.facts[place] for place in places)}
        apart = [fact for fact in held.values() if held.keys().isdisjoint(fact.covers)]
        return apart[0] if len(apart) == 1 else None

    def _tell(self, sought: str, said: str) -> bool:
        words = sought.split()
        telling = [word for word in words if word not in self._small]
        return len(telling) >= TELLING or len(words) >= SHARE * len(said.split())


def _plain(text: str) -> str:
    """The words alone, with blanks around, so that a part of a word is none of them."""
    plain = question_key(fold(text)).replace(",", "").replace(".", "").replace("'", "")
    return f" {plain} "
