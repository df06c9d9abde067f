"""A covering fact and its parts are no rivals; sides that contradict each other are shown together;
close strangers are both offered."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer
from bot.dialogue.plain import as_text
from bot.facts.model import Fact
from bot.matching.decide import decide
from tests.matching.bases import FACTS, answering, base, fact, matched, matching, texts


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("Who attended the talks?", "attendance"),
        ("how many people came to the talks", "attendance"),
        ("How many delegates came from Iran?", "delegates"),
        ("how many delegates", "delegates"),
        ("How many observers did the United States send?", "observers"),
    ],
)
def test_the_general_question_gets_the_whole_and_the_particular_one_the_part(
    answerer: Answerer, question: str, fact_id: str
) -> None:
    reply, _ = answerer.reply(question)
    assert reply.outcome == "answer"
    assert reply.facts == (fact_id,)


def herons(shore: str, do: str) -> Fact:
    return fact(
        shore,
        f"Herons {do} on the {shore} shore.",
        f"Where do herons {do} on the shore?",
        f"on which shore do herons {do}",
        f"shore where the herons {do}",
        f"place where herons {do}",
    )


WEST, EAST = herons("west", "feed"), herons("east", "hunt")
SHORES = fact(
    "shores",
    "Herons feed on the west shore and hunt on the east shore.",
    "Where are herons on the shore?",
    "the herons of the shore",
    covers=("west", "east"),
)


def test_rivals_without_a_whole_are_both_offered() -> None:
    reply, _ = answering(base((*FACTS, WEST, EAST))).reply("where herons shore")
    assert reply.outcome == "suggest"
    assert {suggestion.fact for suggestion in reply.suggestions} == {"west", "east"}


def test_what_covers_both_rivals_answers_instead() -> None:
    answerer = answering(base((*FACTS, WEST, EAST, SHORES)))
    assert answerer.reply("where herons shore")[0].facts == ("shores",)
    assert answerer.reply("where do herons feed")[0].facts == ("west",)
    assert answerer.reply("where do herons hunt")[0].facts == ("east",)


def test_the_whole_is_chosen_for_rivals_that_are_both_its_parts() -> None:
    matcher = matching(base((*FACTS, WEST, EAST, SHORES)))
    match = matched(matcher, "where do herons feed and hunt on the shore")
    given = {candidate.id: candidate for candidate in match.candidates}
    rivals = tuple(
        given[id_]._replace(confidence=confidence, score=score, objections=())
        for id_, confidence, score in (
            ("west", 0.9, 0.8),
            ("east", 0.9, 0.79),
            ("shores", 0.4, 0.2),
        )
    )
    assert decide(match.question, rivals, matcher.index, matcher.thresholds).chosen == ("shores",)
    without = decide(match.question, rivals[:2], matcher.index, matcher.thresholds)
    assert (without.verb, without.chosen) == ("suggest", ("west", "east"))


def test_what_agrees_with_no_word_of_a_question_is_only_offered() -> None:
    matcher = matching(base((*FACTS, WEST, EAST)))
    match = matched(matcher, "was it foggy")
    candidate = matched(matcher, "where do herons feed").candidates[0]
    sure = candidate._replace(confidence=0.9, evidence=candidate.evidence._replace(score=0.0))
    found = decide(match.question, [sure], matcher.index, matcher.thresholds)
    assert (found.verb, found.chosen) == ("suggest", ("west",))


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Did Estonia accuse Latvia of draining the lake?", ("accusation", "denial")),
        ("What did Latvia deny?", ("denial", "accusation")),
    ],
)
def test_both_sides_are_shown_the_one_asked_for_first(
    answerer: Answerer, question: str, sides: tuple[str, str]
) -> None:
    reply, _ = answerer.reply(question)
    assert reply.facts == sides
    told = as_text(reply, texts())
    assert told.index(answerer.base.fact_by_id[sides[0]].answer) < told.index(
        answerer.base.fact_by_id[sides[1]].answer
    )


def test_what_is_unanswered_competes_and_is_never_an_answer(answerer: Answerer) -> None:
    reply, _ = answerer.reply("when are the next talks")
    assert reply.outcome == "unknown"
    assert reply.best is not None
    assert reply.best.fact == "next-talks"
    assert reply.answer == "The source does not say whether they meet again."
    assert [suggestion.fact for suggestion in reply.suggestions] == ["day"]
    assert answerer.reply("when were the talks")[0].facts == ("day",)
