"""`footnote serve`: through an outage it goes on, and SIGTERM and Ctrl-C end it cleanly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import SERVE
from bot.cli.parser import parse
from tests.cli.support import ROOT, environment, footnote, small_base, watched

SECRET = "not.a.token.of.discords"  # noqa: S105 - it is no token
SHORT = "a"


@pytest.fixture(name="dead_end")
def _dead_end() -> str:
    """An address on this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("words", [["serve"], []])
def test_without_a_network_it_tries_again_until_it_is_told_to_stop(
    dead_end: str, number: signal.Signals, words: list[str], tmp_path: Path
) -> None:
    log = logged_until_stopped(dead_end, number, words, tmp_path, token=SECRET)

    assert any("next attempt" in line for line in log)
    assert not any("Traceback" in line or SECRET in line for line in log)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_what_is_too_short_to_be_a_secret_is_not_struck_out_of_the_log(
    dead_end: str, tmp_path: Path
) -> None:
    log = logged_until_stopped(dead_end, signal.SIGTERM, ["serve"], tmp_path, token=SHORT)

    assert any("next attempt" in line for line in log)
    assert "[secret]" not in "".join(log)


def logged_until_stopped(
    dead_end: str, number: signal.Signals, words: list[str], data: Path, *, token: str
) -> list[str]:
    """The log of a bot that is stopped when it has not found Discord, and ends with 0."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(
            # A folder of its own: the bot remembers there how often it was started lately.
            DISCORD_TOKEN=token,
            DISCORD_API_URL=dead_end,
            FOOTNOTE_DATA=str(data),
            FOOTNOTE_KNOWLEDGE=str(small_base(data)),
        ),
        cwd=ROOT,
    )
    with process, watched(process):
        assert process.stderr
        assert process.stdout
        log = []
        for line in process.stderr:  # ends early if the program does
            log.append(line)
            if "next attempt" in line:
                process.send_signal(number)
        assert process.wait() == 0, "".join(log)
        assert process.stdout.read() == ""
    return log


def test_a_broken_base_is_told_before_anything_is_connected(dead_end: str) -> None:
    env = environment(DISCORD_TOKEN=SECRET, DISCORD_API_URL=dead_end)

    ended = footnote("serve", "--knowledge", "no-such-folder", env=env)

    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "no-such-folder" in ended.err


def test_serve_alone_means_what_the_parser_makes_of_it() -> None:
    _, arguments = parse(["serve"])
    assert vars(arguments) == SERVE
