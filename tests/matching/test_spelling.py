"""Which words are mended, into what, and which are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.model import Person
from bot.matching.engine import Matcher
from bot.matching.kinds import NOTHING
from bot.matching.spelling import Speller, slips_allowed
from bot.matching.text import tokens
from tests.matching.bases import PEOPLE, base, fact, matched, matching


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base())


def read_as(matcher: Matcher, text: str) -> set[str]:
    """The ways that the words of a text may be meant."""
    return {" ".join(t.text for t in ts) for ts, _ in matcher.mender.readings(tokens(text))}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("delegats", "delegates"),
        ("dlegates", "delegates"),
        ("delgeates", "delegates"),
        ("elegates", "delegates"),
        ("obsrevers", "observers"),
        ("atendance", "attendance"),
        ("fishermem", "fishermen"),
        ("iarn", "iran"),
        ("etsonia", "estonia"),
    ],
)
def test_a_slip_is_mended_to_the_base_s_own_word(matcher: Matcher, typed: str, meant: str) -> None:
    assert read_as(matcher, typed) == {meant}


@pytest.mark.parametrize(
    "word",
    [
        "delegate",  # another form of the base's word
        "delegated",
        "boot",  # one slip from 'boat', but English
        "lane",  # and from 'lake'
        "tanks",
        "bloke",  # of everyday speech, though seldom written: no 'broke'
        "dim",
        "talk",
        "90000",
    ],
)
def test_a_known_word_is_left_alone(matcher: Matcher, word: str) -> None:
    assert read_as(matcher, word) == {word}


@pytest.mark.parametrize(
    "name", ["iraq", "Iraq", "IRAQ", "omaha", "hal", "nero", "russia", "bulgaria", "austria"]
)
def test_a_name_never_becomes_another_name(matcher: Matcher, name: str) -> None:
    assert read_as(matcher, name) == {name.lower()}


def test_a_name_of_the_world_is_no_name_of_the_base(matcher: Matcher) -> None:
    match = matched(matcher, "how many delegates came from Iraq")
    assert match.decision.verb != "answer"
    assert matched(matcher, "how many delegates came from Irna").decision.chosen == ("delegates",)


def test_several_repairs_compete_and_the_sense_decides() -> None:
    facts = (
        fact("bird", "A brandle nested by the lake.", "Where did the brandle nest?"),
        fact("deed", "The brindle was signed.", "Who signed the brindle?"),
    )
    matcher = matching(base(facts))
    assert read_as(matcher, "brundle") == {"brandle", "brindle"}
    for question, meant, found in (
        ("where was the brundle nesting", "brandle", "bird"),
        ("the brundle was signed by whom", "brindle", "deed"),
    ):
        match = matched(matcher, question)
        assert meant in {word.text for word in match.question.words}
        assert match.decision.chosen == (found,)


def test_a_rarer_word_a_slip_away_goes_before_the_base_s_own_that_is_farther() -> None:
    facts = (fact("posts", "Six appointments were made.", "How many appointments were made?"),)
    matcher = matching(base(facts))
    assert read_as(matcher, "appartments") == {"apartments"}
    assert read_as(matcher, "appontmets") == {"appointments"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("eachother", "each other"), ("timeline", "timeline")]
)
def test_only_a_small_word_is_cut_off_another(matcher: Matcher, typed: str, meant: str) -> None:
    assert read_as(matcher, typed) == {meant}


def test_what_is_like_nothing_stays_as_it_is(matcher: Matcher) -> None:
    assert read_as(matcher, "zxqvbnm") == {"zxqvbnm"}


@pytest.mark.parametrize(
    ("word", "slips"), [("ab", 0), ("abc", 1), ("abcde", 1), ("abcdef", 2), ("abcdefghij", 3)]
)
def test_longer_words_may_have_more_slips(word: str, slips: int) -> None:
    assert slips_allowed(word) == slips


def test_the_nearest_words_are_found_and_no_farther_ones() -> None:
    speller = Speller(["delegates", "relegates", "delegate", "elephants"])
    assert [r.word for r in speller.repairs("delegatez")] == ["delegates", "delegate"]
    assert {r.slips for r in speller.repairs("delegatez")} == {1}
    assert speller.repairs("giraffes") == ()
    assert speller.repairs("de") == ()


words = st.text(alphabet="abcdef", min_size=3, max_size=9)


@given(st.sets(words, min_size=1, max_size=12), words)
def test_a_repair_is_a_known_word_within_its_slips(known: set[str], typed: str) -> None:
    for repair in Speller(known).repairs(typed):
        assert repair.word in known
        assert repair.slips <= slips_allowed(typed)
        assert abs(len(repair.word) - len(typed)) <= repair.slips


@given(words, st.integers(0, 7), st.sampled_from("abcdef"))
def test_one_wrong_letter_behind_the_first_is_always_mended(
    word: str, place: int, letter: str
) -> None:
    at = 1 + place % (len(word) - 1)
    typed = word[:at] + letter + word[at + 1 :]
    assert [r.word for r in Speller([word]).repairs(typed)] == [word]


def test_no_word_is_taken_for_what_people_write_in_haste() -> None:
    """`qwer` is a slip away from `wer`, which stands for `where`."""
    matcher = matching(base())
    (reading,) = matcher.readings(tokens("qwer"))
    assert reading.asked == NOTHING
    (reading,) = matcher.readings(tokens("wer were the talks"))
    assert reading.asked == "where"


@pytest.mark.parametrize(
    ("typed", "meant"), [("woudlnt", "wouldnt"), ("didtn", "didnt"), ("dosent", "doesnt")]
)
def test_a_slip_in_a_contraction_is_mended(matcher: Matcher, typed: str, meant: str) -> None:
    assert f"why {meant} they come" in read_as(matcher, f"why {typed} they come")


def test_two_letters_are_no_word_that_was_run_together_with_another() -> None:
    front = Person("delta-front", "Delta Front", "body", aliases=("DF",))
    matcher = matching(base(people=(*PEOPLE, front)))
    (reading,) = matcher.readings(tokens("asdf"))
    assert [word.text for word in reading.words] == ["asdf"]
    (reading,) = matcher.readings(tokens("eachother"))
    assert [word.text for word in reading.words] == ["each", "other"]


def test_a_slip_of_one_word_is_no_form_of_another_that_is_cut_to_the_same_stem() -> None:
    wall = fact("wall", "It was solid.", "Was the wall solid?", "how solid was the wall")
    guard = fact("guard", "Ten soldiers stood there.", "How many soldiers stood there?")
    matcher = matching(base((wall, guard)))
    assert read_as(matcher, "soliders") == {"soldiers"}
    assert read_as(matcher, "solidly") == {"solidly"}
