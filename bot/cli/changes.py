"""`footnote facts reload`, `history`, `diff`, `rollback` and `audit`: as on Discord, in a shell.

What is accepted is kept as a version; a running bot uses it on SIGHUP or at its next start.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.cli.context import Context
from bot.cli.keeping import opened_store
from bot.cli.words import counted
from bot.curating import source_of
from bot.curation.archives import unpack
from bot.curation.curator import Curator
from bot.curation.kept import Kept
from bot.curation.model import Candidate, InUse, NotAccepted, Upload
from bot.errors import CheckFailed, FootnoteError
from bot.facts.load import load_base
from bot.facts.model import HASH_DIGITS
from bot.resources import config_dir
from bot.store.records import minute
from bot.store.store import Store
from bot.texts import load_texts
from bot.work import work_folder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Direct:
    """The store, open for as long as the command runs."""

    store: Store

    async def use(self, work: Callable[[Store], Awaitable[T]]) -> T:
        return await work(self.store)


def change(arguments: argparse.Namespace, context: Context) -> int:
    """Carry out `facts` with one of these words."""
    asyncio.run(_change(arguments, context))
    return 0


async def _change(arguments: argparse.Namespace, context: Context) -> None:
    create = arguments.change == "reload"
    with work_folder() as work:
        async with opened_store(context.settings, create=create) as store:
            curator = await _curator(store, context, work)
            match arguments.change:
                case "reload":
                    await _reload(curator, arguments, context)
                case "rollback":
                    candidate = await curator.check_version(arguments.version)
                    await _accept(curator, candidate, arguments, context)
                case "diff":
                    await _diff(curator, arguments, context)
                case "history":
                    await _history(curator, context)
                case _:
                    await _audit(curator, context)


async def _curator(store: Store, context: Context, work: Path) -> Curator:
    """One for which the version accepted last is the base in use; nobody asks it anything."""
    settings = context.settings
    texts = load_texts(config_dir() / "texts" / "en.yaml")
    latest = await store.versions.latest()
    in_use, known_state, known_number = InUse("", None), "", 0
    if latest is not None:
        content, known_number = work / "latest.zip", latest.number
        try:
            unpack(latest.content, f"version-{latest.number}.zip", work / "latest")
            load_base(work / "latest")
        except FootnoteError as error:  # it must not keep the next one from being accepted
            context.complain(
                f"version {latest.number} cannot be read any more, so nothing is compared with it: "
                f"{error.lines[0]}"
            )
        else:
            content.write_bytes(latest.content)
            in_use = InUse(latest.base_hash, content, latest.number, latest.summary.origin)
            known_state = latest.folder_hash
    source, kept = source_of(settings), Kept(Direct(store), texts)
    return Curator(source, kept, _load_nothing, work, in_use, known_state, known_number)


async def _load_nothing(_folder: Path) -> Callable[[], None]:
    return lambda: None


async def _reload(curator: Curator, arguments: argparse.Namespace, context: Context) -> None:
    upload = None
    if arguments.file is not None:
        try:
            data = await asyncio.to_thread(arguments.file.read_bytes)
        except OSError as error:
            raise FootnoteError(
                f"{arguments.file}: cannot be read: {error.strerror}; name a .yaml or a .zip"
            ) from None
        upload = Upload(arguments.file.name, data)
    await _accept(curator, await curator.check(upload), arguments, context)


async def _accept(
    curator: Curator, candidate: Candidate, arguments: argparse.Namespace, context: Context
) -> None:
    """Show what would change, ask, and keep it as a version."""
    built = candidate.built
    if built.problems:
        raise CheckFailed(*built.problems)
    context.say(
        built.full or f"{counted(built.facts, 'fact')}; there is no version to compare them with."
    )
    if candidate.is_nothing:
        return
    reason = getattr(arguments, "override", None)
    if candidate.refused and reason is None:
        raise CheckFailed(
            "footnote facts: the gate keeps these facts out, and nothing has changed; mend "
            "what is told above, or give a reason with --override REASON"
        )
    if not arguments.yes and not _confirmed(context):
        context.say("Nothing has changed.")
        return
    why = f"{curator.texts.curation_overridden} {reason}" if candidate.refused else ""
    try:
        accepted = await curator.accept(
            candidate.key, f"command line ({_user(context)})", why, override=reason is not None
        )
    except NotAccepted:
        raise CheckFailed(
            "footnote facts: others were accepted since that check, and nothing has changed; run "
            "it again, to see what would change now"
        ) from None
    if accepted.trouble:
        raise FootnoteError(accepted.trouble)
    context.say(f"Version {accepted.number}; a running bot uses it on SIGHUP, or when it starts.")


def _user(context: Context) -> str:
    """Who calls; a container or a timer may give no name."""
    names = (context.environ.get(name) for name in ("USER", "LOGNAME", "USERNAME"))
    return next(filter(None, names), None) or f"user {os.getuid()}"


def _confirmed(context: Context) -> bool:
    if not context.stdin.isatty():
        raise FootnoteError("footnote facts: nobody is here to confirm; add --yes to go on")
    context.stdout.write("Accept these facts? [y/N] ")
    context.stdout.flush()
    return context.stdin.readline().strip().lower() in {"y", "yes"}


async def _diff(curator: Curator, arguments: argparse.Namespace, context: Context) -> None:
    built = await curator.compare(arguments.first, arguments.second)
    if built.problems:
        raise CheckFailed(*built.problems)
    context.say(built.full)


async def _audit(curator: Curator, context: Context) -> None:
    acts = await curator.kept.audit()
    for one in acts:
        context.say(_line(minute(one.at), one.who, one.what, one.why))
    if not acts:
        context.say("Nobody has changed anything yet.")


async def _history(curator: Curator, context: Context) -> None:
    versions = await curator.kept.history()
    if not versions:
        context.say("No version is kept yet: `footnote facts reload` keeps the first.")
    for one in versions:
        parts = (minute(one.at), one.base_hash[:HASH_DIGITS], one.origin, one.by, one.reason)
        mark = "*" if one.number == curator.in_use.number else " "
        context.say(f"{mark}{one.number:>4}  {_line(*parts)}")


def _line(*parts: str) -> str:
    return "  ".join(filter(None, parts))
