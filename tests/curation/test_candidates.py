"""Candidates built by a process of their own, as a running bot has them built."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Awaitable
from pathlib import Path

import pytest

from bot.curation.archives import pack, state
from bot.curation.candidates import built
from bot.curation.model import NotTaken
from bot.curation.orders import CONTENT, FOLDER, Built, Order
from bot.facts.load import load_base
from tests.cli.support import CACHE, SMALL_BASE, edit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "facts"
    made.mkdir()
    (made / "base.yaml").write_text(SMALL_BASE)
    return made


@pytest.fixture
def old(folder: Path, tmp_path: Path) -> Path:
    """The base in use, packed."""
    packed = tmp_path / "old.zip"
    packed.write_bytes(pack(folder))
    return packed


async def build(tmp_path: Path, new: Path, old: Path | None = None, name: str = "") -> Built:
    into = tmp_path / "into"
    into.mkdir()
    order = Order(str(new), str(into), str(old or ""), name, ("who built it",))
    return await built(order, cache=CACHE)


async def trouble(building: Awaitable[Built]) -> tuple[str, ...]:
    """Why there was nothing to look at."""
    with pytest.raises(NotTaken) as caught:
        await building
    return caught.value.lines


async def test_a_first_base_is_built_and_lies_ready(tmp_path: Path, folder: Path) -> None:
    found = await build(tmp_path, folder)
    ready = tmp_path / "into" / FOLDER
    assert found.problems == ()
    assert (found.event, found.facts) == ("lighthouse", 2)
    assert found.base_hash == load_base(folder).hash == load_base(ready).hash
    assert found.state == state(folder)
    assert (tmp_path / "into" / CONTENT).read_bytes() == pack(folder)


async def test_a_change_is_told_beside_the_base_in_use(
    tmp_path: Path, folder: Path, old: Path
) -> None:
    edit(folder, "Seventeen metres is", "Eighteen metres is")
    found = await build(tmp_path, folder, old)
    assert found.worse == ()
    assert not found.same
    assert "height (answer)" in found.full
    assert "after:  Eighteen metres is" in found.full


async def test_the_same_base_is_told_to_be_the_same(
    tmp_path: Path, folder: Path, old: Path
) -> None:
    assert (await build(tmp_path, folder, old)).same


async def test_another_event_is_told_and_not_compared(
    tmp_path: Path, folder: Path, old: Path
) -> None:
    edit(folder, "id: lighthouse", "id: beacon")
    found = await build(tmp_path, folder, old)
    assert found.another_event
    assert (found.same, found.worse) == (False, ())
    told = "This is another event: beacon in place of lighthouse. Nothing was compared."
    assert found.summary == found.full == told


async def test_mistakes_come_back_with_line_and_column_and_no_path_of_ours(
    tmp_path: Path, folder: Path, old: Path
) -> None:
    edit(folder, "answer: Seventeen", "anwser: Seventeen")
    found = await build(tmp_path, folder, old)
    assert any(line.startswith("base.yaml:19:5: ") and "anwser" in line for line in found.problems)
    assert not any("into" in line for line in found.problems)


async def test_mistakes_in_a_file_that_was_sent_bear_its_name(tmp_path: Path, folder: Path) -> None:
    edit(folder, "answer: Seventeen", "anwser: Seventeen")
    edit(
        folder, "questions: [Who built the lighthouse?,", "questions: [How tall is the lighthouse?,"
    )
    found = await build(tmp_path, folder / "base.yaml", name="mine.yaml")
    first, *_, last = found.problems
    assert first.startswith("mine.yaml:")
    assert any(
        ", first at mine.yaml:" in line or ", at mine.yaml:" in line for line in found.problems
    )
    assert last == f"{len(found.problems) - 1} mistakes in mine.yaml"
    assert "base.yaml" not in "".join(found.problems)


async def test_a_sent_base_in_a_language_that_is_not_there_is_not_taken(
    tmp_path: Path,
) -> None:
    sent = tmp_path / "sent"
    sent.write_text(SMALL_BASE.replace("  title: The l", "  language: xx\n  title: The l", 1))
    found = await build(tmp_path, sent, name="mine.yaml")
    assert found.problems == (
        "mine.yaml:3:13: the bot does not know the language xx; write en",
        "1 mistake in mine.yaml",
    )


@pytest.mark.parametrize("name", ["mine.yaml", "mine.zip"])
async def test_what_a_sent_base_lacks_as_a_whole_bears_the_name_of_what_was_sent(
    tmp_path: Path, folder: Path, name: str
) -> None:
    base = folder / "base.yaml"
    base.write_text(SMALL_BASE[SMALL_BASE.index("sources:") :])
    sent = base
    if name.endswith(".zip"):
        sent = tmp_path / "sent.zip"
        sent.write_bytes(pack(folder))
    found = await build(tmp_path, sent, name=name)
    assert found.problems[0].startswith(f"{name}:1:1: no file here has an `event`")


async def test_a_zip_of_several_events_is_told_by_its_name_and_what_to_send(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for event in ("lighthouse", "windmill"):
            text = SMALL_BASE.replace("id: lighthouse", f"id: {event}")
            archive.writestr(f"all/{event}/base.yaml", text)
    sent = tmp_path / "sent"
    sent.write_bytes(packed.getvalue())
    first, *bases = await trouble(build(tmp_path, sent, name="mine.zip"))
    what, _, remedy = first.partition("; ")
    assert what == "mine.zip: several events are here"
    assert remedy == "pack the folder of the event that is meant, and no other"
    assert bases == ["  lighthouse  in mine.zip/lighthouse", "  windmill  in mine.zip/windmill"]


async def test_a_file_that_was_sent_takes_the_verified_quotes_along(
    tmp_path: Path, folder: Path
) -> None:
    lock = Path(__file__).parents[2] / "knowledge" / "moscow-talks-2018" / "quotes.lock"
    (folder / "quotes.lock").write_bytes(lock.read_bytes())
    old = tmp_path / "old.zip"
    old.write_bytes(pack(folder))
    found = await build(tmp_path, folder / "base.yaml", old, "mine.yaml")
    assert found.same


async def test_a_strangers_zip_that_is_none_is_one_line(tmp_path: Path, old: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../base.yaml", SMALL_BASE)
    sent = tmp_path / "sent"
    sent.write_bytes(packed.getvalue())
    [line] = await trouble(build(tmp_path, sent, old, "base.zip"))
    assert line.startswith("base.zip: ")
    assert "leads out" in line


async def test_what_is_too_large_once_unpacked_is_told_by_the_name_that_it_was_sent_by(
    tmp_path: Path,
) -> None:
    sent = tmp_path / "upload"
    sent.write_bytes(b"event: " + b"x" * 2_000_000)
    [line] = await trouble(build(tmp_path, sent, name="long.yaml"))
    assert line.startswith("long.yaml: would unpack to more than 100 times")


async def test_a_disk_without_room_is_told_in_a_line(tmp_path: Path, folder: Path) -> None:
    into = tmp_path / "gone"
    [line] = await trouble(built(Order(str(folder), str(into)), cache=CACHE))
    assert line.startswith(str(into))
    assert line.endswith("; make room there")
