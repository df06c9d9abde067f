"""Has candidates built in a process of their own: the bot goes on answering meanwhile."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict
from pathlib import Path

from bot.apart import run_apart
from bot.curation.model import NotChecked, NotTaken
from bot.curation.orders import Built, Order
from bot.errors import FootnoteError

PATIENCE = 840.0  # seconds; after 900, Discord takes no answer to the command any more

log = logging.getLogger(__name__)


async def built(order: Order, *, cache: Path, event: str | None = None) -> Built:
    """Carry out an order in a new process; what it learns is kept in the `cache` folder.

    `event` chooses among several bases. Raises NotChecked where the process cannot do its work,
    NotTaken where there is nothing that it could look at, and FootnoteError where it takes too
    long; cancelled, it ends the process.
    """
    asked = json.dumps(asdict(order) | {"cache": str(cache), "event": event})
    try:
        async with asyncio.timeout(PATIENCE):
            ended = await run_apart("bot.building", given=asked.encode())
    except TimeoutError:
        raise FootnoteError(
            f"checking the facts took more than {PATIENCE:.0f} s; make the base smaller"
        ) from None
    except OSError as error:
        raise NotChecked(
            f"no process can be started to check the facts ({error.strerror});"
            " end others, or raise the limit on them"
        ) from None
    if ended.code != 0:
        log.error("checking the facts failed:\n%s", ended.errors)
        raise NotChecked(
            f"checking the facts ended with {ended.code}, perhaps for want of memory;"
            " the log says more"
        )
    found = json.loads(ended.out)
    done = Built(**found | {key: tuple(found[key]) for key in ("problems", "trouble", "worse")})
    if done.trouble:
        raise NotTaken(*done.trouble)
    return done
