"""What somebody says, of whatever it may be, is told by whose words it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.answerer import Answerer
from bot.facts.model import Claim, Fact, Quote
from tests.matching.bases import FACTS, SOURCE, answering, base, fact


def claimed(id_: str, by: str, answer: str, *questions: str, quote: str = "") -> Fact:
    quotes = (Quote(quote, SOURCE.id, by, verified=True),) if quote else ()
    return fact(id_, answer, *questions, claim=Claim((by,), "asserted"), about=(by,), quotes=quotes)


DROUGHT = claimed(
    "drought",
    "omar-hale",
    "The drought was to blame for the loss, Omar Hale held.",
    "Why did the lake lose water?",
    "reason for the loss of water",
)
PUMPS = claimed(
    "pumps",
    "omar-hale",
    'The pumps were "far too big", Omar Hale held.',
    "Were the pumps too big?",
    "size of the pumps",
    quote="far too big",
)
OTHERS = tuple(one for one in FACTS if one.id != "finding")


@pytest.fixture(scope="module")
def one_claim() -> Answerer:
    return answering(base((*OTHERS, DROUGHT)))


@pytest.fixture(scope="module")
def two_claims() -> Answerer:
    return answering(base((*OTHERS, DROUGHT, PUMPS)))


@pytest.mark.parametrize("asked", ["what does Omar Hale say", "what did Hale claim?"])
def test_the_only_claim_of_somebody_is_what_they_say(one_claim: Answerer, asked: str) -> None:
    assert one_claim.reply(asked)[0].facts == ("drought",)


def test_what_somebody_says_of_it_is_their_claim_of_its_topic() -> None:
    loss = replace(
        fact("loss", "A third is what the lake lost.", "What did the lake lose?"), topic="Loss"
    )
    answerer = answering(base((*OTHERS, loss, replace(DROUGHT, topic="Loss"), PUMPS)))

    _, before = answerer.reply("What did the lake lose?")
    reply, _ = answerer.reply("and what does Hale say about that?", before)

    assert reply.facts == ("drought",)


def test_several_claims_of_somebody_are_told_together(two_claims: Answerer) -> None:
    reply, after = two_claims.reply("what does Omar Hale say")
    assert set(reply.facts) == {"drought", "pumps"}
    assert [quote.text for quote in reply.quotes] == ["far too big"]
    assert set(after.facts) == {"drought", "pumps"}


def test_with_each_claim_what_others_hold_against_it_is_told() -> None:
    against = claimed("floods", "nora-quist", "Nora Quist held that floods were.", "Was it floods?")
    denied = replace(DROUGHT, contradicts=("floods",))
    answerer = answering(base((*OTHERS, denied, replace(against, contradicts=("drought",)), PUMPS)))

    assert set(answerer.reply("what does Omar Hale say")[0].facts) == {"drought", "floods", "pumps"}


def test_what_sums_all_claims_up_is_told_instead() -> None:
    both = claimed(
        "both", "omar-hale", "Drought and pumps, Omar Hale held.", "What did Hale blame?"
    )
    answerer = answering(
        base((*OTHERS, DROUGHT, PUMPS, replace(both, covers=("drought", "pumps"))))
    )

    assert answerer.reply("what does Omar Hale say")[0].facts == ("both",)


def test_of_more_claims_than_one_answer_holds_it_is_asked_which() -> None:
    long = [
        claimed(
            f"claim-{thing}", "omar-hale", f"{thing.title()} {'so ' * 130}, Omar Hale held.", thing
        )
        for thing in ("weather", "money", "boats")
    ]
    reply, _ = answering(base((*OTHERS, *long))).reply("what does Omar Hale say")

    assert reply.outcome == "suggest"
    assert "than one answer holds" in reply.answer
    assert len(reply.suggestions) == 3


@pytest.mark.parametrize("asked", ["exact words of Omar Hale", "do you have a quote by Hale?"])
def test_own_words_are_told_of_whom_the_base_quotes(two_claims: Answerer, asked: str) -> None:
    assert two_claims.reply(asked)[0].facts == ("pumps",)


@pytest.mark.parametrize(
    "asked",
    [
        "what was Omar Hale told",
        "what does Omar Hale say about the moon",
        "what do Omar Hale and Nora Quist say",
        "what should Omar Hale say",
        "what did Omar Hale not say",
    ],
)
def test_what_asks_for_something_else_is_not_answered_so(one_claim: Answerer, asked: str) -> None:
    assert one_claim.reply(asked)[0].facts != ("drought",)


@pytest.mark.parametrize(
    "asked",
    ["why was Omar Hale quoted", "where are the words of Hale", "is there no quote by Hale"],
)
def test_what_asks_for_no_words_is_not_answered_with_them(two_claims: Answerer, asked: str) -> None:
    assert two_claims.reply(asked)[0].facts != ("pumps",)


def test_the_explanation_names_what_is_told_instead(two_claims: Answerer) -> None:
    explained = two_claims.explain("what does Omar Hale say")
    assert {*explained.statements[0]} == {"drought", "pumps"}


ALL_SAID = claimed(
    "all-said",
    "omar-hale",
    "Omar Hale said that the lake lost water, and that the talks came too late and were useless.",
    "What did Hale say?",
    "sum up Omar Hale's words",
    "gist of Hale's statements",
)
LATE = claimed(
    "late",
    "omar-hale",
    "The talks came too late, Omar Hale said.",
    "Did Hale say that the talks came too late?",
    "what did Hale say about the talks coming late",
)
USELESS = claimed(
    "useless",
    "omar-hale",
    "The talks were useless, Omar Hale said.",
    "Did Hale say that the talks were useless?",
    "what did Hale say about the use of the talks",
)


@pytest.mark.parametrize(
    "asked", ["What did Hale say about the talks?", "what did omar hale say at the talks"]
)
def test_said_about_the_event_itself_is_all_that_somebody_said(asked: str) -> None:
    answerer = answering(base((*OTHERS, ALL_SAID, LATE, USELESS)))
    reply, _ = answerer.reply(asked)
    assert (reply.outcome, reply.facts) == ("answer", ("all-said",))
    late, _ = answerer.reply("what did Hale say about the talks being late")
    assert late.facts == ("late",)
