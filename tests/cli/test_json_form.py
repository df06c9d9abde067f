"""The JSON of a reply has the keys that other programs rely on, in order, and no others."""

from __future__ import annotations

import json
from pathlib import Path

from bot.cli.context import json_line
from bot.cli.json_form import reply_form
from bot.dialogue.reply import Best, CitedSource, Part, Reply, Side, SpokenQuote, Suggestion
from bot.texts import load_texts

TEXTS = load_texts(Path(__file__).resolve().parents[2] / "config" / "texts" / "en.yaml")

GAZETTE = CitedSource("gazette", "The Gazette", "A Light", None, (3,), "May 1832")
ANSWERED = Part(
    question="How tall is it?",
    outcome="answer",
    sides=(Side("height", "Seventeen metres."),),
    confidence=0.91237,
    quotes=(SpokenQuote("It will stand", "height", "Stevenson", "engineer", "gazette", True),),
    sources=(GAZETTE,),
    best=Best("height", 0.91237),
)
NOT_ANSWERED = Part(
    question="What did it cost?",
    outcome="unknown",
    message="The source does not say.",
    confidence=0.5,
    suggestions=(Suggestion("height", "How tall is the lighthouse?"),),
    best=None,
)


def test_an_answer_has_every_key_in_the_order_of_the_contract() -> None:
    form = reply_form(Reply("How tall is it?", (ANSWERED,)), TEXTS, id_="1", elapsed_us=180)

    assert json.dumps({key: one for key, one in form.items() if key != "text"}) == json.dumps(
        {
            "id": "1",
            "question": "How tall is it?",
            "outcome": "answer",
            "answer": "Seventeen metres.",
            "facts": ["height"],
            "confidence": 0.912,
            "quotes": [
                {
                    "text": "It will stand",
                    "speaker": "Stevenson",
                    "source": "gazette",
                    "verified": True,
                }
            ],
            "sources": [
                {
                    "id": "gazette",
                    "publisher": "The Gazette",
                    "title": "A Light",
                    "url": None,
                    "at": [3],
                }
            ],
            "suggestions": [],
            "best": {"fact": "height", "confidence": 0.912},
            "parts": [
                {
                    "question": "How tall is it?",
                    "outcome": "answer",
                    "answer": "Seventeen metres.",
                    "facts": ["height"],
                    "confidence": 0.912,
                    "suggestions": [],
                    "best": {"fact": "height", "confidence": 0.912},
                }
            ],
            "elapsed_us": 180,
        }
    )
    assert list(form)[2:5] == ["outcome", "text", "answer"]


def test_the_text_is_the_whole_reply_as_a_person_reads_it() -> None:
    form = reply_form(Reply("", (ANSWERED, NOT_ANSWERED)), TEXTS, id_=None, elapsed_us=0)

    text = str(form["text"])
    for shown in ("Seventeen metres.", "It will stand", "Stevenson", "The Gazette", "May 1832"):
        assert shown in text
    assert "The source does not say." in text
    assert "How tall is the lighthouse?" in text


def test_of_two_questions_the_answered_one_leads_and_both_are_parts() -> None:
    form = reply_form(Reply("both", (NOT_ANSWERED, ANSWERED)), TEXTS, id_=None, elapsed_us=0)

    assert form["outcome"] == "answer"
    assert form["answer"] == "Seventeen metres."
    assert form["facts"] == ["height"]
    assert form["confidence"] == 0.912
    assert form["best"] is None
    parts = form["parts"]
    assert isinstance(parts, list)
    assert [part["outcome"] for part in parts] == ["unknown", "answer"]


def test_a_line_is_readable_utf_8_and_survives_half_a_surrogate_pair() -> None:
    assert json_line({"text": "“é”"}) == '{"text": "“é”"}\n'.encode()
    assert json_line({"id": "\ud83d"}) == b'{"id": "\\ud83d"}\n'
