"""Starts the real program and gives back what it printed; small bases to run it on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".pytest_cache" / "footnote"  # not the user's own; what was learnt is kept there
LONGEST = 60  # seconds; a program that hangs must fail its test

SMALL_BASE = """\
event:
  id: lighthouse
  title: The lighthouse of Port Ellen
  as_of: printed in May 1832
  examples: [Who built the lighthouse?, How tall is the lighthouse?]
sources:
  - {id: gazette, publisher: The Gazette, title: A Light at Last}
people:
  - {id: robert-stevenson, name: Robert Stevenson, kind: person, role: engineer, pronoun: he}
facts:
  - id: builder
    answer: Robert Stevenson built the lighthouse.
    questions: [Who built the lighthouse?, builder of the lighthouse]
    tests: [who constructed the lighthouse]
    about: [robert-stevenson]
    quotes:
      - {text: It will stand, speaker: robert-stevenson}
  - id: height
    answer: Seventeen metres is how tall the lighthouse was.
    questions: [How tall is the lighthouse?, height of the lighthouse tower]
    tests: [how high was the lighthouse]
    topic: the tower
unanswered:
  - id: cost
    questions: [What did the lighthouse cost?, price of the lighthouse]
    tests: [how much money was spent on the lighthouse]
outside:
  tests: [who won the football match, tell me a joke about cats]
"""

SMALL_ARTICLE = """\
A Light at Last
“It will stand,” said Mr. Robert Stevenson, the engineer.

The tower is seventeen metres tall.
"""


TEST = "what was the height of the lighthouse"


def edit(folder: Path, old: str, new: str) -> None:
    """Change what stands in the folder's `base.yaml`."""
    file = folder / "base.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what would set up the bot or Python's own streams."""
    left_out = ("FOOTNOTE_", "DISCORD_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    fixed = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "FOOTNOTE_CACHE": str(CACHE)}
    return kept | fixed | more


def footnote(
    *words: str,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> Ended:
    """Run the command line to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=stdin,
        capture_output=True,
        env=dict(env) if env is not None else environment(),
        cwd=cwd,
        timeout=LONGEST,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def watched(process: subprocess.Popen[Any]) -> Iterator[None]:
    """End the process if it takes longer than LONGEST: a silent one would hang its test."""
    watchdog = threading.Timer(LONGEST, process.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    finally:
        watchdog.cancel()


def small_base(folder: Path, text: str = SMALL_BASE) -> Path:
    """A base of two facts, written into a folder of its own."""
    base = folder / "lighthouse"
    base.mkdir()
    (base / "base.yaml").write_text(text, encoding="utf-8")
    return base


def base_with_test(folder: Path) -> Path:
    """The same with a test, which one of its phrasings makes way for."""
    return small_base(folder, SMALL_BASE.replace("how high was the lighthouse", TEST))


def requests(*lines: object) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def without_times(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The replies less the one figure that differs from run to run."""
    return [{key: one for key, one in line.items() if key != "elapsed_us"} for line in lines]
