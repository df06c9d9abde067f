"""What the Discord benchmarks share: the loopback Discord, and a bot as a process against it."""

from __future__ import annotations

import asyncio
import importlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # `python benchmarks/NAME.py` puts benchmarks/ there alone
    sys.path.insert(0, str(ROOT))

from tests.discord_standin import DiscordStandin  # noqa: E402

OURS = ("-m", "bot", "serve")
ECHO = ("benchmarks/bare_client.py", "echo")
IDLE = ("benchmarks/bare_client.py", "idle")
PATIENCE = 30.0  # seconds for a start with facts that are learnt already

FACTS = {
    "FOOTNOTE_KNOWLEDGE": str(ROOT / "knowledge"),
    "FOOTNOTE_EVENT": "moscow-talks-2018",
}


def learn() -> None:
    """Have the modules compiled, as pip does with what it installs, and the facts learnt, so that
    what is measured is a start like every other."""
    environ = os.environ | FACTS
    for command in (("-m", "compileall", "-q", "bot"), ("-m", "bot", "ask", "hello")):
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.DEVNULL,
            check=True,
        )


@asynccontextmanager
async def started(
    standin: DiscordStandin,
    program: tuple[str, ...],
    data: Path,
    *,
    stderr: int | None = None,
    patience: float = PATIENCE,
    **settings: str,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot as a process of its own, connected to the stand-in; ended by SIGTERM.

    `patience` is for its start, in seconds; `settings` are variables of its environment.
    """
    environ = (
        os.environ
        | FACTS
        | {
            "DISCORD_TOKEN": standin.token,
            "DISCORD_API_URL": standin.api_url,
            "DISCORD_GATEWAY_URL": standin.gateway_url,
            "FOOTNOTE_DATA": str(data),
            "FOOTNOTE_LOG": "warning",
        }
        | settings
    )
    before = standin.gateway.ready
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, cwd=ROOT, env=environ, stderr=stderr
    )
    try:
        await standin.wait_ready(before + 1, patience=patience)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def resident_mb(pid: int) -> float:
    """A process's resident memory in MiB."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        [line] = [li for li in status.read_text().splitlines() if li.startswith("VmRSS:")]
        return int(line.split()[1]) / 1024
    psutil = importlib.import_module("psutil")  # of the extra `benchmarks`
    return float(psutil.Process(pid).memory_info().rss) / 1024 / 1024


def open_files(pid: int) -> int:
    """How many file descriptors a process has open, sockets included."""
    folder = Path(f"/proc/{pid}/fd")
    if folder.exists():
        return sum(1 for _ in folder.iterdir())
    psutil = importlib.import_module("psutil")
    return int(psutil.Process(pid).num_fds())
