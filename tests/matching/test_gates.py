"""What speaks against a fact, and that the absence of something never does."""

from __future__ import annotations

import pytest

from bot.facts.model import Person, Unanswered
from bot.matching.engine import Matcher
from bot.matching.text import tokens
from tests.matching.bases import FACTS, PEOPLE, base, fact, matched, matching, objections


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matching(base())


def confidence(matcher: Matcher, question: str, fact_id: str) -> float:
    match = matched(matcher, question)
    return next((c.confidence for c in match.candidates if c.id == fact_id), 0.0)


@pytest.mark.parametrize(
    ("conflicting", "agreeing", "fact_id", "gate"),
    [
        ("how many delegates came from Latvia", "how many delegates came", "delegates", "name"),
        ("what did Omar Hale say", "what did she say", "words", "name"),
        ("what did the dam of Estonia cost", "what did the dam cost", "price", "name"),
        ("how many delegates came from Iraq", "how many delegates came", "delegates", "stranger"),
        ("who opened the Zorbania talks", "who opened the talks", "opener", "stranger"),
        ("nine delegates from Iran", "delegates from Iran", "delegates", "figure"),
        ("why did the new dam cost 300", "what did the new dam cost", "price", "figure"),
        ("when did Hale find it", "what did Hale find", "finding", "asked"),
        ("why were the talks held", "when were the talks held", "day", "cause"),
        ("how many talks were opened", "who opened the talks", "opener", "asked"),
        ("how old is Omar Hale", "what did Hale find", "finding", "asked"),
    ],
)
def test_a_conflict_speaks_against_a_fact(
    matcher: Matcher, conflicting: str, agreeing: str, fact_id: str, gate: str
) -> None:
    assert gate in objections(matched(matcher, conflicting), fact_id)
    assert objections(matched(matcher, agreeing), fact_id) == set()
    assert confidence(matcher, conflicting, fact_id) < confidence(matcher, agreeing, fact_id) / 2


def test_a_figure_is_no_conflict_with_a_fact_that_has_none(matcher: Matcher) -> None:
    assert objections(matched(matcher, "who opened the 3 talks"), "opener") == set()


def test_what_is_a_name_and_no_other_word_is_somebody_else_s_matter() -> None:
    """Though another entry has it, so that it is no stranger to the base."""
    unsaid = Unanswered("india", ("Was India at the talks?", "did Delhi come from India"))
    matcher = matching(base(unanswered=[unsaid]))
    assert objections(matched(matcher, "was India at the talks"), "india") == set()
    assert objections(matched(matcher, "how many delegates came from India"), "delegates") == {
        "stranger"
    }
    assert objections(matched(matcher, "how many delegates came to talk"), "delegates") == set()


def test_another_year_is_a_conflict_where_the_base_tells_of_years(matcher: Matcher) -> None:
    asked = "who opened the talks in 1911"
    assert objections(matched(matcher, asked), "opener") == set()
    dug = fact("canal", "The canal was dug in 1954.", "When was the canal dug?", "canal's year")
    dated = matching(base([*FACTS, dug]))
    assert objections(matched(dated, asked), "opener") == {"figure"}
    assert objections(matched(dated, "who opened the 1911 talks"), "opener") == set()
    assert objections(matched(dated, "was the canal dug in 1954"), "canal") == set()


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("how many delegates came from Iraq", "delegates"),
        ("what did Merkel find", "finding"),
        ("how many observers came from Zorbania", "observers"),
        ("when did Hale find it", "finding"),
        ("why were the talks opened", "opener"),
    ],
)
def test_a_fact_in_conflict_is_not_the_answer(
    matcher: Matcher, question: str, fact_id: str
) -> None:
    match = matched(matcher, question)
    assert objections(match, fact_id)
    assert match.decision.verb != "answer" or fact_id not in match.decision.chosen


