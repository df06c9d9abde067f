"""Chooses between the terminal's two faces, and lets a person leave either quietly."""

from __future__ import annotations

from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path

from bot.dialogue.answerer import Answerer
from bot.platforms.terminal.plain_face import PlainFace
from bot.platforms.terminal.session import Session


def run_terminal(
    answerer: Answerer,
    cache: Path,
    environ: Mapping[str, str],
    stdin: TextIOWrapper,
    stdout: TextIOWrapper,
) -> None:
    """Chat until the input ends, or the person presses Ctrl-C or Ctrl-D or types `quit`.

    `cache` is the folder where the history of the input line is kept, if it can be.
    """
    session = Session(answerer)
    try:
        if is_plain(environ, stdin, stdout):
            PlainFace(stdin, stdout).run(session)
        else:
            # Only here, because it takes a fifth of a second to import.
            from bot.platforms.terminal.rich_face import RichFace  # noqa: PLC0415

            RichFace(cache / "history", stdin, stdout).run(session)
    except KeyboardInterrupt:
        stdout.write("\n")


def is_plain(environ: Mapping[str, str], stdin: TextIOWrapper, stdout: TextIOWrapper) -> bool:
    """Whether colours, or a prompt that redraws itself, would only be in the way."""
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return True
    return not (stdin.isatty() and stdout.isatty())
