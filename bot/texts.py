"""The catalogue of what the bot says of its own, and its loading: `config/texts/<code>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.dialogue.texts import Texts
from bot.errors import FootnoteError


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
    from string import Formatter  # noqa: PLC0415 - what was read before is kept, and needs none

    from bot.placeholders import PLACEHOLDERS  # noqa: PLC0415

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
