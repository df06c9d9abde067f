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
MOST_UNPRINTABLE = 20  # told of one file; who has that many has another kind of file


class Hash(Protocol):
    """What is used of hashlib's objects."""

    def update(self, data: bytes, /) -> None: ...


# What PyYAML's parsers refuse, and the line breaks of Unicode that editors do not count as such.
UNPRINTABLE = re.compile(
    "[^\\t\\n\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd"
    "\\U00010000-\\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read: `text` has no byte-order mark, and line ends are a line feed."""

    name: str  # relative to the base's folder, with / between its parts
    text: str


def yaml_files(folder: Path, report: Report, limits: Limits) -> tuple[Path, ...]:
    """All `*.yaml` under `folder`, sorted; hidden ones are left out."""
    found: list[Path] = []
    for path in _walk(folder, report, limits.folders_deep):
        if path.suffix == ".yaml":
            found.append(path)
        elif path.suffix.lower() in (".yml", ".yaml"):
            report.warning(
                Place(relative(path, folder), 1, 1),
                "this file is not read",
                "let its name end in .yaml",
            )
        if len(found) > limits.files:
            report.error(
                Place(".", 1, 1),
                f"more than {limits.files} files end in .yaml here",
                "join them, or name the base's own folder",
            )
            break
    return tuple(sorted(found[: limits.files], key=lambda path: relative(path, folder)))


def read_files(
    paths: tuple[Path, ...], folder: Path, report: Report, limits: Limits
) -> Iterator[SourceFile]:
    """Reads one file after the other; what cannot be read is reported and left out."""
    root = Path(os.path.realpath(folder))
    left = limits.base_size
    for path in paths:
        place = Place(relative(path, folder), 1, 1)
        data = _read(path, root, place, report, limits.file_size)
        if data is None:
            continue
        left -= len(data)
        if left < 0:
            report.error(
                place,
                f"the base's files are larger than {limits.base_size // MIB} MiB together",
                "shorten them",
            )
            return
        text = _decoded(data, place, report)
        if text is not None:
            yield SourceFile(place.file, text)


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


def _walk(folder: Path, report: Report, deeper: int) -> Iterator[Path]:
    """Files below `folder`; links to folders are not followed, which may lead in circles."""
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
        if entry.is_dir(follow_symlinks=False):
            if deeper > 0:
                yield from _walk(folder / entry.name, report, deeper - 1)
        else:
            yield folder / entry.name


def _read(path: Path, root: Path, place: Place, report: Report, most: int) -> bytes | None:
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(root):
        report.error(place, "this link leads out of the base's folder", "copy the file here")
        return None
    try:
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            if not stat.S_ISDIR(status.st_mode):
                report.error(place, "this is no regular file", "put a text file here")
            return None
        if status.st_size > most:
            report.error(
                place,
                f"the file is larger than {most // MIB} MiB",
                "split it into several files",
            )
            return None
        with real.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        report.error(
            place,
            f"the file cannot be read ({error.strerror})",
            "check that it exists and may be read",
        )
        return None


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
