"""What asks for the whole of an event, and which fact of a base tells it, as its own questions
have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.facts.model import Base, Fact
from bot.matching.engine import Matcher
from bot.matching.text import tokens

EVENT_SHARE = 1 / 3  # of the facts, at least, that have a word for the event itself
LEAST = 1 / 3  # of the ways to ask for all of it; without such a fact, one gets a tenth at most


def overview(base: Base, matcher: Matcher, ways: Sequence[str]) -> Fact | None:
    """The fact that answers most ways to ask for the whole of it ('what is this about'); None: the
    base has none, and who asks 'what happened' is answered by whatever happened."""
    # As written: what mends a question would be built for them alone.
    readings = (matcher.readings(tokens(way))[0] for way in ways)
    matches = (matcher.match_question(one, matcher.search.shares(one)) for one in readings)
    told = Counter(m.chosen.id for m in matches if m.decision.verb == "answer")
    (likeliest, times), *_ = told.most_common(1) or [("", 0)]
    return base.fact_by_id[likeliest] if likeliest and times >= LEAST * len(ways) else None


def event_terms(base: Base, matcher: Matcher) -> frozenset[str]:
    """The terms of the words that stand for the event itself: those of its title that very many of
    its facts have."""
    (title, *_) = matcher.readings(tokens(base.event.title))
    least = EVENT_SHARE * len(base.facts)
    words = [word for word in title.telling if word.kind == "word"]
    often = [word for word in words if len(matcher.facts_with([word])) >= least]
    return frozenset(term for word in often for term in word.terms)
