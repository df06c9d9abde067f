"""What words mean: names, small words that are names, synonyms, figures, fillers."""

from __future__ import annotations

import pytest

from bot.facts.model import Person
from bot.matching.engine import Matcher
from bot.matching.reading import Word, read
from bot.matching.text import tokens
from tests.matching.bases import PEOPLE, base, english, fact, matched, matching


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base())


def words(matcher: Matcher, text: str) -> list[Word]:
    return read(tokens(text), matcher.lexicon)


def names(matcher: Matcher, text: str) -> list[tuple[str, ...]]:
    return [word.terms for word in words(matcher, text) if word.kind == "name"]


def test_whose_somebody_is_is_not_their_name() -> None:
    people = (*PEOPLE, Person("son-in-law", "Omar Thorsby's son-in-law", "person"))
    matcher = matching(base(people=people))
    assert names(matcher, "did Thorsby come") == []
    assert names(matcher, "did Hale come") == [("@omar-hale",)]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("what happened on Friday the 14th", "#14"),
        ("on the 21st of March", "#21"),
        ("on the 3rd of March", "#3"),
        ("did it rain on April first", "#1"),
        ("did it rain on June the 2nd", "#2"),
        ("who was the first in June", ""),
        ("who was the 2nd to speak", ""),
    ],
)
def test_the_number_of_a_day_is_a_figure(matcher: Matcher, text: str, term: str) -> None:
    figures = [
        term for word in words(matcher, text) if word.kind == "figure" for term in word.terms
    ]
    assert figures == ([term] if term else [])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("did the US come", ["@united-states"]),
        ("did the U.S. come", ["@united-states"]),
        ("did us come", ["@united-states"]),
        ("tell us who came", []),
        ("give us the date", []),
        ("how many of us came", []),
        ("Nora Quist and Estonia", ["@nora-quist", "@estonia"]),
        ("quist", ["@nora-quist"]),
        ("Latvia's boat", ["@latvia"]),
        ("the latvians", ["@latvia"]),
        ("the United States of America", ["@united-states"]),
        ("united we stand", []),
    ],
)
def test_names_and_the_small_words_that_look_like_them(
    matcher: Matcher, text: str, named: list[str]
) -> None:
    assert names(matcher, text) == [(name,) for name in named]


def test_the_us_is_somebody_also_where_the_base_knows_nobody_of_that_name() -> None:
    others = [person for person in PEOPLE if person.id != "united-states"]
    matcher = matching(base(people=others))
    for text in ("what did the us say", "what did US officials say"):
        assert [word.text for word in words(matcher, text) if word.capital] == ["us"]
    for text in ("tell us who came", "WHO TOLD US", "is it so"):
        assert not any(word.capital for word in words(matcher, text))


def test_us_in_capitals_is_a_name_unless_all_is_shouted(matcher: Matcher) -> None:
    assert names(matcher, "tell US who came") == [("@united-states",)]
    assert names(matcher, "TELL US WHO CAME") == []
    assert names(matcher, "DID THE US COME") == [("@united-states",)]


def test_a_shared_name_stands_for_both_and_the_question_decides() -> None:
    people = (*PEOPLE, Person("ada-hale", "Ada Hale", "person", "a sailor", "she", ("Hale",)))
    facts = (
        fact("maps", "Omar Hale drew maps of the lake.", "What did Omar Hale draw?", "Hale's maps"),
        fact("race", "Ada Hale won the race.", "Which race did Ada Hale win?", "Hale's victory"),
    )
    matcher = matching(base(facts, people=people))
    assert names(matcher, "Hale") == [("@omar-hale", "@ada-hale")]
    assert matched(matcher, "did Hale draw maps").decision.chosen == ("maps",)
    assert matched(matcher, "what race was won by Hale").decision.chosen == ("race",)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("seven", "#7"),
        ("7", "#7"),
        ("90,000", "#90000"),
        ("nine million", "#9000000"),
        ("1.3 million", "#1300000"),
        ("700k", "#700000"),
        ("two hundred thousand", "#200000"),
        ("1.5", "#1.5"),
    ],
)
def test_figures_in_digits_and_in_words_are_one(matcher: Matcher, text: str, figure: str) -> None:
    assert [w.terms for w in words(matcher, text) if w.kind == "figure"] == [(figure,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("opened", "opening"),
        ("delegate", "delegates"),
        ("said", "says"),
        ("went", "gone"),
        ("spoke", "spoken"),
    ],
)
def test_forms_of_a_word_are_one(matcher: Matcher, one: str, other: str) -> None:
    ((first,), (second,)) = words(matcher, one), words(matcher, other)
    assert first.terms == second.terms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how many ppl r coming", "how many people are coming"),
        ("y did u come", "why did you come"),
        ("what's the number of delegates", "what is how many delegates"),
        ("didnt they come", "did not they come"),
        ("didn't they come", "did not they come"),
    ],
)
def test_chat_spellings_are_written_out(matcher: Matcher, typed: str, meant: str) -> None:
    assert [w.text for w in words(matcher, typed)] == [w.text for w in words(matcher, meant)]


