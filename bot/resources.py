"""Where the data that ships with the program lies: in the wheel's package, or in the checkout; and
which settings go before it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
SETTINGS_FILE = Path("config") / "footnote.yaml"


def config_dir() -> Path:
    """The folder of settings, texts and languages."""
    return _shipped("config")


def knowledge_dir() -> Path:
    """The folder of the fact bases that come with the program."""
    return _shipped("knowledge")


def settings_file() -> Path:
    """`./config/footnote.yaml` if there is one, else the one that comes with the program."""
    return SETTINGS_FILE if SETTINGS_FILE.is_file() else config_dir() / SETTINGS_FILE.name


def _shipped(name: str) -> Path:
    inside = PACKAGE / name  # pyproject.toml puts it there when it builds the wheel
    return inside if inside.is_dir() else PACKAGE.parent / name
