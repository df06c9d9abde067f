"""Whatever is typed gets a reply, and never an error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.answerer import Answerer
from bot.dialogue.conversation import NOTHING_SAID, Conversation
from bot.dialogue.plain import as_text
from bot.gaps.striking import struck
from bot.matching.complete import Completer
from bot.matching.explain import explain_text
from bot.matching.text import tokens
from tests.matching.bases import answering, base, texts

OUTCOMES = {"answer", "suggest", "unknown", "chat"}
ASKED = (
    "Who opened the talks?",
    "How many delegates came from Iran?",
    "what did she say",
    "and the US?",
    "more",
    "source?",
)


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


def replies(answerer: Answerer, message: str, conversation: Conversation) -> Conversation:
    """Ask, and check what every reply must have."""
    reply, after = answerer.reply(message, conversation)
    assert reply.outcome in OUTCOMES
    assert reply.parts
    assert as_text(reply, texts()).strip()
    for part in reply.parts:
        assert 0 <= part.confidence <= 1
        assert bool(part.sides) == (part.outcome == "answer")
    return after


# Letters and marks of many scripts, and the words that the base is about.
anything = st.text(max_size=120)
near_words = st.lists(
    st.one_of(
        st.sampled_from(" ".join(ASKED).split()),
        st.text(max_size=8),
        st.sampled_from(["'", "n't", "&", "...", "?", "\u200d", "\u202e", "<@1>", "0", "1e9", "k"]),
    ),
    max_size=15,
).map(" ".join)


@settings(deadline=None, max_examples=80)
@given(message=st.one_of(anything, near_words))
def test_any_text_gets_a_reply(answerer: Answerer, message: str) -> None:
    replies(answerer, message, NOTHING_SAID)


@settings(deadline=None, max_examples=25)
@given(messages=st.lists(st.one_of(st.sampled_from(ASKED), near_words), max_size=5))
def test_any_conversation_gets_replies(answerer: Answerer, messages: list[str]) -> None:
    conversation = NOTHING_SAID
    for message in messages:
        conversation = replies(answerer, message, conversation)


@settings(deadline=None, max_examples=20)
@given(message=st.one_of(anything, near_words))
def test_any_text_can_be_explained_and_completed(answerer: Answerer, message: str) -> None:
    assert explain_text(answerer.explain(message))
    known = {(fact.id, q) for fact in answerer.base.facts for q in fact.questions}
    assert {(s.fact, s.question) for s in answerer.complete(message, 5)} <= known


@settings(deadline=None, max_examples=20)
@given(state=st.builds(Conversation, question=near_words), message=near_words)
def test_any_last_question_can_be_leant_on(
    answerer: Answerer, state: Conversation, message: str
) -> None:
    replies(answerer, message, state)


@pytest.mark.parametrize(
    "message",
    [
        "",
        " ",
        "\x00\x07\x1b[31m",
        "?" * 5000,
        "a" * 100_000,
        "who " * 20_000,
        "Who opened the talks? " * 2_000,
        "1" * 4_000,
        "'" * 3_000,
        "o'" * 2_000,
        "((((((" * 400,
        "&" * 3_000,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 400,
        "\u202eskalt eht denepo ohw\u202c",
        "e\u0301\u0327" * 900,
        "\u0645\u0646 \u0627\u0641\u062a\u062a\u062d \u0627\u0644\u0645\u062d\u0627\u061f",
        "\u8c01\u5f00\u4e86\u4f1a\uff1f",
        "\ufdfa" * 600,
        "https://" + "a" * 3_000,
        "<@123><#4><:x:5>@everyone",
        "```py\nimport os\n```",
        "'; DROP TABLE facts; --",
        "{0.__class__} %s {title}",
        "\\x00 \\u202e \ud83d",
        "<script>alert(1)</script>",
        "and and and and or or but then",
        "9" * 400 + " million million million",
        "999999999999999999999999999999999999999k",
        "1e400 1.5 bn",
    ],
)
def test_known_poisons_get_a_reply(answerer: Answerer, message: str) -> None:
    replies(answerer, message, NOTHING_SAID)


# What a pattern that looks for an end from each beginning takes quadratic time for.
ROWS = ("a-", "-1", "é-", "a.", "aa.", "1.", "1,", "a_", "a@", "'", "o'", "<@", "</", "<:a", "((")
COARSE_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="its clock is too coarse")
LONG = 1_000  # characters; twice as many are the most that are read of a message
LONG_TO_STRIKE = 2_000  # and of a question that is kept


@COARSE_ON_WINDOWS
@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(("work", "long"), [(tokens, LONG), (struck, LONG_TO_STRIKE)])
def test_twice_as_long_a_row_takes_about_twice_as_long(
    work: Callable[[str], object], long: int, row: str
) -> None:
    assert growth(work, row, long) < 3


@COARSE_ON_WINDOWS
def test_however_much_is_typed_completing_it_takes_no_longer() -> None:
    completer = Completer(base())
    assert growth(lambda typed: completer.complete(typed, 25), "delegates ", LONG) < 1.5


def growth(work: Callable[[str], object], row: str, length: int) -> float:
    """How many times as long twice as long a text takes, whatever the machine's speed, and
    whatever else it does: the least of several takings, each of both texts in turn."""
    short, long = (row * length)[:length], (row * length)[: 2 * length]
    times = [(seconds(work, short), seconds(work, long)) for _ in range(9)]
    return min(longer for _, longer in times) / min(shorter for shorter, _ in times)


def seconds(work: Callable[[str], object], text: str) -> float:
    began = time.thread_time()
    work(text)
    return time.thread_time() - began
