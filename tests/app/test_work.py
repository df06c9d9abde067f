"""The folder that a process works in: its own, and cleared when the process is gone."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.work import LOCK, work_folder
from tests.cli.support import ROOT, environment, watched

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")

ROOT_USER = sys.platform != "win32" and os.geteuid() == 0
HOLDS = "from bot.work import work_folder\nwith work_folder() as f: print(f, flush=True); input()"


@pytest.fixture(name="place")
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for such things, in this process and in others."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def another(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process with such a folder, in which it has written something."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(TMPDIR=str(place)),
        cwd=ROOT,
    )
    with process, watched(process):
        assert process.stdout
        folder = Path(process.stdout.readline().strip())
        (folder / "half").mkdir()
        (folder / "half" / "written").write_text("something")
        yield process, folder


def test_it_is_gone_when_the_block_ends(place: Path) -> None:
    with work_folder() as folder:
        (folder / "file").write_text("something")
    assert list(place.iterdir()) == []


def test_that_of_a_process_that_lives_is_left_alone_and_of_a_killed_one_cleared(
    place: Path,
) -> None:
    with another(place) as (process, folder):
        with work_folder() as own:
            assert own != folder
            assert (folder / "half" / "written").exists()
        process.kill()
        process.wait()
        assert (folder / "half" / "written").exists()
        with work_folder() as own:
            assert list(place.iterdir()) == [own]


def test_what_only_has_such_a_name_is_left_alone(
    place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = place / "elsewhere"
    for folder in (elsewhere, place / "footnote-of-somebody"):
        folder.mkdir()
        (folder / "file").write_text("something")
    (elsewhere / LOCK).write_text("")
    (place / "footnote-link").symlink_to(elsewhere)
    with caplog.at_level(logging.INFO), work_folder():
        pass
    assert (elsewhere / "file").exists()
    assert (place / "footnote-of-somebody" / "file").exists()
    assert "cleared" not in caplog.text  # not even tried: that a link is not followed is rmtree's


@pytest.mark.skipif(not ROOT_USER, reason="only root can give a folder away")
def test_a_folder_of_another_user_is_left_alone(place: Path) -> None:
    folder = place / "footnote-theirs"
    folder.mkdir()
    (folder / LOCK).write_text("")
    os.chown(folder, os.geteuid() + 1, -1)
    with work_folder():
        pass
    assert (folder / LOCK).exists()
