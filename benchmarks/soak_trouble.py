"""What befalls the bot of soak.py: its gateway is dropped, its facts are edited well and badly."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.discord_standin import DiscordStandin
from tests.discord_standin.gateway import RECONNECT

PATIENCE = 180.0  # seconds until the bot must be over a trouble
NOTE = "  note: >-\n"  # the editor's: what is asked is answered as before, so the gate lets it in
USED = "using version"
BROKEN = "the facts have mistakes in them and stay as they are"


@dataclass(slots=True)
class Log:
    """What the bot logs: the last lines, all errors, and the line that is waited for."""

    last: deque[str] = field(default_factory=lambda: deque(maxlen=30))
    errors: list[str] = field(default_factory=list)
    _wanted: tuple[str, asyncio.Future[str]] | None = None

    async def read(self, stream: asyncio.StreamReader) -> None:
        """Read until the bot ends."""
        while raw := await stream.readline():
            line = raw.decode().rstrip("\n")
            self.last.append(line)
            if " ERROR " in line or line.startswith("Traceback"):
                self.errors.append(line)
            if self._wanted is not None and self._wanted[0] in line:
                self._wanted[1].set_result(line)
                self._wanted = None

    async def after(self, act: Callable[[], None], text: str) -> None:
        """Do something, and wait for a line with this text. Raises RuntimeError without one."""
        line = asyncio.get_running_loop().create_future()
        self._wanted = text, line
        act()
        try:
            await asyncio.wait_for(line, PATIENCE)
        except TimeoutError:
            raise RuntimeError(
                "\n".join([f"no word of {text!r} in the log:", *self.last])
            ) from None


@dataclass(slots=True)
class Troubles:
    """All that may happen to a bot, each over when the bot is over it.

    `disconnects`: lost connections; `reloads`: edits that came into use; `refused`: those that
    had to be refused and were.
    """

    standin: DiscordStandin
    process: asyncio.subprocess.Process
    log: Log
    file: Path  # of the base, with the event
    disconnects: int = 0
    reloads: int = 0
    refused: int = 0
    _sound: str = ""

    def __post_init__(self) -> None:
        self._sound = self.file.read_text(encoding="utf-8")

    def each(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        return self.closed, self.edited, self.cut_off, self.broken, self.called_off, self.forgotten

    async def closed(self) -> None:
        """Discord closes the connection; the session can be resumed."""
        await self._resumed(self.standin.gateway.drop)

    async def cut_off(self) -> None:
        """The connection breaks without a word."""

        async def cut() -> None:
            self.standin.gateway.cut()

        await self._resumed(cut)

    async def called_off(self) -> None:
        """Discord asks for a new connection, as it does every few hours."""
        await self._resumed(lambda: self.standin.gateway.say(RECONNECT))

    async def forgotten(self) -> None:
        """Discord knows the session no more: the bot has to identify anew."""
        times = self.standin.gateway.ready + 1
        self.disconnects += 1
        await self.standin.gateway.forget_sessions()
        await self.standin.wait_ready(times, patience=PATIENCE)

    async def edited(self) -> None:
        """The facts are edited, and the bot is told so."""
        number = self.reloads + 1
        sound = self._sound.replace(NOTE, f"{NOTE}    Edited {number} times.\n")
        await self._hang_up(sound, USED)
        self.reloads += 1

    async def broken(self) -> None:
        """The facts are edited so that they are none, the bot is told so, and they are mended."""
        before = self.file.read_text(encoding="utf-8")
        await self._hang_up(before.replace("summary:", "sumary:"), BROKEN)
        self.file.write_text(before, encoding="utf-8")
        self.refused += 1

    async def _resumed(self, drop: Callable[[], Awaitable[None]]) -> None:
        times = self.standin.gateway.resumed + 1
        self.disconnects += 1
        await drop()
        gateway = self.standin.gateway
        await self.standin.wait_for(
            lambda: gateway.resumed >= times or None, "RESUMED", patience=PATIENCE
        )

    async def _hang_up(self, text: str, expected: str) -> None:
        self.file.write_text(text, encoding="utf-8")
        await self.log.after(lambda: self.process.send_signal(signal.SIGHUP), expected)