def test_the_base_s_synonyms_find_what_no_phrasing_says() -> None:
    question = "what was the tariff of the weir"
    without, with_them = base(), base(synonyms=(("dam", "weir"), ("price", "tariff")))
    assert matched(matching(without), question).decision.verb != "answer"
    assert matched(matching(with_them), question).decision.chosen == ("price",)


def test_synonyms_may_be_runs_of_words() -> None:
    matcher = matching(base(synonyms=(("delegates", "people sent"),)))
    assert matched(matcher, "people sent by Iran").decision.chosen == ("delegates",)


@pytest.mark.parametrize(
    "question",
    [
        "please tell me who opened the talks",
        "lol who opened the talks tho",
        "do you know who opened the talks",
        "I was just wondering who opened the talks, thanks",
        "who actually opened the talks??",
    ],
)
def test_words_around_a_question_change_nothing(matcher: Matcher, question: str) -> None:
    assert matched(matcher, question).decision.chosen == ("opener",)
    assert matched(matcher, question).decision.verb == "answer"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("why did they turn the invite down", "turn down"),
        ("who turned it down", "turned down"),
        ("did they ever turn that big invitation down", "turn down"),
    ],
)
def test_a_particle_is_read_with_its_verb(matcher: Matcher, typed: str, read: str) -> None:
    (question, *_) = matcher.readings(tokens(typed))
    assert read in [word.text for word in question.words]


def test_a_particle_far_behind_or_of_no_such_verb_stays_where_it_is(matcher: Matcher) -> None:
    for typed in ("turn left at the old lake and then look down", "did they take the boat down"):
        (question, *_) = matcher.readings(tokens(typed))
        assert "down" in [word.text for word in question.words]


@pytest.mark.parametrize("form", ["notice", "noticed", "notices", "noticing"])
def test_a_word_that_the_base_does_not_use_is_read_as_its_kin_in_any_form(form: str) -> None:
    crack = fact("crack", "A diver detected the crack.", "Who detected the crack?", "the crack")
    matcher = matching(base((crack,)))
    word = matcher.kinship.known_kin(words(matcher, form)[0])
    assert word.kin
    assert word.terms == words(matcher, "detected")[0].terms


def test_a_word_without_kin_stays_what_it_is(matcher: Matcher) -> None:
    (word,) = words(matcher, "qwertied")
    assert matcher.kinship.known_kin(word) is word


def test_no_day_or_place_stands_for_another() -> None:
    boat = fact("boat", "It sails on Tuesday.", "When is the tuesday boat to paris?", "the boat")
    matcher = matching(base((boat,)))
    (tuesday,), (friday,) = words(matcher, "tuesday"), words(matcher, "friday")
    assert friday.terms != tuesday.terms
    assert tuesday.terms[0] in matcher.lexicon.related("friday")
    assert matcher.kinship.known_kin(friday) is friday


@pytest.mark.parametrize(("word", "contrary"), [("accept", "reject"), ("win", "lose")])
def test_a_word_is_not_related_to_its_contrary(matcher: Matcher, word: str, contrary: str) -> None:
    for one, other in ((word, contrary), (contrary, word)):
        related = matcher.lexicon.related(one)
        assert len(related) > 1
        assert matcher.lexicon.stem(other) not in related


def test_what_was_read_before_changes_nothing(matcher: Matcher) -> None:
    asked = (
        "they met, but where",
        "where involved",
        "how many of us came",
        "many of us came",
        "united we stand",
        "the United States of America",
        "did US troops come",
        "did us troops come",
    )
    fresh = [words(matching(base(), matcher.learnt), text) for text in asked]
    for text, found in zip((*asked, *reversed(asked)), (*fresh, *reversed(fresh)), strict=True):
        assert words(matcher, text) == found


@pytest.mark.parametrize(
    ("text", "of_now"),
    [
        ("is the lake closed now", True),
        ("are they still there", True),
        ("were they still there", False),
        ("is he still chair as he was", True),
        ("now was it there", False),
        ("what happened at the moment of the vote", False),
    ],
)
def test_what_names_the_present_day(matcher: Matcher, text: str, of_now: bool) -> None:
    assert matcher.readings(tokens(text))[0].of_now is of_now


def test_what_lasts_names_the_present_day_too() -> None:
    assert set(english().lasting) <= set(english().present)