@pytest.mark.parametrize(
    ("terse", "fact_id"),
    [
        ("delegates", "delegates"),
        ("opened the talks", "opener"),
        ("american observers", "observers"),
        ("iran delegates how many", "delegates"),
        ("attack police boat", "attack"),
        ("new dam price", "price"),
        ("what cost", "price"),
    ],
)
def test_what_a_terse_question_lacks_does_not_speak_against_a_fact(
    matcher: Matcher, terse: str, fact_id: str
) -> None:
    assert objections(matched(matcher, terse), fact_id) == set()
    assert matched(matcher, terse).decision.chosen[0] == fact_id


def test_an_unknown_name_vetoes_and_an_unknown_filler_does_not(matcher: Matcher) -> None:
    asked = "how many {} delegates came from Iran"
    plain = confidence(matcher, asked.format(""), "delegates")
    filler = matched(matcher, asked.format("wonderful"))
    name = matched(matcher, asked.format("Zorbanian"))

    assert filler.decision.verb == "answer"
    assert filler.decision.chosen == ("delegates",)
    assert confidence(matcher, asked.format("wonderful"), "delegates") < plain
    assert name.decision.verb != "answer"
    assert objections(name, "delegates") == {"stranger"}


def test_a_common_word_written_like_a_name_is_taken_for_a_name(matcher: Matcher) -> None:
    assert matched(matcher, "who opened the green talks").decision.verb == "answer"
    assert matched(matcher, "who opened the Green talks").decision.verb != "answer"


def test_the_event_s_own_names_tell_nothing_apart() -> None:
    named = base()
    told = matching(named)
    assert "name" in objections(matched(told, "who opened the talks in Tallinn"), "opener")
    own = type(named)(
        event=type(named.event)(id="e", title="The Tallinn talks"),
        sources=named.sources,
        facts=named.facts,
        people=named.people,
    )
    assert objections(matched(matching(own), "who opened the talks in Tallinn"), "opener") == set()


def test_somebody_in_the_title_of_whom_few_facts_tell_is_told_apart_all_the_same() -> None:
    named = base()
    own = type(named)(
        event=type(named.event)(id="e", title="Hale and the council"),
        sources=named.sources,
        facts=(
            *named.facts,
            *(fact(f"n{n}", f"{n} dogs.", f"how many dogs {n}") for n in range(20)),
        ),
        people=named.people,
    )
    match = matched(matching(own), "who opened the talks with Omar Hale")
    assert "name" in objections(match, "opener")


@pytest.mark.parametrize(
    ("question", "objects"),
    [
        ("who did not open the talks", True),
        ("who was it that didn't open the talks", True),
        ("who opened the talks", False),
        ("who opened the talks and not the exhibition", False),
    ],
)
def test_who_did_not_is_not_answered_by_who_did(
    matcher: Matcher, question: str, objects: bool
) -> None:
    assert ("polarity" in objections(matched(matcher, question), "opener")) is objects


def test_to_oppose_is_to_be_against() -> None:
    opposing = fact("no", "It harms the lake.", "why does Hale oppose the dam", "Hale's objections")
    told = matching(base((*FACTS, opposing)))
    match = matched(told, "why is Hale against the dam")
    assert (match.decision.verb, match.decision.chosen) == ("answer", ("no",))


def test_why_not_is_answered_by_what_tells_why_not(matcher: Matcher) -> None:
    match = matched(matcher, "why did the US not sign the treaty")
    assert match.decision.verb == "answer"
    assert match.decision.chosen == ("refusal",)


def test_the_name_of_a_month_is_nobodys_name(matcher: Matcher) -> None:
    match = matched(matcher, "in april Estonia accused Latvia, right?")

    assert "stranger" not in objections(match, "accusation")


