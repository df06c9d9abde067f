"""What the entries of a base teach: from phrasings, answers and quotes to the head that tells the
entries apart."""

from __future__ import annotations

from functools import lru_cache

from bot.matching.discriminant import Meant, discriminant
from bot.matching.drafts import Draft, Drafts
from bot.matching.features import Features, Likeness, pieces, pieces_and
from bot.matching.head import question_features
from bot.matching.index import wording
from bot.matching.linear import LinearModel
from bot.matching.meaning import MeaningHead
from bot.matching.numbering import Example
from bot.matching.training import train
from bot.matching.vectors import VectorOf, added_up

MOST_CUT = 30_000  # phrasings of which words are cut to pieces: of more it would take minutes, and
# they hold most words in most forms; nor is a pair learnt then that one phrasing alone has
FEW_EACH = 25  # phrasings of an item on average, up to which words stand for what is near them,
# too: with more, they hold what people say
MOST_RELATED = 5_000  # phrasings in all up to which they do: it takes as long again
TOLD = 0.3  # what a sentence of an answer counts beside a phrasing


def has_few(drafts: Drafts) -> bool:
    """Whether a base has so few phrasings, each counted once, that words in them should stand for
    related ones."""
    phrasings = [len({wording(q) for _, q in draft.questions}) for draft in drafts.items]
    return sum(phrasings) <= min(MOST_RELATED, FEW_EACH * len(phrasings))


def learn_head(drafts: Drafts, likeness: Likeness | None, *, ready: bool = True) -> LinearModel:
    """Learns from all phrasings of a base, and from its answers and quotes: where there are few
    phrasings, these hold the words that people ask by. `likeness`: what words stand for beside
    themselves; `ready`: with what most questions need put in lanes, which pays where it is kept."""
    cut = sum(len(draft.questions) for draft in drafts.items) <= MOST_CUT
    parts = pieces_and(likeness.related) if likeness else pieces
    examples = (
        Example(found.all(parts) if cut else found.grams, item, counts)
        for item, draft in enumerate(drafts.items)
        for found, counts in _texts(draft).items()
    )
    meaning = _meaning(drafts, likeness.vector) if likeness else None
    model = train(examples, len(drafts.items), cut=cut, likeness=likeness, meaning=meaning)
    return model.made_ready(*_used(drafts)) if ready else model


def _meaning(drafts: Drafts, vector: VectorOf) -> MeaningHead:
    """What the items say for what their words mean."""
    known = lru_cache(None)(vector)
    phrasings = [
        Meant(added_up([found for found in map(known, texts.words) if found]), item, counts)
        for item, draft in enumerate(drafts.items)
        for texts, counts in _texts(draft).items()
    ]
    return MeaningHead(len(drafts.items), *discriminant(phrasings, len(drafts.items)))


def _used(drafts: Drafts) -> tuple[list[str], list[str]]:
    """The words and the grams of a base, in order: those of most questions."""
    texts = [found for draft in drafts.items for found in _texts(draft)]
    return (
        sorted({word for found in texts for word in found.words}),
        sorted({gram for found in texts for gram in found.grams}),
    )


def _texts(draft: Draft) -> dict[Features, float]:
    """The features of an item's phrasings and of what it tells, with what these count."""
    told = dict.fromkeys(map(question_features, draft.told), TOLD)
    return told | dict.fromkeys((question_features(q) for _, q in draft.questions), 1.0)
