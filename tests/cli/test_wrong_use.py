"""Wrong use is one line that says what, where and what to do; exit code 2; never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS
from tests.cli.support import ROOT, Ended, environment, footnote, small_base, watched

NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")


def assert_told_in_one_line(ended: Ended, *parts: str) -> None:
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.count("\n") == 1, ended.err
    for part in parts:
        assert part in ended.err


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["aks", "who?"], ["unknown command 'aks'", "did you mean 'ask'?"]),
        (["qwertyuiop"], ["unknown command 'qwertyuiop'", ", ".join(COMMANDS)]),
        (["ask"], ["no question", "write one"]),
        (["ask", "--batch", "who?"], ["--batch", "leave out QUESTION"]),
        (["ask", "who?", "--jsno"], ["footnote ask: unknown: --jsno;", "footnote ask --help"]),
        (["--jsno"], ["footnote: unknown: --jsno;", "footnote --help"]),
        (["facts", "history", "--al"], ["--al", "footnote facts history --help"]),
        (["ask", "a\nb", "--x\ny"], ["--x y"]),
        (["explain"], ["QUESTION", "footnote explain --help"]),
        (["facts", "all"], ["all", "--help"]),
        (["eval", "--min-right", "95"], ["'95' is no share", "write 0.95 or 95%"]),
        (["eval", "--max-wrong", "nan"], ["'nan' is no share"]),
        (["check", "--article", "abc-news"], ["'abc-news' is not SOURCE=FILE"]),
        (["facts", "diff", "x", "y"], ["FIRST: 'x' is no version", "`footnote facts history`"]),
        (["facts", "rollback", "9" * 20], ["is no version", "`footnote facts history`"]),
        (["counts", "--days", "9" * 20], ["--days", "is no number of days from 1 to 365; write 7"]),
        (["counts", "--days", "9" * 5_000], ["is no number of days from 1 to 365; write 7"]),
        (["counts", "--days", "366"], ["'366' is no number of days from 1 to 365; write 7"]),
        (["counts", "--days", "0"], ["'0' is no number of days from 1 to 365; write 7"]),
        (["ask", "who?", "--knowledge", ""], ["--knowledge: it is empty; name one, or leave"]),
        (["--event", " ", "ask", "who?"], ["--event: it is empty; name one, or leave it out"]),
        (["check", "my-event"], ["unknown: my-event; name a fact base with --knowledge;"]),
        (["eval", "--jsno", "x"], ["footnote eval: unknown: --jsno x; see footnote eval --help"]),
        (["--knowledge"], ["--knowledge", "footnote --help"]),
        (["ask", "who?", "--knowledge", "no-such-folder"], ["no-such-folder"]),
        (["check", "--article", "abc-news=none.txt"], ["none.txt", "No such file", "abc-news"]),
        (["serve"], ["DISCORD_TOKEN", "set"]),
    ],
)
def test_a_mistake_is_told_in_one_line(words: list[str], parts: list[str]) -> None:
    assert_told_in_one_line(footnote(*words), *parts)


def test_no_command_without_a_terminal_or_a_token_shows_the_help() -> None:
    ended = footnote()

    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("usage: footnote ")
    for command in COMMANDS:
        assert f"\n    {command} " in ended.err


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["eval", "-h"]])
def test_help_that_was_asked_for_is_no_mistake(words: list[str]) -> None:
    ended = footnote(*words)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("usage: footnote ")


def test_the_version_is_told() -> None:
    assert footnote("--version").out.startswith("footnote 0.")


@pytest.mark.parametrize(
    "command", [["ask", "who?"], ["facts"], ["eval"], ["chat"], ["explain", "x"]]
)
def test_a_broken_base_is_told_line_by_line_and_counted_last(
    tmp_path: Path, command: list[str]
) -> None:
    base = small_base(tmp_path, "event: {id: x, title: X, tilte: Y}\nfatcs: []\n")

    ended = footnote(*command, "--knowledge", str(base))

    *mistakes, count = ended.err.splitlines()
    assert ended.code == 2
    assert ended.out == ""
    assert all(line.startswith("base.yaml:") for line in mistakes)
    assert len(mistakes) >= 2
    assert count.startswith(f"{len(mistakes)} mistakes in ")


def link_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A bot that could be started, with a data folder of its own."""
    return environment(
        DISCORD_TOKEN="not.a.token",  # noqa: S106 - it is no token
        FOOTNOTE_DATA=str(tmp_path / "data"),
    )


@NOT_ON_WINDOWS
@pytest.mark.parametrize(
    "words", [["ask", "who?"], ["facts"], ["check"], ["facts", "reload"], ["serve"]]
)
@pytest.mark.parametrize(
    ("put", "what"),
    [
        (os.mkfifo, "this is no regular file; put a text file here"),
        (link_to_zeros, "this link leads out of the base's folder; copy the file here"),
    ],
)
def test_a_file_that_never_ends_is_told_and_not_waited_for(
    tmp_path: Path,
    env: dict[str, str],
    put: Callable[[Path], None],
    what: str,
    words: list[str],
) -> None:
    base = small_base(tmp_path)
    put(base / "a.yaml")

    ended = footnote(*words, env=env | {"FOOTNOTE_KNOWLEDGE": str(base)})

    assert ended.code in {1, 2}
    assert ended.out == ""
    assert ended.err.splitlines()[-2:] == [f"a.yaml:1:1: {what}", f"1 mistake in {base}"]


