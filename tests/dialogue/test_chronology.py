"""The timeline, and what stands before and after a fact on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.chronology import neighbour, timeline
from bot.facts.model import When
from tests.matching.bases import FACTS as UNDATED
from tests.matching.bases import answering, base, fact


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


def test_the_timeline_is_in_order_of_time_and_then_of_the_base() -> None:
    assert [fact.id for _, fact in timeline(reversed(FACTS))] == [
        *("war", "first", "second", "day", "also-noon", "noon", "late")
    ]


def test_who_asks_for_a_timeline_gets_what_has_a_time() -> None:
    answerer = answering(base((*reversed(FACTS[:2]), *UNDATED[:2])))

    reply, _ = answerer.reply("can you give me a timeline please")

    assert reply.outcome == "chat"
    assert reply.answer.endswith("war (then) / first (then)")


def test_where_nothing_has_a_time_the_summary_is_told() -> None:
    answerer = answering(base(UNDATED[:2]))

    assert answerer.reply("timeline")[0].answer == answerer.reply("summary")[0].answer
