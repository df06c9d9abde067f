"""Keeps what can be made anew between runs: one folder of files, each whole or not there."""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from bot.heap import let_pages_go

KEPT = 8  # files of a kind in the folder; the oldest go first
MAKING = ".making-"  # how a file's name begins until it is whole
UNFINISHED = 3600.0  # seconds after which nobody is making it any more
_DIGEST = 32  # bytes of the SHA-256 before the content
_PIECE = 1 << 16  # bytes

log = logging.getLogger(__name__)


def version_of(paths: Iterable[Path]) -> str:
    """The SHA-256, in hex, over files of code and words, and those in folders: what decides what is
    made is part of its key."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else (path,):
            if file.suffix in {".py", ".yaml", ".txt", ".bin"}:
                with file.open("rb") as opened:
                    digest.update(file.name.encode() + b"\0" + _digest(opened))
    return digest.hexdigest()


class Cache:
    """Whatever is wrong with the folder is logged and costs time, never an answer.

    `kind` is the first part of a file's name; `key` is all that its content depends on.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._maps: list[mmap.mmap] = []

    def load(self, kind: str, key: str) -> memoryview | None:
        """The content, eight bytes aligned; None: nothing is kept, or nothing sound.

        It stays in its file, mapped into memory: only what is looked at is ever read in, and the
        system may drop it again. Files are replaced, never written over, so it does not change.
        """
        path = self._path(kind, key)
        try:
            with path.open("rb") as file:
                expected = file.read(_DIGEST)
                if _digest(file) != expected:
                    log.warning("%s: damaged; making it anew", path)
                    return None
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("%s: cannot be read (%s); making it anew", path, error.strerror)
            return None
        try:
            path.touch()  # what is used is not the oldest
        except OSError as error:
            log.debug("%s: cannot be touched (%s)", path, error.strerror)
        self._maps.append(mapped)
        return memoryview(mapped)[_DIGEST:]

    def let_go(self) -> None:
        """Let the pages that were read so far leave this process's memory; each comes back when it
        is looked at."""
        for mapped in self._maps:
            let_pages_go(mapped)
        self._maps.clear()

    def save(self, kind: str, key: str, content: bytes) -> None:
        """Keeps it, whole or not at all."""
        path = self._path(kind, key)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=MAKING)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)  # on a full disk it would take what is left
                raise
        except OSError as error:
            log.info("%s: cannot be written (%s); going on without", path, error.strerror)
            return
        try:
            self._drop_oldest(kind)
            self._drop_unfinished(path.stat().st_mtime)
        except OSError as error:  # another process has removed one first, say
            log.debug("%s: what is old stays for now (%s)", self._folder, error.strerror)

    def is_writable(self) -> bool:
        """Whether it is worth making something only to keep it here."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        return os.access(self._folder, os.W_OK)

    def _path(self, kind: str, key: str) -> Path:
        return self._folder / f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"

    def _drop_oldest(self, kind: str) -> None:
        kept = sorted(self._folder.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-KEPT]:
            path.unlink(missing_ok=True)

    def _drop_unfinished(self, now: float) -> None:
        """Remove what processes that were killed have left."""
        for path in self._folder.glob(f"{MAKING}*"):
            if path.stat().st_mtime < now - UNFINISHED:
                path.unlink(missing_ok=True)


def _digest(file: BinaryIO) -> bytes:
    """Of what is left to read, a piece at a time: it need not be in memory whole."""
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.digest()
