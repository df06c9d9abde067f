"""The map of the modules of the Discord platform stays whole."""

from __future__ import annotations

import re
from pathlib import Path

from bot.platforms import discord


def test_the_map_of_discords_modules_names_every_one() -> None:
    named = set(re.findall(r"\w+", discord.__doc__ or ""))
    modules = {path.stem for path in Path(discord.__path__[0]).glob("*.py")} - {"__init__"}

    assert modules - named == set()
