"""The catalogue of the bot's own texts: what is wrong in one is told when it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from bot.errors import FootnoteError
from bot.placeholders import PLACEHOLDERS
from bot.resources import config_dir
from bot.texts import load_texts

SHIPPED = config_dir() / "texts" / "en.yaml"
Edited = Callable[[str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """The shipped catalogue with one thing in it replaced."""

    def replaced(old: str, new: str) -> Path:
        text = SHIPPED.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "xx.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return replaced


def test_the_shipped_texts_use_all_that_is_filled_in() -> None:
    used = {
        key: {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        for key, text in load_texts(SHIPPED)._asdict().items()
    }
    assert {key: names for key, names in used.items() if names} == {
        key: set(names.split()) for key, names in PLACEHOLDERS.items()
    }


def test_a_translation_may_leave_out_what_is_filled_in(edited: Edited) -> None:
    path = edited('told_again: "As I said: {answer}"', 'told_again: "See above."')
    assert load_texts(path).told_again == "See above."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("As I said: {answer}", "As I said: {answr}", "'told_again' has {answr}, which nothing"),
        ("As I said: {answer}", "As I said: {}", "'told_again' has {}, which nothing fills in"),
        ("As I said: {answer}", "As I said: {answer.x}", "it may have {answer}"),
        ("As I said: {answer}", "As I said: {answer", "'told_again' has a brace"),
        ("As I said: {answer}", "As I said: {answer:{width}}", "more in braces than a name"),
        ("As I said: {answer}", "As I said: {answer!z}", "more in braces than a name"),
        ("Goodbye!", "Goodbye, {{friend}}!", "'farewell' has more in braces than a name"),
        ('farewell: "Goodbye!"\n', "", "'farewell' is missing; add it"),
        ('farewell: "Goodbye!"', "farewell: 5", "'farewell' must be a text"),
        ("farewell:", "farwell: x\nfarewell:", "'farwell' is not known; remove it"),
        ('farewell: "Goodbye!"', 'farewell: "Goodbye!', "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(edited: Edited, old: str, new: str, told: str) -> None:
    with pytest.raises(FootnoteError) as raised:
        load_texts(edited(old, new))
    [line] = raised.value.lines
    assert told in line
    assert "xx.yaml: " in line
