"""What the contract limits: lengths of answers, numbers of suggestions, kinds of outcome."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

from bot.dialogue.answerer import Answerer
from bot.dialogue.compose import LONGEST_COMBINED_ANSWER, MOST_QUOTES, MOST_SUGGESTIONS
from bot.facts.model import Quote
from tests.matching.asked_in_order import sample
from tests.matching.bases import FACTS, SOURCE, answering, base, fact

LONGEST_PLAIN = 400
LONGEST_WAIT = 1.0  # seconds: a tenth of it as a rule, and seconds to a minute without the limits


def test_every_fact_of_the_shipped_base_is_told_within_the_limits(shipped: Answerer) -> None:
    too_long = []
    for one in shipped.base.facts:
        shown = shipped.show(one.id)
        assert shown is not None
        (part,) = shown[0].parts
        limit = LONGEST_PLAIN if len(part.sides) == 1 else LONGEST_COMBINED_ANSWER
        if len(part.answer) > limit:
            too_long.append((one.id, len(part.answer)))
        assert len(part.quotes) <= MOST_QUOTES
        assert len(part.related) <= MOST_SUGGESTIONS
        assert one.id not in {suggestion.fact for suggestion in part.related}
    assert too_long == []


def test_every_reply_is_within_the_limits(shipped: Answerer) -> None:
    asked = sample(shipped.base, 11)
    outcomes = set()
    for question in asked:
        for part in shipped.reply(question)[0].parts:
            outcomes.add(part.outcome)
            assert len(part.suggestions) <= MOST_SUGGESTIONS
            assert len(part.answer) <= LONGEST_COMBINED_ANSWER
            assert 0 <= part.confidence <= 1
            assert part.confidence == round(part.confidence, 3)
            assert (part.outcome == "answer") == bool(part.sides)
            assert part.outcome != "answer" or part.sources
            assert part.outcome != "suggest" or part.suggestions
    assert {"answer", "suggest", "unknown"} <= outcomes


def test_sides_that_would_be_too_long_together_are_left_out() -> None:
    long = "word " * 79 + "end."
    sides = ("one", "two", "three")
    facts = tuple(
        fact(id_, f"{id_} {long}"[:LONGEST_PLAIN], f"what of side {id_}?", contradicts=others)
        for id_ in sides
        for others in [tuple(other for other in sides if other != id_)]
    )
    shown = answering(base(facts, unanswered=())).show("one")
    assert shown is not None
    assert shown[0].facts[0] == "one"
    assert len(shown[0].answer) <= LONGEST_COMBINED_ANSWER


def test_no_quote_is_shown_twice_nor_more_than_a_few() -> None:
    words = tuple(Quote(f"word {n // 2}", SOURCE.id, "nora-quist") for n in range(20))
    facts = tuple(replace(one, quotes=words) if one.id == "words" else one for one in FACTS)
    shown = answering(base(facts)).show("words")
    assert shown is not None
    texts = [quote.text for quote in shown[0].quotes]
    assert len(texts) == len(set(texts)) == MOST_QUOTES
    (part,) = shown[0].parts
    assert [quote.text for quote in (*part.quotes, *part.further)] == [
        f"word {n}" for n in range(10)
    ]


def test_what_stands_in_a_longer_quote_is_not_shown_beside_it() -> None:
    whole = "they drank the lake, and nobody asked"
    parts = (
        *(("the lake", "nora-quist"), (whole, "nora-quist"), ("nobody", "omar-hale")),
        ("the", None),
        ("he l", "nora-quist"),
    )
    words = tuple(Quote(text, SOURCE.id, speaker) for text, speaker in parts)
    facts = tuple(replace(one, quotes=words) if one.id == "words" else one for one in FACTS)
    shown = answering(base(facts)).show("words")
    assert shown is not None
    (part,) = shown[0].parts
    told = [quote.text for quote in (*part.quotes, *part.further)]
    assert told == [whole, "nobody", "the", "he l"]


@pytest.mark.parametrize("question", ["who", "talks?", "the lake", "what about Iran", "talks Iran"])
def test_at_most_three_questions_are_offered(question: str) -> None:
    reply, _ = answering(base()).reply(question)
    offered = [(s.fact, s.question) for s in reply.suggestions]
    assert len(offered) == len(set(offered)) <= MOST_SUGGESTIONS
    first = {one.id: one.questions[0] for one in FACTS}
    assert all(first[fact_id] == text for fact_id, text in offered)


def test_a_contradiction_shows_every_side_that_fits(shipped: Answerer) -> None:
    disputed = [one for one in shipped.base.facts if one.contradicts]
    assert disputed
    for one in disputed:
        shown = shipped.show(one.id)
        assert shown is not None
        assert shown[0].facts[0] == one.id
        assert set(shown[0].facts[1:]) <= set(one.contradicts)
        assert len(shown[0].facts) >= 2


@pytest.mark.parametrize("length", [1_000, 2_000])
@pytest.mark.parametrize("then", ["", "and Russia?"])
def test_a_list_of_names_holds_nobody_up(shipped: Answerer, length: int, then: str) -> None:
    names = ("Taliban Russia Lavrov Shaheen Sarabi Ghani Moscow Kabul " * 40)[:length]
    _, before = shipped.reply(names)

    begun = perf_counter()
    shipped.reply(then or names, before)

    assert perf_counter() - begun < LONGEST_WAIT


@pytest.mark.parametrize("question", ["did Taliban go to ", "was Iran and Russia not in "])
def test_a_whether_question_of_many_names_holds_nobody_up(shipped: Answerer, question: str) -> None:
    begun = perf_counter()
    shipped.reply((question * 200)[:2_000])

    assert perf_counter() - begun < LONGEST_WAIT


def test_a_question_too_long_to_be_left_out_is_not_leant_on(shipped: Answerer) -> None:
    _, after = shipped.reply("who led the delegation " * 40)

    assert after.question == ""
