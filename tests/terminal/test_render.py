"""A reply is drawn within the terminal's width, side by side told apart, and obeyed by nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.reply import CitedSource, Part, Reply, Side, SpokenQuote, Suggestion
from bot.platforms.terminal.render import rendered
from bot.texts import load_texts

TEXTS = load_texts(Path(__file__).resolve().parents[2] / "config" / "texts" / "en.yaml")
LONG = (
    "The lighthouse stood on a rock that the sea covered twice a day for as long as it stood. " * 3
)
SOURCE = CitedSource(
    "gazette", "The Gazette", "A Light", "https://gazette.example/a-light", (3,), ""
)
QUOTE = SpokenQuote(
    LONG.strip(), "height", "Robert Stevenson", "an engineer of lights", "gazette", True
)


def drawn(*parts: Part, width: int = 80) -> str:
    return "".join(text for _, text in rendered(Reply("?", parts), TEXTS, width))


@pytest.mark.parametrize("width", [200, 80, 40, 24])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    part = Part("?", "answer", sides=(Side("height", LONG),), quotes=(QUOTE,), note=LONG)

    lines = drawn(part, width=width).splitlines()

    words = [word for line in lines for word in line.split() if word != "▌"]
    assert max(map(len, lines)) < width
    assert words.count("lighthouse") == 9  # in the answer, the quote and the note


def test_every_word_of_a_quote_stands_behind_a_bar() -> None:
    part = Part("?", "answer", sides=(Side("height", "Tall."),), quotes=(QUOTE,))

    bars = [line for line in drawn(part).splitlines() if line.startswith("  ▌ ")]

    words = " ".join(line.removeprefix("  ▌ ") for line in bars)
    assert words == f"“{LONG.strip()}” — Robert Stevenson, an engineer of lights"


def test_an_address_is_never_broken() -> None:
    part = Part("?", "answer", sides=(Side("height", "Tall."),), sources=(SOURCE,))

    assert "https://gazette.example/a-light" in drawn(part, width=24)


def test_sides_that_contradict_each_other_have_a_line_each() -> None:
    part = Part("?", "answer", sides=(Side("yes", "A says so."), Side("no", "B denies it.")))

    assert [line for line in drawn(part).splitlines() if line] == [
        "  - A says so.",
        "  - B denies it.",
    ]


def test_suggestions_are_numbered_through_all_parts_of_a_message() -> None:
    first = Part("?", "suggest", message="Maybe:", suggestions=(Suggestion("a", "Who?"),))
    second = Part("?", "suggest", message="Or:", suggestions=(Suggestion("b", "When?"),))

    lines = drawn(first, second).splitlines()

    assert [line for line in lines if line.strip()[:2] in ("1.", "2.")] == [
        "  1. Who?",
        "  2. When?",
    ]


def test_control_characters_do_not_reach_the_terminal() -> None:
    part = Part("?", "chat", message="red \x1b[31m bell \x07 and ‘می‌خواهم’")

    assert (
        drawn(part).strip()
        == "red \N{REPLACEMENT CHARACTER}[31m bell \N{REPLACEMENT CHARACTER} and ‘می‌خواهم’"
    )
