"""A folder for what a process works on, gone when it ends; if it is killed, the next one clears it.

In the system's folder for such things, not in the data folder: facts are to be served from a full
disk, too.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.locking import Hold, hold

PREFIX = "footnote-"
LOCK = "in-use"  # held by the process whose folder it is, and by nobody when that was killed

log = logging.getLogger(__name__)


@contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder. Raises OSError where none can be made."""
    _clear(Path(tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name,
        ExitStack() as held,
    ):
        folder = Path(name)
        making = folder / f".{LOCK}"
        if hold(held.enter_context(making.open("wb"))) is Hold.OURS:
            making.rename(folder / LOCK)  # it is not to be seen before it is held
        yield folder


def _clear(place: Path) -> None:
    """Remove the folders of processes that were killed."""
    for lock in place.glob(f"{PREFIX}*/{LOCK}"):
        try:
            if not _is_ours(lock.parent):
                continue
            with lock.open("r+b") as file:
                if hold(file) is Hold.OURS:
                    shutil.rmtree(lock.parent, ignore_errors=True)
                    log.info("cleared %s, which a killed process has left", lock.parent)
        except OSError as error:  # another process was faster
            log.debug("%s: %s", lock, error.strerror)


def _is_ours(folder: Path) -> bool:
    """Whether we made it: anybody may put a folder or a link of that name there."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
