"""The linear head: learns, abstains, weighs labels alike, and is the same wherever it is loaded."""

from __future__ import annotations

import hashlib
import zlib

import pytest

from bot.matching import linear
from bot.matching.features import features, kind_weight
from bot.matching.linear import Example, LinearModel, train

PHRASINGS = (
    ("who attended the talks", "who took part in the talks", "who was at the meeting"),
    ("where were the talks held", "where did they meet", "in which city was the meeting"),
    ("when were the talks held", "on which day did they meet", "what was the date of the meeting"),
    ("who paid for the meeting", "who covered the costs of the talks", "what did the talks cost"),
)


def seen(text: str) -> list[str]:
    words = text.split()
    return features(words, words)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return [(seen(text), label) for label, texts in enumerate(PHRASINGS) for text in texts]


@pytest.fixture(scope="module")
def model(examples: list[Example]) -> LinearModel:
    return train(examples, len(PHRASINGS))


def test_features_are_stems_pairs_and_pieces_each_once() -> None:
    found = features(["so", "so"], ["so", "so"])
    assert found == ["so", "^ so", "so so", "so ^", "#_so", "#so_", "#_so_"]
    assert [kind_weight(feature) for feature in found] == [1.0] + 6 * [0.6]
    assert features([], []) == ["^ ^"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("who attended", 0),
        ("where was the meeting", 1),
        ("what was the date of the talks", 2),
        ("what were the costs", 3),
        ("which citty was it in", 1),  # its pieces are known
    ],
)
def test_new_questions_find_their_label(model: LinearModel, question: str, label: int) -> None:
    assert model.scores(seen(question)).best() == label


def test_every_phrasing_is_learnt(model: LinearModel, examples: list[Example]) -> None:
    assert all(model.scores(found).best() == label for found, label in examples)


def test_the_unknown_is_reported_and_scores_low(model: LinearModel) -> None:
    known = model.scores(seen("who attended the talks"))
    half = model.scores(seen("who attended the wedding yesterday"))
    nothing = model.scores(seen("zyx qwv"))
    assert known.unseen == ()
    assert {"wedding", "yesterday"} <= set(half.unseen)
    assert "who" not in half.unseen
    assert known.probability(0) > half.probability(0) > nothing.probability(nothing.best())
    assert nothing.logits == [0.0] * 4
    assert nothing.probability(2) == 0.25


def test_probabilities_sum_to_one(model: LinearModel) -> None:
    scores = model.scores(seen("who paid"))
    assert sum(map(scores.probability, range(4))) == pytest.approx(1, abs=1e-5)


def test_the_number_of_phrasings_raises_no_label() -> None:
    shared = [f"is the {thing} open" for thing in ("bank", "park", "shop", "gym", "zoo", "bar")]
    many = [(seen(f"{text} today friend {n}"), 0) for n in range(10) for text in shared]
    few = [(seen(f"{text} tomorrow buddy {n}"), 1) for n, text in enumerate(shared)]
    model = train(many + few, 2)
    neutral = model.scores(seen("is the museum open"))
    assert neutral.logits[0] <= neutral.logits[1] + 0.5
    assert model.scores(seen("is the bank open tomorrow")).best() == 1


def test_a_question_of_one_feature_and_a_lone_label() -> None:
    assert train([(["x"], 0)], 1).scores(["x"]).probability(0) == 1
    assert train([(["x"], 0), (["y"], 1)], 2).scores(["y"]).best() == 1


def test_nothing_to_learn_from() -> None:
    assert train([], 0).scores(["x"]).logits == []
    assert train([], 2).scores(["x"]).logits == [0, 0]
    assert train([([], 0), (["x"], 1)], 2).scores(["x"]).best() == 1


def test_a_label_without_phrasings_never_leads(examples: list[Example]) -> None:
    model = train(examples, 5)
    assert all(model.scores(found).best() == label for found, label in examples)


def test_a_saved_model_is_the_same(model: LinearModel, examples: list[Example]) -> None:
    saved = model.to_bytes()
    again = LinearModel.from_bytes(saved)
    assert again.to_bytes() == saved
    assert all(again.scores(found) == model.scores(found) for found, _ in examples)


@pytest.mark.parametrize("cut", [0, 3, 4, 20, -1])
def test_a_broken_save_is_refused(model: LinearModel, cut: int) -> None:
    with pytest.raises(ValueError, match="not a linear model"):
        LinearModel.from_bytes(model.to_bytes()[:cut])


def test_a_save_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="not a linear model"):
        LinearModel.from_bytes(b"{}")


def test_sparse_training_gives_the_same_weights(
    examples: list[Example], model: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linear, "TABLE_CELLS", 0)
    assert train(examples, len(PHRASINGS)).to_bytes() == model.to_bytes()


def test_lanes_and_lists_add_up_alike(
    examples: list[Example], model: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linear, "COMMON", 0)  # no lanes at all
    listed = LinearModel.from_bytes(model.to_bytes())
    monkeypatch.setattr(linear, "COMMON", 10**9)  # nothing but lanes
    laned = LinearModel.from_bytes(model.to_bytes())
    for found, _ in examples:
        assert listed.scores(found) == laned.scores(found) == model.scores(found)


def test_the_same_weights_on_every_platform() -> None:
    """Sums of floats differ between Python versions: weights are sums of whole numbers."""
    drawn = [zlib.crc32(b"%d" % n) ** 2 % 61 for n in range(720)]
    examples = [
        ([f"w{n}" for n in dict.fromkeys(drawn[at : at + 6])], at // 6 % 12)
        for at in range(0, 720, 6)
    ]
    model = train(examples, 12)
    logits = [model.scores([f"w{n}"]).logits for n in range(61)]
    assert hashlib.sha256(repr(logits).encode()).hexdigest()[:16] == "14ce78acfcda1d37"
