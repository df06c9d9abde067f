"""The chat as a person has it: in colour with keys in a terminal, plain everywhere else."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from tests.cli.support import SMALL_ARTICLE, SMALL_BASE, environment, footnote, small_base

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are for POSIX", allow_module_level=True)

from tests.terminal.pseudo_terminal import Terminal, terminal

UP, TAB, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\t", "\r", "\x03", "\x04"
PROMPT = "› "


class Chat(Protocol):
    def __call__(self, *words: str, **env: str) -> AbstractContextManager[Terminal]: ...


@pytest.fixture(name="base")
def small(tmp_path: Path) -> str:
    base = small_base(tmp_path)
    article = tmp_path / "article.txt"
    article.write_text(SMALL_ARTICLE, encoding="utf-8")
    footnote("check", "--article", f"gazette={article}", "--knowledge", str(base))
    return str(base)


@pytest.fixture(name="chat")
def _chat(base: str, tmp_path: Path) -> Chat:
    def start(*words: str, **env: str) -> AbstractContextManager[Terminal]:
        usual = {
            "TERM": "xterm-256color",
            "FOOTNOTE_KNOWLEDGE": base,
            "FOOTNOTE_CACHE": str(tmp_path / "cache"),
        }
        kept = {name: one for name, one in environment().items() if name != "NO_COLOR"}
        return terminal(words or ("chat",), kept | usual | env)

    return start


def test_it_says_what_it_is_about_and_gives_three_examples(chat: Chat) -> None:
    with chat() as person:
        welcome = person.expect(PROMPT)

    for shown in ("The lighthouse of Port Ellen", "Who built", "How tall is"):
        assert shown in welcome


def test_no_command_in_a_terminal_is_the_chat(chat: Chat) -> None:
    with chat("--event", "lighthouse") as person:
        person.expect("The lighthouse of Port Ellen")
        person.expect(PROMPT)


def test_an_answer_has_its_quote_behind_a_bar_and_its_source_in_colour(chat: Chat) -> None:
    with chat() as person:
        person.expect(PROMPT)
        person.type("who built the lighthouse" + ENTER)

        person.expect("Robert Stevenson built the lighthouse.")
        person.expect("▌ “It will stand”")
        person.expect("▌ — Robert Stevenson, engineer")
        person.expect("The Gazette")
        person.expect(PROMPT)
        assert "\x1b[" in person.shown


def test_a_follow_up_knows_what_was_said(chat: Chat) -> None:
    with chat() as person:
        person.expect(PROMPT)
        person.type("who built the lighthouse" + ENTER)
        person.expect("The Gazette")
        person.expect(PROMPT)
        person.type("exact words?" + ENTER)

        person.expect("“It will stand”")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, "quit" + ENTER])
@pytest.mark.parametrize("plain", ["", "1"])
def test_a_person_may_leave_quietly(chat: Chat, key: str, plain: str) -> None:
    with chat(NO_COLOR=plain) as person:
        person.expect("> " if plain else PROMPT)

        assert person.leave(key) == 0
        assert "Traceback" not in person.text
        assert "Interrupt" not in person.text


def test_ctrl_c_empties_what_was_typed_and_goes_on(chat: Chat) -> None:
    with chat() as person:
        person.expect(PROMPT)
        person.type("who was it that" + CTRL_C)
        person.type("how tall is the lighthouse" + ENTER)

        person.expect("Seventeen metres")


def test_the_number_of_an_example_asks_it(chat: Chat) -> None:
    with chat() as person:
        person.expect(PROMPT)
        person.type("9" + ENTER)
        person.expect(PROMPT)
        person.type("2" + ENTER)

        person.expect("Seventeen metres")


def test_tab_completes_a_question_that_can_be_answered(chat: Chat) -> None:
    with chat() as person:
        person.expect(PROMPT)
        person.type("how tall is" + TAB)
        person.expect("How tall is the lighthouse?")
        person.type(ENTER)

        person.expect("Seventeen metres")


def test_what_was_typed_is_there_again_next_time(chat: Chat) -> None:
    with chat() as person:
        person.expect(PROMPT)
        person.type("who built the lighthouse" + ENTER)
        person.expect("Stevenson")
        person.expect(PROMPT)
        person.type(CTRL_D)
        assert person.ended() == 0
    with chat() as person:
        person.expect(PROMPT)
        person.type(UP)
        person.expect("who built the lighthouse")
        person.type(ENTER)

        person.expect("Stevenson")


def test_nobody_else_may_read_what_was_typed(chat: Chat, tmp_path: Path) -> None:
    history = tmp_path / "cache" / "history"
    for _ in range(2):
        with chat() as person:
            person.expect(PROMPT)
            assert history.stat().st_mode & 0o777 == 0o600
            assert person.leave(CTRL_D) == 0
        history.chmod(0o644)  # as an earlier version left it


def test_a_history_that_cannot_be_kept_is_no_hindrance(chat: Chat, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    with chat(FOOTNOTE_CACHE=str(blocked)) as person:
        person.expect(PROMPT)
        person.type("who built the lighthouse" + ENTER)
        person.expect("Stevenson")
        person.expect(PROMPT)
        person.type(UP)
        person.expect("who built the lighthouse")
        person.type(CTRL_C)  # empties the line

        assert person.leave(CTRL_C) == 0


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_not_one_escape_sequence_is_printed(chat: Chat, env: dict[str, str]) -> None:
    with chat(**env) as person:
        person.expect("\n> ")
        person.type("who built the lighthouse\n")
        person.expect('> "It will stand" - Robert Stevenson, engineer')
        person.expect("\n> ")
        person.type(CTRL_D)

        assert person.ended() == 0
        assert "\x1b" not in person.shown


def test_in_a_pipe_it_reads_lines_and_prints_plain_text(base: str) -> None:
    stdin = b"who built the lighthouse\n\nexact words?\n"

    ended = footnote("chat", "--knowledge", base, stdin=stdin)

    assert ended.code == 0
    assert ended.err == ""
    assert "\x1b" not in ended.out
    assert "\n> \n" not in ended.out  # no prompt
    welcome, answer, words = ended.out.split("\n\n", 2)
    assert welcome.startswith("Footnote: The lighthouse of Port Ellen")
    assert answer.startswith("Robert Stevenson built the lighthouse.")
    assert "It will stand" in words


def test_a_base_without_examples_gives_its_first_questions_and_a_number_picks_one(
    tmp_path: Path,
) -> None:
    text = re.sub("  examples: .*\n", "", SMALL_BASE)

    ended = footnote("chat", "--knowledge", str(small_base(tmp_path, text)), stdin=b"2\n")

    welcome, answer = ended.out.split("\n\n", 1)
    assert welcome.endswith("  1. Who built the lighthouse?\n  2. How tall is the lighthouse?")
    assert answer.startswith("Seventeen metres")


def test_bytes_that_are_no_text_are_a_question_like_any_other(base: str) -> None:
    env = environment(PYTHONIOENCODING="utf-8:strict", FOOTNOTE_KNOWLEDGE=base)

    ended = footnote("chat", stdin=b"\xff\xfe\nwho built the lighthouse\n", env=env)

    assert ended.code == 0
    assert "Robert Stevenson built" in ended.out


def test_a_number_picks_the_question_that_was_offered(on_shipped: Mapping[str, str]) -> None:
    offered = footnote("chat", stdin=b"why did the US sign the agreement?\n", env=on_shipped)
    _, _, reply = offered.out.partition("\n\n")
    numbered = [line for line in reply.splitlines() if line.startswith("1. ")]
    assert numbered, reply

    picked = footnote("chat", stdin=b"why did the US sign the agreement?\n1\n", env=on_shipped)
    asked = footnote("ask", numbered[0].removeprefix("1. "), env=on_shipped)

    assert asked.out.strip() in picked.out


def test_who_waits_for_a_first_start_is_told_why(chat: Chat, tmp_path: Path) -> None:
    fresh = str(tmp_path / "fresh")
    with chat(FOOTNOTE_CACHE=fresh) as person:
        person.expect("footnote: learning the facts")
        person.expect(PROMPT)
        assert person.leave(CTRL_D) == 0
    with chat(FOOTNOTE_CACHE=fresh) as person:
        assert "learning" not in person.expect(PROMPT)
