"""What is kept of a base is the base, and no longer than it is true."""

from __future__ import annotations

import asyncio
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import open_answerer
from bot.cache import Cache
from bot.errors import FootnoteError
from bot.facts.load import load_base
from bot.facts.model import Base
from bot.facts.stored import folder_key, from_bytes, to_bytes
from bot.prepared import prepare
from bot.preparing import prepare_apart
from bot.resources import config_dir, knowledge_dir
from bot.settings import Settings
from tests.cli.support import ROOT

SHIPPED = knowledge_dir() / "moscow-talks-2018"
SMALL = ROOT / "tests" / "platforms" / "discord" / "base"


@pytest.fixture(scope="module")
def shipped() -> Base:
    return load_base(SHIPPED)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "base")


def settings(tmp_path: Path, base: Path) -> Settings:
    return Settings(data=tmp_path / "data", cache=tmp_path / "cache", knowledge=base)


def test_a_base_comes_back_as_it_was_with_its_hash(shipped: Base) -> None:
    back = from_bytes(memoryview(to_bytes(shipped)))

    assert back == shipped
    assert back.hash == shipped.hash
    assert to_bytes(back) == to_bytes(shipped)


def test_its_phrasings_are_read_when_asked_for_and_are_as_good_as_a_tuple(shipped: Base) -> None:
    back = from_bytes(memoryview(to_bytes(shipped))).facts[0].questions
    texts = shipped.facts[0].questions

    assert not isinstance(back, tuple)
    assert (len(back), back[0], back[-1], back[1:3]) == (
        len(texts),
        texts[0],
        texts[-1],
        texts[1:3],
    )
    assert hash(back) == hash(texts)
    assert pickle.loads(pickle.dumps(back)) == texts  # noqa: S301 - our own bytes
    with pytest.raises(IndexError):
        back[len(texts)]


@pytest.mark.parametrize("data", [b"", b"\0" * 8, b"\1\0\0\0\0\0\0\0\0\0\0\0[]"])
def test_bytes_that_are_no_base_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        from_bytes(memoryview(data))


def test_what_is_kept_equals_what_is_read(tmp_path: Path, base: Path) -> None:
    cache = Cache(tmp_path / "cache")
    read = prepare(base, config_dir(), cache)
    kept = prepare(base, config_dir(), cache)

    assert kept == read
    assert not isinstance(kept.base.facts[0].questions, tuple)  # so it was the kept one


def test_a_change_to_a_file_is_seen(tmp_path: Path, base: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = prepare(base, config_dir(), cache).base
    file = next(base.glob("*.yaml"))
    file.write_text(file.read_text() + "\n# a remark\n")
    after = prepare(base, config_dir(), cache).base
    file.write_text("event: [")

    assert after.hash != before.hash
    with pytest.raises(FootnoteError):
        prepare(base, config_dir(), cache)


def test_a_new_lock_and_a_renamed_file_are_changes(base: Path) -> None:
    first = folder_key(base)
    (base / "quotes.lock").write_text("{}")
    locked = folder_key(base)
    next(base.glob("*.yaml")).rename(base / "renamed.yaml")

    assert len({first, locked, folder_key(base), None}) == 4


def test_files_that_lead_out_of_the_folder_have_no_key(tmp_path: Path, base: Path) -> None:
    file = next(base.glob("*.yaml"))
    file.rename(tmp_path / "outside.yaml")
    file.symlink_to(tmp_path / "outside.yaml")

    assert folder_key(base) is None


def test_a_damaged_keep_is_made_anew(
    tmp_path: Path, base: Path, caplog: pytest.LogCaptureFixture
) -> None:
    expected = prepare(base, config_dir(), Cache(tmp_path / "cache"))
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes()[:-1])

    assert prepare(base, config_dir(), Cache(tmp_path / "cache")) == expected
    assert "damaged" in caplog.text


def test_another_process_fills_the_cache_and_takes_neither_yaml_nor_learning_here(
    tmp_path: Path, base: Path
) -> None:
    there = settings(tmp_path, base)
    asyncio.run(prepare_apart(there))
    code = (
        "import sys; from pathlib import Path; from bot.app import open_answerer;"
        "from bot.settings import Settings;"
        "open_answerer(Settings(Path(), Path(sys.argv[1]), knowledge=Path(sys.argv[2])));"
        "sys.exit('yaml' in sys.modules or 'bot.facts.load' in sys.modules)"
    )
    words = [sys.executable, "-c", code, str(there.cache), str(base)]

    assert sorted(file.name.partition("-")[0] for file in there.cache.iterdir()) == [
        "base",
        "learnt",
    ]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == 0


def test_what_another_process_cannot_prepare_is_told_here(tmp_path: Path, base: Path) -> None:
    next(base.glob("*.yaml")).write_text("event: [")
    there = settings(tmp_path, base)
    asyncio.run(prepare_apart(there))

    with pytest.raises(FootnoteError, match="mistake"):
        open_answerer(there)
