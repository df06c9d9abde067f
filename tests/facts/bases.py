"""Small bases, written to a folder for a test."""

from __future__ import annotations

from pathlib import Path

from bot.facts.load import Loaded, read_base
from bot.facts.model import Base
from bot.facts.yaml_nodes import Parser

# A whole base; what a test is about goes into a second file, `f.yaml`.
SOUND = """\
event: {id: picnic, title: A picnic}
sources:
  - {id: paper, publisher: The Paper, title: A picnic in the park}
people:
  - {id: ann-lee, name: Ann Lee, kind: person, aliases: [Lee]}
  - {id: the-park, name: the park, kind: place}
facts:
  - id: guests
    answer: Five people came.
    questions: [How many people came?]
    sources: [paper]
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Writes the files, as they are, into `folder`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder


def read(folder: Path, text: str, parser: Parser | None = None) -> Loaded:
    """Reads the sound base with `text` as its second file."""
    return read_base(write(folder, {"base.yaml": SOUND, "f.yaml": text}), parser)


def told(loaded: Loaded, level: str = "error") -> list[str]:
    """The problems as they are shown."""
    return [str(problem) for problem in loaded.problems if problem.level == level]


def sound(loaded: Loaded) -> Base:
    """The base, which must be without an error."""
    assert loaded.base is not None, told(loaded)
    return loaded.base
