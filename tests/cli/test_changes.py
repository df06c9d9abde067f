"""`footnote facts reload`, `history`, `diff`, `rollback` and `audit`, as a person calls them."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.store.database import FILE
from tests.cli.support import (
    ROOT,
    TEST,
    Ended,
    base_with_test,
    edit,
    environment,
    footnote,
    watched,
)

Call = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return base_with_test(tmp_path)


@pytest.fixture
def call(tmp_path: Path, folder: Path) -> Call:
    """`footnote facts` with further words, on this folder and a store of its own."""
    env = environment(
        FOOTNOTE_DATA=str(tmp_path / "data"), FOOTNOTE_KNOWLEDGE=str(folder), USER="ada"
    )
    return lambda *words: footnote("facts", *map(str, words), env=env)


def test_from_the_first_version_to_a_change_and_back(call: Call, folder: Path) -> None:
    first = call("reload", "--yes")
    assert (first.code, first.err) == (0, "")
    assert "Version 1" in first.out
    edit(folder, "Seventeen metres is", "Eighteen metres is")
    second = call("reload", "--yes")
    assert "after:  Eighteen metres is" in second.out
    assert "Version 2" in second.out
    history = call("history").out.splitlines()
    assert [line[:5] for line in history] == ["*   2", "    1"]
    assert "command line (ada)" in history[0]
    assert "before: Seventeen" in call("diff", 1).out
    assert "before: Eighteen" in call("diff", 2, 1).out
    back = call("rollback", 1, "--yes")
    assert "Version 3" in back.out
    assert "rolled back to version 1" in call("audit").out
    assert "Nothing would change" in call("diff", 1, 3).out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has USERNAME, and no ids")
@pytest.mark.parametrize("names", [{"LOGNAME": "cron"}, {}])
def test_who_accepts_is_known_also_without_a_usual_name_in_the_environment(
    tmp_path: Path, folder: Path, names: dict[str, str]
) -> None:
    data = str(tmp_path / "data")
    env = environment(FOOTNOTE_DATA=data, FOOTNOTE_KNOWLEDGE=str(folder))
    for name in ("USER", "LOGNAME", "USERNAME"):
        env.pop(name, None)
    assert footnote("facts", "reload", "--yes", env=env | names).code == 0
    who = names.get("LOGNAME", f"user {os.getuid()}")
    assert f"command line ({who})" in footnote("facts", "history", env=env).out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_what_is_confirmed_after_others_were_accepted_is_not_used(
    call: Call, folder: Path, tmp_path: Path
) -> None:
    call("reload", "--yes")
    other = tmp_path / "other.yaml"
    other.write_text((folder / "base.yaml").read_text().replace("Seventeen", "Sixteen"))
    edit(folder, "Seventeen metres is", "Eighteen metres is")
    with confirming(tmp_path, folder) as (process, keyboard):
        assert "Version 2" in call("reload", other, "--yes").out
        os.write(keyboard, b"y\n")
        _, errors = process.communicate()
    assert process.returncode == 1
    [line] = errors.splitlines()
    assert "others were accepted since that check, and nothing has changed" in line
    assert [one.lstrip("* ").split()[0] for one in call("history").out.splitlines()] == ["2", "1"]


def zipped(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("base.yaml", text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"no zip", "version-1.zip: is no zip"), (zipped("event: ["), "base.yaml:1:8: ")],
)
def test_a_newest_version_that_cannot_be_read_is_told_and_another_one_accepted(
    call: Call, tmp_path: Path, content: bytes, why: str
) -> None:
    call("reload", "--yes")
    with closing(sqlite3.connect(tmp_path / "data" / FILE)) as store, store:
        store.execute("UPDATE versions SET content = ?", (content,))
    again = call("reload", "--yes")
    assert again.code == 0
    assert "there is no version to compare them with" in again.out
    assert "Version 2" in again.out
    [line] = again.err.splitlines()
    assert line.startswith(
        f"version 1 cannot be read any more, so nothing is compared with it: {why}"
    )


@contextmanager
def confirming(tmp_path: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`footnote facts reload` at a terminal, as it waits for a yes; and where that is typed."""
    keyboard, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "facts", "reload"],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(FOOTNOTE_DATA=str(tmp_path / "data"), FOOTNOTE_KNOWLEDGE=str(folder)),
        cwd=ROOT,
    )
    with process, watched(process):
        assert process.stdout
        shown = ""
        while not shown.endswith("[y/N] "):
            shown += process.stdout.read(1)
        yield process, keyboard
    os.close(keyboard)
    os.close(terminal)


