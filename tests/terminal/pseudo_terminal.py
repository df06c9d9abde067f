"""A program in a pseudo-terminal: typed at, read from, and waited for without sleeping."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 30.0  # seconds to wait for what must come
PATIENCE = 5.0  # seconds after which a person presses a key again
COLUMNS, ROWS = 100, 40

# Makes standard input the terminal that Ctrl-C is sent from, and becomes the program. Tests run in
# the background of a script are deaf to Ctrl-C and would hand that on; a person's shell is not.
LAUNCHER = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])
"""

ESCAPE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-_]|\x1b\][^\x07]*\x07")
WHERE_IS_THE_CURSOR = b"\x1b[6n"


class Terminal:
    """The far end of the terminal. `shown` is all that was printed, with its escape sequences."""

    def __init__(self, process: subprocess.Popen[bytes], end: int) -> None:
        self._process = process
        self._end = end
        self._bytes = b""
        self._read = 0

    @property
    def shown(self) -> str:
        return self._bytes.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """What was printed, without escape sequences."""
        return ESCAPE.sub("", self.shown).replace("\r", "")

    def type(self, keys: str) -> None:
        """Press keys; `\\r` is Enter."""
        os.write(self._end, keys.encode())

    def expect(self, words: str) -> str:
        """Wait until `words` are printed after what was expected before; give the text up to it."""
        deadline = time.monotonic() + LONGEST
        while words not in self.text[self._read :]:
            assert self._more(deadline), f"{words!r} never came:\n{self.text[self._read :]}"
        begin = self._read
        self._read = self.text.index(words, begin) + len(words)
        return self.text[begin : self._read]

    def ended(self) -> int:
        """Wait for the program's end; its exit code."""
        deadline = time.monotonic() + LONGEST
        while self._more(deadline):
            pass
        return self._process.wait(LONGEST)

    def leave(self, key: str) -> int:
        """Press a key that ends the program, and once more if that did nothing; its exit code.

        Python heeds a Ctrl-C that comes in the instant before it waits for input only at the next
        key; a person is too slow for that, a test on a busy machine is not.
        """
        self.type(key)
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        try:
            return self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.type(key)
        return self.ended()

    def _more(self, deadline: float) -> bool:
        """Read what is printed next; False at the program's end or the deadline."""
        ready, _, _ = select.select([self._end], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            data = os.read(self._end, 65536)
        except OSError:  # Linux says so when the program has closed its end
            return False
        self._bytes += data
        if WHERE_IS_THE_CURSOR in data:
            os.write(self._end, b"\x1b[1;1R")
        return bool(data)


@contextmanager
def terminal(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run the command line with these words in a pseudo-terminal, and end it at the latest here."""
    far, near = pty.openpty()
    fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, *words],
        stdin=near,
        stdout=near,
        stderr=near,
        env=dict(environment),
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(near)
    try:
        with process:
            try:
                yield Terminal(process, far)
            finally:
                process.kill()
    finally:
        os.close(far)
