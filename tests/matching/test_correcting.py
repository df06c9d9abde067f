"""A whether-question with something wrong in it is answered by the fact that puts it right."""

from __future__ import annotations

import pytest

from bot.matching.correcting import corrections
from bot.matching.engine import Matcher
from bot.matching.text import tokens
from tests.matching.bases import FACTS, base, fact, matched, matching


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base())


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("Were there six delegates from Iran?", "delegates"),
        ("Did 12 delegates come from Iran?", "delegates"),
        ("Did the United States send nine observers?", "observers"),
        ("Did the talks last six hours?", "length"),
        ("Were the talks held on Monday?", "day"),
        ("Were the talks on a Sunday?", "day"),
        ("Were the talks held in 2011?", "day"),
        ("Did Omar Hale open the talks?", "opener"),
        ("Were the talks opened by Omar Hale?", "opener"),
        ("Did Angela Merkel open the talks?", "opener"),
        ("Could Omar Hale have opened the talks?", "opener"),
        ("Were the talks held in Riga?", "place"),
        ("Is it true that the talks were held in Oslo?", "place"),
    ],
)
def test_what_is_wrong_is_put_right(matcher: Matcher, question: str, fact_id: str) -> None:
    match = matched(matcher, question)
    assert match.decision.verb == "answer"
    assert match.decision.chosen == (fact_id,)


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("Were there seven delegates from Iran?", "delegates"),
        ("Did the talks last four hours?", "length"),
        ("Were the talks held on Tuesday?", "day"),
        ("Did Nora Quist open the talks?", "opener"),
        ("Were the talks held in Tallinn?", "place"),
    ],
)
def test_what_is_right_needs_no_correction(matcher: Matcher, question: str, fact_id: str) -> None:
    match = matched(matcher, question)
    assert match.decision.chosen == (fact_id,)
    assert match.decision.verb == "answer"
    assert match.corrected == ()


@pytest.mark.parametrize(
    "question",
    [
        "How many delegates came from Riga?",  # not asked whether
        "Did Angela Merkel find that the lake lost water?",  # nobody is asked for who found it
        "Were there six cooks from Iran?",  # no fact counts cooks
        "Did it snow on Monday?",
        "Was it in 2019?",  # of nothing in particular
        "Was it six?",
    ],
)
def test_what_no_fact_puts_right_is_not_corrected(matcher: Matcher, question: str) -> None:
    match = matched(matcher, question)
    assert match.corrected == ()
    assert match.decision.verb != "answer"


def test_who_was_asked_with_puts_no_other_name_right() -> None:
    appeal = fact(
        "appeal",
        "Nora Quist called for calm.",
        "What did Nora Quist call for?",
        "who called for calm",
        "Quist's call for calm",
        about=("nora-quist",),
    )
    match = matched(matching(base((*FACTS, appeal))), "Did Nora Quist call Angela Merkel?")
    assert match.corrected == ()
    assert match.decision.verb != "answer"


def test_a_question_that_asks_nothing_without_its_name_is_not_asked_without_it(
    matcher: Matcher,
) -> None:
    for question, behind in (
        ("Did Omar Hale say anything himself?", 0),
        ("Did Omar Hale open the talks?", 1),
    ):
        (reading,) = matcher.readings(tokens(question))
        language = matcher.lexicon.language
        found = corrections(
            reading, language, matcher._is_stranger, matcher._kinds, matcher.index.verbs
        )
        assert len(list(found)) == behind


def test_one_word_puts_nobody_right_where_the_phrasing_says_more() -> None:
    engine = fact(
        "engine",
        "Nora Quist said that a winch broke on the old ferry in Trondal.",
        "What broke on the old ferry in Trondal?",
        "who saw what broke on the old ferry",
        "which part of the old ferry broke in Trondal",
        about=("nora-quist",),
    )
    matcher = matching(base((*FACTS, engine)))
    assert matched(matcher, "what broke").decision.chosen == ("engine",)
    for question in ("is Omar Hale broke", "is Angela Merkel broke"):
        match = matched(matcher, question)
        assert match.corrected == ()
        assert match.decision.verb != "answer"


def test_what_one_has_says_nothing_of_another() -> None:
    driver = fact(
        "driver",
        "Nora Quist has a driver.",
        "Does Nora Quist have a driver?",
        "who has a driver",
        "has anybody got a driver",
        about=("nora-quist",),
    )
    matcher = matching(base((*FACTS, driver)))
    assert matched(matcher, "Does Nora Quist have a driver?").decision.chosen == ("driver",)
    for question in ("Does Omar Hale have a driver?", "Has Angela Merkel got a driver?"):
        match = matched(matcher, question)
        assert match.decision.verb != "answer"
        assert match.corrected == ()


@pytest.fixture(scope="module")
def hall() -> Matcher:
    left = fact(
        "left",
        "Nora Quist left the hall.",
        "Who left the hall?",
        "who was it that left the hall",
        "did Nora Quist leave the hall",
        about=("nora-quist",),
    )
    claim = fact(
        "claim",
        "Omar Hale said that the paper was changed.",
        "Why did Nora Quist leave the hall?",
        "is it true that Omar Hale had the paper changed",
        "what was right about the paper",
        about=("omar-hale", "nora-quist"),
    )
    return matching(base((*FACTS, left, claim)))


@pytest.mark.parametrize(
    "question",
    [
        "Omar Hale left the hall, right?",
        "is it true that Omar Hale left the hall",
        "is it correct that Omar Hale left the hall",
    ],
)
def test_whether_something_is_true_says_nothing_of_what(hall: Matcher, question: str) -> None:
    assert matched(hall, question).decision.chosen == ("left",)