def test_what_is_always_asked_of_you_is_not_asked_of_another() -> None:
    ways = ("like {}", "think well of {}", "take the side of {}", "care for {}", "trust {}")
    asked = [way.format(whom) for way in ways for whom in ("the delegates", "the dam")]
    opinion = Unanswered("opinion", tuple(f"do you {way}" for way in asked))
    mine = Unanswered("mine", tuple(f"may I {way}" for way in ("see the dam", "leave", "swim")))
    matcher = matching(base(unanswered=[opinion, mine]))
    assert objections(matched(matcher, "do the delegates like the dam"), "opinion") == {"party"}
    assert objections(matched(matcher, "would you like the delegates"), "opinion") == set()
    # Three phrasings are too few to tell.
    assert objections(matched(matcher, "may the delegates see the dam"), "mine") == set()


def test_the_us_is_nobody_who_talks() -> None:
    america = Person("united-states", "United States", "country", aliases=("US", "America"))
    asked = ("want", "demand", "offer", "say", "fear", "hope for")
    wish = fact("wish", "The US wanted peace.", *(f"what did the US {verb}" for verb in asked))
    matcher = matching(base((*FACTS, wish), people=(*PEOPLE, america)))
    assert objections(matched(matcher, "what did America want"), "wish") == set()


def test_how_to_do_something_oneself_is_not_what_a_fact_tells_of_others() -> None:
    rice = fact(
        "rice",
        "Mirel says that its rice fields have gone dry.",
        "What of the rice?",
        "how dry is the rice",
        "who grows rice there",
    )
    refund = fact(
        "refund", "Tickets are paid back.", "How do I get my money back?", "can I get my money"
    )
    matcher = matching(base((*FACTS, rice, refund)))
    assert "party" in objections(matched(matcher, "how do I cook rice"), "rice")
    assert objections(matched(matcher, "how did they grow rice"), "rice") == set()
    assert "party" not in objections(matched(matcher, "how can I get my money"), "refund")
    assert "party" in objections(matched(matcher, "how do you cook rice at home"), "rice")


def test_a_role_that_a_fact_knows_nothing_of_is_not_told_by_it() -> None:
    absent = fact(
        "absent",
        "The foreign minister of Kestria stayed away with a cold.",
        "Why did Kestria's minister stay away?",
        "who is the minister that stayed away",
    )
    matcher = matching(base((*FACTS, absent)))
    assert "role" in objections(matched(matcher, "who is the president of Kestria"), "absent")
    for known in ("who is the minister of Kestria", "who is the judge that stayed away"):
        assert "role" not in objections(matched(matcher, known), "absent")


def test_how_tall_something_is_is_told_in_lengths() -> None:
    cost = fact("cost", "The dam cost 300 million.", "What of the dam?", "when was the dam built")
    height = fact("height", "The tower is 300 metres.", "What of the tower?", "who built the tower")
    matcher = matching(base((cost, height, *FACTS[:2])))
    assert "asked" in objections(matched(matcher, "how tall is the dam"), "cost")
    assert objections(matched(matcher, "how tall is the tower"), "height") == set()


def test_that_most_phrasings_say_you_is_not_enough() -> None:
    asked = ("like the dam", "trust the dam", "love the dam", "hate the dam", "fear the dam")
    some = (*(f"do you {way}" for way in asked), "what to think of the dam")
    opinion = Unanswered("opinion", some)
    matcher = matching(base(unanswered=[opinion]))
    assert objections(matched(matcher, "do the delegates fear the dam"), "opinion") == set()


def test_a_role_of_another_country_is_another_s() -> None:
    """Though the base calls its own minister just that."""
    lands = [Person(name.lower(), name, "country") for name in ("Kestria", "Mirel")]
    minister = Person(
        "ida-falk",
        "Ida Falk",
        "person",
        "Kestria's foreign minister",
        aliases=("foreign minister", "Kestria's foreign minister"),
    )
    cold = fact(
        "cold",
        "Ida Falk had a cold, said Kestria.",
        "Why did Ida Falk stay away from Mirel?",
        "what did the foreign minister have",
        about=("ida-falk", "kestria", "mirel"),
    )
    matcher = matching(base((*FACTS, cold), people=(*PEOPLE, minister, *lands)))
    asked = "what did the foreign minister of {} have"
    assert objections(matched(matcher, asked.format("Mirel")), "cold") == {"whose"}
    assert objections(matched(matcher, asked.format("Kestria")), "cold") == set()


