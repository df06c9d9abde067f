"""The linear head: learns, abstains, weighs labels alike, and is the same wherever it is loaded."""

from __future__ import annotations

import hashlib
import math
import zlib

import pytest

from bot.matching import linear, shortlist, training
from bot.matching.discriminant import Meant, discriminant
from bot.matching.features import Features, Likeness, features, kind_weight, pieces, pieces_and
from bot.matching.lanes import HALF
from bot.matching.linear import LinearModel
from bot.matching.meaning import MeaningHead
from bot.matching.numbering import Example
from bot.matching.scores import Scores
from bot.matching.training import train
from bot.matching.vectors import Vector, added_up

PHRASINGS = (
    ("who attended the talks", "who took part in the talks", "who was at the meeting"),
    ("where were the talks held", "where did they meet", "in which city was the meeting"),
    ("when were the talks held", "on which day did they meet", "what was the date of the meeting"),
    ("who paid for the meeting", "who covered the costs of the talks", "what did the talks cost"),
)


def seen(text: str) -> Features:
    words = text.split()
    return features(words, words)


def no_kin(_: str) -> tuple[str, ...]:
    return ()


def no_vector(_: str) -> None:
    return None


def feature(name: str) -> Features:
    """A question of one stem alone."""
    return Features((name,), ())


def probability(scores: Scores, label: int) -> float:
    """The softmax at a label."""
    logits = [scores.logit(total) for total in scores.sums]
    return math.exp(logits[label] - max(logits)) / scores.powers(0, 0.0)


def speaks(model: LinearModel, stem: str) -> bool:
    """Whether a stem by itself says anything for or against any label."""
    scores = model.scores(feature(stem))
    return any(scores.logit(total) for total in scores.sums)


def leading(scores: Scores, count: int = 1) -> list[int]:
    """The likeliest labels."""
    return [label for label, _ in scores.best(count)]


def grams_alone() -> list[Example]:
    """The phrasings without the pieces of their words."""
    return [Example(seen(text).grams, at) for at, texts in enumerate(PHRASINGS) for text in texts]


@pytest.fixture(scope="module")
def phrasings() -> list[tuple[Features, int]]:
    return [(seen(text), label) for label, texts in enumerate(PHRASINGS) for text in texts]


@pytest.fixture(scope="module")
def examples(phrasings: list[tuple[Features, int]]) -> list[Example]:
    return [Example(found.all(pieces), label) for found, label in phrasings]


@pytest.fixture(scope="module")
def model(examples: list[Example]) -> LinearModel:
    return train(examples, len(PHRASINGS))


def test_features_are_stems_pairs_and_pieces_each_once() -> None:
    found = features(["so", "so"], ["so", "so"]).all(pieces)
    assert found == ["so", "^ so", "so so", "so ^", "#_so", "#so_", "#_so_"]
    assert [kind_weight(feature) for feature in found] == [1.0] + 6 * [0.5]
    assert features([], []).all(pieces) == ["^ ^"]


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
    assert leading(model.scores(seen(question))) == [label]


def test_every_phrasing_is_learnt(
    model: LinearModel, phrasings: list[tuple[Features, int]]
) -> None:
    assert all(leading(model.scores(found)) == [label] for found, label in phrasings)


def test_the_unknown_is_reported_and_scores_low(model: LinearModel) -> None:
    known = model.scores(seen("who attended the talks"))
    half = model.scores(seen("who attended the wedding yesterday"))
    nothing = model.scores(seen("zyx qwv"))
    assert speaks(model, "who")
    assert not speaks(model, "wedding")
    assert probability(known, 0) > probability(half, 0) > probability(nothing, 0)
    assert {nothing.logit(total) for total in nothing.sums} == {0.0}
    assert probability(nothing, 2) == 0.25


def test_probabilities_sum_to_one(model: LinearModel) -> None:
    scores = model.scores(seen("who paid"))
    assert sum(probability(scores, label) for label in range(4)) == pytest.approx(1)


def test_the_number_of_phrasings_raises_no_label() -> None:
    shared = [f"is the {thing} open" for thing in ("bank", "park", "shop", "gym", "zoo", "bar")]
    many = [
        Example(seen(f"{text} today friend {n}").all(pieces), 0)
        for n in range(10)
        for text in shared
    ]
    few = [
        Example(seen(f"{text} tomorrow buddy {n}").all(pieces), 1) for n, text in enumerate(shared)
    ]
    model = train(many + few, 2)
    neutral = model.scores(seen("is the museum open"))
    assert neutral.logit(neutral.sums[0]) <= neutral.logit(neutral.sums[1]) + 0.5
    assert leading(model.scores(seen("is the bank open tomorrow"))) == [1]


