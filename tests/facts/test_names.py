"""Names are found in our words as they are written, and in a source's text by any alias."""

from __future__ import annotations

from bot.facts.model import Person
from bot.facts.names import Names

NAMES = Names(
    [
        Person("us", "United States", "country", aliases=("US", "U.S.")),
        Person("museum", "Karsholm Museum", "body", aliases=("the museum",)),
        Person("karsholm", "Karsholm", "place"),
    ]
)


def test_the_longest_name_stands_in_an_answer() -> None:
    text = "The museum is the Karsholm Museum in Karsholm."

    found = [(text[one.begin : one.end], sorted(one.ids)) for one in NAMES.in_answer(text)]

    assert found == [
        ("The museum", ["museum"]),
        ("Karsholm Museum", ["museum"]),
        ("Karsholm", ["karsholm"]),
    ]


def test_a_name_within_another_is_named_by_a_source() -> None:
    assert NAMES.ids_in("the Karsholm museum") == {"museum", "karsholm"}


def test_a_short_name_in_capitals_is_no_word_in_small_letters() -> None:
    assert NAMES.ids_in("it told us") == frozenset()
    assert NAMES.ids_in("the U.S. told it") == NAMES.ids_in("the US") == {"us"}
