"""What `/facts` shows: changes with their buttons, problems, versions, and who did what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, cast

import discord
from discord import ui

from bot.curation.model import Candidate, InUse
from bot.dialogue.texts import Texts
from bot.facts.model import HASH_DIGITS
from bot.platforms.discord.answering import answered, client_of
from bot.platforms.discord.ids import PREFIX
from bot.platforms.discord.plain import LABEL_LIMIT, MESSAGE_LIMIT, clipped, readable
from bot.platforms.discord.render import Message
from bot.store.records import Recorded, VersionSummary, minute

FORM_PREFIX = f"{PREFIX}-override:"
REASON = "reason"
REASON_LIMIT = 300
_HEADINGS = 300  # characters kept free for what stands around a block


class ChangeButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=rf"{PREFIX}-change:(?P<verb>confirm|cancel|override):(?P<key>[0-9a-f]{{1,32}})",
):
    """A button under what would change. The candidate it stands for may be gone by then."""

    def __init__(self, verb: str, key: str, label: str, style: discord.ButtonStyle) -> None:
        custom_id = f"{PREFIX}-change:{verb}:{key}"
        label = clipped(label, LABEL_LIMIT)
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.verb = verb
        self.key = key

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        found = cast("ui.Button[ui.View]", item)
        return cls(match["verb"], match["key"], found.label or "…", found.style)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        curating = client_of(interaction).curating
        await answered(interaction, curating.pressed(interaction, self.verb, self.key))


def waiting_view(candidate: Candidate, texts: Texts, *, is_admin: bool) -> ui.View | None:
    """The buttons that whoever asked may use; None where there is nothing to decide."""
    if candidate.is_nothing or (candidate.refused and not is_admin):
        return None
    view = ui.View(timeout=None)
    style = discord.ButtonStyle
    if candidate.refused:
        label = texts.curation_override
        view.add_item(ChangeButton("override", candidate.key, label, style.danger))
    else:
        label = texts.curation_keep if candidate.built.same else texts.curation_confirm
        view.add_item(ChangeButton("confirm", candidate.key, label, style.primary))
    view.add_item(ChangeButton("cancel", candidate.key, texts.curation_cancel, style.secondary))
    view.stop()
    return view


def override_form(key: str, texts: Texts) -> ui.Modal:
    """One field for the reason."""
    form = ui.Modal(title=texts.curation_override[:45], custom_id=f"{FORM_PREFIX}{key}")
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=REASON, min_length=3, max_length=REASON_LIMIT
    )
    form.add_item(ui.Label(text=texts.curation_reason[:45], component=field))
    form.stop()  # the client's on_interaction hears of it anyway
    return form


def changes_message(candidate: Candidate, texts: Texts, *, is_admin: bool) -> Message:
    """What would change, and what can be done about it."""
    built = candidate.built
    told = file_message(built.summary, built.full, "changes.txt")
    if candidate.is_nothing:
        return told
    if built.same:
        note = texts.curation_ask_keep
    elif candidate.refused:
        note = texts.curation_may_override if is_admin else texts.curation_refused
    else:
        note = texts.curation_ask
    return Message(f"{told.content}\n{note}", attached=told.attached, file_name=told.file_name)


def file_message(summary: str, full: str, name: str) -> Message:
    """A block of all of it; or of the summary, with all of it in a file."""
    whole = _block(full)
    if len(whole) <= MESSAGE_LIMIT - _HEADINGS:
        return Message(whole)
    room = MESSAGE_LIMIT - _HEADINGS - len(_block(""))
    short = summary if len(summary) <= room else summary[: room - 1] + "…"
    return Message(_block(short), attached=full + "\n", file_name=name)


def history_message(versions: Sequence[VersionSummary], in_use: InUse, texts: Texts) -> Message:
    """The versions, newest first; the one in use is marked."""
    lines = [texts.curation_serving.format(why=in_use.why)]
    for one in versions:
        mark = "*" if one.number == in_use.number else " "
        parts = (minute(one.at), one.base_hash[:HASH_DIGITS], one.origin, one.by, one.reason)
        lines.append(f"{mark}{one.number:>4}  " + _on_one_line(*parts))
    return file_message("\n".join(lines[:8]), "\n".join(lines), "history.txt")


def audit_message(entries: Iterable[Recorded], texts: Texts) -> Message:
    """Who did what, newest first."""
    lines = [_on_one_line(minute(one.at), one.who, one.what, one.why) for one in entries]
    if not lines:
        return Message(texts.curation_no_audit)
    return file_message("\n".join(lines[:8]), "\n".join(lines), "audit.txt")


def problem_message(problems: Sequence[str], texts: Texts) -> Message:
    """The problems in a block of code; all of them in a file where they are too many."""
    heading = texts.discord_reload_failed
    fence: Callable[[str], str] = lambda lines: f"{heading}\n{_block(lines)}"  # noqa: E731
    whole = fence("\n".join(problems))
    if len(whole) <= MESSAGE_LIMIT:
        return Message(whole)
    kept: list[str] = []
    for line in (clipped(line, 300) for line in problems):
        if len(fence("\n".join([*kept, line, "…"]))) > MESSAGE_LIMIT:
            break
        kept.append(line)
    return Message(fence("\n".join([*kept, "…"])), attached="\n".join(problems) + "\n")


def _on_one_line(*parts: str) -> str:
    """An entry of a list: nothing that somebody wrote looks like another one."""
    return "  ".join(filter(None, map(readable, parts)))


def _block(text: str) -> str:
    return "```\n" + text.replace("```", "'''") + "\n```"
