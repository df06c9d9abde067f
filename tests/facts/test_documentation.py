"""The examples in docs/fact-base.md are sound, and the messages it shows are real."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.app import build_answerer
from bot.facts.fields import FACT
from bot.facts.load import read_base
from bot.facts.model import ClaimStatus, PersonKind
from tests.facts.bases import sound, told, write
from tests.facts.test_grounds import BREAKS
from tests.facts.test_mistakes import MISTAKES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "fact-base.md").read_text("utf-8")
BOXES = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
LEAST, IN_FULL, *OTHERS = BOXES


def test_the_least_example_is_a_whole_base(tmp_path: Path) -> None:
    loaded = read_base(write(tmp_path, {"a.yaml": LEAST}))
    sound(loaded)
    assert loaded.problems == ()


@pytest.mark.parametrize(
    "question",
    ["how many were there?", "how many guests were there", "how large was the group"],
)
def test_the_least_example_is_understood_in_other_words(tmp_path: Path, question: str) -> None:
    base = sound(read_base(write(tmp_path, {"a.yaml": LEAST})))

    reply, _ = build_answerer(base).reply(question)

    assert question not in base.facts[0].questions
    assert reply.parts[0].facts == ("guests",)


def test_the_examples_together_are_a_sound_base(tmp_path: Path) -> None:
    _, _, facts_of_the_least = LEAST.partition("facts:\n")
    files = {"a.yaml": IN_FULL, "b.yaml": "facts:\n" + facts_of_the_least}
    files |= {f"c{number}.yaml": box for number, box in enumerate(OTHERS)}
    loaded = read_base(write(tmp_path, files))
    base = sound(loaded)
    assert len(base.facts) == 8
    assert [line.split(": ", 1)[1] for line in told(loaded, "warning")] == [
        "the quote 'It was a flood' is not verified; run `footnote check --article paper=FILE`"
    ]


def test_every_kind_of_name_and_every_status_of_a_claim_is_explained() -> None:
    kinds = re.findall(r"^\| `(\w+)` \| ", TEXT, re.MULTILINE)
    assert set(get_args(PersonKind)) <= set(kinds)
    assert [status for status in get_args(ClaimStatus) if f"`{status}`" not in TEXT] == []


def test_every_key_of_a_fact_is_explained() -> None:
    assert [field.key for field in FACT.fields if f"`{field.key}`" not in TEXT] == ["id"]


def test_the_messages_shown_are_of_the_kinds_that_are_told() -> None:
    shown = re.findall(r"^facts\.yaml:\d+:\d+: (.+)$", TEXT, re.MULTILINE)
    known = [line for _, expected in MISTAKES.values() for line in expected]
    known += [expected for *_, expected in BREAKS.values()]
    assert len(shown) == 5
    assert {line.rsplit("; ", 1)[1] for line in shown} <= {
        line.rsplit("; ", 1)[1] for line in known
    }
