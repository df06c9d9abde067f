"""Runs one of the program's own modules in a process of its own, which ends with whoever waits."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bot.resources import PACKAGE

SECRETS = ("DISCORD_TOKEN", "FOOTNOTE_KEY")  # which a process that reads strangers' files lacks

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: its exit code, and what it wrote."""

    code: int
    out: bytes
    errors: str


async def run_apart(module: str, words: Sequence[str] = (), given: bytes = b"") -> Ended:
    """Run `python -m MODULE WORDS...` with `given` on its standard input, to its end.

    Cancelled, it ends the process first. Raises OSError where none can be started.
    """
    environ = {name: value for name, value in os.environ.items() if name not in SECRETS}
    environ["PYTHONPATH"] = str(PACKAGE.parent)
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
