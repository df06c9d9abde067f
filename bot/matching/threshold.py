"""How sure the linear head must be before it answers, found from the phrasings alone.

Part of the phrasings is held out, the head learns from the rest, and the threshold is where it
would still give all but a few of its right answers. What nobody answers need not be known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.matching.linear import Example, train

HELD_OUT = 4  # one phrasing of a label in so many
ENOUGH = 30  # right answers on which a threshold can rest
GIVEN_UP = 0.06  # of the right answers: these are no surer than what nobody answers
USUAL = 0.15  # where there are too few phrasings to find out


def threshold(examples: Sequence[Example], labels: int) -> float:
    """The least probability to answer with."""
    order: Counter[int] = Counter()
    learnt: list[Example] = []
    asked: list[Example] = []
    for example in examples:
        order[example[1]] += 1
        (asked if order[example[1]] % HELD_OUT == 0 else learnt).append(example)
    model = train(learnt, labels)
    right: list[float] = []
    for features, label in asked:
        scores = model.scores(features)
        if scores.best() == label:
            right.append(scores.probability(label))
    if len(right) < ENOUGH:
        return USUAL
    return sorted(right)[int(GIVEN_UP * len(right))]
