"""`footnote ask --batch`: a request a line in, a reply a line out, in order, as they come."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.cli.batch import Conversations
from bot.dialogue.conversation import Conversation
from tests.cli.support import (
    ROOT,
    environment,
    footnote,
    requests,
    small_base,
    watched,
    without_times,
)

BUILDER = "Who built the lighthouse?"
HEIGHT = "How tall is the lighthouse?"


@pytest.fixture(name="base")
def small(tmp_path: Path) -> str:
    return str(small_base(tmp_path))


def batch(base: str, stdin: bytes) -> list[dict[str, Any]]:
    ended = footnote("ask", "--batch", "--knowledge", base, stdin=stdin)
    assert ended.code == 0
    assert ended.err == ""
    return ended.json_lines


def test_replies_come_in_the_order_of_the_requests_with_their_ids(base: str) -> None:
    ids: list[object] = ["a", 7, 1.5, True, None, "", "ü", 10**30]
    asked = [{"id": id_, "question": HEIGHT if n % 2 else BUILDER} for n, id_ in enumerate(ids)]

    replies = batch(base, requests(*asked))

    assert [reply["id"] for reply in replies] == ids
    assert [type(reply["id"]) for reply in replies] == [type(id_) for id_ in ids]
    assert [reply["question"] for reply in replies] == [one["question"] for one in asked]
    assert [reply["facts"] for reply in replies] == [["builder"], ["height"]] * 4


@pytest.mark.parametrize(
    "number",
    ["1E400", "1e5", "-0", "123456789.123456789", "1.0000000000000000000001", "9" * 5_000],
)
def test_a_number_comes_back_as_it_was_written(base: str, number: str) -> None:
    asked = f'{{"id": {number}, "question": "{BUILDER}", "ours": "\\ud83d"}}\n'
    refused = f'{{"id": {number}, "question": {number}}}\n'
    echoed = f'{{"id": {number}, "question": "\\ud83d"}}\n'  # no text: it goes out in ASCII

    ended = footnote(
        "ask", "--batch", "--knowledge", base, stdin=(asked + refused + echoed).encode()
    )

    assert [line.partition(", ")[0] for line in ended.out.splitlines()] == [f'{{"id": {number}'] * 3
    assert '"facts": ["builder"]' in ended.out
    assert "line 2: `question` is no string" in ended.out


def test_a_reply_in_a_batch_is_the_reply_of_ask_json(base: str) -> None:
    (in_batch,) = batch(base, requests({"question": BUILDER}))
    (alone,) = footnote("ask", BUILDER, "--json", "--knowledge", base).json_lines

    assert without_times([in_batch]) == without_times([alone])
    assert list(in_batch) == list(alone)


def test_each_conversation_has_its_own_context_and_no_line_without_one(base: str) -> None:
    replies = batch(
        base,
        requests(
            {"id": 1, "question": BUILDER, "conversation": "c1"},
            {"id": 2, "question": HEIGHT, "conversation": "c2"},
            {"id": 3, "question": "exact words?", "conversation": "c1"},
            {"id": 4, "question": "exact words?"},
            {"id": 5, "question": "exact words?", "conversation": "c3"},
            {"id": 6, "question": "exact words?", "conversation": None},
        ),
    )

    assert [quote["text"] for quote in replies[2]["quotes"]] == ["It will stand"]
    assert [reply["quotes"] for reply in replies[3:]] == [[], [], []]


def test_of_too_many_conversations_the_one_used_longest_ago_begins_anew() -> None:
    conversations = Conversations(most=2)
    for key in ("a", "b", "a", "c"):
        conversations.put(key, Conversation(question=key))

    kept = [conversations.get(key).question for key in ("a", "b", "c")]
    assert kept == ["a", "", "c"]


def test_the_conversation_1_is_not_the_conversation_called_1(base: str) -> None:
    replies = batch(
        base,
        requests(
            {"question": BUILDER, "conversation": 1},
            {"question": "exact words?", "conversation": "1"},
            {"question": "exact words?", "conversation": True},
            {"question": "exact words?", "conversation": 1},
        ),
    )

    assert [reply["quotes"] for reply in replies[1:3]] == [[], []]
    assert replies[3]["quotes"] != []


def test_a_conversation_may_have_any_number(base: str) -> None:
    large, near = "9" * 5_000 + "7", "9" * 5_000 + "8"
    lines = [(BUILDER, large), ("exact words?", near), ("exact words?", large)]
    stdin = "".join(f'{{"question": "{said}", "conversation": {of}}}\n' for said, of in lines)

    replies = batch(base, stdin.encode())

    assert [len(reply["quotes"]) for reply in replies] == [1, 0, 1]


@pytest.mark.parametrize(
    ("line", "id_", "told"),
    [
        (b"{", None, "is not JSON"),
        (b"", None, "is not JSON"),
        (b"   ", None, "is not JSON"),
        (b"nonsense", None, "is not JSON"),
        (b"\xff\xfe", None, "is not UTF-8"),
        (b'{"id": NaN, "question": "x"}', None, "is not JSON"),
        (b"[" * 100_000, None, "is not JSON"),
        (b'"who?"', None, "is no object"),
        (b'["who?"]', None, "is no object"),
        (b"null", None, "is no object"),
        (b'{"id": "7"}', "7", "`question` is missing"),
        (b'{"id": 7, "question": 3}', 7, "`question` is no string"),
        (b'{"id": 7, "question": null}', 7, "`question` is no string"),
        (b'{"id": [7], "question": "x"}', None, "`id` is no scalar"),
        (b'{"id": 7, "question": "x", "conversation": {}}', 7, "`conversation` is no scalar"),
        (b'{"id": 7, "question": "' + b"x" * (1 << 20) + b'"}', None, "is longer than"),
    ],
)
def test_a_line_that_is_no_request_gets_an_error_and_the_batch_goes_on(
    base: str, line: bytes, id_: object, told: str
) -> None:
    before, after = requests({"id": "before", "question": BUILDER}), requests({"question": HEIGHT})

    first, error, last = batch(base, before + line + b"\n" + after)

    assert first["facts"] == ["builder"]
    assert list(error) == ["id", "error"]
    assert error["id"] == id_
    assert error["error"].startswith("line 2: ")
    assert told in error["error"]
    assert last["facts"] == ["height"]


def test_byte_order_mark_windows_line_ends_and_a_missing_last_one_are_fine(base: str) -> None:
    stdin = requests({"question": BUILDER}, {"question": HEIGHT}).replace(b"\n", b"\r\n")

    replies = batch(base, b"\xef\xbb\xbf" + stdin.removesuffix(b"\r\n"))

    assert [reply["facts"] for reply in replies] == [["builder"], ["height"]]


def test_keys_that_are_not_ours_are_left_alone(base: str) -> None:
    (reply,) = batch(base, requests({"question": BUILDER, "expected": "builder"}))

    assert reply["facts"] == ["builder"]
    assert "expected" not in reply


def test_text_of_every_kind_comes_back_as_it_was_sent(base: str) -> None:
    questions = ["“ça” — 莫斯科?", "\u202ewho\u200b", "a\x00b", "\ud83d", "😀 who?", "a\nb"]

    replies = batch(base, requests(*({"question": one} for one in questions)))

    assert [reply["question"] for reply in replies] == questions


def test_nothing_in_gives_nothing_out(base: str) -> None:
    assert batch(base, b"") == []


def test_each_reply_comes_before_the_next_request_is_sent(base: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--batch", "--knowledge", base],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    )
    with process, watched(process):
        assert process.stdin
        assert process.stdout
        for question, fact in [(BUILDER, b'"builder"'), (HEIGHT, b'"height"')]:
            process.stdin.write(requests({"question": question}))
            process.stdin.flush()
            assert fact in process.stdout.readline()
        process.stdin.close()
        assert process.wait() == 0


def test_the_same_requests_give_the_same_bytes_apart_from_the_time_taken(
    on_shipped: Mapping[str, str],
) -> None:
    stdin = requests(
        *(
            {"id": n, "question": question, "conversation": "c"}
            for n, question in enumerate(
                ["who took part?", "and the US?", "when?", "who won?", "hi", "why did it happen?"]
            )
        )
    )
    runs = [
        footnote("ask", "--batch", stdin=stdin, env={**on_shipped, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]

    first, second = (without_times(run.json_lines) for run in runs)
    assert first == second
    assert len(first) == 6
