"""How long an answer should be is no part of what is asked."""

from __future__ import annotations

import pytest

from bot.dialogue.lengths import without_length
from bot.matching.text import sentences
from tests.matching.bases import answering, base, english


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("who opened the talks in two sentences", "who opened the talks"),
        ("tell me of the talks in no more than 50 words", "tell me of the talks"),
        ("tell me of the talks in a few words", "tell me of the talks"),
        ("tell me of the talks in a sentence or two", "tell me of the talks"),
        ("summary please, three lines max", "summary please"),
        ("what were her last two words", "what were her last two words"),
        ("who opened the talks in other words", "who opened the talks in other words"),
        ("sum it up in one sentence", "sum it up"),
        ("what is this about in two lines", "what is this about"),
        ("in whose words", "in whose words"),
        ("in", "in"),
        ("in two sentences", "in two sentences"),
    ],
)
def test_how_long_the_answer_should_be_is_not_asked(said: str, asked: str) -> None:
    (sentence,) = sentences(said)
    kept = without_length(sentence, english())
    assert " ".join(token.text for token in kept.tokens) == asked


def test_a_summary_may_be_asked_for_in_so_many_words() -> None:
    reply, _ = answering(base()).reply("tldr in two sentences")
    assert reply.parts[0].message.startswith("In short:")
