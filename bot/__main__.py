"""`python -m bot` and `footnote`: the same program."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Literal, TextIO

from bot.cli.main import run


def main() -> int:
    """Run the command line of this process and give its exit code."""
    stdin, stdout, stderr = _open(sys.stdin, "r"), _open(sys.stdout, "w"), _open(sys.stderr, "w")
    return run(sys.argv[1:], os.environ, stdin, stdout, stderr)


def _open(stream: TextIO | None, mode: Literal["r", "w"]) -> TextIOWrapper:
    """A standard stream; where the process was started with it closed, one that leads nowhere.

    That takes the closed one's number, which else the next file or socket would get, and whatever
    is written to a standard stream with it.
    """
    if stream is None:
        return Path(os.devnull).open(mode, encoding="utf-8")
    assert isinstance(stream, TextIOWrapper)  # noqa: S101 - so it is in every started program
    return stream


if __name__ == "__main__":
    sys.exit(main())
