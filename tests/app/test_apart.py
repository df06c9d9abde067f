"""A module of ours in a process of its own."""

from __future__ import annotations

import pytest

from bot.apart import run_apart

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
