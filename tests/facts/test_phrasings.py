"""Phrasings that draw what is asked of others, or that are as good as another's, are told."""

from __future__ import annotations

from bot.facts.model import Base, Event, Fact, Person, Unanswered
from bot.facts.phrasings import phrasing_doubts
from bot.facts.wording import load_wording
from bot.resources import config_dir

OTHERS = {f"other-{count}": [f"what {count} says of the vote", "else"] for count in "abc"}
PEOPLE = (
    Person("ann", "Ann Lee", "person", aliases=("Ann",)),
    Person("bob", "Bob Ray", "person", aliases=("Bob",)),
    Person("club", "the vote", "body"),
)


def _told(
    facts: dict[str, list[str]], unanswered: dict[str, list[str]], people: int = 2
) -> list[str]:
    base = Base(
        Event("event", "An event"),
        (),
        tuple(Fact(id_, "It was so.", questions) for id_, questions in facts.items()),
        PEOPLE[:people],
        unanswered=tuple(Unanswered(id_, questions) for id_, questions in unanswered.items()),
    )
    wording = load_wording(config_dir() / "checking", "en")
    return [
        f"{one.entry} {one.index}: {one.message}; {one.remedy}"
        for one in phrasing_doubts(base, wording)
    ]


def test_a_bare_word_that_others_are_asked_with_is_told() -> None:
    found = {"result": ["did Ann lose", "Vote?", "who won"], **OTHERS}

    assert _told(found, {}) == [
        (
            "result 1: the question 'Vote?' is one bare word, and 3 other entries are asked with"
            " it: it draws what is theirs; say what of it is asked"
        )
    ]


def test_a_bare_word_that_few_ask_with_or_that_is_the_topic_or_a_name_is_not_told() -> None:
    few = {"result": ["did Ann lose", "vote", "who won"], **dict(list(OTHERS.items())[:2])}
    topic = {"vote-held": ["vote", "when was the vote", "was there a vote"], **OTHERS}
    named = {"result": ["did Ann lose", "vote", "who won"], **OTHERS}

    assert _told(few, {}) == []
    assert _told(topic, {}) == []
    assert _told(named, {}, people=3) == []


def test_what_is_not_answered_and_a_fact_share_no_question_but_for_articles_and_order() -> None:
    facts = {"judge": ["who is the judge", "name of the judge"]}

    found = _told(facts, {"no-name": ["Who is judge?", "name of a judge", "the judge is who"]})

    assert [line.partition("; ")[0] for line in found] == [
        "no-name 0: the question 'Who is judge?' is as good as 'who is the judge' of `judge`",
        "no-name 1: the question 'name of a judge' is as good as 'name of the judge' of `judge`",
        "no-name 2: the question 'the judge is who' is as good as 'who is the judge' of `judge`",
    ]
    assert found[0].endswith("; keep one of them, or ask for what differs")


def test_two_facts_may_be_asked_with_the_same_words_in_another_order() -> None:
    facts = {"chased": ["did the dog chase the cat"], "fled": ["did the cat chase the dog"]}

    assert _told(facts, {}) == []
    assert len(_told({**facts, "dog": ["did a dog chase a cat"]}, {})) == 1


def test_names_in_each_others_places_ask_something_else() -> None:
    assert _told({"one": ["did Ann accuse Bob"]}, {"two": ["did Bob accuse Ann"]}) == []


def test_what_one_entry_repeats_is_its_own() -> None:
    assert _told({"one": ["who won the vote", "who won a vote", "who the vote won"]}, {}) == []
