"""What a stranger sends: taken in when it is a base, refused in one line for all else."""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.curation.archives import ArchiveLimits, BadArchive, pack, state, unpack
from bot.facts.load import BrokenBase, load_base
from tests.cli.support import SMALL_BASE

SMALL = ArchiveLimits(packed=100_000, unpacked=200_000, files=20, free=1_000)


def zipped(
    *entries: tuple[str, bytes],
    change: Callable[[zipfile.ZipInfo], None] = lambda _: None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            change(entry)
            archive.writestr(entry, data)
    return packed.getvalue()


def refused(data: bytes, folder: Path, name: str = "x.zip") -> str:
    """The one line that it is refused with; and nothing was written outside of the folder."""
    inside = folder / "inside"
    inside.mkdir()
    with pytest.raises(BadArchive) as caught:
        unpack(data, name, inside, SMALL)
    assert {path.name for path in folder.iterdir()} == {"inside"}
    [line] = caught.value.lines
    assert line.startswith("x.")
    assert "\n" not in line
    assert line.isprintable()
    return line


BASE = SMALL_BASE.encode()


@pytest.mark.parametrize("around", ["", "footnote-main/", "a/b/c/"])
def test_a_zip_is_taken_with_and_without_folders_around_it(tmp_path: Path, around: str) -> None:
    data = zipped((f"{around}event.yaml", BASE), (f"{around}more/outside.yaml", b"synonyms: []\n"))
    top = unpack(data, "base.ZIP", tmp_path, SMALL)
    assert top == tmp_path / around
    assert load_base(top).event.id == "lighthouse"


def test_a_yaml_is_a_whole_base(tmp_path: Path) -> None:
    assert load_base(unpack(BASE, "my.yaml", tmp_path, SMALL)).event.id == "lighthouse"


def test_only_what_a_base_is_made_of_is_written(tmp_path: Path) -> None:
    data = zipped(
        ("event.yaml", BASE),
        ("quotes.lock", b"{}"),
        ("run.sh", b"#!/bin/sh\n"),
        (".hidden/x.yaml", b"facts: []\n"),
        ("._event.yaml", b"\0"),
    )
    unpack(data, "x.zip", tmp_path, SMALL)
    assert {path.name for path in tmp_path.rglob("*")} == {"event.yaml", "quotes.lock"}


@pytest.mark.parametrize(
    "name", ["../event.yaml", "a/../../event.yaml", "/etc/event.yaml", "a//event.yaml", "./a.yaml"]
)
def test_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    assert "leads out" in refused(zipped((name, BASE)), tmp_path)


@pytest.mark.parametrize("name", ["C:event.yaml", "a\\..\\event.yaml", "a\x1b[2J.yaml"])
def test_a_path_of_another_system_or_with_control_characters_is_refused(
    tmp_path: Path, name: str
) -> None:
    assert "no path should have" in refused(zipped((name, BASE)), tmp_path)


def test_a_name_that_goes_on_after_its_end_is_refused(tmp_path: Path) -> None:
    data = zipped(("event.yamlX../../x", BASE)).replace(b"yamlX", b"yaml\0")
    assert "no path should have" in refused(data, tmp_path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    def change(entry: zipfile.ZipInfo) -> None:
        entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16

    assert "link" in refused(zipped(("event.yaml", b"/etc/passwd"), change=change), tmp_path)


def test_a_bomb_is_refused_by_what_it_claims(tmp_path: Path) -> None:
    assert "times its size" in refused(zipped(("event.yaml", bytes(190_000))), tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    assert "0 MiB" in refused(zipped(("event.yaml", bytes(300_000))), other)


def lying_about_sizes(data: bytes, real: int, told: int) -> bytes:
    return data.replace(struct.pack("<L", real), struct.pack("<L", told))


def test_a_bomb_that_lies_about_its_size_is_refused_by_what_comes_out(tmp_path: Path) -> None:
    data = lying_about_sizes(zipped(("event.yaml", bytes(300_000))), 300_000, 900)
    assert "no sound zip" in refused(data, tmp_path)


def test_entries_that_share_their_bytes_cannot_unpack_to_more_than_the_limit(
    tmp_path: Path,
) -> None:
    def listed(names: Iterable[str]) -> bytes:
        """One packed file that the list of contents names many times."""
        one = zipped(("0.yaml", b"x" * 900))
        end = one.index(b"PK\x01\x02")
        entry = one[end : one.index(b"PK\x05\x06")]
        entries = b"".join(entry.replace(b"0.yaml", name.encode()) for name in names)
        count = len(entries) // len(entry)
        record = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), end, 0)
        return one[:end] + entries + record

    line = refused(listed(f"{n}.yaml" for n in range(9)), tmp_path)
    assert "no sound zip" in line or "times its size" in line


def test_a_million_files_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    assert "more than 20 files" in refused(
        zipped(*((f"{n}.yaml", b"") for n in range(21))), tmp_path
    )
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", *([0] * 4), *([0] * 4), *([0] * 10))[:46]
    listed = entry * 2_000
    record = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 7, 7, len(listed), 0, 0)  # it tells of 7
    other = tmp_path / "other"
    other.mkdir()
    assert "more than 20 files" in refused(listed + record, other)


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(("event.yaml", BASE)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refused(bytes(data), tmp_path)


def test_an_unusual_packing_is_refused(tmp_path: Path) -> None:
    data = zipped(("event.yaml", BASE), method=zipfile.ZIP_LZMA)
    assert "unusual way" in refused(data, tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["event.yaml", "EVENT.yaml"])
def test_the_same_name_twice_is_refused(tmp_path: Path, second: str) -> None:
    assert "twice" in refused(zipped(("event.yaml", BASE), (second, BASE)), tmp_path)


def test_a_file_where_a_folder_is_needed_is_refused(tmp_path: Path) -> None:
    data = zipped(("a.yaml", BASE), ("a.yaml/b.yaml", BASE))
    assert "is below a file" in refused(data, tmp_path)


def test_long_and_deep_paths_are_refused(tmp_path: Path) -> None:
    assert "200 characters" in refused(zipped(("a" * 200 + ".yaml", BASE)), tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    assert "10 folders deep" in refused(zipped(("a/" * 11 + "b.yaml", BASE)), other)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is no zip"),
        (b"PK" + bytes(500), "is no zip"),
        (zipped(("event.yaml", BASE))[:-10], "is no zip"),
        (zipped(("event.yaml", BASE))[60:], "no sound zip"),
        (b"PK\5\6" + bytes(18), "no .yaml"),
        (zipped(("readme.md", b"hello")), "no .yaml"),
        (zipped(("event.yaml", BASE)) + b"PK\5\6" + bytes(18), "unusual form"),
        (bytes(100_001), "larger"),
    ],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in refused(data, tmp_path)


def test_what_is_neither_yaml_nor_zip_is_refused(tmp_path: Path) -> None:
    assert "neither" in refused(b"\x7fELF", tmp_path, "x.exe")


def test_any_one_byte_changed_gives_a_base_or_one_line(tmp_path: Path) -> None:
    whole = zipped(("event.yaml", b"event: 1\n"), ("b/c.yaml", b"facts: []\n"))
    for at in range(len(whole)):
        folder = tmp_path / str(at)
        folder.mkdir()
        data = bytearray(whole)
        data[at] ^= 0xFF
        with suppress(BadArchive):
            unpack(bytes(data), "x.zip", folder, SMALL)
    assert len(list(tmp_path.iterdir())) == len(whole)


def test_packing_is_the_same_whenever_and_unpacks_to_the_same_base(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, names in ((first, ("b.yaml", "a.yaml")), (second, ("a.yaml", "b.yaml"))):
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(BASE if name == "a.yaml" else b"synonyms: []\n")
        (folder / "notes.txt").write_text(folder.name)
    assert pack(first) == pack(second)
    assert state(first) == state(second)
    third = tmp_path / "third"
    third.mkdir()
    assert load_base(unpack(pack(first), "v.zip", third)).hash == load_base(first).hash
    (second / "b.yaml").write_bytes(b"synonyms: [[a, b]]\n")
    assert state(first) != state(second)


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right there")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "base.yaml").write_bytes(BASE)
    (tmp_path / "secret").write_text("mine")
    (base / "more.yaml").symlink_to(tmp_path / "secret")
    for taken in (pack, state):
        with pytest.raises(BrokenBase, match="this link leads out"):
            taken(base)


ROOT = sys.platform != "win32" and os.geteuid() == 0


@pytest.mark.skipif(sys.platform == "win32" or ROOT, reason="there, all may be read")
def test_a_part_of_a_base_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_bytes(BASE)
    (tmp_path / "more").mkdir(mode=0)
    for taken in (pack, state):
        with pytest.raises(BrokenBase, match=r"more cannot be read \(Permission denied\)"):
            taken(tmp_path)
