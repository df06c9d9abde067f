"""The files of a base: found, read within limits, and as text with plain line ends."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from bot.facts.limits import MIB, Limits
from bot.facts.problems import Place, Report

LOCK_NAME = "quotes.lock"
LEADS_OUT = "this link leads out of the base's folder"
MOST_UNPRINTABLE = 20  # told of one file; who has that many has another kind of file


class Hash(Protocol):
    """What is used of hashlib's objects."""

    def update(self, data: bytes, /) -> None: ...


# What PyYAML's parsers refuse, the line breaks of Unicode that editors do not count as such, and
# what turns a line around. Joiners and marks of direction are some scripts', and what is quoted may
# hold a blank of no width.
UNPRINTABLE = re.compile(
    "[^\\t\\n\\x20-\\x7e\\xa0-\\u2027\\u202f-\\u2065\\u206a-\\ud7ff\\ue000-\\ufefe"
    "\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read: `text` has no byte-order mark, and line ends are a line feed."""

    name: str  # relative to the base's folder, with / between its parts
    text: str


class Unfit(Exception):
    """A file that is not read: `message` says why, `remedy` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message, self.remedy = message, remedy


def base_files(folder: Path, report: Report, limits: Limits) -> tuple[Path, ...]:
    """What a base is made of, sorted: all `*.yaml` under `folder`, and locks; no hidden ones. None
    where there are too many."""
    found: list[Path] = []
    left = limits.files
    for path in _walk(folder, folder, report, limits.folders_deep):
        if path.name == LOCK_NAME:
            found.append(path)
        elif path.suffix == ".yaml" and left:
            found.append(path)
            left -= 1
        elif path.suffix == ".yaml":
            report.error(
                Place(".", 1, 1),
                f"more than {limits.files} files end in .yaml here",
                "join them, or name the base's own folder",
            )
            return ()
        elif path.suffix.lower() in (".yml", ".yaml"):
            report.warning(
                Place(relative(path, folder), 1, 1),
                "this file is not read",
                "let its name end in .yaml",
            )
    return tuple(sorted(found, key=lambda path: relative(path, folder)))


def yaml_files(folder: Path, report: Report, limits: Limits) -> tuple[Path, ...]:
    """The `*.yaml` of the base."""
    return tuple(path for path in base_files(folder, report, limits) if path.name != LOCK_NAME)


def read_files(
    paths: tuple[Path, ...], folder: Path, report: Report, limits: Limits
) -> Iterator[SourceFile]:
    """Reads one file after the other; what cannot be read is reported and left out."""
    for name, data in read_bytes(paths, folder, report, limits):
        text = _decoded(data, Place(name, 1, 1), report)
        if text is not None:
            yield SourceFile(name, text)


def read_bytes(
    paths: tuple[Path, ...], folder: Path, report: Report, limits: Limits
) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file; what cannot be read is reported and left out."""
    left = limits.base_size
    for path in paths:
        place = Place(relative(path, folder), 1, 1)
        try:
            data = read_file(path, folder, limits.file_size)
        except Unfit as unfit:
            # Without its lock a base is as sound as with one that is damaged.
            tell = report.warning if path.name == LOCK_NAME else report.error
            tell(place, unfit.message, unfit.remedy)
            continue
        left -= len(data)
        if left < 0:
            report.error(
                place,
                f"the base's files are larger than {limits.base_size // MIB} MiB together",
                "shorten them",
            )
            return
        yield place.file, data


def read_file(path: Path, folder: Path, most: int) -> bytes:
    """The bytes of a regular file inside of `folder`, at most `most`.

    Raises Unfit for anything else: a pipe may never end, and a device neither.
    """
    if _leads_out(path, folder):
        raise Unfit(LEADS_OUT, "copy the file here")
    real = Path(os.path.realpath(path))
    try:
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unfit("this is no regular file", "put a text file here")
        if status.st_size > most:
            raise Unfit(f"the file is larger than {most // MIB} MiB", "split it into several files")
        with real.open("rb") as file:
            return file.read(status.st_size)  # for `most`, Python would make room first
    except OSError as error:
        why = f"the file cannot be read ({error.strerror})"
        raise Unfit(why, "check that it exists and may be read") from None


def relative(path: Path, folder: Path) -> str:
    """The name by which problems and the hash know a file; safe to print."""
    name = path.relative_to(folder).as_posix()
    return "".join(char if char.isprintable() else "?" for char in name)


def plain_line_ends(data: bytes) -> bytes:
    """`data` as it is hashed: no byte-order mark, line ends a line feed."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def add_to_hash(digest: Hash, name: str, data: bytes) -> None:
    """Adds a file to the hash of a base, so that no two bases write the same bytes into it."""
    digest.update(f"{name}\0{len(data)}\0".encode())
    digest.update(data)


def _walk(folder: Path, base: Path, report: Report, deeper: int) -> Iterator[Path]:
    """Files below `folder`, in the base's; links to folders are not followed, which may lead in
    circles."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        report.error(
            Place(".", 1, 1),
            f"the folder {folder} cannot be read ({error.strerror})",
            "check that it exists and may be read",
        )
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if not entry.is_dir(follow_symlinks=False):
            if entry.is_symlink() and _is_folder_outside(path, base):
                report.error(Place(relative(path, base), 1, 1), LEADS_OUT, "copy the folder here")
            else:
                yield path
        elif deeper > 0:
            yield from _walk(path, base, report, deeper - 1)
        else:
            above = len(path.relative_to(base).parts) - 1
            report.error(
                Place(relative(path, base), 1, 1),
                f"this folder is more than {above} folders deep, and is not read",
                "move it up",
            )


def _is_folder_outside(path: Path, base: Path) -> bool:
    return os.path.isdir(path) and _leads_out(path, base)  # noqa: PTH112 - it raises nothing


def _leads_out(path: Path, base: Path) -> bool:
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(base))


def _decoded(data: bytes, place: Place, report: Report) -> str | None:
    data = plain_line_ends(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        report.error(
            _place_in(place.file, before, len(before)),
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file as UTF-8"
            + (" (it looks like UTF-16)" if data[0] in (0xFE, 0xFF) else ""),
        )
        return None
    for match in islice(UNPRINTABLE.finditer(text), MOST_UNPRINTABLE):
        report.error(
            _place_in(place.file, text, match.start()),
            f"the invisible character U+{ord(match[0]):04X} stands here",
            "take it out",
        )
    return UNPRINTABLE.sub(" ", text)


def _place_in(file: str, text: str, offset: int) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - line_start + 1)
