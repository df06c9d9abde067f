"""`footnote eval`: right, silent and wrong by the base's own tests; exit code 1 below the bars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.support import SMALL_BASE, environment, footnote, small_base


@pytest.fixture(name="base")
def small(tmp_path: Path) -> str:
    return str(small_base(tmp_path))


def figures(base: str, *words: str) -> dict[str, Any]:
    ended = footnote("eval", "--json", *words, "--knowledge", base)
    assert ended.code == 0
    (line,) = ended.json_lines
    return line


def test_every_test_is_asked_and_counted_by_its_fact(base: str) -> None:
    told = figures(base)

    assert told["facts"]["total"] == 2
    assert set(told["by_fact"]) == {"builder", "height"}
    for score in [told["facts"], *told["by_fact"].values()]:
        assert score["right"] + score["silent"] + score["wrong"] == score["total"]
        low, high = score["right_interval"]
        assert 0 <= low <= score["right_share"] <= high <= 1
    assert told["unanswered"]["total"] == 1
    assert told["outside"]["total"] == 2


def test_what_was_missed_is_listed_with_what_it_got(tmp_path: Path) -> None:
    wrong = SMALL_BASE.replace("[how high was the lighthouse]", "[who built this lighthouse]")

    told = figures(str(small_base(tmp_path, wrong)))

    assert told["facts"]["wrong"] == 1
    assert told["misses"] == [
        {
            "group": "facts",
            "expected": "height",
            "question": "who built this lighthouse",
            "mark": "wrong",
            "outcome": "answer",
            "facts": ["builder"],
            "declined_by": None,
            "covered": False,
        }
    ]


def test_a_table_for_people_names_facts_and_misses(tmp_path: Path) -> None:
    wrong = SMALL_BASE.replace("[how high was the lighthouse]", "[who built this lighthouse]")

    ended = footnote("eval", "--knowledge", str(small_base(tmp_path, wrong)))

    first, *_, last = ended.out.splitlines()
    assert ended.code == 0
    assert first == "wrong   height: 'who built this lighthouse' got builder"
    assert last.startswith("outside     declined ")


def test_what_was_taken_for_what_is_not_said_is_told_by_its_entry(tmp_path: Path) -> None:
    wrong = SMALL_BASE.replace(
        "[how high was the lighthouse]", "[what is the price of this lighthouse, blue cheese]"
    )
    base = str(small_base(tmp_path, wrong))

    price, cheese = footnote("eval", "--knowledge", base).out.splitlines()[:2]
    declined = [miss["declined_by"] for miss in figures(base)["misses"]]

    assert price == "silent  height: 'what is the price of this lighthouse' got declined by cost"
    assert cheese == "silent  height: 'blue cheese' got unknown"
    assert declined == ["cost", None]


def test_a_part_that_was_told_for_the_whole_is_listed_and_counted_apart(tmp_path: Path) -> None:
    whole = """\
  - id: whole
    answer: Robert Stevenson built the lighthouse, seventeen metres tall.
    questions: [What is told of the lighthouse?, the lighthouse in short]
    tests: [who built this lighthouse, who was the builder of the lighthouse]
    covers: [builder]
unanswered:
"""
    base = str(small_base(tmp_path, SMALL_BASE.replace("unanswered:\n", whole)))

    table = footnote("eval", "--knowledge", base).out

    assert "wrong   whole: 'who built this lighthouse' got builder, which it covers\n" in table
    assert "\nfacts       of these        2 told what the fact covers\n" in table
    assert "taken for another" not in table
    assert [miss["expected"] for miss in figures(base)["misses"] if miss["covered"]] == [
        "whole"
    ] * 2


def test_holdout_asks_the_questions_with_each_taken_out(base: str) -> None:
    told = figures(base, "--holdout")

    assert told["facts"]["total"] == 4
    assert told["unanswered"]["total"] == 2
    assert told["outside"]["total"] == 0
    # Were they left in, they would all be right: they are the very words that are matched.
    assert told["facts"]["right"] < 4


@pytest.mark.parametrize(
    ("bars", "code", "told"),
    [
        (["--min-right", "0"], 0, ""),
        (["--min-right", "50%", "--max-wrong", "50%"], 0, ""),
        (["--max-wrong", "0.49"], 1, "wrong 50.0% (1 of 2), --max-wrong is 49.0%"),
        (["--min-right", "51%"], 1, "right 50.0% (1 of 2), --min-right is 51.0%"),
        (["--min-declined", "100%"], 0, ""),
    ],
)
def test_the_exit_code_is_1_below_the_bars(
    tmp_path: Path, bars: list[str], code: int, told: str
) -> None:
    text = SMALL_BASE.replace("[how high was the lighthouse]", "[who built this lighthouse]")
    text = text.replace("[who constructed the lighthouse]", "[who built the lighthouse then]")
    base = str(small_base(tmp_path, text))

    ended = footnote("eval", *bars, "--knowledge", base)

    assert ended.code == code
    assert ended.err == (f"footnote eval: {told}\n" if told else "")
    assert ended.out != ""


@pytest.fixture(name="untested")
def _untested(tmp_path: Path) -> str:
    """A base without tests."""
    text = SMALL_BASE.partition("unanswered:")[0]
    text = "\n".join(line for line in text.splitlines() if "tests:" not in line)
    return str(small_base(tmp_path, text + "\n"))


def test_a_base_without_tests_is_told_what_measures_it(untested: str) -> None:
    ended = footnote("eval", "--knowledge", untested)
    held_out = footnote("eval", "--holdout", "--knowledge", untested)

    assert (ended.code, ended.out) == (
        0,
        "facts       have no tests; `footnote eval --holdout` measures without them\n",
    )
    assert " of 4 " in held_out.out


def test_a_base_without_tests_meets_no_bar(untested: str) -> None:
    bars = ("--min-right", "0", "--min-declined", "90%")
    ended = footnote("eval", *bars, "--knowledge", untested)

    assert ended.code == 1
    assert ended.err.splitlines() == [
        "footnote eval: --min-right is 0.0%, and no fact has a test; write some",
        "footnote eval: --min-declined is 90.0%, and nothing is to be declined; write some",
    ]


def test_it_asks_as_sure_as_the_bot_must_be(base: str) -> None:
    words = ("eval", "--json", "--knowledge", base)
    (usual,) = footnote(*words).json_lines
    (surest,) = footnote(*words, env=environment(FOOTNOTE_ANSWER_FROM="1")).json_lines

    assert usual["facts"]["right"] > 0
    assert surest["facts"]["right"] == 0


def test_facts_that_are_taken_for_each_other_are_told_by_how_often(tmp_path: Path) -> None:
    wrong = SMALL_BASE.replace(
        "[how high was the lighthouse]", "[who built this lighthouse, the lighthouse's builder]"
    )
    ended = footnote("eval", "--knowledge", str(small_base(tmp_path, wrong)))
    assert "    2 times  height was asked, and builder told" in ended.out.splitlines()


@pytest.mark.parametrize("words", [(), ("--holdout",)])
def test_one_fact_alone_is_asked(base: str, words: tuple[str, ...]) -> None:
    told = figures(base, "--fact", "height", *words)
    assert set(told["by_fact"]) == {"height"}
    assert told["facts"]["total"] == figures(base, *words)["by_fact"]["height"]["total"]
    assert told["outside"]["total"] == 0


def test_a_fact_that_is_not_there_is_told(base: str) -> None:
    ended = footnote("eval", "--fact", "hieght", "--knowledge", base)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == ("--fact: lighthouse has no entry 'hieght'; `footnote facts` lists them\n")
