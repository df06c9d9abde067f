"""What a bot begins with: the folder if it is new and good, else the version accepted last."""

from __future__ import annotations

import asyncio
import logging
import shutil
import ssl
import sys
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from bot.curating import curated, refreshing
from bot.curation.archives import pack
from bot.curation.curator import MOST_WAITING
from bot.curation.model import Upload
from bot.curation.refreshing import MOST_CHECKS, refresh, watch
from bot.errors import FootnoteError
from bot.settings import Settings
from bot.store.memory import Memory
from bot.store.store import Store
from tests.cli.support import CACHE, TEST, edit

from .conftest import Interrupted, Started, fail, height, interrupt, nothing, numbers


async def test_the_first_start_serves_the_folder_and_keeps_it_as_version_1(start: Started) -> None:
    async with start() as (current, curator):
        assert height(current).startswith("Seventeen")
        assert curator.in_use.why == "from the folder at the start"
        assert await numbers(curator) == [1]
    async with start() as (_, curator):
        assert curator.in_use.number == 1
        assert curator.in_use.why == "version 1, from the folder at the start"
        assert await numbers(curator) == [1]


async def test_what_was_accepted_is_served_while_the_folder_is_as_it_was(
    start: Started, folder: Path
) -> None:
    sent = (folder / "base.yaml").read_text().replace("Seventeen metres", "Eighteen metres")
    async with start() as (current, curator):
        candidate = await curator.check(Upload("new.yaml", sent.encode()))
        await curator.accept(candidate.key, "ada")
        assert height(current).startswith("Eighteen")
    async with start() as (current, curator):
        assert height(current).startswith("Eighteen")
        assert curator.in_use.why == "version 2, from the file new.yaml"


async def test_a_folder_that_was_edited_and_is_good_wins(start: Started, folder: Path) -> None:
    async with start():
        pass
    edit(folder, "Seventeen metres", "Nineteen metres")
    async with start() as (current, curator):
        assert height(current).startswith("Nineteen")
        assert await numbers(curator) == [2, 1]


