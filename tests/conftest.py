"""The engine on the shipped base, built once a process."""

from __future__ import annotations

import pytest

from bot.app import build_answerer
from bot.dialogue.answerer import Answerer
from bot.facts.load import load_base
from bot.resources import knowledge_dir


@pytest.fixture(scope="session")
def shipped() -> Answerer:
    return build_answerer(load_base(knowledge_dir() / "moscow-talks-2018"))
