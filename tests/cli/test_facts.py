"""`footnote facts`: the whole base, for people and for programs."""

from __future__ import annotations

from pathlib import Path

from bot.facts.load import load_base
from tests.cli.support import ROOT, footnote, small_base

FIELDS = [
    "id",
    "answer",
    "questions",
    "tests",
    "sources",
    "quotes",
    "claim",
    "contradicts",
    "covers",
    "about",
    "related",
    "topic",
    "when",
    "note",
]


def test_json_is_a_line_per_fact_with_all_its_fields() -> None:
    base = load_base(ROOT / "knowledge" / "moscow-talks-2018")

    lines = footnote("facts", "--json").json_lines

    assert [line["id"] for line in lines] == [fact.id for fact in base.facts]
    assert [line["tests"] for line in lines] == [list(fact.tests) for fact in base.facts]
    assert [line["questions"] for line in lines] == [list(fact.questions) for fact in base.facts]
    assert all(list(line) == FIELDS for line in lines)
    assert any(line["claim"] and line["claim"]["by"] for line in lines)
    assert any(quote["verified"] for line in lines for quote in line["quotes"])


def test_for_people_it_lists_facts_by_topic_and_what_is_not_in_the_source(tmp_path: Path) -> None:
    ended = footnote("facts", "--knowledge", str(small_base(tmp_path)))

    assert ended.code == 0
    assert ended.out == (
        "facts\n"
        "  builder: Robert Stevenson built the lighthouse.\n"
        "\n"
        "the tower\n"
        "  height: Seventeen metres is how tall the lighthouse was.\n"
        "\n"
        "not in the source\n"
        "  cost: What did the lighthouse cost?\n"
        "\n"
        "The lighthouse of Port Ellen: 2 facts, 1 unanswered\n"
    )
