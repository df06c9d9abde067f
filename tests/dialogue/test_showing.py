"""Facts chosen by id, questions completed, small talk, and the explanation."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer
from bot.matching.explain import explain_text
from tests.matching.asked_in_order import sample
from tests.matching.bases import FACTS, answering, base


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base())


def test_a_fact_shown_by_its_id_can_be_asked_on_about(answerer: Answerer) -> None:
    shown = answerer.show("opener")
    assert shown is not None
    reply, conversation = shown
    assert (reply.outcome, reply.facts, reply.confidence) == ("answer", ("opener",), 1.0)
    assert reply.question == "Who opened the talks?"
    assert answerer.reply("what did she say", conversation)[0].facts == ("words",)


def test_what_is_unanswered_can_be_shown_and_is_no_answer(answerer: Answerer) -> None:
    shown = answerer.show("next-talks")
    assert shown is not None
    assert shown[0].outcome == "unknown"
    assert shown[0].answer == "The source does not say whether they meet again."


@pytest.mark.parametrize("wrong", ["", "nothing", "Opener", "opener ", "iran"])
def test_an_id_that_the_base_lacks_shows_nothing(answerer: Answerer, wrong: str) -> None:
    assert answerer.show(wrong) is None


@pytest.mark.parametrize(
    ("typed", "fact_id"),
    [
        ("Who opened", "opener"),
        ("who opned the taks", "opener"),
        ("how lnog did", "length"),
        ("delegats from irna", "delegates"),
        ("DAM PRICE", "price"),
        ("police boa", "attack"),
        ("sign the tre", "refusal"),
    ],
)
def test_completion_forgives_slips(answerer: Answerer, typed: str, fact_id: str) -> None:
    assert answerer.complete(typed)[0].fact == fact_id


def test_nothing_typed_yet_is_completed_to_each_fact_s_first_question(answerer: Answerer) -> None:
    opening = answerer.complete("")
    assert [(s.fact, s.question) for s in opening] == [(f.id, f.questions[0]) for f in FACTS]
    assert answerer.complete("   ") == opening


def test_completion_keeps_to_its_limit_and_repeats_nothing(answerer: Answerer) -> None:
    for limit in (1, 3, 25):
        found = answerer.complete("the talks", limit)
        assert 1 <= len(found) <= limit
        assert len(set(found)) == len(found)


def test_what_is_like_no_question_is_completed_to_nothing(answerer: Answerer) -> None:
    assert answerer.complete("zzzzqqqqxxxx") == ()


def test_the_shipped_base_s_examples_come_first(shipped: Answerer) -> None:
    examples = shipped.base.event.examples
    firsts = {fact.questions[0] for fact in shipped.base.facts}
    assert [s.question for s in shipped.complete("", 3)] == [e for e in examples if e in firsts] + [
        fact.questions[0] for fact in shipped.base.facts
    ][: 3 - sum(e in firsts for e in examples)]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("hi", "greeting"),
        ("Hello there!", "greeting"),
        ("good morning", "greeting"),
        ("how are you?", "wellbeing"),
        ("hi, how is it going", "wellbeing"),
        ("makes sense", "remark"),
        ("thanks a lot", "thanks"),
        ("thx", "thanks"),
        ("bye", "farewell"),
        ("help", "help"),
        ("what can you do?", "help"),
        ("who are you", "identity"),
        ("r u a bot?", "identity"),
        ("", "empty"),
        ("?!", "empty"),
    ],
)
def test_small_talk_gets_a_fitting_reply(answerer: Answerer, said: str, text: str) -> None:
    reply, _ = answerer.reply(said)
    assert reply.outcome == "chat"
    template: str = getattr(answerer.texts, text)
    assert reply.answer.startswith(template.split("{", maxsplit=1)[0])
    assert "{" not in reply.answer


@pytest.mark.parametrize("kind", ["thanks", "greeting", "wellbeing", "remark", "never_mind"])
def test_what_asks_nothing_is_answered_by_no_fact(shipped: Answerer, kind: str) -> None:
    said = {phrase: shipped.reply(phrase)[0].facts for phrase in shipped.language.chat[kind]}
    assert {phrase: facts for phrase, facts in said.items() if facts} == {}


def test_small_talk_keeps_the_conversation(answerer: Answerer) -> None:
    _, before = answerer.reply("Who opened the talks?")
    for said in ("thanks", "ok", "hello", "help", "..."):
        assert answerer.reply(said, before)[1] == before


@pytest.mark.parametrize(
    "question",
    ["hi, who opened the talks?", "Hello! Who opened the talks", "who opened the talks? thanks!"],
)
def test_a_question_with_courtesies_is_a_question(answerer: Answerer, question: str) -> None:
    assert answerer.reply(question)[0].facts == ("opener",)


def test_the_explanation_has_all_its_parts(answerer: Answerer) -> None:
    lines = explain_text(answerer.explain("why did Merkle send 9 delegates")).splitlines()
    for wanted in ("question: why did Merkle", "read as:  why", "asks:     why", "decision: "):
        assert any(line.startswith(wanted) for line in lines), wanted
    text = "\n".join(lines)
    assert "1. " in text
    assert "nearest phrasing: " in text
    assert "in the phrasing: send" in text
    assert "gate cause: x" in text
    assert "gate figure: x" in text
    assert f"answers from {answerer.matcher.thresholds.answer}" in text


def test_the_explanation_names_the_decision_of_each_question(answerer: Answerer) -> None:
    text = explain_text(answerer.explain("Who opened the talks? When are the next talks?"))
    decisions = [line.split("(")[0].split() for line in text.splitlines() if "decision:" in line]
    assert decisions == [
        ["decision:", "answer", "opener"],
        ["decision:", "unknown", "next-talks"],
    ]
    assert " next-talks (unanswered)" in text


def test_what_is_explained_is_what_is_replied(shipped: Answerer) -> None:
    long_winded = [
        "who opened the meeting, Putin?",
        "For a school project I need the number of Soviet soldiers who died there, can you help",
        "I just got home. My feed is full of this. So who led the council's delegation?",
    ]
    differ = []
    for asked in [*sample(shipped.base, 5), *long_winded]:
        explained = shipped.explain(asked)
        if explained.own or explained.quoted:
            continue
        told = {part.facts[0] for part in shipped.reply(asked)[0].parts if part.facts}
        chosen = {
            match.decision.chosen[0]
            for match in explained.matches
            if match.decision.verb == "answer" and not shipped.matcher.asks_of_now(match)
        }
        if told != {fact for fact in chosen if fact in told} or (chosen and not told):
            differ.append((asked, told, chosen))
    assert differ == []


@pytest.mark.parametrize("message", ["hello", "what did he say"])
def test_small_talk_and_a_pronoun_for_nobody_have_nothing_to_explain(
    shipped: Answerer, message: str
) -> None:
    explained = explain_text(shipped.explain(message))
    assert explained == "small talk, or it does not say whom it means: nothing to match"
