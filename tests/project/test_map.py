"""The maps in the docstrings of the larger packages stay whole."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from bot import curation, dialogue, facts, matching, store
from bot.platforms import discord

# A line of a map: names of modules, a column's space, and what they do.
LINE = re.compile(r"^ {4}(\w+(?:, \w+)*) {2,}\S", re.MULTILINE)


@pytest.mark.parametrize(
    "package",
    [matching, dialogue, curation, store, facts, discord],
    ids=lambda package: package.__name__,
)
def test_a_packages_map_names_each_of_its_modules_once(package: ModuleType) -> None:
    named = [name for names in LINE.findall(package.__doc__ or "") for name in names.split(", ")]
    modules = {path.stem for path in Path(package.__path__[0]).glob("*.py")} - {"__init__"}

    assert sorted(named) == sorted(modules)
