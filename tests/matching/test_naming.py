"""Which one, for how much, when exactly: what a fact is near to but cannot tell."""

from __future__ import annotations

import pytest

from bot.facts.model import Person
from bot.matching.engine import Matcher
from tests.matching.bases import PEOPLE, base, fact, matched, matching, objections

FACTS = (
    fact(
        "van",
        "The thieves fled in a white van, which had been stolen in August from a bakery.",
        "What did the thieves flee in?",
        "how did they get away",
        "Where was the van stolen?",
        "was the van stolen from a bakery",
        "the van of the thieves",
    ),
    fact(
        "guard",
        "The guard, Omar Hale, 58, was tied up for half an hour and then taken to hospital.",
        "What happened to the guard?",
        "was the guard hurt",
        "was the guard in hospital",
        "did they tie up the guard",
        about=("omar-hale",),
    ),
    fact(
        "alarm",
        "The alarm rang 17 times in September because of birds, and the police drove out twice.",
        "How many false alarms were there?",
        "did the alarm ring for nothing before",
        "what did the police do about the false alarms",
        "how many times did the alarm ring",
    ),
    fact(
        "cafe",
        "The museum built a new cafe, called Tern.",
        "What did the museum build?",
        "is there a new cafe",
        "tell me about the cafe of the museum",
        "what about the new cafe",
    ),
    fact(
        "clinic",
        "The union says that the driver of the lorry, whom Sal Moss knows, was treated in Tern "
        "for burns. Ina Berg, who owns a kiosk there, saw it.",
        "Who was the driver of the lorry?",
        "where was the driver treated",
        "was anybody treated for burns",
        "who saw the lorry from her kiosk",
        about=("union", "ina-berg", "tern"),
    ),
    fact(
        "insurance",
        "The gold was insured for 18 million crowns.",
        "Was the gold insured?",
        "how much was the gold insured for",
        "the insurance of the gold",
    ),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base(FACTS, unanswered=()))


@pytest.mark.parametrize(
    ("question", "fact_id", "gate"),
    [
        ("Which bakery was the van stolen from?", "van", "which"),
        ("what bakery was the van stolen from", "van", "which"),
        ("name of the bakery the van was stolen from", "van", "which"),
        ("what is the bakery called", "van", "which"),
        ("Which hospital was the guard taken to?", "guard", "which"),
        ("what was the hospital's name", "guard", "which"),
        ("name of the lorry driver", "clinic", "which"),
        ("what's the name of the driver that was treated for burns", "clinic", "which"),
        ("which newspaper did the guard talk to", "guard", "which"),
        ("which bakery lent the thieves a van", "van", "which"),
        ("name of Omar Hale's driver", "guard", "which"),
        ("which driver was treated for burns", "clinic", "which"),
        ("what is the kiosk called", "clinic", "which"),
        ("What did the alarm cost?", "alarm", "asked"),
        ("how much did the police get paid for the false alarms", "alarm", "asked"),
        ("what was the price of the new cafe", "cafe", "asked"),
        ("why is there a new cafe", "cafe", "cause"),
        ("how many false alarms were there in August", "alarm", "figure"),
        ("how often did the thieves flee in the van", "van", "asked"),
    ],
)
def test_what_the_fact_cannot_tell_is_objected_to(
    matcher: Matcher, question: str, fact_id: str, gate: str
) -> None:
    match = matched(matcher, question)
    assert gate in objections(match, fact_id)
    assert match.decision.verb != "answer"


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("what is the guard's name", "guard"),
        ("what is the name of the guard", "guard"),
        ("name of the guard who was tied up", "guard"),
        ("how long was the guard tied up", "guard"),
        ("how old is the guard", "guard"),
        ("what is the new cafe called", "cafe"),
        ("how many false alarms were there in September", "alarm"),
        ("why did the alarm ring for nothing", "alarm"),
        ("when did the alarm ring for nothing", "alarm"),
        ("how much money was the gold insured for", "insurance"),
        ("when was the van stolen", "van"),
    ],
)
def test_what_the_fact_tells_is_not(matcher: Matcher, question: str, fact_id: str) -> None:
    match = matched(matcher, question)
    assert not objections(match, fact_id)
    assert match.candidates[0].id == fact_id


