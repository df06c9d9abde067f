"""Lets many people ask the running bot for minutes, and looks what is lost and what grows.

`python benchmarks/soak.py` runs the shipped base as a process against the loopback Discord. People
come, ask at a steady pace in several channels and directly, and go; meanwhile connections are
dropped and resumed or begun anew, and the facts are edited (which must come into use) and broken
(which must be refused). A table, and with `--json` one JSON object as the last line.

Memory and file descriptors are read after a warm-up, once everything has happened and a third of
the time is over, and at the end. Exit code 1 where a question was lost, or anything answered twice,
where the bot logged an error, or where it grew beyond what is allowed: conversations of the last
ten minutes and what was asked in the last hour are kept, and sockets stay open for a while.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # `python benchmarks/soak.py` puts benchmarks/ there alone
    sys.path.insert(0, str(ROOT))

from benchmarks.loopback import OURS, open_files, resident_mb, started  # noqa: E402
from benchmarks.soak_crowd import Crowd, Ledger  # noqa: E402
from benchmarks.soak_questions import questions_of  # noqa: E402
from benchmarks.soak_trouble import PATIENCE, Log, Troubles  # noqa: E402
from bot.facts.load import load_base  # noqa: E402
from tests.discord_standin import Channel, DiscordStandin, serving  # noqa: E402

BASE = ROOT / "knowledge" / "moscow-talks-2018"
HEARTBEAT_MS = 2_000
CHANNELS = 3  # in each of two servers
ROUNDS = 2  # of all troubles, at the least: one to warm up, one to be measured
CALM = 10.0  # seconds between two troubles, at the most
MORE_MB, MORE_FILES = 16.0, 16  # what may be held more at the end than after the warm-up


@dataclass(frozen=True, slots=True)
class Held:
    """What the bot holds at a moment (in seconds from the start): MiB, and descriptors."""

    at: float
    rss_mb: float
    fds: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts, MiB, and open file descriptors."""

    minutes: float
    questions: int
    lost: int
    doubled: int
    rss_first_mb: float
    rss_last_mb: float
    fds_first: int
    fds_last: int
    disconnects: int
    identified_anew: int
    reloads: int
    refused: int
    late_heartbeats: int
    errors: int

    @property
    def failures(self) -> list[str]:
        """What must not be, a line each."""
        grown_mb = self.rss_last_mb - self.rss_first_mb
        grown_files = self.fds_last - self.fds_first
        found = {
            f"{self.lost} questions lost": self.lost > 0,
            f"{self.doubled} replies too many": self.doubled > 0,
            f"{self.errors} errors logged": self.errors > 0,
            f"{grown_mb:.1f} MiB more, {MORE_MB:.0f} are allowed": grown_mb > MORE_MB,
            f"{grown_files} more open files, {MORE_FILES} are allowed": grown_files > MORE_FILES,
        }
        return [line for line, is_so in found.items() if is_so]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--people", type=int, default=40, help="how many ask at a time")
    parser.add_argument("--seed", type=int, default=0, help="of who asks what, and when")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    arguments = parser.parse_args()
    figures = asyncio.run(measure(arguments.minutes, arguments.people, arguments.seed))
    for name, figure in asdict(figures).items():
        print(f"{name:<16} {figure:>10}")
    for line in figures.failures:
        print(f"failed: {line}")
    if arguments.json:
        print(json.dumps(asdict(figures)))
    return 1 if figures.failures else 0


