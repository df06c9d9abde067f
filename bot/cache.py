"""Keeps what was learnt of a base between runs: files that can all be made anew."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bot.facts.model import Base
from bot.matching.learning import Learnt

KEPT = 8  # files in the folder; the oldest go first
_DIGEST = 32  # bytes of the SHA-256 before the content

log = logging.getLogger(__name__)


def engine_version(folders: Iterable[Path]) -> str:
    """The SHA-256, in hex, over the files that decide what is learnt: code and word lists."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".yaml", ".txt"}:
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class LearntCache:
    """One folder. Whatever is wrong with it is logged and costs time, never an answer."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version

    def load(self, base: Base) -> Learnt | None:
        """What is kept of this base under this version; None: nothing, or nothing sound."""
        path = self._path(base)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("%s: cannot be read (%s); learning anew", path, error.strerror)
            return None
        content = data[_DIGEST:]
        if hashlib.sha256(content).digest() != data[:_DIGEST]:
            log.warning("%s: damaged; learning anew", path)
            return None
        try:
            path.touch()  # what is used is not the oldest
        except OSError as error:
            log.debug("%s: cannot be touched (%s)", path, error.strerror)
        try:
            return Learnt.from_bytes(content)
        except ValueError as error:
            log.warning("%s: %s; learning anew", path, error)
            return None

    def save(self, base: Base, learnt: Learnt) -> None:
        """Keeps it, whole or not at all."""
        content = learnt.to_bytes()
        path = self._path(base)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".learning-")
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            Path(name).replace(path)
            self._drop_oldest()
        except OSError as error:
            log.info("%s: cannot be written (%s); going on without", path, error.strerror)

    def _path(self, base: Base) -> Path:
        key = hashlib.sha256(f"{base.hash}/{self._version}".encode()).hexdigest()
        return self._folder / f"learnt-{key[:32]}"

    def _drop_oldest(self) -> None:
        kept = sorted(self._folder.glob("learnt-*"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-KEPT]:
            path.unlink(missing_ok=True)
