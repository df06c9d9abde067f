"""What the bot says where it has no answer: no more of the source than it knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.answerer import Answerer
from bot.facts.model import Person, Unanswered
from bot.matching.decide import Thresholds
from tests.matching.bases import (
    EVENT,
    FACTS,
    PEOPLE,
    UNANSWERED,
    answering,
    base,
    english,
    fact,
    texts,
)


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


@pytest.mark.parametrize(
    "asked",
    [
        "who is Omar Hale",
        "who's Hale?",
        "Omar Hale: who is that",
        "Hale's job?",
        "what is the profession of Omar Hale",
        "who is the geologist",
    ],
)
def test_who_somebody_is_whom_no_fact_is_about_says_their_role(
    answerer: Answerer, asked: str
) -> None:
    reply, _ = answerer.reply(asked)

    assert reply.outcome == "suggest"
    assert reply.answer == "Omar Hale: a geologist. I can answer:"
    assert [offered.fact for offered in reply.suggestions] == ["finding"]


@pytest.mark.parametrize("asked", ["how old is Kai Moor?", "where is Kai Moor from"])
def test_an_age_or_where_somebody_is_from_is_told_by_a_role_that_holds_it(asked: str) -> None:
    moor = Person("kai-moor", "Kai Moor", "person", "a fisher from Tallinn, aged 61")
    reply, _ = answering(base(people=[*PEOPLE, moor])).reply(asked)
    assert reply.answer.startswith("Kai Moor: a fisher from Tallinn, aged 61.")


@pytest.mark.parametrize("asked", ["where does Kai Moor work?", "how old is Moor"])
def test_a_role_goes_before_a_fact_that_tells_it_of_another(asked: str) -> None:
    moor = Person(
        "kai-moor", "Kai Moor", "person", "a fisher at the port, aged 61", None, ("Moor",)
    )
    dog = fact(
        "dog",
        "Brin, six years old, has worked for Kai Moor and is at home with him.",
        "What is Brin?",
        "how old is Moor's dog",
        "where does Moor's dog work",
        about=(moor.id,),
    )
    reply, _ = answering(base((*FACTS, dog), people=[*PEOPLE, moor])).reply(asked)
    assert reply.answer.startswith("Kai Moor: a fisher at the port, aged 61.")


@pytest.mark.parametrize(
    "asked", ["who is the director of the zoo?", "who is the zoo's director", "what is his role?"]
)
def test_a_role_that_is_also_a_name_is_asked_for_with_whose_it_is(asked: str) -> None:
    zoo = Person("zoo", "Trondal Zoo", "body", aliases=("the zoo",))
    moor = Person(
        "kai-moor", "Kai Moor", "person", "the director of the zoo", "he", ("Moor", "the director")
    )
    told = answering(base(people=(*PEOPLE, zoo, moor)))
    _, before = told.reply("who is Kai Moor?")
    reply, _ = told.reply(asked, before)
    assert reply.answer.startswith("Kai Moor: the director of the zoo.")


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        ("how many members has the riders' union?", True),
        ("how many members do the riders have got", True),
        ("how many horses has the riders' union", False),
        ("how many members has the sailors' guild", False),
    ],
)
def test_how_many_there_are_is_told_by_a_role_that_counts_them(asked: str, is_told: bool) -> None:
    riders = Person(
        "riders", "Riders' Union", "body", "a union of some 400 members", None, ("the riders",)
    )
    guild = Person("guild", "Sailors' Guild", "body", "a guild that fights for its members")
    reply, _ = answering(base(people=(*PEOPLE, riders, guild))).reply(asked)
    assert ("some 400 members" in reply.answer) == is_told
    assert "fights for" not in reply.answer


def test_how_many_somebody_has_is_not_who_they_are() -> None:
    riders = Person("riders", "Riders' Union", "body", "a union in Trondal")
    members = fact(
        "members",
        "The Riders' Union had 412 members in May.",
        "How many members does the Riders' Union have?",
        "the number of members of the Riders' Union",
        about=("riders",),
    )
    told = answering(base((*FACTS, members), people=(*PEOPLE, riders)))
    assert told.reply("what is the Riders' Union?")[0].answer.startswith("Riders' Union: a union")


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        ("who is that baker lady", True),
        ("who's the baker woman?", True),
        ("who is the baker's husband", False),
        ("who is Eva Lund's mother", False),
    ],
)
def test_a_word_for_anybody_may_stand_behind_what_somebody_is(asked: str, is_told: bool) -> None:
    lund = Person("lund", "Eva Lund", "person", "a baker of Trondal", "she", ("Lund", "the baker"))
    reply, _ = answering(base(people=(*PEOPLE, lund))).reply(asked)
    assert ("Eva Lund: a baker" in reply.answer) == is_told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("is Omar Hale a dentist", "Omar Hale: a geologist."),
        ("wasn't Hale the chair of the talks", "Omar Hale: a geologist."),
        ("is Nora Quist the queen", "Nora Quist: chair of the talks."),
        ("Omar Hale is the dentist", "Omar Hale: a geologist."),
        ("Hale is a dentist right?", "Omar Hale: a geologist."),
        ("I thought that Hale was a dentist", "Omar Hale: a geologist."),
    ],
)
def test_whether_somebody_is_what_nothing_says_is_told_with_who_they_are(
    answerer: Answerer, asked: str, said: str
) -> None:
    reply, _ = answerer.reply(asked)

    assert reply.outcome == "suggest"
    assert reply.answer.startswith(said)


def test_what_stands_in_an_answer_alone_is_offered(answerer: Answerer) -> None:
    share = fact(
        "share", "The pump ran at 118 percent on the 3rd of April.", "Did the pump run too fast?"
    )
    answerer = answering(base((*FACTS, share)))

    for asked in ("where does the 118 percent come from", "what was on April 3"):
        reply, _ = answerer.reply(asked)
        assert reply.outcome != "answer"
        assert "share" in [offered.fact for offered in reply.suggestions]


@pytest.mark.parametrize("asked", ["how old is Omar Hale", "where is Hale from", "where is Hale"])
def test_a_role_that_does_not_hold_it_is_not_told(answerer: Answerer, asked: str) -> None:
    reply, _ = answerer.reply(asked)
    assert "geologist" not in reply.answer


@pytest.mark.parametrize("asked", ["who is Kai Moor?", "tell me about Kai Moor"])
def test_of_whom_the_base_tells_nothing_else_it_says_so(asked: str) -> None:
    unknown = Person("kai-moor", "Kai Moor", "person", "a fisher.")
    reply, _ = answering(base(people=[*PEOPLE, unknown])).reply(asked)
    assert reply.answer == "Kai Moor: a fisher. The source says no more of that."


@pytest.mark.parametrize("asked", ["what did Omar Hale do", "who is with Omar Hale"])
def test_what_asks_for_more_than_who_somebody_is_is_not_described(
    answerer: Answerer, asked: str
) -> None:
    assert "a geologist" not in answerer.reply(asked)[0].answer


@pytest.mark.parametrize(
    ("role", "asked", "is_told"),
    [
        ("Latvia's keeper of the lake", "who is the Latvian keeper", True),
        ("Latvia's keeper of the lake", "who is the Estonian keeper", False),
        ("keeper of the lake", "who is the keeper of the keys", False),
        ("a geologist", "who is the geologist", False),  # so is Omar Hale
        ("keeper of the lighthouse", "who is the lighthouse", False),
        ("deputy keeper of the lake", "who is the keeper of the lake", False),
        ("keeper of the lake", "who is not the keeper of the lake", False),
        ("the town's chief lake officer", "who is the chief lake officer", True),
        # What somebody did is no part of what they are, nor is another's thing their own.
        ("a geologist who led the town's survey", "who is the survey", False),
        ("a geologist who led the town's survey", "who is the officer", False),
    ],
)
def test_a_role_is_told_of_the_only_one_who_has_it(role: str, asked: str, is_told: bool) -> None:
    other = Person("kai-moor", "Kai Moor", "person", role)
    reply, _ = answering(base(people=[*PEOPLE, other])).reply(asked)
    assert ("Kai Moor" in reply.parts[0].message) is is_told


def test_who_somebody_is_stands_before_a_fact_that_does_not_say_so() -> None:
    moor = Person("kai-moor", "Kai Moor", "person", "the baker of Norvik")
    fine = fact(
        "fine",
        "Kai Moor was fined 300 crowns.",
        "was Kai Moor fined",
        "what became of Kai Moor",
        "Kai Moor's fine",
        about=("kai-moor",),
    )
    answerer = answering(base((*FACTS, fine), (*PEOPLE, moor)))
    assert answerer.reply("was Kai Moor fined")[0].answer == "Kai Moor was fined 300 crowns."
    told = answerer.reply("who is Kai Moor")[0].answer
    assert told.startswith("Kai Moor: the baker of Norvik.")


def test_what_a_place_is_can_be_asked_for_like_a_role() -> None:
    place = Person("moor-town", "Moor Town", "place", "the capital of Saaremaa")
    reply, _ = answering(base(people=[*PEOPLE, place])).reply("what is the capital of Saaremaa?")
    assert reply.parts[0].message.startswith("Moor Town: the capital of Saaremaa.")


def test_what_a_place_says_is_not_what_it_is() -> None:
    place = Person("moor-town", "Moor Town", "place", "the city of the talks")
    said = fact("said", "It was proud of them, the city said.", "What did the city say?")
    reply, _ = answering(base([*FACTS, said], people=[*PEOPLE, place])).reply("what says the city")
    assert reply.facts == ("said",)


def test_who_has_a_role_is_not_answered_by_a_fact_about_others() -> None:
    keeper = Person("kai-moor", "Kai Moor", "person", "the chief officer of the lake")
    of_others = fact("call", "The lake office was called on Sunday.", "who called the lake office")
    reply, _ = answering(base([*FACTS, of_others], people=[*PEOPLE, keeper])).reply(
        "who is the chief officer of the lake"
    )
    assert reply.parts[0].message.startswith("Kai Moor: the chief officer of the lake.")


def test_of_a_person_whom_nothing_near_is_about_their_facts_are_offered(
    answerer: Answerer,
) -> None:
    reply, _ = answerer.reply("which party does Omar Hale belong to")
    assert reply.outcome == "unknown"
    assert [offered.fact for offered in reply.suggestions] == ["finding"]


def test_what_is_not_said_of_somebody_goes_before_who_they_are() -> None:
    unsaid = Unanswered("hale", ("Who is Omar Hale?", "Hale's life"), answer="It does not say who.")
    reply, _ = answering(base(unanswered=[unsaid])).reply("and who is Hale then?")

    assert reply.outcome == "unknown"
    assert reply.answer == "It does not say who."


def test_who_the_base_does_not_know_is_not_described(answerer: Answerer) -> None:
    assert "geologist" not in answerer.reply("who is Merkel")[0].answer


def test_an_entry_that_is_only_near_is_not_told_as_what_the_source_does_not_say() -> None:
    sure = Thresholds(answer=0.4)
    unsure = Thresholds(answer=0.999, suggest=0.4)
    asked = "will the talks be held again"
    said = [
        Answerer(base(), english(), texts(), thresholds=one).reply(asked)[0]
        for one in (sure, unsure)
    ]

    assert [reply.outcome for reply in said] == ["unknown", "unknown"]
    assert said[0].answer == UNANSWERED[0].answer
    assert said[1].answer == texts().unknown_near
    assert [offered.fact for offered in said[1].suggestions] == ["day"]


def test_a_title_begins_with_a_small_the_inside_a_sentence() -> None:
    event = replace(EVENT, title="The talks about a lake")
    answerer = answering(replace(base(), event=event))

    assert "says about the talks about a lake." in answerer.reply("who won the world cup")[0].answer


@pytest.mark.parametrize(
    "message",
    [
        "Wer hat das Treffen in diesem Hotel denn eigentlich eröffnet?",
        "кто открыл эту встречу в отеле",
        "qui a ouvert cette réunion ?",
    ],
)
def test_what_is_in_another_language_is_told_that_it_is(shipped: Answerer, message: str) -> None:
    (part,) = shipped.reply(message)[0].parts

    assert part.message == shipped.texts.unknown_language.format(title=shipped.title)


@pytest.mark.parametrize("message", ["what is the best pizza in town", "asdf?", "Klopp or Tuchel"])
def test_what_is_beside_the_topic_is_told_so(shipped: Answerer, message: str) -> None:
    (part,) = shipped.reply(message)[0].parts

    assert part.message == shipped.texts.unknown_topic.format(title=shipped.title)


@pytest.mark.parametrize("asked", ["tldr", "give me the gist please", "what did I miss?"])
def test_where_no_fact_sums_it_up_the_events_summary_does(answerer: Answerer, asked: str) -> None:
    reply, _ = answerer.reply(asked)

    assert reply.outcome == "chat"
    assert reply.answer.startswith(f"In short: {EVENT.summary} All that I tell is from The Gazette")


def test_without_a_summary_it_says_how_to_ask() -> None:
    bare = replace(base(), event=replace(EVENT, summary=""))
    reply, _ = answering(bare).reply("tldr")
    assert reply.answer.startswith("Ask me about talks about a lake")


def test_a_question_that_says_nothing_is_not_answered_by_what_asks_more() -> None:
    photo = fact(
        "photo",
        "Ida Falk was missing on the photograph of the guests.",
        "Who was missing on the photograph of the guests there?",
        "who of the guests was not on the photograph that was taken there",
    )
    answerer = answering(base((photo, *FACTS), unanswered=()))
    reply, _ = answerer.reply("who was there")
    assert reply.outcome == "suggest"
    assert [one.fact for one in reply.suggestions] == ["photo"]
    asked = "who was not on the photograph of the guests"
    assert answerer.reply(asked)[0].facts == ("photo",)


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        ("what does Omar Hale do", True),
        ("what does Hale do for a living", True),
        ("what did Omar Hale do", False),
        ("what does Omar Hale do there", False),
        ("the brother of Omar Hale is the dentist", False),
    ],
)
def test_what_somebody_does_is_told_by_what_they_are(asked: str, is_told: bool) -> None:
    reply, _ = answering(base(FACTS[:2])).reply(asked)

    assert ("Omar Hale: a geologist" in reply.answer) == is_told


def test_a_word_that_nothing_explains_is_offered_where_it_stands(answerer: Answerer) -> None:
    reply, _ = answerer.reply("what does the word crowns mean")

    assert reply.outcome == "unknown"
    assert reply.answer == texts().unexplained
    assert [offered.fact for offered in reply.suggestions] == ["price"]
    assert answerer.reply("what does the word tadpole mean")[0].answer != texts().unexplained


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("The bridge is closed to all.", "answer"),
        ("The bridge was closed to all.", "unknown"),
        ("Closed is what they called the bridge.", "unknown"),
        ("The bridge is thought to have been closed.", "unknown"),
        ("The bridge is one that the town closed.", "unknown"),
        ("The town closed the bridge, and it has no date.", "unknown"),
        ("The town closed the bridge. It is to open in May.", "answer"),
    ],
)
def test_what_is_told_as_the_present_is_an_answer_to_how_it_is_now(
    answer: str, outcome: str
) -> None:
    bridge = fact("bridge", answer, "Was the bridge closed?", "closing of the bridge")

    reply, _ = answering(base((*FACTS, bridge))).reply("is the bridge still closed")

    assert reply.outcome == outcome
