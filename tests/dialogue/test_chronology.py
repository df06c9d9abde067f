"""What stands before and after a fact on the timeline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.chronology import neighbour
from bot.facts.model import When
from tests.matching.bases import fact


def at(sort: str) -> When:
    return When("then", sort)


TIMES = {
    "war": "1988",
    "first": "2018-11-08T10:00",
    "second": "2018-11-08T12:00",
    "day": "2018-11-09",
    "noon": "2018-11-09T12:00",
    "also-noon": "2018-11-09T12:00",
    "late": "2018-12",
}
FACTS = [
    *[replace(fact(name, name, name), when=at(sort)) for name, sort in TIMES.items()],
    fact("timeless", "timeless", "timeless"),
]
BY_ID = {one.id: one for one in FACTS}


@pytest.mark.parametrize(
    ("told", "before", "after"),
    [
        ("war", None, "first"),
        ("second", "first", "day"),
        ("day", "second", "late"),  # noon of the same day is neither
        ("noon", "second", "late"),
        ("late", "noon", None),  # of two at one time the first in the base
        ("timeless", None, None),
    ],
)
def test_the_next_in_time_is_found(told: str, before: str | None, after: str | None) -> None:
    earlier = neighbour(FACTS, BY_ID[told], later=False)
    later = neighbour(FACTS, BY_ID[told], later=True)
    assert (earlier and earlier.id, later and later.id) == (before, after)
