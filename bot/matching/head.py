"""The learnt half of the evidence: what tells each item of a base from its rivals."""

from __future__ import annotations

from math import exp

from bot.matching.features import Features, features
from bot.matching.linear import LinearModel
from bot.matching.question import Question

LABELS = 100  # that a base is taken to have at least: what it leaves out is a choice, too
HOPELESS = 0.1  # of the best's share: no evidence makes up for less
NEITHER = 0.5  # the logit of a label that a question has nothing to do with


def question_features(question: Question) -> Features:
    """A question as the linear head sees it: its terms for stems, names by whom they name."""
    return features(
        [word.text for word in question.words if word.kind != "name"],
        [word.terms[0] if word.terms else word.text for word in question.words],
    )


def _features(model: LinearModel, question: Question) -> Features:
    """Those that a model looks at. Where a question's words are in no order, that no phrasing has
    them side by side says nothing."""
    asked = question_features(question)
    return asked if question.in_order else model.without_strange_pairs(asked)


def likeliest(model: LinearModel, question: Question, count: int) -> list[tuple[int, float]]:
    """The items that the head holds for likeliest, each with its share of all, in four decimals;
    the rest goes to what a small base lacks. Beyond the first two, only what is not hopeless."""
    if not model.labels:
        return []
    scores = model.scores(_features(model, question))
    best = scores.best(count, HOPELESS)
    total = scores.powers(max(0, LABELS - model.labels), NEITHER)
    top = best[0][1]
    return [(label, round(exp((its - top) / scores.scale) / total, 4)) for label, its in best]


def spoke(model: LinearModel, question: Question, label: int) -> list[tuple[str, float]]:
    """What each word of a question says for an item or against it, in logits, the most telling
    first; two words that stand side by side speak together."""
    asked = _features(model, question)
    scale = model.scores(asked).scale
    sums = {gram: model.weight(gram, label) for gram in asked.grams}
    for word, weight in model.word_weights(asked, label, scale).items():
        sums[word] = sums.get(word, 0) + weight
    told = [(text, round(total / scale, 2)) for text, total in sums.items()]
    return sorted((one for one in told if one[1]), key=lambda one: (-abs(one[1]), one[0]))
