"""`/facts`: what would change is shown, and used when whoever asked for it confirms."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import discord

from bot.curation.candidates import PATIENCE
from bot.curation.curator import Curator
from bot.curation.model import Accepted, Candidate, NotAccepted, NotChecked, NotFound, Upload
from bot.dialogue.texts import Texts
from bot.errors import FootnoteError
from bot.facts.model import HASH_DIGITS
from bot.platforms.discord.buttons import typed_text
from bot.platforms.discord.changes import (
    FORM_PREFIX,
    REASON_LIMIT,
    audit_message,
    changes_message,
    file_message,
    history_message,
    override_form,
    problem_message,
    waiting_view,
)
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.gaps import tell_gaps
from bot.platforms.discord.permissions import Level, level_of, name_of, refused
from bot.platforms.discord.plain import readable
from bot.platforms.discord.render import Message
from bot.platforms.discord.sending import replace, respond
from bot.stopping import Stopped, unless

T = TypeVar("T")
Interaction = discord.Interaction[Any]

MOST_SENT = 16 * 1024 * 1024  # bytes of an attachment

log = logging.getLogger(__name__)


class Curating:
    """Carries out `/facts` and its buttons. Who may is asked anew each time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _texts(self) -> Texts:
        return self._desk.answerer.texts

    async def reload(self, interaction: Interaction, file: discord.Attachment | None) -> None:
        """Check the facts at their source, or those in a file, and show what would change."""

        async def check(curator: Curator) -> Candidate:
            if file is None:
                return await curator.check()
            if file.size > MOST_SENT:
                raise FootnoteError(self._texts.curation_too_large.format(name=file.filename))
            return await curator.check(Upload(file.filename, await file.read()))

        await self._check(interaction, check)

    async def rollback(self, interaction: Interaction, version: int) -> None:
        """Show what going back to a version would change."""
        await self._check(interaction, lambda curator: curator.check_version(version))

    async def diff(self, interaction: Interaction, first: int, second: int | None) -> None:
        async def tell(curator: Curator) -> Message:
            built = await curator.compare(first, second)
            if built.problems:
                return problem_message(built.problems, self._texts)
            return file_message(built.summary, built.full, "changes.txt")

        await self._tell(interaction, tell, checks=True)

    async def history(self, interaction: Interaction) -> None:
        async def tell(curator: Curator) -> Message:
            return history_message(await curator.kept.history(), curator.in_use, self._texts)

        await self._tell(interaction, tell)

    async def audit(self, interaction: Interaction) -> None:
        async def tell(curator: Curator) -> Message:
            return audit_message(await curator.kept.audit(), self._texts)

        await self._tell(interaction, tell)

    async def gaps(self, interaction: Interaction) -> None:
        if not await self.is_refused(interaction):
            await tell_gaps(interaction, self._desk)

    async def pressed(self, interaction: Interaction, verb: str, key: str) -> None:
        """Confirm, cancel or override, on a message of any age."""
        needed = Level.ADMIN if verb == "override" else Level.MODERATOR
        if await self.is_refused(interaction, needed):
            return
        curator = self._desk.curator
        if curator is None or curator.candidate(key) is None:
            await replace(interaction, Message(self._texts.curation_gone))
        elif verb == "cancel":
            await curator.discard(key)
            await replace(interaction, Message(self._texts.curation_cancelled))
        elif verb == "override":
            await interaction.response.send_modal(override_form(key, self._texts))
        else:
            await self._accept(interaction, key, None)

    async def submitted(self, interaction: Interaction) -> bool:
        """A form was sent; whether it was the one for an override."""
        data = cast("dict[str, Any]", interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        if not custom_id.startswith(FORM_PREFIX):
            return False
        if await self.is_refused(interaction, Level.ADMIN):
            return True
        reason = readable(typed_text(data["components"]))[:REASON_LIMIT]
        if reason:
            await self._accept(interaction, custom_id.removeprefix(FORM_PREFIX), reason)
        else:  # blanks: Discord counts them as characters
            await respond(interaction, Message(self._texts.curation_no_reason), private=True)
        return True

    async def _accept(self, interaction: Interaction, key: str, reason: str | None) -> None:
        """Put a candidate into use; with a reason, past the gate."""
        curator = self._desk.curator
        if curator is None:
            await replace(interaction, Message(self._texts.curation_gone))
            return
        await interaction.response.defer()
        why = f"{self._texts.curation_overridden} {reason}" if reason is not None else ""
        try:
            accepted = await curator.accept(
                key, name_of(interaction), why, override=reason is not None
            )
        except NotAccepted as error:
            told = {
                "gone": self._texts.curation_gone,
                "stale": self._texts.curation_stale,
                "refused": self._texts.curation_refused,
            }
            await replace(interaction, Message(told[error.why]))
        except FootnoteError as error:
            await replace(interaction, self._trouble(error))
        else:
            await replace(interaction, Message(self._accepted_text(accepted)))

    def _accepted_text(self, accepted: Accepted) -> str:
        texts = self._texts
        told = texts.discord_reloaded.format(
            count=accepted.built.facts,
            version=accepted.number or "-",
            hash=accepted.built.base_hash[:HASH_DIGITS],
        )
        if accepted.trouble:
            told += "\n" + texts.curation_not_kept
        return told

    async def _check(
        self, interaction: Interaction, check: Callable[[Curator], Awaitable[Candidate]]
    ) -> None:
        """Show what a candidate would change, with the buttons that whoever asked may use."""
        found = await self._done(interaction, check, checks=True)
        if isinstance(found, Candidate) and found.built.problems:
            found = problem_message(found.built.problems, self._texts)
        if not isinstance(found, Candidate):
            await _respond_if_any(interaction, found)
            return
        is_admin = await level_of(interaction, self._desk) >= Level.ADMIN
        message = changes_message(found, self._texts, is_admin=is_admin)
        view = waiting_view(found, self._texts, is_admin=is_admin)
        await respond(interaction, message, private=True, view=view)

    async def _tell(
        self,
        interaction: Interaction,
        tell: Callable[[Curator], Awaitable[Message]],
        *,
        checks: bool = False,
    ) -> None:
        await _respond_if_any(interaction, await self._done(interaction, tell, checks=checks))

    async def _done(
        self, interaction: Interaction, act: Callable[[Curator], Awaitable[T]], *, checks: bool
    ) -> T | Message | None:
        """What comes of something done with the curator, or why it could not be; None: whoever
        asked may not, and was told so. `checks`: it takes turns with other checks."""
        curator = await self._opened(interaction)
        if curator is None:
            return None
        try:
            async with unless(self._desk.stop), asyncio.timeout(PATIENCE) as limit:
                if checks and curator.is_checking:
                    await respond(interaction, Message(self._texts.curation_waits), private=True)
                return await act(curator)
        except Stopped:
            return Message(self._texts.curation_stopped)
        except TimeoutError as error:
            if not limit.expired():
                return self._trouble(error)
            log.warning("a check of the facts took more than %.0f s and was ended", PATIENCE)
            return Message(self._texts.curation_too_slow.format(minutes=round(PATIENCE / 60)))
        except (FootnoteError, OSError) as error:
            return self._trouble(error)

    def _trouble(self, error: FootnoteError | OSError) -> Message:
        """What keeps something from being done that is no mistake in the facts."""
        if isinstance(error, NotChecked | NotFound | OSError):
            log.warning("the facts could not be checked: %s", error)
        if isinstance(error, OSError):
            what = f"{error.filename or 'footnote'}: {error.strerror or error}"
            return Message(self._texts.curation_trouble.format(what=what))
        if isinstance(error, NotFound):
            return Message(self._texts.curation_not_found)
        return Message("\n".join(error.lines)[:1900])

    async def _opened(self, interaction: Interaction) -> Curator | None:
        """Take the time that it needs; None, which is told, where whoever asks may not, or this
        bot has no curator."""
        if await self.is_refused(interaction):
            return None
        await interaction.response.defer(ephemeral=True, thinking=True)
        if self._desk.curator is None:
            await respond(interaction, Message(self._texts.curation_gone), private=True)
        return self._desk.curator

    async def is_refused(self, interaction: Interaction, needed: Level = Level.MODERATOR) -> bool:
        """Whether somebody may not do what needs this level, which is told."""
        why = await refused(interaction, self._desk, needed)
        if why:
            await respond(interaction, self._desk.renderer.note(why), private=True)
        return bool(why)


async def _respond_if_any(interaction: Interaction, message: Message | None) -> None:
    if message is not None:
        await respond(interaction, message, private=True)
