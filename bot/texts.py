"""The catalogue of what the bot says of its own, and its loading: `config/texts/<code>.yaml`."""

from __future__ import annotations

from pathlib import Path

from bot.dialogue.texts import Texts
from bot.errors import FootnoteError


def load_texts(path: Path) -> Texts:
    """The texts in a file. Raises FootnoteError when one is missing, unknown or no text."""
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
    if wrong:
        raise FootnoteError(*wrong)
    return Texts(**data)
