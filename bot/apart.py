"""Runs one of the program's own modules in a process of its own, which ends with whoever waits."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.resources import PACKAGE

WAITED_FOR = "STARTED_BY_FOOTNOTE"  # set where a process waits for this one
LOOKS = 0.5  # seconds between two looks whether it still does
SECRETS = ("DISCORD_TOKEN", "FOOTNOTE_KEY")  # which a process that reads strangers' files lacks

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: its exit code, and what it wrote."""

    code: int
    out: bytes
    errors: str


def end_with_who_started_it() -> None:
    """End this process, which `run_apart` started, soon after the one that waits for it was killed:
    on a small host there is no room for both it and the next start."""
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKS)
        os._exit(1)

    if os.environ.get(WAITED_FOR) and os.name == "posix":  # on Windows the parent's id stays
        threading.Thread(target=look, name="who started it", daemon=True).start()


async def run_apart(module: str, words: Sequence[str] = (), given: bytes = b"") -> Ended:
    """Run `python -m MODULE WORDS...` with `given` on its standard input, to its end.

    Cancelled, it ends the process first. Raises OSError where none can be started.
    """
    environ = {name: value for name, value in os.environ.items() if name not in SECRETS}
    environ |= {"PYTHONPATH": str(PACKAGE.parent), WAITED_FOR: "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", module, *words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environ,
        start_new_session=True,  # a terminal sends Ctrl-C to all: it is for us to end this one
    )
    log.debug("%s runs as process %d", module, process.pid)
    try:
        out, errors = await process.communicate(given)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ended(process.returncode or 0, out, errors.decode(errors="replace"))