def test_the_president_of_another_country_is_another_s() -> None:
    """By what their roles say: though the fact has a president, and the event the country."""
    lands = [Person(name.lower(), name, "country") for name in ("Kestria", "Mirel")]
    people = (
        Person("ida-falk", "Ida Falk", "person", "Kestria's president"),
        Person("ole-brandt", "Ole Brandt", "person", "Mirel's foreign minister"),
    )
    falk = fact(
        "falk",
        "Ida Falk presided over the table.",
        "Who presided?",
        "who is the president that sat there",
        about=("ida-falk", "kestria"),
    )
    brandt = fact(
        "brandt",
        "Ole Brandt came from Mirel.",
        "Who came from Mirel?",
        "was the man from Mirel the president",
        about=("ole-brandt", "mirel"),
    )
    matcher = matching(base((*FACTS, falk, brandt), people=(*PEOPLE, *people, *lands)))
    for asked in ("who is the president of Mirel", "who is the Mirel president"):
        assert "whose" in objections(matched(matcher, asked), "falk")
        assert objections(matched(matcher, asked), "brandt") == {"role"}
    assert objections(matched(matcher, "who is the president of Kestria"), "falk") == set()


def test_a_sort_of_thing_that_a_fact_holds_nowhere_is_not_told_by_it() -> None:
    spoke = fact("spoke", "They spoke for four hours in the Blue Room.", "How did they speak?")
    matcher = matching(base((*FACTS, spoke)))
    assert "sort" in objections(matched(matcher, "which languages did they speak"), "spoke")
    for held in (
        *("what room did they speak in", "what did they speak of", "which lady spoke"),
        *("which places did they speak in", "which buildings did they speak in"),
    ):
        assert "sort" not in objections(matched(matcher, held), "spoke")


@pytest.mark.parametrize(
    "question",
    ["what role did it play", "to what degree", "what drove the delegates", "what happened there"],
)
def test_what_a_whole_answer_may_be_is_no_sort_of_thing(matcher: Matcher, question: str) -> None:
    assert matcher.readings(tokens(question))[0].sort is None


def test_what_a_word_means_is_told_only_where_it_is_explained() -> None:
    basin = fact("basin", "The basin is the lake with its rivers.", "meaning of the basin")
    matcher = matching(base((*FACTS, basin)))
    for word in ("what does opener mean", "what does the word opener mean", "define opener"):
        assert "sort" in objections(matched(matcher, word), "opener")
    assert objections(matched(matcher, "what is the meaning of the basin"), "basin") == set()
    for no_word in (
        "what does the opener mean",
        "what did Quist mean by opener",
        "you mean opener",
    ):
        assert "sort" not in objections(matched(matcher, no_word), "opener")


def test_the_hour_is_not_told_by_the_day() -> None:
    day = fact("day", "On Monday the fair opens.", "When does the fair open?")
    shop = fact("shop", "The shop opens at 9 a.m.", "When does the shop open?")
    bar = fact("bar", "The bar opens at dusk.", "When does the bar open?")
    days = fact("days", "The pool opens in 9 days.", "When does the pool open?")
    matcher = matching(base((day, shop, bar, days, *FACTS[:2])))
    for hour in ("what time does the {} open", "at what time of day does the {} open"):
        for id_, near in (("day", "fair"), ("days", "pool")):
            assert "asked" in objections(matched(matcher, hour.format(near)), id_)
        for id_ in ("shop", "bar"):
            assert objections(matched(matcher, hour.format(id_)), id_) == set()
    for no_hour in ("when does the fair open", "at what time of year does the fair open"):
        assert objections(matched(matcher, no_hour), "day") == set()


