"""A base as one file: packed the same way each time, and unpacked from whatever a stranger sends.

`unpack` trusts nothing that an archive says of itself: it counts what really comes out. Whatever
is wrong is told in one line.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import FootnoteError
from bot.facts.files import LOCK_NAME, add_to_hash, base_files, read_bytes
from bot.facts.limits import MIB, Limits
from bot.facts.problems import BrokenBase, Report, shown

SINGLE = "base.yaml"  # what a base of one file is called once it is unpacked
_END = b"PK\x05\x06"  # begins the end record of a zip
_END_SIZE = 22
_LONGEST_COMMENT = 0xFFFF
_LARGE_LOCATOR = b"PK\x06\x07"  # before the end record of an archive of the large (zip64) form
_ENTRY_MOST = 1_000  # bytes that an entry of the list of contents may take, on an average
_CHUNK = 64 * 1024
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Bounds of what is sent; sizes in bytes. `ratio`: unpacked to packed, from `free` on."""

    packed: int = 16 * MIB
    unpacked: int = 64 * MIB
    files: int = 5_000
    path: int = 200  # characters
    folders_deep: int = 10
    ratio: int = 100
    free: int = MIB


class BadArchive(FootnoteError):
    """An archive that is not taken: one line of what is wrong with it, and what to do."""


def unpack(data: bytes, name: str, folder: Path, limits: ArchiveLimits | None = None) -> Path:
    """Write the base in `data` below the empty `folder`; the folder that it begins in.

    `name` is the file's, for errors and to tell a `.yaml` from a `.zip`; of a zip only what a base
    is made of is written: `*.yaml` and locks. One folder around everything is taken off. Raises
    BadArchive; what was written by then is the caller's to delete.
    """
    limits = limits or ArchiveLimits()
    told = shown(name) or "the file"
    if len(data) > limits.packed:
        raise _bad(told, f"is larger than {limits.packed // MIB} MiB", "send a smaller one")
    if data.startswith(b"PK") or name.lower().endswith(".zip"):
        return _unpack_zip(data, told, folder, limits)
    if not _is_single(name):
        raise _bad(told, "is neither a .yaml nor a .zip", "send a base as one of these")
    (folder / SINGLE).write_bytes(data)
    return folder


def as_sent(lines: Iterable[str], folder: Path, name: str) -> tuple[str, ...]:
    """Mistakes in what was unpacked into `folder`, told by the name that whoever sent it knows."""

    def told(line: str) -> str:
        line = line.replace(str(folder), name)
        line = name + line.removeprefix(".") if line.startswith(".:") else line
        return line.replace(f"{SINGLE}:", f"{name}:") if _is_single(name) else line

    return tuple(map(told, lines))


def pack(folder: Path) -> bytes:
    """The base's files as a zip: the same bytes for the same files, whenever and wherever.

    Raises BrokenBase where one of them cannot be read.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in _files(folder):
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it tells which system packed it
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def state(folder: Path) -> str:
    """The SHA-256, in hex, over the base's files, whatever they hold.

    Raises BrokenBase where one of them cannot be read.
    """
    digest = hashlib.sha256()
    for name, data in _files(folder):
        add_to_hash(digest, name, data)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The base's files by their names; all of them, or BrokenBase is raised in the end."""
    report, limits = Report(), Limits()
    yield from read_bytes(base_files(folder, report, limits), folder, report, limits)
    if report.has_errors():
        raise BrokenBase.told(report.problems(), folder)


def _is_single(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))


def _is_wanted(file: str) -> bool:
    return not file.startswith(".") and (file.endswith(".yaml") or file == LOCK_NAME)


