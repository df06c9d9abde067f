"""SIGTERM and Ctrl-C while `footnote serve` is starting: it ends at once and leaves nothing."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.loading import write_base
from bot.curation.archives import pack, state
from bot.facts.load import load_base
from bot.store.records import NewVersion
from bot.store.store import Store
from tests.cli.support import LONGEST, ROOT, environment, small_base, watched

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")

BOTH = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
TAKES_LONG = (1_500, 7_500)  # facts and questions, which are learnt in some seconds


@pytest.fixture(name="large")
def _large(tmp_path: Path) -> Path:
    folder = tmp_path / "large"
    folder.mkdir()
    write_base(folder, *TAKES_LONG, random.Random(1))  # noqa: S311 - reproducible
    return folder


@contextmanager
def starting(tmp_path: Path, knowledge: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """`serve` in a session of its own, as in a terminal, with a place for all that it could leave.

    There is no Discord: it is not to come so far.
    """
    (tmp_path / "tmp").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(
            **{
                "DISCORD_TOKEN": "not.a.token",
                "DISCORD_API_URL": "http://127.0.0.1:9",
                "FOOTNOTE_KNOWLEDGE": str(knowledge),
                "FOOTNOTE_DATA": str(tmp_path / "data"),
                "FOOTNOTE_CACHE": str(tmp_path / "cache"),
                "FOOTNOTE_LOG": "debug",
                "TMPDIR": str(tmp_path / "tmp"),
                **settings,
            }
        ),
        cwd=ROOT,
        start_new_session=True,
    )
    with process, watched(process):
        yield process


def stopped(process: subprocess.Popen[str], module: str, number: signal.Signals) -> list[str]:
    """Send the signal to all of its session when `module` runs for it; what was logged."""
    assert process.stderr
    log = []
    child = None
    for line in process.stderr:
        log.append(line)
        if found := re.search(rf"{re.escape(module)} runs as process (\d+)", line):
            child = int(found[1])
            os.killpg(process.pid, number)
    assert child is not None, "".join(log)
    assert process.wait() == 0, "".join(log)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    return log


def left(tmp_path: Path) -> list[str]:
    """What is left of the start where it works: nothing that was not whole."""
    return [p.name for name in ("tmp", "cache") for p in (tmp_path / name).glob("*")]


@BOTH
def test_a_stop_while_the_facts_are_learnt_does_not_wait_for_them(
    tmp_path: Path, large: Path, number: signal.Signals
) -> None:
    with starting(tmp_path, large) as process:
        log = stopped(process, "bot.preparing", number)
    assert "stopped before it was ready" in log[-1]
    assert "Traceback" not in "".join(log)
    assert left(tmp_path) == []


@BOTH
def test_a_stop_while_other_facts_are_checked_leaves_the_versions_as_they_were(
    tmp_path: Path, large: Path, number: signal.Signals
) -> None:
    data, accepted = tmp_path / "data", small_base(tmp_path)
    asyncio.run(keep(data, accepted))
    with starting(tmp_path, large) as process:
        log = stopped(process, "bot.building", number)
    assert "stopped before it was ready" in log[-1]
    assert "Traceback" not in "".join(log)
    assert left(tmp_path) == []
    assert asyncio.run(numbers(data)) == [1]


SLOW_LOOK_UP = f"""
import socket, sys, time
look_up = socket.getaddrinfo
def slow(host, *args, **kwargs):
    if host == "discord.invalid":
        print("looking up", file=sys.stderr, flush=True)
        time.sleep({LONGEST})
    return look_up(host, *args, **kwargs)
socket.getaddrinfo = slow
"""


@BOTH
def test_a_stop_does_not_wait_for_a_name_that_is_being_looked_up(
    tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW_LOOK_UP)
    slow = {
        "DISCORD_API_URL": "http://discord.invalid/api",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
    }
    with starting(tmp_path, small_base(tmp_path), **slow) as process:
        assert process.stderr
        assert any("looking up" in line for line in process.stderr)
        process.send_signal(number)
        log = process.stderr.read()
        assert process.wait() == 0  # it would be killed at the end of that look-up
    assert "stopping" in log
    assert "Traceback" not in log
    assert asyncio.run(numbers(tmp_path / "data")) == [1]
    assert [p.name for p in (tmp_path / "tmp").glob("*")] == []


async def keep(data: Path, folder: Path) -> None:
    """Keep a base as the version that was accepted last."""
    base = load_base(folder)
    version = NewVersion(base.hash, state(folder), "test", "test", "", pack(folder))
    store = await Store.open(data, key=None, now=lambda: 1.0)
    await store.versions.add(version)
    await store.close()


async def numbers(data: Path) -> list[int]:
    store = await Store.open(data, key=None, now=lambda: 1.0)
    try:
        return [version.number for version in await store.versions.list()]
    finally:
        await store.close()