async def test_a_folder_with_mistakes_loses_and_they_are_logged(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with start():
        pass
    edit(folder, "answer: Seventeen", "anwser: Seventeen")
    async with start() as (current, curator):
        assert height(current).startswith("Seventeen")
        assert "version 1" in curator.in_use.why
        assert "have mistakes" in curator.in_use.why
        assert await numbers(curator) == [1]
    assert "base.yaml:19:5: " in caplog.text
    assert f"1 mistake in {folder}\n" in caplog.text


async def test_a_folder_that_answers_worse_loses_and_the_question_is_logged(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with start():
        pass
    edit(folder, "[How tall is the lighthouse?, height of the lighthouse tower]", "[Which colour?]")
    async with start() as (current, curator):
        assert height(current).startswith("Seventeen")
        assert "worse" in curator.in_use.why
    assert TEST in caplog.text


async def test_another_event_in_the_folder_is_served_at_the_start_and_not_by_a_refresh(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as (current, curator):
        edit(folder, "id: lighthouse", "id: beacon")
        await refresh(curator, "SIGHUP")
        assert current.answerer.base.event.id == "lighthouse"
        assert "This is another event: beacon" in caplog.text
        [newest, *_] = await curator.kept.audit()
        assert (newest.what, newest.why) == ("refused: from the folder", "another event: beacon")
    async with start() as (current, curator):
        assert current.answerer.base.event.id == "beacon"
        assert await numbers(curator) == [2, 1]


async def test_a_folder_that_is_gone_loses(start: Started, folder: Path) -> None:
    async with start():
        pass
    shutil.rmtree(folder)
    async with start() as (current, curator):
        assert height(current).startswith("Seventeen")
        assert "the facts that the settings name cannot be found or read" in curator.in_use.why


async def test_an_event_that_is_not_in_the_folder_is_not_told_as_one_that_cannot_be_read(
    start: Started, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with start():
        pass
    data = tmp_path / "data"
    settings = Settings(data=data, cache=CACHE, knowledge=folder, event="lihgthouse")
    async with (
        Memory(lambda: Store.open(data, key=None, now=lambda: 1.0), now=lambda: 1.0) as memory,
        curated(settings, memory) as (current, curator),
    ):
        assert height(current).startswith("Seventeen")
        assert "the facts that the settings name cannot be found or read" in curator.in_use.why
    assert "its event is lighthouse, not lihgthouse" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such scripts")
@pytest.mark.parametrize(
    ("python", "why"),
    [
        ("#!/bin/sh\nkill -9 $$\n", "checking the facts ended with -9"),
        (None, "no process can be started to check the facts"),
    ],
    ids=["killed", "none"],
)
async def test_a_folder_that_cannot_be_checked_waits_for_the_next_start(
    start: Started,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    python: str | None,
    why: str,
) -> None:
    async with start():
        pass
    edit(folder, "Seventeen metres", "Nineteen metres")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", str(folder.parent / "python"))
        if python is not None:
            (folder.parent / "python").write_text(python)
            (folder.parent / "python").chmod(0o700)
        async with start() as (current, curator):
            assert height(current).startswith("Seventeen")
            told = "version 1, from the folder at the start; the facts in the folder could not be"
            assert curator.in_use.why == f"{told} checked"
            assert await numbers(curator) == [1]
    assert why in caplog.text
    async with start() as (current, curator):
        assert height(current).startswith("Nineteen")
        assert await numbers(curator) == [2, 1]


async def test_mistakes_at_the_first_start_are_its_errors(start: Started, folder: Path) -> None:
    edit(folder, "answer: Seventeen", "anwser: Seventeen")
    with pytest.raises(FootnoteError) as caught:
        async with start():
            pass
    assert caught.value.exit_code == 2
    assert caught.value.lines[0].startswith("base.yaml:19:5: ")
    assert caught.value.lines[-1] == f"1 mistake in {folder}"


async def test_without_a_store_the_folder_is_served(
    start: Started, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    async with start() as (current, curator):
        assert height(current).startswith("Seventeen")
        assert "cannot be read" in curator.in_use.why
        edit(folder, "Seventeen metres", "Nineteen metres")
        candidate = await curator.check()
        accepted = await curator.accept(candidate.key, "ada")
        assert (accepted.number, bool(accepted.trouble)) == (None, True)
        assert height(current).startswith("Nineteen")


async def test_without_a_cache_folder_what_is_learnt_arrives_all_the_same(
    tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    data = tmp_path / "data"
    settings = Settings(data=data, cache=tmp_path / "file" / "cache", knowledge=folder)
    async with (
        Memory(lambda: Store.open(data, key=None, now=lambda: 1.0), now=lambda: 1.0) as memory,
        curated(settings, memory) as (current, curator),
    ):
        cache = curator.source.cache
        assert height(current).startswith("Seventeen")
        assert learnt_in(cache) == 1
        edit(folder, "Seventeen metres", "Nineteen metres")
        candidate = await curator.check()
        assert learnt_in(cache) == 2
        await curator.accept(candidate.key, "ada")
        assert height(current).startswith("Nineteen")
    assert learnt_in(cache) == 0


def learnt_in(cache: Path) -> int:
    return len(list(cache.glob("learnt-*")))


async def test_a_refresh_uses_what_passes_and_nothing_else(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as (current, curator):
        edit(folder, "Seventeen metres", "Nineteen metres")
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Nineteen")
        assert (await curator.kept.history())[0].by == "SIGHUP"
        edit(folder, "answer: Nineteen", "anwser: Nineteen")
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Nineteen")
        assert "anwser" in caplog.text
        edit(folder, "anwser: Nineteen", "answer: Nineteen")
        edit(folder, "[How tall is the lighthouse?, height of the lighthouse tower]", "[Colour?]")
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Nineteen")
        assert (await curator.kept.audit())[0].what == "refused: from the folder"
        assert "the facts would answer these questions worse and stay as they are:" in caplog.text
        assert await numbers(curator) == [2, 1]


async def test_a_refresh_takes_no_place_among_the_checks_that_wait(
    start: Started, folder: Path
) -> None:
    async with start() as (_, curator):
        good = (folder / "base.yaml").read_text().replace("Seventeen metres", "Eighteen metres")
        sent = Upload("new.yaml", good.encode())
        edit(folder, "[How tall is the lighthouse?, height of the lighthouse tower]", "[Colour?]")
        waiting = [(await curator.check(sent)).key for _ in range(MOST_WAITING)]
        await refresh(curator, "SIGHUP")
        assert [key for key in waiting if curator.candidate(key) is None] == []
        await curator.check(sent)
        assert [key for key in waiting if curator.candidate(key) is None] == waiting[:1]


async def test_a_refresh_uses_what_was_accepted_elsewhere(start: Started, folder: Path) -> None:
    sent = (folder / "base.yaml").read_text().replace("Seventeen metres", "Eighteen metres")
    async with start() as (current, curator):
        async with start() as (_, elsewhere):
            candidate = await elsewhere.check(Upload("new.yaml", sent.encode()))
            await elsewhere.accept(candidate.key, "command line")
        assert height(current).startswith("Seventeen")
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Eighteen")
        assert curator.in_use.number == 2


async def test_a_refresh_leaves_newer_facts_in_use_that_could_not_be_kept(
    start: Started, folder: Path
) -> None:
    sent = (folder / "base.yaml").read_text().replace("Seventeen metres", "Eighteen metres")
    async with start() as (current, curator):
        candidate = await curator.check(Upload("new.yaml", sent.encode()))
        interrupt(curator, fail)
        assert (await curator.accept(candidate.key, "ada")).number is None
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Eighteen")
        async with start() as (_, elsewhere):
            other = await elsewhere.check_version(1)
            await elsewhere.accept(other.key, "command line")
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Seventeen")
        assert curator.in_use.number == 2


async def test_a_refresh_keeps_a_newer_folder_in_use_that_could_not_be_kept_at_the_start(
    start: Started, folder: Path, tmp_path: Path
) -> None:
    async with start():
        pass
    edit(folder, "Seventeen metres", "Nineteen metres")
    data = tmp_path / "data"
    settings = Settings(data=data, cache=CACHE, knowledge=folder)
    async with (
        Memory(lambda: Store.open(data, key=None, now=lambda: 1.0), now=lambda: 1.0) as memory,
        curated(settings, Interrupted(memory, [nothing, fail])) as (current, curator),
    ):
        assert curator.in_use.number is None
        used: list[str] = []
        current.listen(lambda: used.append(height(current)))
        await refresh(curator, "SIGHUP")
        assert height(current).startswith("Nineteen")
        assert [one[:8] for one in used] == ["Nineteen"]
        assert curator.in_use.number == 2


async def test_a_refresh_checks_once_more_where_others_accept_facts_meanwhile(
    start: Started, folder: Path
) -> None:
    sent = (folder / "base.yaml").read_text().replace("Seventeen metres", "Eighteen metres")
    async with start() as (current, curator):
        other = await curator.check(Upload("new.yaml", sent.encode()))
        edit(folder, "Seventeen metres", "Nineteen metres")
        accept = lambda: curator.accept(other.key, "ada")  # noqa: E731
        interrupt(curator, nothing, nothing, accept)  # the third use is in the check
        await refresh(curator, "watch")
        assert height(current).startswith("Nineteen")
        assert [version.by for version in await curator.kept.history()] == ["watch", "ada", "start"]


async def test_a_refresh_gives_up_in_the_end_and_leaves_nothing_behind(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as (current, curator):

        async def accept() -> None:
            other = f"{curator.in_use.base_hash}, changed"
            curator.in_use = replace(curator.in_use, base_hash=other)

        edit(folder, "Seventeen metres", "Nineteen metres")
        interrupt(curator, *[nothing, nothing, accept] * MOST_CHECKS)
        assert curator.work is not None
        before = set(curator.work.iterdir())
        await refresh(curator, "watch")
        assert "others came into use at each of the checks" in caplog.text
        assert height(current).startswith("Seventeen")
        assert set(curator.work.iterdir()) == before


@asynccontextmanager
async def archive_of(folder: Path, secure: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """The address of an archive of the folder, as it is when it is fetched."""

    async def serve(_request: web.Request) -> web.Response:
        return web.Response(body=await asyncio.to_thread(pack, folder))

    app = web.Application()
    app.router.add_get("/base.zip", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=secure).start()
    try:
        scheme = "http" if secure is None else "https"
        yield f"{scheme}://127.0.0.1:{runner.addresses[0][1]}/base.zip"
    finally:
        await runner.cleanup()


async def test_facts_at_an_address_are_fetched_and_outlive_it(tmp_path: Path, folder: Path) -> None:
    data = tmp_path / "data"
    opening = lambda: Store.open(data, key=None, now=lambda: 1.0)  # noqa: E731
    async with archive_of(folder) as address:
        settings = Settings(data=data, cache=CACHE, knowledge_address=address)
        async with (
            Memory(opening, now=lambda: 1.0) as memory,
            curated(settings, memory) as (current, curator),
        ):
            edit(folder, "Seventeen metres", "Nineteen metres")
            candidate = await curator.check()
            await curator.accept(candidate.key, "ada")
            assert height(current).startswith("Nineteen")
            await refresh(curator, "SIGHUP")  # the same again
            assert await numbers(curator) == [2, 1]
    async with (
        Memory(opening, now=lambda: 1.0) as memory,
        curated(settings, memory) as (current, curator),
    ):
        assert height(current).startswith("Nineteen")
        with pytest.raises(FootnoteError):
            await curator.check()
        assert height(current).startswith("Nineteen")


async def test_several_events_at_an_address_are_told_by_the_name_of_its_file(
    tmp_path: Path, folder: Path
) -> None:
    other = Path(shutil.copytree(folder, folder.parent / "all" / "one")).parent
    shutil.copytree(folder, other / "two")
    edit(other / "two", "id: lighthouse", "id: windmill")
    async with archive_of(other) as address:
        settings = Settings(data=tmp_path / "data", cache=CACHE, knowledge_address=address)
        with pytest.raises(FootnoteError) as caught:
            async with (
                Memory(
                    lambda: Store.open(settings.data, key=None, now=lambda: 1.0), now=lambda: 1.0
                ) as memory,
                curated(settings, memory),
            ):
                pass
    assert caught.value.lines == (
        "base.zip: several events are here; choose one with --event or FOOTNOTE_EVENT:",
        "  lighthouse  in base.zip/one",
        "  windmill  in base.zip/two",
    )


async def test_what_was_sent_outlives_an_address_that_stays_as_it_is(
    tmp_path: Path, folder: Path
) -> None:
    data = tmp_path / "data"
    opening = lambda: Store.open(data, key=None, now=lambda: 1.0)  # noqa: E731
    sent = (folder / "base.yaml").read_text().replace("Seventeen metres", "Eighteen metres")
    async with archive_of(folder) as address:
        settings = Settings(data=data, cache=CACHE, knowledge_address=address)
        for restart in (False, True):
            async with (
                Memory(opening, now=lambda: 1.0) as memory,
                curated(settings, memory) as (current, curator),
            ):
                if not restart:
                    candidate = await curator.check(Upload("new.yaml", sent.encode()))
                    await curator.accept(candidate.key, "ada")
                await refresh(curator, "SIGHUP")
                assert height(current).startswith("Eighteen")
                assert await numbers(curator) == [2, 1]
        edit(folder, "Seventeen metres", "Nineteen metres")
        async with (
            Memory(opening, now=lambda: 1.0) as memory,
            curated(settings, memory) as (current, curator),
        ):
            assert height(current).startswith("Nineteen")
            assert await numbers(curator) == [3, 2, 1]


async def test_a_refresh_of_the_same_folder_does_nothing(
    start: Started, caplog: pytest.LogCaptureFixture
) -> None:
    async with start() as (_, curator):
        with caplog.at_level(logging.INFO):
            await refresh(curator, "SIGHUP")
        assert "as it was" in caplog.text
        assert await numbers(curator) == [1]


async def test_a_watch_that_ends_by_a_fault_is_logged(
    start: Started, caplog: pytest.LogCaptureFixture
) -> None:
    def lost() -> Path:
        raise RuntimeError("no thread")

    async with start() as (_, curator):
        curator.source = replace(curator.source, folder=lost)
        async with refreshing(curator, asyncio.Event(), watching=True):
            (task,) = (one for one in asyncio.all_tasks() if one.get_name() == "watch")
            await asyncio.wait([task], timeout=10)
    assert "the task 'watch' ended by itself" in caplog.text
    assert "RuntimeError: no thread" in caplog.text


async def test_facts_are_thrown_away_before_the_end_and_a_fault_of_that_is_logged(
    start: Started, folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(parts: list[object]) -> None:
        parts.clear()
        raise RuntimeError("not let go")

    monkeypatch.setattr("bot.curating.let_go", faulty)
    async with start() as (current, curator):
        gone = weakref.ref(current.answerer)
        edit(folder, "Seventeen metres", "Nineteen metres")
        candidate = await curator.check()
        await curator.accept(candidate.key, "ada")
    assert gone() is None
    assert "the task 'letting go' ended by itself" in caplog.text
    assert "RuntimeError: not let go" in caplog.text


async def test_the_watch_tells_of_a_change_once_when_the_files_keep_still(folder: Path) -> None:
    """One look after the other: before the change, at it, at another, and twice after it."""
    changed = asyncio.Event()
    told: list[bool] = []

    async def between_looks(_seconds: float) -> None:
        told.append(changed.is_set())
        changed.clear()
        match len(told):
            case 2:
                edit(folder, "Seventeen metres", "Nineteen metres")
            case 3:
                edit(folder, "Nineteen metres", "Twenty-one metres")
            case 6:
                raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await watch(lambda: folder, changed, sleep=between_looks)
    assert told == [False, False, False, False, True, False]
