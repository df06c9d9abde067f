"""Votes, counts, gaps and opt-outs: what is kept of people, and how it goes again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from bot.store import gaps
from bot.store.database import BUSY, FILE
from bot.store.pseudonyms import keyed_hash
from bot.store.records import Count, Counted, Gap, KeptGap, Vote
from bot.store.store import Store

from .conftest import Calendar

# As long as Discord's own: a short one stands in a random key's hash now and then.
ALICE_ID, OLGA_ID = "123456789012341001", "123456789012341002"
KEY = b"key"
ALICE, OLGA = f"discord:{ALICE_ID}", f"discord:{OLGA_ID}"


def vote(person: str, *, helpful: bool, facts: tuple[str, ...] = ("size",)) -> Vote:
    return Vote("base-1", "answer", facts, person, helpful)


def gap(text: str, person: str = ALICE) -> Gap:
    return Gap(text, "unanswered", "harbour", person)


def everything(folder: Path) -> bytes:
    """All bytes that are on the disk."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


@asynccontextmanager
async def opened(folder: Path, *, busy: float = 0) -> AsyncIterator[Store]:
    """A store that hashes with KEY, and waits so many seconds for another process."""
    store = await Store.open(folder, key=KEY, now=Calendar(), busy=busy)
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Another process reads, and sees the store as it was when it began."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM votes").fetchall()
        yield


async def test_a_second_vote_of_a_person_takes_the_place_of_the_first(store: Store) -> None:
    await store.votes.put(vote(ALICE, helpful=True))
    await store.votes.put(vote(OLGA, helpful=True))
    await store.votes.put(vote(ALICE, helpful=False))
    (tally,) = await store.votes.tallies()
    assert (tally.facts, tally.helpful, tally.unhelpful) == (("size",), 1, 1)


async def test_the_newest_gaps_of_an_event_are_given_the_oldest_of_them_first(store: Store) -> None:
    elsewhere = Gap("who?", "unanswered", "elsewhere", ALICE)
    await store.note([], [*map(gap, ("one", "two", "three")), elsewhere])
    assert [g.text for g in await store.gaps.newest(0, "harbour", 2)] == ["two", "three"]
    assert await store.gaps.newest(store.today + 1, "harbour", 2) == ()


async def test_what_had_to_wait_is_as_old_as_its_day(store: Store, calendar: Calendar) -> None:
    yesterday = store.today
    calendar.days_pass(1)
    await store.note([], [gap("of today")])
    await store.note([], [gap("of yesterday")], yesterday)
    assert [g.text for g in await store.gaps.newest(0, "harbour", 1)] == ["of today"]
    assert [g.text for g in await store.gaps.since(0)] == ["of yesterday", "of today"]


async def test_votes_on_other_replies_stand_apart(store: Store) -> None:
    await store.votes.put(vote(ALICE, helpful=True))
    await store.votes.put(vote(ALICE, helpful=False, facts=("size", "place")))
    await store.votes.put(Vote("base-2", "answer", ("size",), ALICE, helpful=True))
    await store.votes.put(Vote("base-1", "unknown", (), ALICE, helpful=False))
    assert len(await store.votes.tallies()) == 4
    assert {tally.facts for tally in await store.votes.tallies()} == {
        ("size",),
        ("size", "place"),
        (),
    }


async def test_forgetting_deletes_by_the_hash_and_says_how_many_rows(store: Store) -> None:
    await store.votes.put(vote(ALICE, helpful=True))
    await store.votes.put(vote(ALICE, helpful=True, facts=("place",)))
    await store.optouts.add(ALICE)
    await store.votes.put(vote(OLGA, helpful=True))
    assert await store.votes.forget(ALICE) == 3
    assert await store.votes.forget(ALICE) == 0
    await store.note([], [gap("who pays?")])
    assert len(await store.gaps.since(0)) == 1  # she is not known for who opted out, either
    (left,) = await store.votes.tallies()
    assert left.helpful == 1


async def test_no_person_is_in_the_file_and_a_deleted_text_leaves_no_trace(
    store: Store, folder: Path, calendar: Calendar
) -> None:
    await store.votes.put(vote(ALICE, helpful=True))
    await store.optouts.add(OLGA)
    await store.note([], [gap("why did the crane fall over?")])
    calendar.days_pass(gaps.DAYS)
    await store.gaps.sweep(store.today)
    await store.close()
    kept = everything(folder)
    assert ALICE_ID.encode() not in kept
    assert OLGA_ID.encode() not in kept
    assert b"crane" not in kept
    assert b"base-1" in kept


async def test_what_was_swept_is_on_no_page_of_a_store_in_use(
    store: Store, folder: Path, calendar: Calendar
) -> None:
    await store.note([], [gap("why did the crane fall over?")])
    assert b"crane" in everything(folder)
    calendar.days_pass(gaps.DAYS)
    await store.sweep()
    assert b"crane" not in everything(folder)


async def test_who_is_forgotten_or_opts_in_is_on_no_page_of_a_store_in_use(folder: Path) -> None:
    async with opened(folder) as store:
        await store.votes.put(vote(ALICE, helpful=True))
        await store.optouts.add(OLGA)
        alice, olga = (keyed_hash(KEY, person).encode() for person in (ALICE, OLGA))
        assert alice in everything(folder)
        assert olga in everything(folder)
        await store.votes.forget(ALICE)
        assert alice not in everything(folder)
        await store.optouts.remove(OLGA)
        assert olga not in everything(folder)


