"""What the store keeps of changes: versions, who did what and why, and what people ask in vain."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.curation.model import Keeper
from bot.dialogue.texts import Texts
from bot.errors import FootnoteError
from bot.store.errors import StoreError
from bot.store.gaps import first_kept
from bot.store.records import Entry, NewVersion, Recorded, Version, VersionSummary

MOST_GAPS = 500
SHOWN_VERSIONS = 50

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """Reads and adds to what is kept."""

    keeper: Keeper
    texts: Texts

    async def history(self) -> tuple[VersionSummary, ...]:
        """The versions that are kept, newest first. Raises StoreError."""
        return await self.keeper.use(lambda store: store.versions.list(SHOWN_VERSIONS))

    async def latest(self) -> Version | None:
        """The newest version; None: there is none yet. Raises StoreError."""
        return await self.keeper.use(lambda store: store.versions.latest())

    async def version(self, number: int) -> Version:
        """A kept version. Raises FootnoteError where it is not kept."""
        found = await self.keeper.use(lambda store: store.versions.get(number))
        if found is None:
            raise FootnoteError(self.texts.curation_no_version.format(number=number))
        return found

    async def add(self, new: NewVersion, *, after: int) -> tuple[int | None, str]:
        """The number of a new version; none where it cannot be kept, and why. Raises Overtaken
        where `after` is not the newest any more."""
        try:
            return await self.keeper.use(lambda store: store.versions.add(new, after=after)), ""
        except StoreError as error:
            log.warning("the facts in use are not kept as a version: %s", error)
            return None, str(error)

    async def audit(self, limit: int = 50) -> tuple[Recorded, ...]:
        """The newest entries of the audit log, newest first. Raises StoreError."""
        return await self.keeper.use(lambda store: store.audit.recent(limit))

    async def note(self, who: str, what: str, why: str = "") -> None:
        """Write into the audit log; where that fails, into the other log."""
        try:
            await self.keeper.use(lambda store: store.audit.add(Entry(who, what, why)))
        except StoreError as error:
            log.warning("not in the audit log: %s, %s, %s (%s)", who, what, why, error)

    async def gaps(self) -> tuple[str, ...]:
        """What people asked in vain lately; nothing where the store cannot be used."""
        try:
            kept = await self.keeper.use(lambda store: store.gaps.since(first_kept(store.today)))
        except StoreError:
            return ()  # the store has said so itself
        return tuple(dict.fromkeys(gap.text for gap in kept))[-MOST_GAPS:]
