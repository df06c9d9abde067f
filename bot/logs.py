"""Logging for a running bot: a line each on standard error, with no secret in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class _WithoutSecrets(logging.Formatter):
    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line


@contextmanager
def logging_to(stream: TextIO, level: str, *, secrets: tuple[str, ...] = ()) -> Iterator[None]:
    """Log to `stream` from `level` on, and leave logging as it was afterwards."""
    root = logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_WithoutSecrets(secrets))
    level_before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    # At level DEBUG it logs each statement's values: what people asked, and the store's key.
    database = logging.getLogger("aiosqlite")
    database_before = database.level
    database.setLevel(logging.INFO)
    try:
        yield
    finally:
        database.setLevel(database_before)
        root.removeHandler(handler)
        root.setLevel(level_before)