async def test_what_another_process_still_reads_is_wiped_with_the_next_sweep(folder: Path) -> None:
    async with opened(folder, busy=BUSY) as store:
        await store.votes.put(vote(ALICE, helpful=True))
        await store.optouts.add(ALICE)
        hashed = keyed_hash(KEY, ALICE).encode()
        with reading(folder):
            async with asyncio.timeout(BUSY / 2):  # it waits for no reader
                assert await store.votes.forget(ALICE) == 2
            assert hashed in everything(folder)  # else this shows nothing
        await store.sweep()
        assert hashed not in everything(folder)


async def test_without_a_given_key_the_stores_own_is_used_from_then_on(
    folder: Path, calendar: Calendar
) -> None:
    for _ in range(2):
        store = await Store.open(folder, key=None, now=calendar)
        await store.votes.put(vote(ALICE, helpful=True))
        (tally,) = await store.votes.tallies()
        await store.close()
    assert tally.helpful == 1


async def test_a_key_that_is_given_later_still_knows_who_opted_out_and_forgets_them(
    folder: Path, calendar: Calendar
) -> None:
    store = await Store.open(folder, key=None, now=calendar)
    await store.optouts.add(ALICE)
    await store.votes.put(vote(ALICE, helpful=True))
    await store.close()
    store = await Store.open(folder, key=b"another key", now=calendar)
    await store.note([], [gap("who pays?"), gap("who pays?", OLGA)])
    assert len(await store.gaps.since(0)) == 1
    assert await store.votes.forget(ALICE) == 2
    await store.close()


async def test_a_key_that_is_given_later_gives_nobody_a_second_vote(
    folder: Path, calendar: Calendar
) -> None:
    store = await Store.open(folder, key=None, now=calendar)
    for person in (ALICE, OLGA):
        await store.votes.put(vote(person, helpful=True))
    await store.votes.put(vote(ALICE, helpful=True, facts=("place",)))
    await store.close()
    store = await Store.open(folder, key=b"another key", now=calendar)
    await store.votes.put(vote(ALICE, helpful=False))
    tallies = await store.votes.tallies()
    await store.close()
    counted = {tally.facts: (tally.helpful, tally.unhelpful) for tally in tallies}
    assert counted == {("size",): (1, 1), ("place",): (1, 0)}


async def test_a_given_key_is_not_in_the_file(folder: Path, calendar: Calendar) -> None:
    store = await Store.open(folder, key=b"kept elsewhere", now=calendar)
    await store.votes.put(vote(ALICE, helpful=True))
    await store.close()
    with closing(sqlite3.connect(folder / FILE)) as db:
        assert db.execute("SELECT count(*) FROM secrets").fetchone() == (0,)
    assert b"kept elsewhere" not in everything(folder)


async def test_gaps_of_who_opted_out_are_not_kept_until_they_opt_in(store: Store) -> None:
    await store.optouts.add(ALICE)
    await store.note([Count("", "unknown", 900)], [gap("who pays?"), gap("who pays?", OLGA)])
    await store.optouts.remove(ALICE)
    await store.note([], [gap("who paid?")])
    assert [kept.text for kept in await store.gaps.since(0)] == ["who pays?", "who paid?"]


async def test_gaps_are_kept_thirty_days(store: Store, calendar: Calendar) -> None:
    await store.note([], [gap("first")])
    calendar.days_pass(gaps.DAYS - 1)
    await store.note([], [gap("last")])
    assert await store.gaps.sweep(store.today) == 0
    calendar.days_pass(1)
    assert await store.gaps.sweep(store.today) == 1
    assert await store.gaps.since(0) == (KeptGap(store.today - 1, "unanswered", "harbour", "last"),)


async def test_old_gaps_are_swept_when_the_store_is_opened(
    store: Store, folder: Path, calendar: Calendar
) -> None:
    await store.note([], [gap("first")])
    calendar.days_pass(1)
    await store.note([], [gap("last")])
    await store.close()
    calendar.days_pass(gaps.DAYS - 1)
    store = await Store.open(folder, key=None, now=calendar)
    kept = await store.gaps.since(0)
    await store.close()
    assert [one.text for one in kept] == ["last"]


async def test_a_flood_of_gaps_pushes_out_the_oldest(store: Store) -> None:
    await store.note([], [gap(f"question {n}") for n in range(20_003)])
    kept = await store.gaps.since(0)
    assert len(kept) == 20_000
    assert kept[0].text == "question 3"


async def test_half_a_surrogate_pair_does_not_hold_up_the_rest(store: Store) -> None:
    await store.note([], [gap("broken \ud83d"), gap("whole")])
    assert [kept.text for kept in await store.gaps.since(0)] == ["broken ?", "whole"]


async def test_counts_add_up_by_day_fact_and_outcome(store: Store, calendar: Calendar) -> None:
    await store.note([Count("size", "answer", 200), Count("size", "answer", 300)], [])
    await store.note([Count("size", "answer", 100), Count("", "unknown", 50)], [])
    first = store.today
    calendar.days_pass(1)
    await store.note([Count("size", "answer", 70)], [])
    assert await store.counts.since(0) == (
        Counted(first, "", "unknown", 1, 50, 50),
        Counted(first, "size", "answer", 3, 600, 300),
        Counted(first + 1, "size", "answer", 1, 70, 70),
    )
