"""Files that can be made anew: whole or not there, and never a reason not to answer."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import LEARNT_BY
from bot.cache import KEPT, Cache, version_of


def test_what_is_saved_is_loaded_by_its_kind_and_key_alone(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "made" / "here")
    cache.save("base", "one", b"some bytes")

    assert bytes(cache.load("base", "one") or b"") == b"some bytes"
    assert cache.load("base", "two") is None
    assert cache.load("learnt", "one") is None


def test_what_was_loaded_stays_when_the_file_is_replaced_or_deleted(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.save("base", "one", b"first")
    loaded = cache.load("base", "one")
    cache.save("base", "one", b"another")
    for file in tmp_path.iterdir():
        file.unlink()

    assert loaded is not None
    assert bytes(loaded) == b"first"


def test_what_was_let_go_of_can_still_be_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.save("base", "one", b"some bytes" * 10_000)
    loaded = cache.load("base", "one")
    assert loaded is not None
    before = bytes(loaded)
    cache.let_go()

    assert bytes(loaded) == before


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 200])
def test_a_damaged_file_is_logged_and_as_good_as_none(
    tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    cache = Cache(tmp_path)
    cache.save("base", "one", b"some bytes")
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)

    assert cache.load("base", "one") is None
    assert f"{file}: damaged" in caplog.text


def test_a_folder_that_cannot_be_made_costs_only_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    cache.save("base", "one", b"some bytes")

    assert not cache.is_writable()
    assert cache.load("base", "one") is None
    assert "going on without" in caplog.text


def test_of_each_kind_the_latest_used_are_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.save("learnt", "kept", b"another kind")
    for number in range(KEPT):
        cache.save("base", str(number), b"some bytes")
        for file in tmp_path.glob("base-*"):
            stamp = file.stat().st_mtime - 10  # each older than what comes after it
            os.utime(file, (stamp, stamp))
    cache.load("base", "0")
    cache.save("base", "new", b"some bytes")

    found = [key for key in (*map(str, range(KEPT)), "new") if cache.load("base", key) is not None]
    assert found == [*(str(number) for number in range(KEPT) if number != 1), "new"]
    assert cache.load("learnt", "kept") is not None


def test_the_version_changes_with_a_file_and_not_with_others(tmp_path: Path) -> None:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "one.py").write_text("pass")
    first = version_of((folder,))
    (folder / "notes.md").write_text("nothing that decides")
    same = version_of((folder,))
    (folder / "one.py").write_text("pass  # changed")

    assert first == same != version_of((folder,))


def test_what_could_not_be_written_whole_leaves_nothing_behind(tmp_path: Path) -> None:
    Cache(tmp_path).save("no/such folder", "key", b"content")

    assert list(tmp_path.iterdir()) == []


def test_what_was_written_counts_though_what_is_old_cannot_be_removed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    (tmp_path / "kind-gone").symlink_to("what another process has just removed")
    cache = Cache(tmp_path)
    cache.save("kind", "key", b"content")

    assert bytes(cache.load("kind", "key") or b"") == b"content"
    assert "cannot be written" not in caplog.text


def test_what_a_killed_process_was_making_goes_by_and_by(tmp_path: Path) -> None:
    old, new = tmp_path / ".making-old", tmp_path / ".making-new"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (1, 1))
    Cache(tmp_path).save("kind", "key", b"content")

    assert not old.exists()
    assert new.exists()


def test_all_code_that_learns_decides_whether_what_was_learnt_is_used() -> None:
    matching = "bot.matching.calibrating, bot.matching.learning, bot.matching.teaching"
    learning = f"import bot.language, {matching}"
    told = "[print(m.__file__) for n, m in sys.modules.items() if n.startswith('bot.')]"
    ran = subprocess.run(
        [sys.executable, "-c", f"{learning}, sys; {told}"], check=True, capture_output=True
    )
    files = [Path(line) for line in ran.stdout.decode().splitlines()]
    telling_nothing = {"errors.py", "__init__.py"}
    others = [
        file
        for file in files
        if file.name not in telling_nothing
        and not any(file == part or part in file.parents for part in LEARNT_BY)
    ]
    assert files
    assert others == []
