"""Which facts have to do with each other where nobody wrote it down."""

from __future__ import annotations

from dataclasses import replace

from bot.facts.model import Citation
from tests.matching.bases import base, fact


def test_what_is_written_goes_before_what_stands_in_one_paragraph() -> None:
    one, two, three, four = (
        fact(name, f"Of {name}.", f"What of {name}?") for name in ("one", "two", "three", "four")
    )
    facts = (
        replace(one, sources=(Citation("s", (1, 2)),)),
        replace(two, sources=(Citation("s", (2, 3)),), related=("four",)),
        replace(three, sources=(Citation("s", (1,)),)),
        replace(four, sources=(Citation("t", (1,)), Citation("s", (9,)))),
    )
    assert base(facts).related == {
        "one": ("three", "two"),
        "two": ("four",),
        "three": ("one",),
        "four": (),
    }


def test_only_the_first_few_of_a_long_paragraph_are_near() -> None:
    facts = [
        replace(fact(f"f{n}", f"Of {n}.", f"What of {n}?"), sources=(Citation("s", (1,)),))
        for n in range(9)
    ]
    assert base(facts).related["f0"] == ("f1", "f2", "f3", "f4")