def test_the_afternoon_is_not_the_morning() -> None:
    rain = fact("rain", "It rained in the morning for an hour.", "How long did it rain?")
    wind = fact("wind", "It blew for a week.", "How long did it blow?")
    matcher = matching(base((rain, wind, *FACTS[:2])))
    asked = "how long did it {} in the {}"
    assert "figure" in objections(matched(matcher, asked.format("rain", "afternoon")), "rain")
    assert objections(matched(matcher, asked.format("rain", "morning")), "rain") == set()
    assert objections(matched(matcher, asked.format("blow", "afternoon")), "wind") == set()


@pytest.mark.parametrize("role", ["a former mayor of Mirel", "envoy, formerly Mirel's mayor"])
def test_who_is_mayor_is_not_told_by_who_was(role: str) -> None:
    mirel = Person("mirel", "Mirel", "place")
    falk = Person("ida-falk", "Ida Falk", "person", role)
    chair = fact(
        "chair",
        "Ida Falk takes the chair.",
        "Who takes the chair?",
        "who from Mirel takes the chair",
        about=("ida-falk",),
    )
    matcher = matching(base((*FACTS, chair), people=(*PEOPLE, falk, mirel)))
    for now in ("who is the mayor of Mirel", "who is Mirel's mayor now"):
        assert "role" in objections(matched(matcher, now), "chair")
    for then in ("who was the mayor of Mirel", "who is the former mayor of Mirel"):
        assert "role" not in objections(matched(matcher, then), "chair")


def test_which_others_there_are_is_not_told_by_those_who_are_known() -> None:
    row = fact("row", "Ida rows on the lake.", "Does Ida row?", "where does Ida row")
    run = fact("run", "Ida runs; other sports bore her.", "Does Ida run?", "how does Ida run")
    matcher = matching(base((row, run, *FACTS[:2])))
    for others in ("which other lakes does Ida row on", "does Ida row on any other lake"):
        assert "sort" in objections(matched(matcher, others), "row")
    for told in (
        *("does Ida row on the other lake", "does Ida row with others"),
        "does Ida row with any other people",
    ):
        assert "sort" not in objections(matched(matcher, told), "row")
    assert "sort" not in objections(matched(matcher, "any other sports Ida runs"), "run")


def test_a_kindred_word_is_no_second_one_for_what_is_said_itself() -> None:
    letter = fact("letter", "Nobody wrote.", "Who wrote to the talks?", "did anybody write to them")
    matcher = matching(base((*FACTS, letter)))
    (reading, *_) = matcher.readings(tokens("can you write a poem"))
    assert {word.text: word.kin for word in reading.words}["poem"] is False
    (reading, *_) = matcher.readings(tokens("who made a poem"))
    assert {word.text: word.kin for word in reading.words}["poem"] is True


def test_which_of_some_it_was_is_not_told_by_what_they_are_together() -> None:
    guild = Person("guild", "Tern Guild", "body", aliases=("guild officers",))
    accused = fact(
        "accused",
        "Officers of the Tern Guild accused Latvia.",
        "Who accused Latvia?",
        "did the Tern Guild accuse Latvia",
        about=("guild", "latvia"),
    )
    matcher = matching(base((*FACTS, accused), people=(*PEOPLE, guild)))
    assert "asked" in objections(matched(matcher, "which guild officers accused Latvia"), "accused")
    for known in ("who accused Latvia", "which guild accused Latvia"):
        assert objections(matched(matcher, known), "accused") == set()


def test_what_somebody_said_is_not_told_where_nobody_says_anything() -> None:
    crew = Person("crew", "Tern Crew", "body")
    came = fact("came", "The Tern Crew and a boy came.", "Did a boy come?", "who came by boat")
    matcher = matching(base((*FACTS, came), people=(*PEOPLE, crew)))
    for mute in ("what did the boy say", "what did the Tern Crew tell us about the boat"):
        assert "sort" in objections(matched(matcher, mute), "came")
    for other in ("what did the boat say", "what do they say of the boy", "did the boy say no"):
        assert "sort" not in objections(matched(matcher, other), "came")
    assert "sort" not in objections(matched(matcher, "what did Quist say"), "words")