@pytest.mark.parametrize(
    "question",
    [
        "in the name of the law, was the guard hurt",
        "they call the guard by name, then",
        "what hospital treatment did the guard get",
        "what happened to the guard after the hospital was called",
    ],
)
def test_a_name_in_passing_is_not_asked_for(matcher: Matcher, question: str) -> None:
    assert "which" not in objections(matched(matcher, question), "guard")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how much did it cost", "money"),
        ("what did the cafe cost the museum", "money"),
        ("what was the price", "money"),
        ("what is the price of gold", "money"),
        ("what was the guard paid", "money"),
        ("what does the mayor earn", "money"),
        ("how much were the coins worth", "money"),
        ("what money was lost", "what"),
        ("what cash machines worked", "what"),
        ("what did they say about the cost", "what"),
        ("what did they pay attention to", "what"),
        ("how many people paid", "count"),
    ],
)
def test_a_price_is_asked_for(matcher: Matcher, question: str, asked: str) -> None:
    assert matched(matcher, question).question.asked == asked


def test_what_is_also_another_word_is_no_month(matcher: Matcher) -> None:
    assert "figure" not in objections(
        matched(matcher, "did the police march for the alarm"), "alarm"
    )


def test_a_fact_that_is_asked_for_the_name_may_know_it() -> None:
    told = fact(
        "ferry",
        "A ferry sank.",
        "Which ferry sank?",
        "what was the name of the ferry",
        "what sank",
        "tell me about the ferry",
    )
    match = matched(matching(base((*FACTS, told), unanswered=())), "what ferry was it that sank")
    assert not objections(match, "ferry")


def test_what_stands_for_somebody_is_no_name_of_theirs() -> None:
    guild = Person("tern-guild", "Tern Guild", "body", aliases=("guild",))
    loss = fact(
        "loss",
        "At nine crowns the guild put its loss, which its insurer pays.",
        "How big was the loss?",
        "is the loss insured by a company",
        "what does the insurer pay",
        about=(guild.id,),
    )
    matcher = matching(base((*FACTS, loss), people=(*PEOPLE, guild), unanswered=()))

    assert "which" in objections(matched(matcher, "which company insured the loss"), "loss")


def test_an_age_is_told_of_whoever_stands_nearest() -> None:
    dog = Person("brin", "Brin", "body")
    found = fact(
        "found",
        "Brin, a six-year-old spaniel, found Omar Hale under the snow.",
        "Who found Hale?",
        "how was Omar Hale found",
        "how old is Brin",
        about=("omar-hale", dog.id),
    )
    matcher = matching(base((*FACTS, found), people=(*PEOPLE, dog), unanswered=()))

    assert "asked" in objections(matched(matcher, "how old is Omar Hale"), "found")
    assert not objections(matched(matcher, "how old is Brin"), "found")


def test_who_those_are_that_nobody_names_is_not_told() -> None:
    experts = fact(
        "experts",
        "On Wednesday the talks go on with experts on water.",
        "When do the talks go on?",
        "what happens on Wednesday",
        "do experts take part",
        "will experts meet",
    )
    matcher = matching(base((*FACTS, experts)))
    assert "cause" in objections(matched(matcher, "who are the experts"), "experts")
    assert "cause" not in objections(matched(matcher, "do the experts meet"), "experts")
    assert objections(matched(matcher, "who was the driver of the lorry"), "clinic") == set()


def test_no_country_is_the_name_of_a_thing_that_is_told_nowhere() -> None:
    power = fact(
        "power",
        "Latvia needs the power for half of its people.",
        "Why does Latvia need the power?",
        "what is the power for",
        "who needs the power",
    )
    matcher = matching(base((*FACTS, power)))
    asked = "what is the name of the power line"
    assert "which" in objections(matched(matcher, asked), "power")
