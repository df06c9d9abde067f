"""The engine on the shipped base, which is learnt once for all tests and all their processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import open_answerer
from bot.dialogue.answerer import Answerer
from bot.settings import Settings
from tests.cli.support import ROOT, environment

# Apart from that of the small bases, of which there are so many that the oldest files go.
CACHE = ROOT / ".pytest_cache" / "footnote-shipped"


@pytest.fixture(scope="session")
def on_shipped() -> Mapping[str, str]:
    """An environment in which the program finds what it would learn of that base."""
    with _alone(CACHE):
        open_answerer(Settings(data=CACHE, cache=CACHE))
    return environment(FOOTNOTE_CACHE=str(CACHE))


@pytest.fixture(scope="session")
def shipped(on_shipped: Mapping[str, str]) -> Answerer:
    return open_answerer(Settings(data=CACHE, cache=Path(on_shipped["FOOTNOTE_CACHE"])))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits for the other processes that run tests: what one has learnt the next one finds."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        yield  # each learns for itself
        return
    with (folder / "learning").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
