"""Looks for other facts without anybody pressing a button: on a signal, or when files change."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.curation.curator import Curator
from bot.curation.model import Candidate, NotAccepted
from bot.errors import FootnoteError
from bot.facts.files import base_files
from bot.facts.limits import Limits
from bot.facts.problems import Report

POLL = 2.0  # seconds between two looks at the files
MOST_CHECKS = 3  # of one change, where other facts come into use during each of them

Signature = tuple[tuple[Path, int, int], ...]

log = logging.getLogger(__name__)


async def refresh(curator: Curator, by: str) -> None:
    """Use the version that was accepted last, elsewhere; then the source, if it has changed since
    and passes the gate. Whatever keeps it out is logged, and the base in use stays."""
    try:
        for _ in range(MOST_CHECKS):
            if await _is_refreshed(curator, by):
                return
        log.warning("the facts stay as they are: others came into use at each of the checks")
    except FootnoteError as error:
        _tell("the facts stay as they are", error.lines)
    except OSError as error:
        log.warning("the facts stay as they are: %s", error)


async def _is_refreshed(curator: Curator, by: str) -> bool:
    """Look once; False where other facts came into use meanwhile, and one has to look again."""
    latest = await curator.catch_up()
    known = latest.folder_hash if latest is not None else None
    if curator.source.address is None and await curator.source_state() == known:
        log.info("the folder is as it was when the facts in use were accepted")
        return True
    candidate = await curator.check(aside=True)
    try:
        await _judge(curator, candidate, by, known)
    except NotAccepted as error:
        log.info("the facts were checked, but not used: %s", error)
        return False
    finally:
        await curator.discard(candidate.key)  # nobody else knows of it
    return True


async def _judge(curator: Curator, candidate: Candidate, by: str, known: str | None) -> None:
    """Use a candidate, or log what keeps it out. Raises NotAccepted, or another FootnoteError."""
    if candidate.built.problems:
        _tell("the facts have mistakes in them and stay as they are", candidate.built.problems)
    elif candidate.built.state == known:  # how they lie at an address is only known now
        log.info("the facts at the address are as they were when those in use were accepted")
    elif candidate.is_nothing:
        log.info("the facts are the same")
    elif candidate.refused:
        await _refuse(curator, candidate, by)
    else:
        await curator.accept(candidate.key, by)


async def _refuse(curator: Curator, candidate: Candidate, by: str) -> None:
    """Tell why the gate keeps a candidate out."""
    built = candidate.built
    if built.another_event:
        why = f"another event: {built.event}"
        _tell("the gate keeps the facts out, and those in use stay", (built.summary,))
    else:
        why = f"{len(built.worse)} answered worse"
        _tell("the facts would answer these questions worse and stay as they are", built.worse)
    await curator.kept.note(by, f"refused: {candidate.origin}", why)


async def watch(
    folder: Callable[[], Path],
    changed: asyncio.Event,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Set `changed` whenever the base's files have changed and then kept still for one look.

    `folder` finds the base and raises FootnoteError where there is none; `sleep` waits between two
    looks. Runs until cancelled.
    """
    seen = await asyncio.to_thread(_signature, folder)
    told = seen
    while True:
        await sleep(POLL)
        now = await asyncio.to_thread(_signature, folder)
        if now == seen and now != told:
            told = now
            changed.set()
        seen = now


def _signature(folder: Callable[[], Path]) -> Signature | None:
    """What tells one state of the files from another, without reading them."""
    report = Report()
    try:
        signature = tuple(
            (path, status.st_mtime_ns, status.st_size)
            for path in base_files(folder(), report, Limits())
            for status in (os.stat(path),)  # noqa: PTH116 - a third of the time, every two seconds
        )
    except (FootnoteError, OSError):
        return None  # gone, or being written: the next look will see
    return None if report.has_errors() else signature


def _tell(heading: str, lines: tuple[str, ...]) -> None:
    log.warning("%s:", heading)
    for line in lines:
        log.warning("  %s", line)
