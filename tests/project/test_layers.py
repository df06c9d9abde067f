"""The layers of bot/ import downwards alone, and each outside package stays in its place."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.project.layers import broken_rules

ROOT = Path(__file__).resolve().parents[2]
STANDARD_LIBRARY = frozenset(sys.stdlib_module_names)


def test_no_module_imports_what_its_layer_forbids() -> None:
    assert broken_rules(ROOT, STANDARD_LIBRARY) == []


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("bot/matching/planted.py", "import discord"),
        ("bot/matching/planted.py", "from bot.dialogue import reply"),
        ("bot/matching/planted.py", "from ..dialogue import reply"),
        ("bot/matching/planted.py", "from bot.facts.load import load_base"),
        ("bot/matching/planted.py", "import random"),
        ("bot/dialogue/planted.py", "import yaml"),
        ("bot/dialogue/planted.py", "from bot.platforms.terminal import run_terminal"),
        ("bot/dialogue/planted.py", "def late() -> None:\n    import time"),
        ("bot/facts/planted.py", "from bot.matching import index"),
        ("bot/platforms/discord/planted.py", "from bot.platforms.terminal import run_terminal"),
        ("bot/platforms/terminal/planted.py", "import discord"),
        ("bot/platforms/terminal/planted.py", "from bot.app import open_base"),
        ("bot/cli/planted.py", "from bot.platforms.discord import run_discord"),
        ("bot/cli/planted.py", "import requests"),
        ("bot/cli/planted.py", "import sqlite3"),
        ("bot/serving.py", "import aiosqlite"),
        ("bot/store/planted.py", "from bot.matching import text"),
        ("bot/store/planted.py", "from bot.platforms import discord"),
        ("bot/planted.py", "from bot import app"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, module: str, planted: str) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / module
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(planted + "\n", encoding="utf-8")
    dotted = module.removesuffix(".py").replace("/", ".")

    found = broken_rules(tmp_path, STANDARD_LIBRARY)

    assert any(line.startswith(f"{dotted} imports ") for line in found)
