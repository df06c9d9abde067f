"""Prepares and learns a base in a process of its own, for one that is to stay small.

Reading the YAML and learning take several times the memory of what comes of it, and a process that
has taken it once seldom gives all of it back.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.apart import end_with_who_started_it, run_apart
from bot.app import is_prepared, open_answerer
from bot.errors import FootnoteError
from bot.settings import Settings

log = logging.getLogger(__name__)


async def prepare_apart(settings: Settings) -> None:
    """Fill the cache for the base that the settings choose, where it is not there yet.

    Whatever goes wrong is left for `open_answerer` to tell, which then does all of it here.
    """
    if not sys.executable or is_prepared(settings):
        return
    log.info("reading and learning the facts; a large base takes a minute")
    words = (settings.knowledge or "", settings.event or "", settings.cache)
    try:
        ended = await run_apart("bot.preparing", [str(word) for word in words])
    except OSError as error:
        log.info("no process of its own for preparing the facts (%s)", error.strerror)
        return
    if ended.code:
        reason = (ended.errors.strip().splitlines() or ["no reason given"])[-1]
        log.debug("the facts could not be prepared apart: %s", reason)


def main(words: Sequence[str]) -> int:
    """Prepare for the settings that `prepare_apart` has passed on."""
    knowledge, event, cache = words
    settings = Settings(data=Path(), cache=Path(cache), event=event or None)
    if knowledge:
        settings = replace(settings, knowledge=Path(knowledge))
    try:
        open_answerer(settings)
    except FootnoteError as error:
        sys.stderr.writelines(line + "\n" for line in error.lines)
        return error.exit_code
    return 0


if __name__ == "__main__":
    end_with_who_started_it()
    sys.exit(main(sys.argv[1:]))
