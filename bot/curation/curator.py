"""Changes the base in use: checked first, shown, and only then used; every one a kept version."""

from __future__ import annotations

import asyncio
import logging
import secrets
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.curation.archives import state
from bot.curation.candidates import built
from bot.curation.fetching import fetch, file_name
from bot.curation.kept import Kept
from bot.curation.model import (
    Accepted,
    Candidate,
    InUse,
    Load,
    NotAccepted,
    NotChecked,
    NotFound,
    Source,
    Upload,
)
from bot.curation.orders import CONTENT, FOLDER, Built, Order
from bot.dialogue.texts import Texts
from bot.errors import FootnoteError
from bot.facts.model import HASH_DIGITS
from bot.store.errors import Overtaken, StoreError
from bot.store.records import NewVersion, Version

MOST_WAITING = 3  # candidates that wait to be accepted

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Curator:
    """The one that changes the base in use. `work` is a folder of its own, for as long as it is;
    None: there is no room for one, and nothing can be changed.

    `known_state` is how the source lay there when it was last looked at: one at an address is only
    fetched where that was asked for. `known_number` is the newest version that is known (0: none):
    a base in use that could not be kept has no number of its own.
    """

    source: Source
    kept: Kept
    load: Load
    work: Path | None
    in_use: InUse
    known_state: str = ""
    known_number: int = 0
    _unusable: int = 0  # the newest version, where it is damaged
    _candidates: dict[str, Candidate] = field(default_factory=dict)
    _building: asyncio.Lock = field(default_factory=asyncio.Lock)
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _catching_up: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def texts(self) -> Texts:
        """What is said of changes."""
        return self.kept.texts

    @property
    def is_checking(self) -> bool:
        """Whether the next check has to wait for another one."""
        return self._building.locked()

    async def check(self, upload: Upload | None = None, *, aside: bool = False) -> Candidate:
        """Build what was sent, or what lies at the source. Raises FootnoteError.

        `aside`: nobody is to confirm it; it pushes out none that wait, and is the caller's to
        discard.
        """
        await self.catch_up()
        async with self._building:
            if upload is not None:
                origin = self.texts.curation_from_file.format(name=upload.name)
                return await self._wait(
                    await self._build(upload, origin, await self.source_state())
                )
            if (address := self.source.address) is not None:
                sent = Upload(file_name(address), await fetch(address))
                candidate = await self._build(sent, self.texts.curation_from_address)
            else:
                try:
                    folder = await asyncio.to_thread(self.source.folder)
                except FootnoteError as error:
                    raise NotFound(*error.lines) from None
                candidate = await self._build(folder, self.texts.curation_from_folder)
            self.known_state = candidate.built.state
            return await self._wait(replace(candidate, aside=aside))

    async def check_version(self, number: int) -> Candidate:
        """An older version as a candidate: it was accepted once, and the gate does not bind it.

        Raises FootnoteError where it is not kept.
        """
        await self.catch_up()
        async with self._building:
            sent = Upload(f"version-{number}.zip", (await self.kept.version(number)).content)
            origin = self.texts.curation_rolled_back.format(number=number)
            known = await self.source_state()
            return await self._wait(await self._build(sent, origin, known, judged=False))

    async def compare(self, first: int, second: int | None) -> Built:
        """What changes from one version to another, or to the base in use. Raises FootnoteError."""
        async with self._building:
            into = self._new_folder()
            try:
                old, new = into / "first.zip", into / "second.zip"
                await self._write_version(first, old)
                if second is not None:
                    await self._write_version(second, new)
                else:
                    await self._copy_in_use(new)
                name = "base.zip" if second is None else f"version-{second}.zip"
                order = Order(str(new), str(into), str(old), name, await self.kept.gaps())
                return await self._built(order)
            finally:
                await _remove(into)

    async def accept(
        self, key: str, by: str, reason: str = "", *, override: bool = False
    ) -> Accepted:
        """Put a candidate into use and keep it as a version, by whoever, for whatever reason.

        `override`: though it does not pass the gate. Raises NotAccepted, or another FootnoteError;
        then the base in use is as before.
        """
        async with self._changing:
            candidate = self._candidates.get(key)
            if candidate is None:
                raise NotAccepted("gone")
            if candidate.against != self.in_use.base_hash:
                raise NotAccepted("stale")
            if candidate.refused and not override:
                raise NotAccepted("refused", *candidate.built.worse)
            # Taken out before anything is waited for: nobody can discard what is about to be used.
            del self._candidates[key]
            try:
                use = await self.load(candidate.into / FOLDER)
                # Kept before it is used: what is in use is never unknown to the next start.
                number, trouble = await self._keep(candidate, by, reason)
                before = self._put_into_use(candidate, number)
            except BaseException as error:
                self._candidates[key] = candidate
                if isinstance(error, Overtaken):
                    raise NotAccepted("stale") from None
                raise
            use()
        await _remove(candidate.into, before.content)
        return Accepted(number, candidate.built, before.base_hash, trouble)

    def candidate(self, key: str) -> Candidate | None:
        """A candidate that waits, if it still does; one that is being accepted does not."""
        return self._candidates.get(key)

    async def discard(self, key: str) -> None:
        """Forget a candidate that waits, if it still does."""
        candidate = self._candidates.pop(key, None)
        if candidate is not None:
            await _remove(candidate.into)

    async def catch_up(self) -> Version | None:
        """Use the version that was accepted last, if that was elsewhere; it, if it is known.

        Else what is accepted here would undo it, and nobody was shown that. One that cannot be used
        is logged once and passed over: what is accepted next takes its place. Raises NotChecked.
        """
        async with self._catching_up:  # two at once would use the same version twice
            known = self.known_number
            try:
                latest = await self.kept.latest()
            except StoreError:
                return None  # the store has said so itself
            number = latest.number if latest is not None else 0
            if latest is not None and number > self.known_number:
                await self._adopt_if_sound(latest)
            elif self.known_number == known:  # else one was accepted here meanwhile
                self.known_number = number  # a smaller one where another store is in its place
            return latest if number != self._unusable else None

    async def _adopt_if_sound(self, version: Version) -> None:
        try:
            await self.adopt(version)
        except NotChecked:
            raise  # it may be sound, and the next attempt may tell
        except FootnoteError as error:
            log.warning("version %d cannot be used and is passed over: %s", version.number, error)
            self.known_number = max(self.known_number, version.number)
            self._unusable = version.number

    async def adopt(self, version: Version) -> None:
        """Use a version that somebody accepted elsewhere. Raises FootnoteError."""
        sent = Upload(f"version-{version.number}.zip", version.content)
        async with self._building:
            origin, known = version.summary.origin, version.folder_hash
            candidate = await self._build(sent, origin, known, judged=False, compared=False)
        if candidate.built.problems:
            await _remove(candidate.into)
            raise FootnoteError(*candidate.built.problems)
        try:
            async with self._changing:
                use = await self.load(candidate.into / FOLDER)
                before = self._put_into_use(candidate, version.number)
                use()
        except BaseException:
            await _remove(candidate.into)
            raise
        await _remove(candidate.into, before.content)

    def _put_into_use(self, candidate: Candidate, number: int | None) -> InUse:
        """Note what is in use from now on; what was before, whose file is to be removed."""
        content = candidate.into.with_suffix(".zip")
        (candidate.into / CONTENT).replace(content)  # not in a thread: nothing may come between
        before = self.in_use
        self.in_use = InUse(candidate.built.base_hash, content, number, candidate.origin)
        self.known_number = number or self.known_number
        shown = candidate.built.base_hash[:HASH_DIGITS]
        log.info("using version %s: %s (%s)", number or "-", shown, candidate.origin)
        return before

    async def _build(
        self,
        new: Path | Upload,
        origin: str,
        known: str | None = None,
        *,
        judged: bool = True,
        compared: bool = True,
    ) -> Candidate:
        """A candidate; `known` is the source's state, where `new` is not the source itself.

        `compared`: with the base in use, else it is only checked and learnt.
        """
        into = self._new_folder()
        try:
            if isinstance(new, Upload):
                sent = into / "upload"
                await asyncio.to_thread(sent.write_bytes, new.data)
                path, name = sent, new.name
            else:
                path, name = new, ""
            old, against = "", self.in_use
            if compared and against.content is not None:
                old = str(into / "in-use.zip")
                against = await self._copy_in_use(Path(old))
            after = self.known_number
            order = Order(str(path), str(into), old, name, await self.kept.gaps())
            done = await self._built(order)
        except BaseException:
            await _remove(into)
            raise
        folder_state = done.state if known is None else known
        key = secrets.token_hex(6)
        unkept = against.number is None
        compared_with = against.base_hash, after
        return Candidate(key, origin, done, *compared_with, folder_state, into, judged, unkept)

    async def _built(self, order: Order) -> Built:
        return await built(order, cache=self.source.cache, event=self.source.event)

    async def _write_version(self, number: int, to: Path) -> None:
        content = (await self.kept.version(number)).content
        await asyncio.to_thread(to.write_bytes, content)

    async def _copy_in_use(self, to: Path) -> InUse:
        """Copy the base in use: another may come into use meanwhile, and its file goes then."""
        async with self._changing:
            if self.in_use.content is not None:
                await asyncio.to_thread(shutil.copyfile, self.in_use.content, to)
            return self.in_use

    async def _wait(self, candidate: Candidate) -> Candidate:
        """Keep a sound candidate until it is accepted or there are newer ones."""
        if candidate.built.problems:
            await _remove(candidate.into)
            return candidate
        self._candidates[candidate.key] = candidate
        waiting = [one.key for one in self._candidates.values() if not one.aside]
        for key in waiting[:-MOST_WAITING]:
            await self.discard(key)
        return candidate

    async def _keep(self, candidate: Candidate, by: str, reason: str) -> tuple[int | None, str]:
        content = await asyncio.to_thread((candidate.into / CONTENT).read_bytes)
        new = NewVersion(
            base_hash=candidate.built.base_hash,
            folder_hash=candidate.folder_state,
            origin=candidate.origin,
            by=by,
            reason=reason,
            content=content,
        )
        return await self.kept.add(new, after=candidate.after)

    async def source_state(self) -> str:
        """How the source lies there now; of an address, how it was when it was last fetched."""
        if self.source.address is not None:
            return self.known_state
        try:
            return await asyncio.to_thread(lambda: state(self.source.folder()))
        except FootnoteError:
            return ""  # it cannot be read: whatever will lie there differs from it

    def _new_folder(self) -> Path:
        if self.work is None:
            raise NotChecked(self.texts.curation_no_room)
        return Path(tempfile.mkdtemp(dir=self.work))


async def _remove(folder: Path, file: Path | None = None) -> None:
    """In a thread, which goes on where whoever waits for it is cancelled."""

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if file is not None:
            file.unlink(missing_ok=True)

    await asyncio.to_thread(remove)
