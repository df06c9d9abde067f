"""Whatever a file holds, the loader returns problems and never raises."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.facts.load import Loaded, read_base
from bot.facts.locate import find_event
from bot.facts.quotes import DamagedLock, parse_lock
from bot.facts.yaml_nodes import Parser, fastest_parser
from tests.facts.bases import SOUND
from tests.facts.test_base import WHOLE

PARSERS = pytest.mark.parametrize("parser", [fastest_parser(), yaml.SafeLoader], ids=["c", "py"])

PIECES = st.sampled_from(
    [
        *"-:?#&*!|>'\"%@`{}[],~<\n\t \\\0\ufeff\u00a0\u2028“”é🙂",
        *(
            ": ",
            " #",
            "- ",
            "---\n",
            "...\n",
            "\n  ",
            "\n- ",
            "<<",
            "&a ",
            "*a",
            "!!str ",
            "\\u",
            "\r\n",
        ),
        *("event:", "sources:", "facts:\n- ", "id: ", "answer: ", "questions: [", "covers: [a]"),
        *("no", "12:30", "1_000", "2018-11-09", "null", "0x1F", ".inf", "1e999", "at: [1]"),
    ]
)
HOSTILE = st.lists(PIECES, max_size=40).map("".join)


def _read(data: bytes, parser: Parser) -> Loaded:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "base.yaml").write_bytes(SOUND.encode())
        (folder / "f.yaml").write_bytes(data)
        loaded = read_base(folder, parser)
        find_event(folder)
    assert (loaded.base is None) == bool(loaded.errors)
    for problem in loaded.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in str(problem)
        assert problem.message
        assert problem.remedy
    return loaded


@PARSERS
@given(data=st.binary(max_size=200))
@example(data=b"\xff\xfe\x00")
@example(data=b"a: \xed\xa0\x80")
def test_any_bytes(parser: Parser, data: bytes) -> None:
    _read(data, parser)


@PARSERS
@given(text=st.text(max_size=200))
def test_any_text(parser: Parser, text: str) -> None:
    _read(text.encode("utf-8", "surrogatepass"), parser)


@PARSERS
@settings(deadline=None, max_examples=150)
@given(text=HOSTILE)
@example(text="facts:\n- answer: {? a}")
@example(text="- - - - ? : -")
@example(text='facts: "')
def test_any_pieces_of_yaml(parser: Parser, text: str) -> None:
    _read(text.encode("utf-8", "surrogatepass"), parser)


@PARSERS
@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 2**32), piece=PIECES)
def test_a_sound_base_with_something_put_in_or_taken_out(
    parser: Parser, seed: int, piece: str
) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    start = chance.randrange(len(WHOLE))
    end = min(len(WHOLE), start + chance.choice([0, 0, 1, 5, 40]))
    _read((WHOLE[:start] + piece + WHOLE[end:]).encode("utf-8", "surrogatepass"), parser)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_content_in_yaml(content: object) -> None:
    _read(yaml.safe_dump(content, allow_unicode=True).encode("utf-8", "replace"), fastest_parser())


@given(
    st.text()
    .filter(lambda text: bool(text.split()))
    .filter(lambda text: all(char.isprintable() or char in "\n\t" for char in text))
)
def test_a_text_in_double_quotation_marks_is_kept(text: str) -> None:
    written = yaml.safe_dump(text, default_style='"', allow_unicode=True).strip()
    loaded = _read(f"facts:\n- id: a\n  topic: {written}\n".encode(), fastest_parser())
    assert not any("topic" in problem.message for problem in loaded.problems)


@given(st.binary() | st.text().map(str.encode))
@example(b'{"version": 1, "sources": [], "quotes": []}')
@example(b'{"version": 1, "sources": {}, "quotes": [{"offset": 1e999}]}')
def test_any_lock(data: bytes) -> None:
    try:
        parse_lock(data)
    except DamagedLock as damaged:
        assert damaged.line >= 1  # noqa: PT017 - either is right, another error is not
