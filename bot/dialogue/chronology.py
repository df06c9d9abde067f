"""The timeline, and what comes before and after a fact on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.facts.model import Fact, When


def neighbour(facts: Sequence[Fact], told: Fact, *, later: bool) -> Fact | None:
    """The fact that is the next after one, or the last before it, by the `sort` of its `when`; of
    several at that time the first in the base. None: the one has no time, or there is no other. A
    time within a day is neither before nor after that day."""
    now = _time(told)
    if not now:
        return None
    timed = [(time, fact) for fact in facts if (time := _time(fact))]
    apart = [one for one in timed if not one[0].startswith(now) and not now.startswith(one[0])]
    nobody = (now, None)
    if later:
        return min((one for one in apart if one[0] > now), key=_by_time, default=nobody)[1]
    return max((one for one in apart if one[0] < now), key=_by_time, default=nobody)[1]


def timeline(facts: Iterable[Fact]) -> list[tuple[When, Fact]]:
    """The facts that have a time, with it, in its order; of one time as in the base."""
    dated = [(fact.when, fact) for fact in facts if fact.when]
    return sorted(dated, key=lambda one: one[0].sort)


def _by_time(one: tuple[str, Fact]) -> str:
    return one[0]


def _time(fact: Fact) -> str:
    return fact.when.sort if fact.when else ""