def _unpack_zip(data: bytes, told: str, folder: Path, limits: ArchiveLimits) -> Path:
    _check_end(data, told, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = _checked(entries, told, limits, len(data))
            top = _common_top(names)
            written = _write(archive, zip(entries, names, strict=True), folder, told, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _bad(told, f"is no sound zip ({shown(str(error))})", "pack it anew") from None
    except (RecursionError, MemoryError, OverflowError):
        raise _bad(told, "is no sound zip", "pack it anew") from None
    if not written:
        raise _bad(told, "holds no .yaml file", "pack the folder of the base")
    return folder / top


def _check_end(data: bytes, told: str, limits: ArchiveLimits) -> None:
    """Look at how long the list of contents is before anything reads the whole of it."""
    tail = data[-(_END_SIZE + _LONGEST_COMMENT) :]
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise _bad(told, "is no zip", "pack it anew, or send a .yaml")
    if tail.count(_END) > 1 or tail[max(0, at - 20) : at].startswith(_LARGE_LOCATOR):
        raise _bad(told, "is a zip of an unusual form", "pack it anew, the folder alone")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    listed = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > limits.files or listed > limits.files * _ENTRY_MOST:
        raise _bad(told, f"holds more than {limits.files} files", "pack the base's folder alone")


def _checked(
    entries: list[zipfile.ZipInfo], told: str, limits: ArchiveLimits, packed: int
) -> list[tuple[str, ...]]:
    """The parts of each entry's path, once nothing about any entry is amiss."""
    if len(entries) > limits.files:
        raise _bad(told, f"holds more than {limits.files} files", "pack the base's folder alone")
    claimed = sum(entry.file_size for entry in entries)
    if claimed > limits.unpacked:
        raise _too_large(told, limits)
    if claimed > limits.free and claimed > limits.ratio * packed:
        raise _bad(
            told, f"would unpack to more than {limits.ratio} times its size", "send the base alone"
        )
    seen: set[str] = set()
    found = []
    for entry in entries:
        parts = _parts(entry, told, limits)
        key = "/".join(parts).casefold()  # as file systems see it that know no capitals
        if key in seen:
            raise _bad(told, f"holds {shown(key)!r} twice", "pack it anew")
        seen.add(key)
        found.append(parts)
    return found


def _parts(entry: zipfile.ZipInfo, told: str, limits: ArchiveLimits) -> tuple[str, ...]:
    """An entry's path, taken apart. Raises BadArchive for one that leads astray or is no file."""
    name = entry.orig_filename  # `filename` was cut and mended already
    says = f"holds {shown(name)!r}, which"
    if len(name) > limits.path:
        raise _bad(told, f"{says} is a path of more than {limits.path} characters", "shorten it")
    if not name.isprintable() or any(char in name for char in "\\:"):
        raise _bad(told, f"{says} has a character that no path should have", "rename it")
    parts = tuple(name.removesuffix("/").split("/"))
    if name.startswith("/") or any(part in ("", ".", "..") for part in parts):
        raise _bad(told, f"{says} leads out of its folder", "pack the base's folder alone")
    if len(parts) > limits.folders_deep + 1:
        raise _bad(told, f"{says} is more than {limits.folders_deep} folders deep", "pack it flat")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _bad(told, f"{says} is a link or no regular file", "put the file itself there")
    if entry.flag_bits & _ENCRYPTED:
        raise _bad(told, f"{says} is encrypted", "pack it without a password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _bad(told, f"{says} is packed in an unusual way", "pack it as a plain zip")
    return parts


def _write(
    archive: zipfile.ZipFile,
    found: Iterable[tuple[zipfile.ZipInfo, tuple[str, ...]]],
    folder: Path,
    told: str,
    limits: ArchiveLimits,
) -> int:
    """Write what a base is made of, counting each byte that comes out; how many files."""
    left, files = limits.unpacked, 0
    for entry, parts in found:
        hidden = any(part.startswith(".") for part in parts)
        if entry.is_dir() or hidden or not _is_wanted(parts[-1]):
            continue
        path = folder.joinpath(*parts)
        with archive.open(entry) as source, _new_file(path, "/".join(parts), told) as target:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _too_large(told, limits)
                target.write(chunk)
        files += 1
    return files


def _new_file(path: Path, name: str, told: str) -> BinaryIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")
    except OSError:
        what = f"holds {shown(name)!r}, which is below a file or has a bad name"
        raise _bad(told, what, "rename it") from None


def _common_top(names: list[tuple[str, ...]]) -> Path:
    """The folders that stand around everything, as archives of repositories have one."""
    folders = [parts[:-1] for parts in names if _is_wanted(parts[-1])]
    shared: list[str] = []
    for level in zip(*folders, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return Path(*shared)


def _too_large(told: str, limits: ArchiveLimits) -> BadArchive:
    return _bad(
        told, f"would unpack to more than {limits.unpacked // MIB} MiB", "send the base alone"
    )


def _bad(told: str, what: str, remedy: str) -> BadArchive:
    return BadArchive(f"{told}: {what}; {remedy}")
