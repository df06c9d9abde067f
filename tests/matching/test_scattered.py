"""Words that belong together and stand apart are put together where nothing else is understood."""

from __future__ import annotations

import pytest

from bot.facts.model import Person
from bot.matching.decide import Thresholds
from bot.matching.engine import Matcher
from bot.matching.scattered import Scattered
from bot.matching.text import tokens
from tests.matching.bases import PEOPLE, base, english, fact, matched, matching

COUNCIL = Person("council", "Lake Water Council", "body")
FACTS = (
    fact(
        "members",
        "The Lake Water Council has nine members.",
        "How many members does the Lake Water Council have?",
        "how many people sit on the Lake Water Council",
        "number of members of the Lake Water Council",
    ),
    fact(
        "talks-length",
        "The talks took three days.",
        "How long did the talks last?",
        "how long did they talk",
        "the talks went on for how long",
    ),
    fact(
        "sent",
        "Latvia sent a letter to Estonia.",
        "Did Latvia send Estonia a letter?",
        "what did Latvia send to Estonia",
        "Latvia sent Estonia a letter, didn't it",
        "who sent Estonia a letter",
    ),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base(FACTS, (*PEOPLE, COUNCIL)))


def together(matcher: Matcher, text: str) -> str | None:
    words = Scattered(matcher.lexicon, matcher.index.verbs).together(tokens(text))
    return None if words is None else " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("members many does Council the Water how Lake have", "how many members does lake water"),
        ("the talks last how long", "how long the talks last"),
        ("a letter did Latvia send", "did a letter latvia send"),
    ],
)
def test_names_and_question_words_come_together_and_the_question_first(
    matcher: Matcher, typed: str, meant: str
) -> None:
    assert (together(matcher, typed) or "").startswith(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "how many members does the Lake Water Council have",
        "did Latvia send Estonia a letter",
        "when was that",
        "what can you do for me",
        "for how many days did the talks last",
        "to which members of the council does it matter",
        "a lake",
        "",
    ],
)
def test_what_is_in_order_stays_as_it_is(matcher: Matcher, typed: str) -> None:
    assert together(matcher, typed) is None


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("members many does Council the Water how Lake have", "members"),
        ("long talks the last did how", "talks-length"),
    ],
)
def test_shuffled_questions_are_answered(matcher: Matcher, typed: str, answered: str) -> None:
    decision = matched(matcher, typed).decision
    assert (decision.verb, decision.chosen) == ("answer", (answered,))


def test_only_where_words_stand_as_none_would_the_order_of_names_says_nothing(
    matcher: Matcher,
) -> None:
    scattered = Scattered(matcher.lexicon, matcher.index.verbs)
    assert scattered.is_shuffled(tokens("letter a did Latvia send Estonia the"))
    assert scattered.is_shuffled(tokens("the did Latvia send a letter"))
    assert scattered.is_shuffled(tokens("a letter Latvia Estonia did send"))
    assert scattered.is_shuffled(tokens("the Council members Lake has how Water many"))
    assert not scattered.is_shuffled(tokens("the Council of the Water and the Lake"))
    assert not scattered.is_shuffled(tokens("who did they talk with about it, and where from"))
    assert not scattered.is_shuffled(tokens("a letter, did Estonia send it to the US"))
    assert matched(matcher, "did Estonia send Latvia a letter").decision.verb != "answer"
    assert matched(matcher, "a letter did Estonia send Latvia").decision.verb != "answer"
    turned = "did Estonia send Latvia a letter, what was it about and why"
    assert matched(matcher, turned).decision.verb != "answer"


def test_words_in_no_order_are_not_held_against_it_that_no_phrasing_has_them_side_by_side(
    matcher: Matcher,
) -> None:
    shuffled = tokens("in the a letter of did Estonia send Latvia")
    [inorder] = matcher.readings(shuffled)
    loose = inorder._replace(in_order=False)
    assert matcher.search.shares(loose)[0][1] > matcher.search.shares(inorder)[0][1]
    known = matcher.readings(tokens("did Latvia send Estonia a letter"))[0]
    assert matcher.search.shares(known._replace(in_order=False)) == matcher.search.shares(known)


def test_what_has_no_answer_gets_none_by_being_put_together(matcher: Matcher) -> None:
    for typed in ("the moon of cheese how made is", "Council Water Lake the like you do"):
        assert matched(matcher, typed).decision.verb != "answer"


def test_a_base_of_nothing_has_no_answer_however_little_is_enough() -> None:
    lowest = Thresholds(answer=0.0, suggest=0.0)
    empty = Matcher(base((), unanswered=()), english(), thresholds=lowest)
    match = matched(empty, "who came to the lake")
    assert (match.candidates, match.decision.verb) == ((), "unknown")


def test_what_is_contracted_stays_with_its_question_word(matcher: Matcher) -> None:
    words = Scattered(matcher.lexicon, frozenset()).together(tokens("Water Lake the what's"))
    assert words is not None
    assert [word.text for word in words[:2]] == ["what", "is"]
