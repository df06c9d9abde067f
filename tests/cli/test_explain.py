"""`footnote explain`: what the engine saw, weighed and decided, for whoever mends the base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.support import footnote, small_base


@pytest.mark.parametrize(
    "question", ["who built the lighthouse", "how tall is the lighthouse", "xyzzy", ""]
)
def test_the_decision_is_the_one_that_ask_makes(tmp_path: Path, question: str) -> None:
    base = str(small_base(tmp_path))
    (reply,) = footnote("ask", question, "--json", "--knowledge", base).json_lines

    ended = footnote("explain", question, "--knowledge", base)

    assert (ended.code, ended.err) == (0, "")
    for fact in reply["facts"]:
        assert fact in ended.out
    if reply["outcome"] == "answer":
        assert "answer" in ended.out


def test_it_shows_the_candidates_and_a_gates_objection(on_shipped: Mapping[str, str]) -> None:
    ended = footnote("explain", "did the US accuse Russia of arming the Taliban?", env=on_shipped)

    assert ended.code == 0
    assert len(ended.out.splitlines()) > 3


def test_it_shows_what_each_word_says_for_a_fact_and_against_it(
    on_shipped: Mapping[str, str],
) -> None:
    ended = footnote("explain", "who opened the meeting in the hotel", env=on_shipped)
    told = [line.strip() for line in ended.out.splitlines() if line.startswith("   learnt ")]
    assert re.match(r"learnt 0\.\d{3}: .*\bopened \+\d\.\d\d", told[0])
    assert any(re.search(r" -\d\.\d\d", line) for line in told)


def test_it_says_that_a_question_about_now_is_not_told(on_shipped: Mapping[str, str]) -> None:
    question = "how many soldiers are killed in Takhar now"
    ended = footnote("explain", question, env=on_shipped)
    assert "not told: it asks how things stand now" in ended.out
    (reply,) = footnote("ask", "--json", question, env=on_shipped).json_lines
    assert reply["outcome"] == "unknown"


def test_it_says_where_the_reply_is_another_than_the_match(on_shipped: Mapping[str, str]) -> None:
    ended = footnote("explain", "is Khalilzad the Afghan president", env=on_shipped)
    assert "but the reply is another: suggest Zalmay Khalilzad: the White House's" in ended.out
    plain = footnote("explain", "when was the meeting", env=on_shipped)
    assert "the reply is another" not in plain.out


def test_it_names_the_fact_whose_words_are_quoted(on_shipped: Mapping[str, str]) -> None:
    ended = footnote("explain", 'who said "Just friendly talk"', env=on_shipped)
    assert "quotes sarabi-pleasantries" in ended.out


def test_a_phrasing_is_explained_as_it_is_asked_when_it_is_held_out(tmp_path: Path) -> None:
    base = str(small_base(tmp_path))
    phrasing = "who built the lighthouse"
    known = footnote("explain", phrasing, "--knowledge", base)
    ended = footnote("explain", "--holdout", f"{phrasing.title()}?", "--knowledge", base)

    assert "word for word: nothing to guess" in known.out
    assert (ended.code, ended.err) == (0, "")
    assert "word for word" not in ended.out
    assert f"nearest phrasing: {phrasing}" not in ended.out.casefold()
    assert "decision: " in ended.out


def test_what_is_no_phrasing_cannot_be_held_out(tmp_path: Path) -> None:
    base = str(small_base(tmp_path))
    ended = footnote("explain", "--holdout", "who let the dogs out", "--knowledge", base)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "footnote explain: no entry of lighthouse has the question 'who let the dogs out'; leave "
        "--holdout out, or ask as it stands in the base\n"
    )
