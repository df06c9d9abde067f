"""Has candidates built in a process of their own: the bot goes on answering meanwhile."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path

from bot.curation.orders import Built, Order
from bot.errors import FootnoteError
from bot.resources import PACKAGE

PATIENCE = 840.0  # seconds; after 900, Discord takes no answer to the command any more
SECRETS = ("DISCORD_TOKEN", "FOOTNOTE_KEY")  # which a process that reads strangers' files lacks

log = logging.getLogger(__name__)


async def built(order: Order, *, cache: Path, event: str | None = None) -> Built:
    """Carry out an order in a new process; what it learns is kept in the `cache` folder.

    `event` chooses among several bases. Raises FootnoteError where the process cannot do its work;
    cancelled, it ends the process.
    """
    environ = {name: value for name, value in os.environ.items() if name not in SECRETS}
    environ["PYTHONPATH"] = str(PACKAGE.parent)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot.building"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environ,
    )
    asked = json.dumps(asdict(order) | {"cache": str(cache), "event": event})
    try:
        async with asyncio.timeout(PATIENCE):
            out, errors = await process.communicate(asked.encode())
    except TimeoutError:
        raise FootnoteError(
            f"checking the facts took more than {PATIENCE:.0f} s; make the base smaller"
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        log.error("checking the facts failed:\n%s", errors.decode(errors="replace"))
        raise FootnoteError(
            f"checking the facts ended with {process.returncode}, perhaps for want of memory;"
            " the log says more"
        )
    found = json.loads(out)
    return Built(**found | {key: tuple(found[key]) for key in ("problems", "worse")})