async def measure(minutes: float, people: int, seed: int = 0) -> Figures:
    """The figures of a run; on the way it prints what the bot holds after each trouble."""
    chance = random.Random(seed)  # noqa: S311 - the same questions again with the same seed
    log, begun = Log(), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        base = Path(shutil.copytree(BASE, Path(name) / BASE.name))
        async with serving(heartbeat_ms=HEARTBEAT_MS) as standin:
            channels = await _servers(standin)
            ledger = Ledger(standin)
            crowd = Crowd(standin, channels, questions_of(load_base(base)), chance, ledger)
            async with _running(standin, base, log) as process:
                troubles = Troubles(standin, process, log, base / "event.yaml")
                async with asyncio.TaskGroup() as asking:
                    for _ in range(people):
                        asking.create_task(crowd.keep_asking())
                    first = await _befall(troubles, minutes * 60, process.pid)
                    crowd.over = True
                last = _held(process.pid, begun)
            ledger.look()  # the bot has ended: all that it would ever say is said
        _tell_kinds(crowd)
    return Figures(
        minutes=round((time.monotonic() - begun) / 60, 2),
        questions=ledger.asked(),
        lost=ledger.lost(),
        doubled=ledger.doubled(),
        rss_first_mb=first.rss_mb,
        rss_last_mb=last.rss_mb,
        fds_first=first.fds,
        fds_last=last.fds,
        disconnects=troubles.disconnects,
        identified_anew=len(standin.gateway.identifies) - 1,
        reloads=troubles.reloads,
        refused=troubles.refused,
        late_heartbeats=standin.gateway.late_heartbeats,
        errors=len(log.errors),
    )


async def _befall(troubles: Troubles, seconds: float, pid: int) -> Held:
    """One trouble after the other until the time is over; what was held after the warm-up."""
    begun, first = time.monotonic(), None
    each = troubles.each()
    calm = min(CALM, seconds / (ROUNDS * len(each)))
    number = 0
    print(f"{'seconds':>8} {'MiB':>8} {'files':>6}")
    while number < ROUNDS * len(each) or time.monotonic() - begun < seconds:
        await asyncio.sleep(calm)
        trouble = each[number % len(each)]
        await trouble()
        number += 1
        held = _held(pid, begun)
        print(f"{held.at:>8.1f} {held.rss_mb:>8.1f} {held.fds:>6}  {trouble.__name__}", flush=True)
        if first is None and number >= len(each) and held.at >= seconds / 3:
            first = held
    await asyncio.sleep(calm)  # a reload's old facts and its sockets are let go by then
    return first or _held(pid, begun)


def _held(pid: int, begun: float) -> Held:
    seconds = round(time.monotonic() - begun, 1)
    return Held(seconds, round(resident_mb(pid), 1), open_files(pid))


async def _servers(standin: DiscordStandin) -> tuple[Channel, ...]:
    channels: list[Channel] = []
    for name in ("North", "South"):
        server, general = await standin.add_server(name, standin.world.add_user("owner"))
        more = [standin.world.add_channel(server, f"talk-{n}") for n in range(1, CHANNELS)]
        channels += [general, *more]
    return tuple(channels)


@asynccontextmanager
async def _running(
    standin: DiscordStandin, base: Path, log: Log
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot on a base, with everything that it keeps beside it; its log goes to `log`."""
    settings = {
        "FOOTNOTE_KNOWLEDGE": str(base),
        "FOOTNOTE_CACHE": str(base.parent / "cache"),
        "FOOTNOTE_LOG": "info",
        # Who asks too often gets no answer, and here an answer is what is counted.
        "DISCORD_PERSON_RATE": "0/1",
        "DISCORD_CHANNEL_RATE": "0/1",
    }
    data = base.parent / "data"
    pipe = asyncio.subprocess.PIPE
    async with asyncio.TaskGroup() as reading:
        bot = started(standin, OURS, data, stderr=pipe, patience=PATIENCE, **settings)
        async with bot as process:
            if process.stderr is None:
                raise RuntimeError("the process has no output")
            reading.create_task(log.read(process.stderr))
            yield process


def _tell_kinds(crowd: Crowd) -> None:
    ledger = crowd.ledger
    print(f"\n{'asked':<16} {'questions':>10} {'lost':>6} {'doubled':>8}")
    for kind in crowd.questions.by_kind:
        counts = ledger.asked(kind), ledger.lost(kind), ledger.doubled(kind)
        print(f"{kind:<16} {counts[0]:>10} {counts[1]:>6} {counts[2]:>8}")
    print()


if __name__ == "__main__":
    sys.exit(main())