def test_what_counts_less_is_learnt_less() -> None:
    def sure(counts: float) -> float:
        once = [Example(["bridge", "closed"], 0), Example(["bridge", "open"], 1, counts)]
        return probability(train(once, 2).scores(Features(("bridge", "open"), ())), 1)

    assert sure(1.0) > sure(0.3) > 0.5


def test_a_question_of_one_feature_and_a_lone_label() -> None:
    assert probability(train([Example(["x"], 0)], 1).scores(feature("x")), 0) == 1
    assert leading(train([Example(["x"], 0), Example(["y"], 1)], 2).scores(feature("y"))) == [1]


def test_nothing_to_learn_from() -> None:
    assert leading(train([], 0).scores(feature("x")), 3) == []
    assert leading(train([], 2).scores(feature("x")), 3) == [0, 1]
    assert leading(train([Example([], 0), Example(["x"], 1)], 2).scores(feature("x"))) == [1]


def test_a_label_without_phrasings_never_leads(
    examples: list[Example], phrasings: list[tuple[Features, int]]
) -> None:
    model = train(examples, 5)
    assert all(leading(model.scores(found)) == [label] for found, label in phrasings)


def test_a_saved_model_is_the_same(
    model: LinearModel, phrasings: list[tuple[Features, int]]
) -> None:
    saved = model.to_bytes()
    again = LinearModel.from_bytes(saved)
    assert again.to_bytes() == saved
    assert all(again.scores(found) == model.scores(found) for found, _ in phrasings)


@pytest.mark.parametrize("cut", [0, 3, 8, 20, -1])
def test_a_broken_save_is_refused(model: LinearModel, cut: int) -> None:
    with pytest.raises(ValueError, match="not "):
        LinearModel.from_bytes(model.to_bytes()[:cut])


def test_a_save_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="not "):
        LinearModel.from_bytes(b"{}")


def test_sparse_training_finds_the_same_labels_with_fewer_weights(
    examples: list[Example],
    phrasings: list[tuple[Features, int]],
    model: LinearModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training, "TABLE_CELLS", 0)
    sparse = train(examples, len(PHRASINGS))
    assert all(leading(sparse.scores(found)) == [label] for found, label in phrasings)
    assert len(sparse.to_bytes()) < len(model.to_bytes())


def test_a_model_that_cuts_no_words_knows_stems_and_pairs_alone() -> None:
    whole = grams_alone()
    model = train(whole, len(PHRASINGS), cut=False)
    again = LinearModel.from_bytes(model.to_bytes())
    assert again.scores(seen("who attended")) == model.scores(seen("who attended"))
    assert leading(model.scores(seen("who attended"))) == [0]
    assert (
        model.scores(seen("who attended")).scale
        == model.scores(Features(seen("who attended").grams, ())).scale
    )


def test_a_pair_of_one_phrasing_alone_is_not_learnt_where_there_are_many() -> None:
    whole = grams_alone()
    model = train(whole, len(PHRASINGS), cut=False)
    assert speaks(model, "who")  # a stem
    assert not speaks(model, "in which")


