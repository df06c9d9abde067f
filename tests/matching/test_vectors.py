"""Words' vectors: looked up in a table, in whole numbers."""

from __future__ import annotations

import math
import shutil
from array import array
from operator import mul
from pathlib import Path

import pytest

from bot.errors import FootnoteError
from bot.language import load_language
from bot.matching.marks import mark_of
from bot.matching.packing import pack
from bot.matching.vectors import BITS, LENGTH, MOST, Vector, Vectors, added_up
from bot.resources import config_dir


def table(**words: tuple[int, tuple[int, ...]]) -> Vectors:
    """Words with what they count and the halves of their rows' bytes."""
    order = sorted((mark_of(word), counts, halves) for word, (counts, halves) in words.items())
    rows = [
        left << 4 | right
        for _, _, halves in order
        for left, right in zip(halves[::2], halves[1::2], strict=True)
    ]
    return Vectors(
        pack(
            [2],
            [
                array("I", [mark for mark, _, _ in order]),
                array("B", [counts for _, counts, _ in order]),
                array("B", rows),
            ],
        )
    )


def cosine(one: Vector, other: Vector) -> float:
    def product(left: Vector, right: Vector) -> int:
        return sum(map(mul, left.values, right.values))

    return product(one, other) / math.sqrt(product(one, one) * product(other, other))


def test_a_word_in_the_table_has_a_vector_and_no_other_word_has() -> None:
    known = table(river=(MOST, (15, 0, 8, 7)), the=(1, (15, 15, 15, 15)))

    river, the = known.of("river"), known.of("the")

    assert river
    assert the
    assert river.values[0] == -river.values[1]
    assert 0 < river.values[2] == -river.values[3] < river.values[0]
    assert known.of("rivers") is None


def test_a_vector_is_as_long_as_the_word_counts() -> None:
    known = table(river=(MOST, (15, 0, 8, 7)), town=(MOST // 3, (3, 9, 14, 0)))

    for word, share in (("river", 1), ("town", 1 / 3)):
        vector = known.of(word)
        assert vector
        expected = pytest.approx((LENGTH * share) ** 2, rel=0.01)
        assert sum(number**2 for number in vector.values) / 4**BITS == expected
        assert vector.square / 4**BITS == expected


@pytest.mark.parametrize("data", [b"", b"what is this", pack([2], [array("I")]), pack([], [])])
def test_what_is_no_table_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no table of vectors|not packed"):
        Vectors(data)


def test_vectors_are_added_up_number_by_number() -> None:
    assert added_up([Vector((1, -2), 5), Vector((10, 20), 500)]) == Vector((11, 18), 505)
    assert added_up([]) == Vector((), 0)


def test_the_shipped_vectors_know_what_keeps_the_same_company() -> None:
    of = load_language(config_dir() / "language", "en").lists.vectors.of
    river, stream, senate, the = map(of, ("river", "stream", "senate", "the"))

    assert river
    assert stream
    assert senate
    assert the
    assert cosine(river, stream) > 0.4
    assert cosine(river, senate) < 0.2
    assert the.square < river.square / 1000
    assert of("qwxzv") is None


@pytest.mark.parametrize("damage", [b"", b"nothing of the kind"])
def test_a_damaged_table_is_named_with_what_to_do(tmp_path: Path, damage: bytes) -> None:
    shutil.copytree(config_dir() / "language" / "en", tmp_path / "en")
    (tmp_path / "en" / "vectors.bin").write_bytes(damage)
    with pytest.raises(FootnoteError, match=r"vectors\.bin: .*; restore the shipped file"):
        load_language(tmp_path, "en")


def test_parts_that_differ_in_length_are_no_table() -> None:
    halves = array("B", [0, 0, 0])
    with pytest.raises(ValueError, match="differ in length"):
        Vectors(pack([2], [array("I", [1]), array("B", [1]), halves]))
