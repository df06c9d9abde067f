"""Words that are written in more ways than one are one word."""

from __future__ import annotations

import pytest

from bot.matching.lexicon import Stemmer
from tests.matching.bases import answering, base, english, fact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("litres", "liters"),
        ("neighbourhood", "neighborhood"),
        ("organised", "organized"),
        ("analysing", "analyzing"),
        ("practised", "practiced"),
        ("programmes", "programs"),
    ],
)
def test_both_ways_have_one_stem(one: str, other: str) -> None:
    stem = Stemmer(english())
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["raised", "surprise", "four", "programmed", "analysis"])
def test_what_only_looks_so_keeps_its_own(word: str) -> None:
    american = {"raised": "raized", "surprise": "surprize", "four": "for"}
    stem = Stemmer(english())
    assert stem(word) != stem(american.get(word, "programd"))


def test_a_question_may_be_written_the_other_way() -> None:
    milk = fact("milk", "4,000 liters went down the drain.", "How many liters of milk were lost?")
    answerer = answering(base((milk, fact("hay", "The hay burnt.", "Did the hay burn?"))))
    assert answerer.reply("how many litres went down the drain")[0].facts == ("milk",)