def test_one_fact_is_no_facts(call: Call, folder: Path) -> None:
    base = folder / "base.yaml"
    before, _, _ = base.read_text().partition("  - id: height")
    base.write_text(before)

    assert call("reload", "--yes").out.startswith("1 fact; there is no version")
    assert call().out.endswith(": 1 fact, 0 unanswered\n")


def test_the_gate_refuses_with_1_and_can_be_overridden_with_a_reason(
    call: Call, folder: Path
) -> None:
    call("reload", "--yes")
    edit(folder, "[How tall is the lighthouse?, height of the lighthouse tower]", "[Which colour?]")
    refused = call("reload", "--yes")
    assert refused.code == 1
    assert TEST in refused.out
    assert "--override" in refused.err
    assert len(refused.err.splitlines()) == 1
    blank = call("reload", "--yes", "--override", "   ")
    assert blank.code == 2
    assert "--override: blanks are no reason" in blank.err
    assert len(blank.err.splitlines()) == 1
    assert len(call("history").out.splitlines()) == 1
    assert call("reload", "--yes", "--override", " it is wrong ").code == 0
    assert "past the gate: it is wrong" in call("history").out


def test_another_event_takes_a_reason_and_going_back_from_it_none(call: Call, folder: Path) -> None:
    call("reload", "--yes")
    edit(folder, "id: lighthouse", "id: beacon")
    refused = call("reload", "--yes")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert refused.out.startswith("This is another event: beacon in place of lighthouse.")
    assert "--override" in refused.err
    assert "Version 2" in call("reload", "--yes", "--override", "it has moved").out
    assert "past the gate: it has moved" in call("audit").out
    assert "Version 3" in call("rollback", 1, "--yes").out


def test_without_a_terminal_it_changes_nothing_unless_it_is_told_yes(call: Call) -> None:
    done = call("reload")
    assert done.code == 2
    assert "--yes" in done.err
    assert call("history").out.startswith("No version is kept yet")
    assert call("audit").out == "Nobody has changed anything yet.\n"


def test_mistakes_are_told_with_1(call: Call, folder: Path) -> None:
    edit(folder, "answer: Seventeen", "anwser: Seventeen")
    done = call("reload", "--yes")
    assert done.code == 1
    assert done.err.startswith("base.yaml:19:5: ")


def test_a_file_is_taken_in_and_a_hostile_one_is_one_line(
    call: Call, folder: Path, tmp_path: Path
) -> None:
    call("reload", "--yes")
    text = (folder / "base.yaml").read_text().replace("Seventeen", "Eighteen")
    sent = tmp_path / "new.yaml"
    sent.write_text(text)
    assert "Version 2" in call("reload", sent, "--yes").out
    sent.write_text(text.replace("answer: Eighteen", "anwser: Eighteen"))
    assert call("reload", sent, "--yes").err.startswith("new.yaml:19:5: ")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("/etc/base.yaml", text)
    hostile = tmp_path / "new.zip"
    hostile.write_bytes(packed.getvalue())
    done = call("reload", hostile, "--yes")
    assert done.code == 1
    [line] = done.err.splitlines()
    assert line.startswith("new.zip: ")
    missing = call("reload", tmp_path / "none.zip")
    assert (missing.code, len(missing.err.splitlines())) == (2, 1)


def test_a_version_that_is_not_there_is_one_line(call: Call) -> None:
    call("reload", "--yes")
    for words in (("rollback", 9), ("diff", 9)):
        done = call(*words)
        assert done.code == 2
        assert "no version 9" in done.err


def test_an_unknown_word_is_one_line_with_the_nearest(call: Call) -> None:
    done = call("relaod")
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
