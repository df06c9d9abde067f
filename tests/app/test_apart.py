"""A module of ours in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.apart import run_apart
from bot.resources import PACKAGE

PRINTS = "import os; print([i for i in os.environ.items() if i[0].startswith(('DIS', 'FOOT'))])"


async def test_a_process_that_reads_strangers_files_has_neither_the_token_nor_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "the token")
    monkeypatch.setenv("FOOTNOTE_KEY", "the key")
    monkeypatch.setenv("FOOTNOTE_EVENT", "the event")
    ended = await run_apart("timeit", ["--number=1", "--repeat=1", "--setup", PRINTS])
    assert ended.code == 0
    assert b"the event" in ended.out
    assert b"the token" not in ended.out
    assert b"the key" not in ended.out


WAITS = """
import asyncio, sys
from bot.apart import run_apart
asyncio.run(run_apart("tests.app.left_behind", sys.argv[1:]))
"""
LONGEST = 30.0  # seconds


@pytest.mark.skipif(sys.platform != "linux", reason="whether it runs is read from /proc")
def test_a_process_ends_soon_after_who_waits_for_it_was_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", WAITS, told], cwd=PACKAGE.parent) as waiting:
        pid = int(_when(lambda: told.exists() and told.read_text(encoding="ascii")))
        waiting.kill()
    _when(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return b"\nState:\tZ" not in Path(f"/proc/{pid}/status").read_bytes()
    except OSError:  # it ended just now
        return False


def _when(found: Callable[[], str | bool]) -> str:
    """What is found in the end; fails where nothing is."""
    until = time.monotonic() + LONGEST
    while not (value := found()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return str(value)
