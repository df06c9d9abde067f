"""Completes what somebody types to questions that a base answers."""

from __future__ import annotations

from functools import cached_property

from bot.facts.model import Base

MOST_QUESTIONS = 5_000  # looked through at each keystroke: a few milliseconds, nothing for a loop
MOST_TYPED = 100  # characters that are looked at: no question is much longer
NEAREST = 400  # questions, by their letters alone, that are looked at closely
LIKELY = 55.0  # rapidfuzz's score, 0 to 100, from which a question is offered


class Completer:
    """Finds known questions by what is typed so far, typos and all."""

    def __init__(self, base: Base) -> None:
        self._base = base
        first = {fact.questions[0]: fact.id for fact in base.facts}
        examples = [(first[text], text) for text in base.event.examples if text in first]
        self._opening = list(
            dict.fromkeys(examples + [(fact.id, fact.questions[0]) for fact in base.facts])
        )

    @cached_property
    def _questions(self) -> list[tuple[str, str]]:
        """Made at the first keystroke: a bot in a quiet channel needs none of it."""
        facts = self._base.facts
        each = max(1, MOST_QUESTIONS // max(1, len(facts)))
        return [(fact.id, question) for fact in facts for question in fact.questions[:each]]

    @cached_property
    def _folded(self) -> list[str]:
        from rapidfuzz import utils  # noqa: PLC0415

        return [utils.default_process(question) for _, question in self._questions]

    def complete(self, typed: str, limit: int) -> list[tuple[str, str]]:
        """At most `limit` pairs of a fact's id and its question, the likeliest first.

        Of what is typed the first MOST_TYPED characters count.
        """
        from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - two megabytes

        folded = utils.default_process(typed[:MOST_TYPED])
        if not folded:
            return self._opening[:limit]
        # Comparing letters alone takes a twentieth of the time that words or parts take.
        nearest = process.extract(
            folded, self._folded, scorer=fuzz.ratio, processor=None, limit=NEAREST
        )
        by_letters = {at: score for _, score, at in nearest}
        scores: dict[int, float] = {}
        for scorer in (fuzz.token_set_ratio, fuzz.partial_ratio):
            near = process.extract(
                folded,
                {at: question for question, _, at in nearest},
                scorer=scorer,
                processor=None,
                limit=limit * 4,
                score_cutoff=LIKELY,
            )
            for _, score, at in near:
                scores[at] = scores.get(at, by_letters[at]) + score
        ranked = sorted(scores, key=lambda at: (-scores[at], at))
        return [self._questions[at] for at in ranked[:limit]]
