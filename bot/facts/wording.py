"""What `footnote check` knows of a language: `config/checking/<code>.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.errors import FootnoteError


@dataclass(frozen=True, slots=True)
class Wording:
    """How figures and names are written; each field as its comment in the shipped file says. Where
    all are empty, there are figures in digits alone."""

    numbers: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    short_scales: dict[str, int] = field(default_factory=dict)
    implied: dict[str, list[int]] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    ordinal_ends: list[str] = field(default_factory=list)
    fractions: dict[str, list[int]] = field(default_factory=dict)
    whole_fractions: list[str] = field(default_factory=list)
    one_of: list[str] = field(default_factory=list)
    joints: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)
    before_months: list[str] = field(default_factory=list)
    months: dict[str, int] = field(default_factory=dict)
    words_too: list[str] = field(default_factory=list)
    weekdays: dict[str, int] = field(default_factory=dict)
    morning: list[str] = field(default_factory=list)
    afternoon: list[str] = field(default_factory=list)
    oclock: list[str] = field(default_factory=list)
    day_parts: dict[str, int] = field(default_factory=dict)
    capitals: bool = False
    articles: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    times: dict[str, str] = field(default_factory=dict)
    shifts: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)


def load_wording(folder: Path, code: str) -> Wording:
    """The words of the language `code`; none where `folder` has no file for it.

    Raises FootnoteError when the file cannot be read.
    """
    path = folder / f"{code}.yaml"
    if not path.is_file():
        return Wording()
    try:
        safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=safe)  # noqa: S506 - it is
        return Wording(**data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise FootnoteError(
            f"{path}: cannot be read ({reason}); restore the shipped file"
        ) from None
