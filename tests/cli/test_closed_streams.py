"""Standard streams that were closed before the program was started, as some supervisors do it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.cli.support import LONGEST, ROOT, Ended, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the lines are for a shell")

QUESTION = "who took part in the talks"


def called(line: str, env: Mapping[str, str] | None = None) -> Ended:
    """The program, called as it stands in a line of a shell."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m bot {line}"],
        capture_output=True,
        text=True,
        env=dict(env or environment()),
        cwd=ROOT,
        timeout=LONGEST,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_a_question_is_answered_where_only_its_answer_has_somewhere_to_go(
    closed: str, on_shipped: Mapping[str, str]
) -> None:
    ended = called(f"ask {QUESTION} {closed}", on_shipped)
    assert (ended.code, ended.err) == (0, "")
    assert "Taliban" in ended.out


@pytest.mark.parametrize("line", [f"ask {QUESTION} >&-", "chat <&- >&-", "ask --batch <&- >&-"])
def test_what_has_nowhere_to_go_is_dropped(line: str, on_shipped: Mapping[str, str]) -> None:
    assert called(line, on_shipped) == Ended(0, "", "")


def test_a_chat_without_an_input_ends_at_once(on_shipped: Mapping[str, str]) -> None:
    ended = called("chat <&-", on_shipped)
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_what_is_wrong_is_told_as_ever(closed: str) -> None:
    ended = called(f"serve {closed}")
    assert ended.code == 2
    [line] = ended.err.splitlines()
    assert "DISCORD_TOKEN" in line
