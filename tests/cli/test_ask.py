"""`footnote ask`: one question, one reply, exit code 0 whatever the outcome."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.support import environment, footnote, small_base


@pytest.fixture(name="base")
def small(tmp_path: Path) -> str:
    return str(small_base(tmp_path))


def test_the_shipped_base_answers_a_question_with_its_source(on_shipped: Mapping[str, str]) -> None:
    ended = footnote("ask", "Who took part in the Moscow talks?", env=on_shipped)

    assert ended.code == 0
    assert ended.err == ""
    assert "Taliban" in ended.out
    assert "ABC News" in ended.out


def test_a_question_may_be_written_without_quotation_marks(base: str) -> None:
    split = footnote("ask", "--knowledge", base, "who", "built", "the", "lighthouse")
    whole = footnote("ask", "--knowledge", base, "who built the lighthouse")

    assert split == whole
    assert split.out.startswith("Robert Stevenson built the lighthouse.")


@pytest.mark.parametrize("question", ["What did the lighthouse cost?", "hello", "xyzzy?", "", "?"])
def test_the_exit_code_is_0_whatever_the_outcome(base: str, question: str) -> None:
    ended = footnote("ask", "--knowledge", base, question)

    assert ended.code == 0
    assert ended.err == ""
    assert ended.out.strip()


def test_json_is_one_line_that_holds_the_plain_text(base: str) -> None:
    plain = footnote("ask", "--knowledge", base, "who built the lighthouse")
    ended = footnote("ask", "--knowledge", base, "who built the lighthouse", "--json")

    (reply,) = ended.json_lines
    assert ended.code == 0
    assert reply["outcome"] == "answer"
    assert reply["facts"] == ["builder"]
    assert reply["text"] == plain.out.rstrip("\n")
    assert reply["id"] is None


def test_the_options_of_the_base_may_stand_before_the_command(base: str) -> None:
    before = footnote(
        "--knowledge", base, "--event", "lighthouse", "ask", "who built the lighthouse"
    )
    after = footnote(
        "ask", "who built the lighthouse", "--event", "lighthouse", "--knowledge", base
    )

    assert before == after
    assert before.code == 0


def test_the_environment_names_the_base_as_the_options_do(base: str) -> None:
    env = environment(FOOTNOTE_KNOWLEDGE=base, FOOTNOTE_EVENT="lighthouse")

    assert "Stevenson" in footnote("ask", "who built the lighthouse", env=env).out


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
def test_bytes_that_are_no_text_are_asked_all_the_same(base: str) -> None:
    ended = footnote("ask", "--knowledge", base, "who built the lighthouse \udcff\udcfe", "--json")

    assert ended.code == 0
    assert ended.json_lines[0]["question"].endswith("??")


def test_neither_discord_nor_the_chat_is_imported_to_answer(on_shipped: Mapping[str, str]) -> None:
    env = {**on_shipped, "PYTHONPROFILEIMPORTTIME": "1"}

    imported = {
        line.rpartition("|")[2].strip() for line in footnote("ask", "who", env=env).err.splitlines()
    }

    assert "bot.matching.engine" in imported
    assert imported.isdisjoint({"discord", "aiohttp", "prompt_toolkit", "asyncio", "aiosqlite"})


def test_output_that_cannot_show_a_letter_shows_a_question_mark(tmp_path: Path) -> None:
    base = small_base(tmp_path)
    file = base / "base.yaml"
    text = file.read_text(encoding="utf-8").replace("It will stand", "Ça tiendra")
    file.write_text(text, encoding="utf-8")
    env = environment(PYTHONUTF8="0", PYTHONIOENCODING="ascii", FOOTNOTE_KNOWLEDGE=str(base))

    plain = footnote("ask", "who built the lighthouse", env=env)
    as_json = footnote("ask", "who built the lighthouse", "--json", env=env)

    assert (plain.code, plain.err) == (0, "")
    assert "?a tiendra" in plain.out
    assert json.loads(as_json.out)["quotes"][0]["text"] == "Ça tiendra"
