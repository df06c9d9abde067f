"""`footnote gaps`, `votes`, `counts`, `backup` and `restore`, as a person calls them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.records import Count, Gap, Reason, Vote
from bot.store.store import DAY, Store
from tests.cli.support import Ended, environment, footnote, small_base


@pytest.fixture(name="data")
def _data(tmp_path: Path) -> Path:
    """The data folder of a bot that was asked some things, and has ended."""

    async def fill() -> None:
        store = await Store.open(tmp_path / "data", key=None, now=time.time)
        await store.note(
            [],
            [
                gap("who lives there?"),
                gap("who lived there"),
                gap("is it haunted", "refused"),
                Gap("of another event", "unanswered", "picnic", "discord:1"),
            ],
        )
        for person, helpful in (("discord:1", True), ("discord:2", False), ("discord:3", False)):
            await store.votes.put(Vote("a1b2c3", "answer", ("height",), person, helpful))
        await store.votes.put(Vote("a1b2c3", "no answer", (), "discord:1", helpful=True))
        await store.close()

    asyncio.run(fill())
    return tmp_path / "data"


def gap(text: str, reason: Reason = "unanswered") -> Gap:
    return Gap(text, reason, "lighthouse", "discord:1")


def called(data: Path, *words: str) -> Ended:
    return footnote(*words, env=environment(FOOTNOTE_DATA=str(data)))


def test_gaps_are_listed_like_by_like_for_the_event(data: Path, tmp_path: Path) -> None:
    base = str(small_base(tmp_path))
    today = datetime.now(UTC).date().isoformat()

    listed = called(data, "gaps", "--knowledge", base)
    lines = called(data, "gaps", "--json", "--knowledge", base).json_lines

    assert "2  who lives there?  (no answer; last " in listed.out
    assert listed.out.endswith("\nlighthouse: asked in vain in the last 30 days: 3, 2 questions\n")
    assert [(line["question"], line["asked"], line["reasons"]) for line in lines] == [
        ("who lives there?", 2, {"unanswered": 2}),
        ("is it haunted", 1, {"refused": 1}),
    ]
    assert {line["last"] for line in lines} <= {today, lines[0]["first"]}


def test_a_gap_goes_after_thirty_days_though_no_bot_runs(data: Path, tmp_path: Path) -> None:
    old = "why is the lamp red"

    async def ask_long_ago() -> None:
        store = await Store.open(data, key=None, now=lambda: time.time() - 90 * DAY)
        await store.note([], [gap(old)])
        await store.close()

    asyncio.run(ask_long_ago())
    assert old.encode() in everything(data)

    listed = called(data, "gaps", "--json", "--knowledge", str(small_base(tmp_path))).json_lines

    assert [line["question"] for line in listed] == ["who lives there?", "is it haunted"]
    assert old.encode() not in everything(data)


def everything(data: Path) -> bytes:
    return b"".join(file.read_bytes() for file in data.iterdir())


def test_one_question_and_one_reply_are_no_questions_and_replies(tmp_path: Path) -> None:
    async def fill() -> None:
        store = await Store.open(tmp_path / "data", key=None, now=time.time)
        await store.note([], [gap("who lives there?")])
        await store.votes.put(Vote("a1b2c3", "answer", ("height",), "discord:1", helpful=True))
        await store.close()

    asyncio.run(fill())
    listed = called(tmp_path / "data", "gaps", "--knowledge", str(small_base(tmp_path)))
    assert listed.out.endswith("asked in vain in the last 30 days: 1, 1 question\n")
    assert called(tmp_path / "data", "votes").out.endswith("votes: 1, on 1 reply\n")


def test_what_was_told_is_listed_the_most_often_first(tmp_path: Path) -> None:
    data = tmp_path / "data"
    told = [
        Count("height", "answer", 500),
        Count("height", "answer", 1500),
        Count("", "unknown", 9),
    ]

    async def fill(days_ago: int, counts: Sequence[Count]) -> None:
        store = await Store.open(data, key=None, now=lambda: time.time() - days_ago * DAY)
        await store.note(counts, [])
        await store.close()

    for days_ago in (400, 40, 0):
        asyncio.run(fill(days_ago, told))

    listed = called(data, "counts")
    lines = called(data, "counts", "--days", "60", "--json").json_lines

    assert listed.out == (
        "     2  height  1.0 ms, 1.5 at most  (answer 2)\n"
        "     1  (none)  0.0 ms, 0.0 at most  (unknown 1)\n"
        "in the last 30 days: 3 replies\n"
    )
    assert [(line["fact"], line["asked"], line["outcomes"]) for line in lines] == [
        ("height", 4, {"answer": 4}),
        (None, 2, {"unknown": 2}),
    ]
    assert called(data, "counts", "--days", "365", "--json").json_lines == lines  # a year is kept
    wrong = called(data, "counts", "--days", "0")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)


def test_gaps_are_those_of_the_version_accepted_last_where_the_facts_are_at_an_address(
    data: Path, tmp_path: Path
) -> None:
    env = environment(FOOTNOTE_DATA=str(data), FOOTNOTE_KNOWLEDGE="https://localhost:1/base.zip")

    before = footnote("gaps", env=env)
    called(data, "facts", "reload", "--yes", "--knowledge", str(small_base(tmp_path)))
    listed = footnote("gaps", env=env)
    other = footnote("gaps", "--event", "picnic", env=env)

    assert (before.code, before.err.count("\n")) == (2, 1)
    assert "no facts were accepted yet" in before.err
    assert listed.out.endswith("\nlighthouse: asked in vain in the last 30 days: 3, 2 questions\n")
    assert (other.code, other.err.count("\n")) == (2, 1)
    assert other.err.startswith("version-1.zip: its event is lighthouse, not picnic")


def test_votes_are_listed_the_worst_first(data: Path) -> None:
    listed = called(data, "votes")
    first, second = called(data, "votes", "--json").json_lines

    assert listed.out.endswith("votes: 4, on 2 replies\n")
    assert first == {
        "facts": ["height"],
        "outcome": "answer",
        "base": "a1b2c3",
        "helpful": 1,
        "not_helpful": 2,
    }
    assert (second["facts"], second["outcome"], second["helpful"]) == ([], "no answer", 1)


@contextmanager
def in_use(data: Path) -> Iterator[None]:
    """The store held open, as a running bot does."""
    with asyncio.Runner() as runner:
        store = runner.run(Store.open(data, key=None, now=time.time))
        try:
            yield
        finally:
            runner.run(store.close())


def test_a_backup_is_made_while_running_and_restored_afterwards(data: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "backup")

    with in_use(data):
        made = called(data, "backup", file)
        refused = called(data, "restore", file)
    restored = called(data, "restore", file)
    elsewhere = called(tmp_path / "elsewhere", "restore", file)

    assert (made.code, made.err) == (0, "")
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert "stop the bot first" in refused.err
    assert (restored.code, restored.err) == (0, "")
    aside = data / "footnote.sqlite3.before"
    assert f"{aside}: the store before is kept there" in restored.out
    assert "is kept there" not in elsewhere.out
    assert elsewhere.code == 0
    assert len(called(tmp_path / "elsewhere", "votes", "--json").json_lines) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["gaps"],
        ["votes"],
        ["counts"],
        ["backup", "copy"],
        ["facts", "history"],
        ["facts", "rollback", "1"],
    ],
)
def test_where_nothing_was_ever_kept_it_says_so(tmp_path: Path, words: list[str]) -> None:
    ended = called(tmp_path / "data", *words)

    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "not there yet; `footnote serve` makes it, or `footnote facts reload`" in ended.err
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_no_backup_is_refused_in_a_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear all")

    ended = called(data, "restore", str(tmp_path / "letter"))

    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert called(data, "votes").out.endswith("votes: 4, on 2 replies\n")
