"""The learnt half of the evidence: what tells each item of a base from its rivals."""

from __future__ import annotations

from math import exp, fsum

from bot.matching.drafts import Drafts
from bot.matching.features import features
from bot.matching.linear import LinearModel, train
from bot.matching.question import Question


def question_features(question: Question) -> list[str]:
    """A question as the linear head sees it: its terms for stems, names by whom they name."""
    return features(
        [word.text for word in question.words if word.kind != "name"],
        [word.terms[0] if word.terms else word.text for word in question.words],
    )


def learn_head(drafts: Drafts) -> LinearModel:
    """Learns from all phrasings of a base."""
    examples = [
        (list(found), item)
        for item, draft in enumerate(drafts.items)
        for found in dict.fromkeys(tuple(question_features(q)) for _, q in draft.questions)
    ]
    return train(examples, len(drafts.items))


LABELS = 100  # that a base is taken to have at least: what it leaves out is a choice, too
NEITHER = 0.5  # the logit of a label that a question has nothing to do with


def probabilities(model: LinearModel, question: Question) -> list[float]:
    """What the head gives each item, in four decimals; the rest goes to what a small base lacks."""
    logits = model.scores(question_features(question)).logits
    if not logits:
        return []
    top = max(logits)
    powers = [exp(logit - top) for logit in logits]
    lacking = max(0, LABELS - len(logits))
    total = fsum(powers) + lacking * exp(NEITHER - top)
    return [round(power / total, 4) for power in powers]