@NOT_ON_WINDOWS
def test_a_lock_that_never_ends_counts_as_none(tmp_path: Path, env: dict[str, str]) -> None:
    base = small_base(tmp_path)
    os.mkfifo(base / "quotes.lock")

    asked = footnote("ask", "Who built the lighthouse?", "--knowledge", str(base))
    checked = footnote("check", "--knowledge", str(base))
    kept = footnote("facts", "reload", "--yes", env=env | {"FOOTNOTE_KNOWLEDGE": str(base)})

    assert asked.code == 0
    assert checked.code == 0
    assert "quotes.lock:1:1: the lock is not read (this is no regular file): " in checked.err
    assert (kept.code, kept.err) == (0, "")


def test_several_events_and_no_choice_are_listed(tmp_path: Path) -> None:
    base = small_base(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    text = (base / "base.yaml").read_text(encoding="utf-8").replace("id: lighthouse", "id: beacon")
    (other / "base.yaml").write_text(text, encoding="utf-8")

    unchosen = footnote("ask", "who built the lighthouse", "--knowledge", str(tmp_path))
    chosen = footnote(
        "ask", "who built the lighthouse", "--knowledge", str(tmp_path), "--event", "beacon"
    )

    assert unchosen.code == 2
    assert "--event" in unchosen.err
    assert "lighthouse" in unchosen.err
    assert "beacon" in unchosen.err
    assert chosen.code == 0


def test_an_event_that_is_not_there_is_told_with_those_that_are() -> None:
    ended = footnote("ask", "who?", "--event", "no-such-event")

    assert ended.code == 2
    assert "no-such-event" in ended.err
    assert "moscow-talks-2018" in ended.err


def test_settings_that_will_not_do_are_all_told_before_anything_else() -> None:
    secret = "a.secret"  # noqa: S105 - to be looked for, not to be used
    env = environment(FOOTNOTE_HOME_SERVER="mine", FOOTNOTE_LOG="loud", DISCORD_TOKEN=secret)

    ended = footnote("ask", "who?", env=env)

    assert ended.code == 2
    assert [line.partition(":")[0] for line in ended.err.splitlines()] == [
        "FOOTNOTE_HOME_SERVER",
        "FOOTNOTE_LOG",
    ]
    assert secret not in ended.err


def test_the_settings_file_in_the_folder_goes_before_the_one_that_comes_with_the_program(
    tmp_path: Path, on_shipped: Mapping[str, str]
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "footnote.yaml").write_text("log: loud\n", encoding="utf-8")

    here = footnote("ask", "who?", cwd=tmp_path)
    named = {**on_shipped, "FOOTNOTE_CONFIG": str(ROOT / "config" / "footnote.yaml")}

    assert_told_in_one_line(here, f"{Path('config', 'footnote.yaml')}:1:1: 'loud' will not do")
    assert footnote("ask", "who?", cwd=tmp_path, env=named).code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "facts"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            cwd=ROOT,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == b"footnote: standard output: No space left on device; mend it and retry\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_reader_that_has_seen_enough_is_no_mistake() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "facts", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    )
    with process, watched(process):
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_how_sure_it_must_be_is_set(on_shipped: Mapping[str, str]) -> None:
    asked = ("ask", "Which hotel did they meet in?", "--json")
    usual = footnote(*asked, env=on_shipped).json_lines[0]
    sure = {**on_shipped, "FOOTNOTE_ANSWER_FROM": "1", "FOOTNOTE_SUGGEST_FROM": "0.1"}
    strict = footnote(*asked, env=sure).json_lines[0]
    assert usual["outcome"] == "answer"
    assert usual["best"]["confidence"] < 1
    assert (strict["outcome"], strict["best"]["fact"]) == ("suggest", usual["best"]["fact"])


@pytest.mark.parametrize("value", ["1.2", "-0.1", "much", "0.4.1", "nan"])
def test_how_sure_is_a_number_from_0_to_1(value: str) -> None:
    ended = footnote("ask", "Who?", env=environment(FOOTNOTE_ANSWER_FROM=value))
    assert_told_in_one_line(ended, "FOOTNOTE_ANSWER_FROM", value, "write a number from 0 to 1")


def test_it_suggests_no_surer_than_it_answers() -> None:
    crossed = environment(FOOTNOTE_ANSWER_FROM="0.3", FOOTNOTE_SUGGEST_FROM="0.5")
    ended = footnote("ask", "Who?", env=crossed)
    assert_told_in_one_line(ended, "0.5 is above FOOTNOTE_ANSWER_FROM, 0.3;", "smaller")
    ended = footnote("ask", "Who?", env=environment(FOOTNOTE_SUGGEST_FROM="0.5"))
    assert_told_in_one_line(ended, "0.5 is above FOOTNOTE_ANSWER_FROM, 0.4 unless set;")
