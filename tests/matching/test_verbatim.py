"""A base's own questions, word for word."""

from __future__ import annotations

import pytest

from bot.dialogue.answerer import Answerer
from bot.facts.model import Fact, Unanswered
from bot.matching.explain import explain_text
from bot.matching.verbatim import Verbatim
from tests.matching.bases import FACTS, UNANSWERED, answering, base, fact

GREETED = fact(
    "greeted", "Quist wished everybody a good morning.", "Good morning!", "a good morning"
)
HERS = fact("hers", "Quist paints.", "What does she do?", "what do painters do", "Quist's hobby")
PEACE = Unanswered("peace", ("Was it peace? A treaty, I mean?",), "No treaty is told of.")


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return answering(base((*FACTS, GREETED, HERS), unanswered=(*UNANSWERED, PEACE)))


def test_every_question_of_the_shipped_base_gets_its_own_entry(shipped: Answerer) -> None:
    wrong = []
    entries: tuple[Fact | Unanswered, ...] = (*shipped.base.facts, *shipped.base.unanswered)
    for entry in entries:
        outcome = "unknown" if isinstance(entry, Unanswered) else "answer"
        for question in entry.questions:
            reply, _ = shipped.reply(question)
            if (reply.outcome, reply.best and reply.best.fact) != (outcome, entry.id):
                wrong.append(question)
    assert wrong == []


@pytest.mark.parametrize(
    "typed", ["WHO OPENED THE TALKS", "  who opened\tthe talks ??", "Who \u200bopened the talks!"]
)
def test_case_marks_and_spacing_do_not_matter(answerer: Answerer, typed: str) -> None:
    reply, _ = answerer.reply(typed)
    assert (reply.facts, reply.parts[0].confidence) == (("opener",), 1.0)


def test_other_words_for_it_are_only_likely(answerer: Answerer) -> None:
    reply, _ = answerer.reply("so who opened the talks?")
    assert reply.facts == ("opener",)
    assert reply.parts[0].confidence < 1


def test_a_question_that_looks_like_small_talk_is_the_bases(answerer: Answerer) -> None:
    assert answerer.reply("Good morning")[0].facts == ("greeted",)


def test_a_question_of_two_sentences_is_one(answerer: Answerer) -> None:
    reply, _ = answerer.reply("was it peace? a treaty, I mean?")
    assert (reply.outcome, reply.best and reply.best.fact) == ("unknown", "peace")
    assert len(reply.parts) == 1


def test_a_pronoun_means_whom_the_conversation_is_about(answerer: Answerer) -> None:
    assert answerer.reply("What does she do?")[0].facts == ("hers",)
    _, before = answerer.reply("What did Hale find?")
    assert answerer.reply("What does she do?", before)[0].parts[0].confidence < 1


def test_a_question_that_says_all_is_the_same_in_a_conversation(answerer: Answerer) -> None:
    _, before = answerer.reply("What did Hale find?")
    reply, _ = answerer.reply("Where were the talks held?", before)
    assert reply.parts[0].confidence == 1


def test_the_explanation_says_so(answerer: Answerer) -> None:
    text = explain_text(answerer.explain("Who opened the talks?"))
    assert text.startswith("a question of opener, word for word: nothing to guess\n")
    assert "word for word" not in explain_text(answerer.explain("so who opened the talks?"))


def test_two_questions_with_the_same_mark_are_told_apart() -> None:
    questions = [("buckeroo",), ("something else", "plumless")]  # both have the CRC-32 1306201125
    assert list(Verbatim.of(questions).like("plumless")) == [(0, 0), (1, 1)]
    taken = answering(base((fact("one", "One.", "buckeroo"), *FACTS)))
    assert taken.reply("buckeroo")[0].facts == ("one",)
    assert taken.matcher.entry_asked("plumless") is None
