"""The plain face: a line in, plain text out; for pipes, NO_COLOR and simple terminals."""

from __future__ import annotations

from io import TextIOWrapper

from bot.dialogue.plain import as_text
from bot.platforms.terminal.session import Session, leaves
from bot.platforms.terminal.welcome import welcome_text

PROMPT = "> "


class PlainFace:
    """Reads and writes text streams. The prompt is shown to people, and not put into a pipe."""

    def __init__(self, stdin: TextIOWrapper, stdout: TextIOWrapper) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._prompt = PROMPT if stdin.isatty() and stdout.isatty() else ""

    def run(self, session: Session) -> None:
        """Chat until the input ends."""
        texts = session.answerer.texts
        self._show(welcome_text(session.answerer.base, texts) + "\n\n" + self._prompt)
        while line := self._stdin.readline():
            if leaves(line):
                return
            reply = as_text(session.respond(line), texts) + "\n\n" if line.strip() else ""
            self._show(reply + self._prompt)
        if self._prompt:
            self._show("\n")

    def _show(self, text: str) -> None:
        self._stdout.write(text)
        self._stdout.flush()
