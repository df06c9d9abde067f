"""The catalogue of what the bot says of its own, and its loading: `config/texts/<code>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from bot.dialogue.texts import Texts
from bot.errors import FootnoteError

# What is filled in where a text is used: a translation may leave some out, but has no others.
PLACEHOLDERS = {
    "greeting": "title examples",
    "wellbeing": "title examples",
    "thanks": "title",
    "remark": "title",
    "help": "title examples",
    "summary": "summary sources",
    "complaint": "title examples",
    "opinion": "title",
    "identity": "title examples",
    "never_mind": "title",
    "unknown_topic": "title",
    "unknown_language": "title",
    "unknown_present": "as_of",
    "person": "name role",
    "person_answer": "name role answer",
    "person_alone": "name role",
    "assumed": "question",
    "sources": "sources",
    "source": "source",
    "source_claim": "speakers source",
    "joined": "others last",
    "confirm": "answer",
    "confirm_elsewhere": "answer",
    "confirm_other": "answer",
    "confirm_disputed": "answer",
    "confirm_claim": "answer",
    "told_again": "answer",
    "named_there": "names",
    "named_with_role": "name role",
    "source_line": "sources",
    "source_entry": "publisher title",
    "paragraph": "numbers",
    "paragraphs": "numbers",
    "published": "date",
    "updated": "date",
    "editors_note": "note",
    "empty": "examples",
    "chat_title": "title",
    "discord_asked": "question",
    "discord_how_to_ask": "title",
    "discord_ask_description": "title",
    "discord_serving": "why",
    "discord_reloaded": "count version hash",
    "discord_failed": "id",
    "discord_wait": "seconds",
    "discord_told_above": "link",
    "discord_browse_hint": "count",
    "discord_browse_nothing": "count",
    "discord_as_of": "as_of",
    "discord_version": "count version",
    "discord_forgotten": "count",
    "discord_gaps": "asked count",
    "discord_gaps_newest": "most",
    "discord_gap": "asked question reasons last",
    "discord_notice": "reason",
    "curation_counts": "added changed removed tests gaps unverified",
    "curation_another_event": "event before",
    "curation_others": "names",
    "curation_scores": "right silent wrong right_before silent_before wrong_before",
    "curation_got_worse": "count",
    "curation_before": "text",
    "curation_after": "text",
    "curation_not_answered": "text",
    "curation_from_file": "name",
    "curation_rolled_back": "number",
    "curation_no_version": "number",
    "curation_start_stored": "number origin",
    "curation_too_slow": "minutes",
    "curation_too_large": "name",
    "curation_serving": "why",
}


def load_texts(path: Path) -> Texts:
    """The texts in a file. Raises FootnoteError when one is missing, unknown, no text, or has a
    placeholder that nothing would fill in."""
    import yaml  # noqa: PLC0415 - what was read before is kept, and needs none of it

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0]
        raise FootnoteError(
            f"{path}: cannot be read ({reason}); restore the shipped file"
        ) from error
    if not isinstance(data, dict):
        raise FootnoteError(f"{path}: is no mapping of texts; restore the shipped file")
    known = set(Texts._fields)
    wrong = [f"{path}: '{key}' is missing; add it" for key in sorted(known - data.keys())]
    wrong += [f"{path}: '{key}' is not known; remove it" for key in sorted(data.keys() - known)]
    wrong += [
        f"{path}: '{key}' must be a text; put it in quotation marks"
        for key, value in data.items()
        if not isinstance(value, str)
    ]
    if not wrong:
        wrong += [f"{path}: {reason}" for reason in _misfilled(data)]
    if wrong:
        raise FootnoteError(*wrong)
    return Texts(**data)


def _misfilled(texts: Mapping[str, str]) -> Iterator[str]:
    """What would fail, or be told in braces, when a text is used."""
    for key, text in texts.items():
        usable = PLACEHOLDERS.get(key, "").split()
        try:
            parsed = [*Formatter().parse(text)]
        except ValueError as error:
            yield f"'{key}' has a brace that is not closed or opened ({error}); mend it"
            continue
        if any(spec or how for _, _, spec, how in parsed) or (not usable and "{" in text):
            yield f"'{key}' has more in braces than a name; leave that out"
            continue
        for name in dict.fromkeys(name for _, name, _, _ in parsed if name is not None):
            if name not in usable:
                known = " or ".join(f"{{{known}}}" for known in usable) or "none"
                yield f"'{key}' has {{{name}}}, which nothing fills in; it may have {known}"
