"""JSON in short lines gives back what went in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.jsonparts import SHORT, from_lines, to_lines

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
    max_leaves=20,
)


@given(TREES, st.integers(0, 3 * SHORT))
@example({"\0": None, "\0\0": [{"\0": [0, 1]}]}, 0)
@example({"\0": [0, 1]}, 3 * SHORT)
def test_what_goes_in_comes_out(tree: Any, more: int) -> None:  # noqa: ANN401
    value = {"tree": tree, "long": [[n, tree] for n in range(more)], "deep": [{"a": [tree] * more}]}
    assert from_lines(to_lines(value)) == value


def test_no_line_holds_more_than_a_short_list() -> None:
    lines = to_lines([list(range(10 * SHORT)), {"a": ["x"] * 1_000}]).splitlines()
    assert max(len(json.loads(line)) for line in lines) <= SHORT


@pytest.mark.parametrize("data", [b"", b"{", b'{"\\u0000":1}', b'{"\\u0000":[0,1,2]}'])
def test_anything_else_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_lines(data)


def test_equal_strings_are_read_as_one() -> None:
    value = ["taliban", ["taliban"] * (SHORT + 1), {"said by": "taliban"}]
    first, many, one = from_lines(to_lines(value))
    assert all(text is first for text in (*many, one["said by"]))
