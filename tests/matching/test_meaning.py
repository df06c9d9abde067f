"""The second head: what labels are learnt to say for what words mean."""

from __future__ import annotations

import random
import zlib
from array import array
from functools import partial

import pytest

from bot.matching.discriminant import PULL, Meant, discriminant
from bot.matching.lanes import HALF, Kept, Lanes, Ready
from bot.matching.marks import mark_of
from bot.matching.meaning import BIAS_UNIT, FINE, MeaningHead
from bot.matching.vectors import Vector, added_up

LABELS, EACH, SCALE = 5, 8, 7_000
DRAWN = random.Random(7)  # noqa: S311 - to be the same each time
WORDS = {
    f"w{n}": Vector(tuple(DRAWN.randrange(-400, 400) for _ in range(EACH)), 650_000)
    for n in range(30)
}
WEIGHTS = array("i", [DRAWN.randrange(-3 << FINE, 3 << FINE) for _ in range(LABELS * EACH)])
BIASES = array("i", [DRAWN.randrange(-BIAS_UNIT, BIAS_UNIT) for _ in range(LABELS)])


def known(vectors: dict[str, Vector], word: str) -> Vector | None:
    return vectors.get(word)


def logits(meaning: MeaningHead, *words: str) -> list[float]:
    return logits_of(meaning, LABELS, *words)


def logits_of(meaning: MeaningHead, labels: int, *words: str) -> list[float]:
    lanes = Lanes(labels)
    sums = lanes.numbers(lanes.zero + meaning.said(words, SCALE))
    return [(total - HALF) / SCALE for total in sums]


@pytest.fixture
def meaning() -> MeaningHead:
    return MeaningHead(LABELS, WEIGHTS, BIASES, vector=WORDS.get)


def test_a_logit_is_the_product_over_the_length_and_the_bias(meaning: MeaningHead) -> None:
    words = ["w1", "w2", "w3", "nobody-knows"]
    summed = added_up([WORDS[word] for word in words[:3]])
    for label, logit in enumerate(logits(meaning, *words)):
        weights = WEIGHTS[label * EACH : (label + 1) * EACH]
        product = sum(a * b for a, b in zip(summed.values, weights, strict=True)) / 2**FINE
        expected = product / summed.square**0.5 + BIASES[label] / BIAS_UNIT
        assert logit == pytest.approx(expected, abs=0.05)


def test_each_word_says_its_part(meaning: MeaningHead) -> None:
    for label, logit in enumerate(logits(meaning, "w4", "w5")):
        said = meaning.word_says(["w4", "w5", "nobody-knows"], label, SCALE)
        assert set(said) == {"w4", "w5"}
        assert sum(said.values()) / SCALE + BIASES[label] / BIAS_UNIT == pytest.approx(
            logit, abs=0.01
        )


def test_what_was_made_ready_is_not_multiplied_out_again(meaning: MeaningHead) -> None:
    asked: list[str] = []

    def vector(word: str) -> Vector | None:
        asked.append(word)
        return WORDS.get(word)

    ready = meaning.ready(["w1", "w2"]).knowing(vector)
    assert logits(ready, "w1", "w2", "w3") == logits(meaning, "w1", "w2", "w3")
    assert asked == ["w3"]


def test_nothing_is_said_without_vectors_and_where_nothing_was_learnt(meaning: MeaningHead) -> None:
    assert meaning
    assert not MeaningHead(LABELS, WEIGHTS, BIASES)
    assert not MeaningHead(LABELS, array("i"), array("i")).knowing(WORDS.get)
    assert not MeaningHead(0, *discriminant([], 0)).knowing(WORDS.get)
    assert [len(run) for run in discriminant([Meant(added_up([]), 0)], 3)] == [0, 0]


def phrasings() -> list[Meant]:
    """Three labels' phrasings about three places; the second number differs within each."""
    middles = ((900, 0, 0), (0, 0, 900), (-600, 0, -600))
    return [
        Meant(Vector((x + draw % 80, draw % 1200 - 600, z - draw % 70), 1_000_000), label)
        for label, (x, _, z) in enumerate(middles)
        for draw in (zlib.crc32(b"%d %d" % (label, n)) for n in range(12))
    ]


def test_a_discriminant_tells_labels_by_what_is_alike_within_them() -> None:
    learnt = MeaningHead(3, *discriminant(phrasings(), 3), vector=partial(known, {}))
    weights, _ = learnt.learnt
    for label in range(3):
        of_label = [abs(weight) for weight in weights[label * 3 : label * 3 + 3]]
        assert of_label[1] < max(of_label) / 5
    own = []
    for vector, label, _ in phrasings():
        asked = learnt.knowing(partial(known, {"it": vector}))
        lanes = Lanes(3)
        sums = lanes.numbers(lanes.zero + asked.said(["it"], SCALE))
        assert sums.index(max(sums)) == label
        own.append((sums[label] - HALF) / SCALE)
    assert sum(own) / len(own) == pytest.approx(PULL, rel=0.2)  # less for the doubt


def test_labels_that_lie_in_one_place_are_hardly_told_apart() -> None:
    """They may differ by names alone, which have no vectors: then chance would tell them apart."""
    alike = [
        Meant(Vector((900 + draw % 5, draw % 40, draw % 30), 1_000_000), label)
        for label in range(3)
        for draw in (zlib.crc32(b"%d %d" % (label, n)) for n in range(6))
    ]
    learnt = MeaningHead(3, *discriminant(alike, 3), vector=partial(known, {"it": alike[0].vector}))
    assert max(map(abs, logits_of(learnt, 3, "it"))) < 0.2


def test_what_counts_less_pulls_less() -> None:
    extra = Vector((0, 900, 0), 900**2)
    in_full, a_little = (
        MeaningHead(3, *discriminant([*phrasings(), *[Meant(extra, 0, counts)] * 6], 3))
        for counts in (1.0, 0.3)
    )
    assert in_full.learnt[0][1] > a_little.learnt[0][1] > 0


def test_the_same_discriminant_on_every_platform() -> None:
    """Sums of floats differ between Python versions; these are exactly rounded."""
    weights, biases = discriminant(phrasings(), 3)
    assert list(weights) == [5149, -166, -604, -574, 80, 5164, -4572, 86, -4557]
    assert list(biases) == [-11, -4, 15]


def test_kept_lanes_are_found_again() -> None:
    lanes = Lanes(4)
    rows = {
        mark_of("a"): (lanes.packed([1, -2, 3, 0]), 7),
        mark_of("b"): (lanes.packed([0] * 4), 0),
    }
    ready = Ready(Kept.of(rows, lanes), lanes)
    assert ready.find("a") == rows[mark_of("a")]
    assert ready.find("c") is None
    found = ready.find("a")
    assert found
    total = lanes.zero + found[0] + lanes.packed([-5, 5, 0, 0])
    assert [number - HALF for number in lanes.numbers(total)] == [-4, 3, 3, 0]