def test_of_many_labels_those_are_looked_at_that_rare_features_speak_for(
    phrasings: list[tuple[Features, int]], model: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [model.scores(found) for found, _ in phrasings]
    monkeypatch.setattr(linear, "MOST_LANES", 0)
    monkeypatch.setattr(shortlist, "NEAR", 2)
    large = LinearModel.from_bytes(model.to_bytes())
    for (found, label), whole in zip(phrasings, every, strict=True):
        near = large.scores(found)
        assert len(near.labels) == 2
        assert near.others == len(PHRASINGS) - 2
        assert near.best(1) == whole.best(1)
        assert near.best(1)[0][0] == label
        assert near.scale == whole.scale
        assert near.powers(0, 0.0) == pytest.approx(whole.powers(0, 0.0), rel=0.2)


def test_a_question_without_any_known_feature_has_no_near_label(
    model: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linear, "MOST_LANES", 0)
    nothing = LinearModel.from_bytes(model.to_bytes()).scores(seen("zyx qwv"))
    assert {nothing.logit(total) for total in nothing.sums} == {0.0}
    assert nothing.powers(0, 0.0) == pytest.approx(len(PHRASINGS))


def test_lanes_and_lists_add_up_alike(
    phrasings: list[tuple[Features, int]], model: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linear, "LANED", 10**9)  # no lanes at all
    listed = LinearModel.from_bytes(model.to_bytes())
    by_list = [listed.scores(found) for found, _ in phrasings]
    monkeypatch.setattr(linear, "LANED", -1)  # nothing but lanes
    laned = LinearModel.from_bytes(model.to_bytes())
    assert [laned.scores(found) for found, _ in phrasings] == by_list


def test_words_whose_pieces_were_added_up_weigh_the_same_and_are_not_cut(
    phrasings: list[tuple[Features, int]], model: LinearModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {word for found, _ in phrasings for word in found.words}
    ready = LinearModel.from_bytes(model.made_ready(words, ()).to_bytes())
    asked = [*(found for found, _ in phrasings), seen("where was the wedding")]
    by_pieces = [model.scores(found) for found in asked]
    assert [ready.scores(found) for found in asked] == by_pieces

    def cut(word: str) -> list[str]:
        raise AssertionError(f"'{word}' was cut up")

    monkeypatch.setattr(linear, "pieces", cut)
    fresh = LinearModel.from_bytes(ready.to_bytes())
    assert fresh.scores(asked[0]) == by_pieces[0]
    with pytest.raises(AssertionError, match="wedding"):
        fresh.scores(asked[-1])


def test_a_word_that_no_phrasing_has_speaks_through_those_it_is_related_to(
    phrasings: list[tuple[Features, int]], examples: list[Example]
) -> None:
    alike = [("cost", "price", "paid"), ("town", "city"), ("came", "attended")]

    def related(word: str) -> tuple[str, ...]:
        return next(((word, *group) for group in alike if word in group), ())

    parts = pieces_and(related)
    told = [Example(found.all(parts), label) for found, label in phrasings]
    likeness = Likeness(related, no_vector)
    saved = train(told, len(PHRASINGS), likeness=likeness).to_bytes()
    knowing = LinearModel.from_bytes(saved).knowing(likeness)
    assert knowing.to_bytes() == saved
    without = train(examples, len(PHRASINGS)).knowing(likeness)
    for strange, label in (("price", 3), ("town", 1), ("came", 0)):
        assert leading(knowing.scores(seen(strange))) == [label]
        assert probability(knowing.scores(seen(strange)), label) > 0.3
        assert probability(without.scores(seen(strange)), label) < 0.3  # no phrasing has it


def test_a_word_that_no_phrasing_has_speaks_through_those_that_point_the_same_way(
    phrasings: list[tuple[Features, int]], examples: list[Example]
) -> None:
    ways = {"costs": (640, 0, 90), "fees": (600, 90, 0), "city": (0, 640, 0), "town": (0, 600, 90)}

    def vector(word: str) -> Vector | None:
        return Vector(ways[word], 640**2) if word in ways else None

    likeness = Likeness(no_kin, vector)
    told = [
        Meant(added_up([one for one in map(vector, found.words) if one]), label)
        for found, label in phrasings
    ]
    meaning = MeaningHead(len(PHRASINGS), *discriminant(told, len(PHRASINGS)))
    learnt = train(examples, len(PHRASINGS), likeness=likeness, meaning=meaning)
    saved = learnt.made_ready(["fees"], ()).to_bytes()  # the others are multiplied out
    knowing = LinearModel.from_bytes(saved).knowing(likeness)
    assert knowing.to_bytes() == saved
    without = train(examples, len(PHRASINGS))
    for strange, label in (("fees", 3), ("town", 1)):
        asked = seen(strange)
        assert leading(knowing.scores(asked)) == [label]
        assert knowing.scores(asked) == learnt.scores(asked)
        assert probability(knowing.scores(asked), label) > 0.3
        assert probability(without.scores(asked), label) < 0.3  # no phrasing has it
        scale = knowing.scores(asked).scale
        says, other = (
            knowing.word_weights(asked, one, scale)[strange] for one in (label, 4 - label)
        )
        assert says > 0 > other


def drawn_examples() -> list[Example]:
    """A hundred and twenty phrasings of six words each, of twelve labels."""
    drawn = [zlib.crc32(b"%d" % n) ** 2 % 61 for n in range(720)]
    return [
        Example([f"w{n}" for n in dict.fromkeys(drawn[at : at + 6])], at // 6 % 12)
        for at in range(0, 720, 6)
    ]


def test_one_phrasing_more_changes_little_of_what_the_others_teach() -> None:
    """Not even where it comes first, and all others move by a place."""
    examples = drawn_examples()
    before, after = train(examples, 13), train([Example(["new", "words"], 12), *examples], 13)
    logits = [
        (
            before.scores(asked).logit(before.scores(asked).sums[label]),
            after.scores(asked).logit(after.scores(asked).sums[label]),
        )
        for asked in [Features(tuple(example.features), ()) for example in examples]
        for label in range(12)
    ]
    changes = [abs(one - other) for one, other in logits]
    assert max(changes) < 0.5


def test_the_same_weights_on_every_platform() -> None:
    """Sums of floats differ between Python versions: weights are sums of whole numbers."""
    model = train(drawn_examples(), 12)
    asked = [model.scores(feature(f"w{n}")).sums for n in range(61)]
    sums = [[total - HALF for total in found] for found in asked]
    assert hashlib.sha256(repr(sums).encode()).hexdigest()[:16] == "9b6db4709ac6ada9"
