"""Which base a bot begins with: the folder's if it is new and good, else the last accepted one."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.curation.archives import as_sent, pack, state, unpack
from bot.curation.candidates import built
from bot.curation.fetching import fetch, file_name
from bot.curation.model import Keeper, Source
from bot.curation.orders import CONTENT, Order
from bot.dialogue.texts import Texts
from bot.errors import FootnoteError
from bot.facts.locate import find_base
from bot.store.errors import StoreError
from bot.store.records import Version, VersionSummary

log = logging.getLogger(__name__)


Why = Literal["folder", "no_store", "no_room", "stored"]
Because = Literal["", "unreachable", "broken", "worse", "unchecked"]

_TOLD: dict[Because, str] = {
    "unreachable": "the facts at their source cannot be found or read; serving those accepted last",
    "broken": "the facts at their source have mistakes; serving those accepted last",
    "worse": "the facts at their source answer questions worse; serving those accepted last",
    "unchecked": "the facts at their source cannot be checked; serving those accepted last",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A base to begin with: where it lies, whole and packed (None: not packed), what it is called
    in errors, and why it is this one.

    `version` is the stored one that it is; None: it is the source's, and it is to be kept as a
    version once it is known to load, unless there is no store. `state` is how the source lies
    there; where it cannot be read, how it lay there when the version was accepted.
    """

    folder: Path
    content: Path | None
    name: str
    why: Why
    state: str
    version: VersionSummary | None = None
    because: Because = ""

    def told(self, texts: Texts) -> str:
        """Why this one is served, in words."""
        if self.version is None:
            return {
                "no_store": texts.curation_start_no_store,
                "no_room": texts.curation_start_no_room,
            }.get(self.why, texts.curation_start_folder)
        number, origin = self.version.number, self.version.origin
        told = texts.curation_start_stored.format(number=number, origin=origin)
        reasons: dict[Because, str] = {
            "unreachable": texts.curation_start_unreachable,
            "broken": texts.curation_start_broken,
            "worse": texts.curation_start_worse,
            "unchecked": texts.curation_start_unchecked,
        }
        return f"{told}; {reasons[self.because]}" if self.because else told


async def choices(source: Source, keeper: Keeper, work: Path) -> tuple[Choice, ...]:
    """The bases to begin with, the best first; a later one is for when an earlier does not load.

    Raises FootnoteError where there is none: with mistakes in it, and nothing accepted before;
    OSError where copies cannot be written.
    """
    latest, has_store = await _latest(keeper)
    stored = await asyncio.to_thread(_stored, latest, work) if latest else None
    try:
        folder = await _folder(source, work)
        name = str(folder) if source.address is None else file_name(source.address)
        own = await asyncio.to_thread(_from_folder, folder, name, work, keep=has_store)
    except FootnoteError as error:
        if stored is None:
            raise
        return (_because(stored, "unreachable", error.lines),)
    if latest is None or stored is None:
        return (own,)
    stored = replace(stored, state=own.state)
    if own.state == latest.folder_hash:
        return stored, own
    return await _judged(own, stored, source, work)


def as_it_lies(folder: Path) -> Choice:
    """The source's own folder, where there is no room for a copy."""
    return Choice(folder, None, str(folder), "no_room", "")


async def _judged(own: Choice, stored: Choice, source: Source, work: Path) -> tuple[Choice, ...]:
    """The source's base if it passes the gate beside the stored one, else that one.

    Another event is served: which one the bot is about, whoever sets its source decides.
    """
    log.info("checking the facts at their source beside those accepted last")
    into = Path(tempfile.mkdtemp(dir=work))
    order = Order(str(own.folder), str(into), str(stored.content))
    try:
        found = await built(order, cache=source.cache, event=source.event)
    except FootnoteError as error:
        return _because(stored, "unchecked", error.lines), own
    if found.problems:
        problems = as_sent(found.problems, own.folder, own.name)
        return (_because(stored, "broken", problems),)
    if found.worse:
        return _because(stored, "worse", found.worse), own
    return own, stored


async def _latest(keeper: Keeper) -> tuple[Version | None, bool]:
    """The version accepted last, and whether there is a store to know it from."""
    try:
        return await keeper.use(lambda store: store.versions.latest()), True
    except StoreError:
        return None, False  # the store has said so itself


async def _folder(source: Source, work: Path) -> Path:
    """Where the base lies; one at an address is fetched first."""
    if source.address is None:
        return await asyncio.to_thread(source.folder)
    sent = Path(tempfile.mkdtemp(dir=work))
    data = await fetch(source.address)
    name = file_name(source.address)
    top = await asyncio.to_thread(unpack, data, name, sent)
    try:
        return await asyncio.to_thread(find_base, top, source.event, top)
    except FootnoteError as error:
        raise FootnoteError(*(line.replace(str(top), name) for line in error.lines)) from None


def _from_folder(folder: Path, name: str, work: Path, *, keep: bool) -> Choice:
    """The base as it lies in the folder at this moment: a copy, which nobody changes."""
    ready, content = _laid_out(pack(folder), work)
    return Choice(ready, content, name, "folder" if keep else "no_store", state(ready))


def _stored(version: Version, work: Path) -> Choice | None:
    """A version, laid out to be loaded; None where it is damaged."""
    try:
        ready, content = _laid_out(version.content, work)
    except FootnoteError as error:
        log.warning("version %d is damaged: %s", version.number, error)
        return None
    name = f"version-{version.number}.zip"
    return Choice(ready, content, name, "stored", version.folder_hash, version.summary)


def _laid_out(data: bytes, work: Path) -> tuple[Path, Path]:
    place = Path(tempfile.mkdtemp(dir=work))
    content, ready = place / CONTENT, place / "base"
    content.write_bytes(data)
    ready.mkdir()
    unpack(data, CONTENT, ready)
    return ready, content


def _because(choice: Choice, because: Because, lines: Iterable[str]) -> Choice:
    log.warning("%s:", _TOLD[because])
    for line in lines:
        log.warning("  %s", line)
    return replace(choice, because=because)
