"""Compares the resident memory of the idle bot with that of a client that only connects.

`python benchmarks/memory.py` starts both as processes, side by side and several times over, each
connected to the loopback Discord, and prints a table of medians; `--json` adds one JSON object as
the last line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from pathlib import Path

from loopback import IDLE, OURS, learn, resident_mb, started

from tests.discord_standin import DiscordStandin, serving

SETTLING = 3.0  # seconds after READY until memory is read: start-up's garbage is gone by then


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=3, help="how often each is started")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    arguments = parser.parse_args()
    learn()
    ours, bare = asyncio.run(measure(arguments.runs))
    print(f"{'':<22} {'resident MiB':>12}")
    print(f"{'footnote, idle':<22} {ours:>12.1f}")
    print(f"{'bare discord.py':<22} {bare:>12.1f}")
    print(f"{'ratio':<22} {ours / bare:>12.2f}")
    if arguments.json:
        figures = {"rss_mb": ours, "bare_rss_mb": bare, "ratio": ours / bare}
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return 0


async def measure(runs: int) -> tuple[float, float]:
    """Medians over the runs, in MiB: ours, and the bare client's."""
    pairs = [await _one_run() for _ in range(runs)]
    return statistics.median(ours for ours, _ in pairs), statistics.median(
        bare for _, bare in pairs
    )


async def _one_run() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as name:
        async with serving() as first, serving() as second:
            for standin in (first, second):
                await _populate(standin)
            async with (
                started(first, OURS, Path(name)) as ours,
                started(second, IDLE, Path(name)) as bare,
            ):
                await asyncio.sleep(SETTLING)
                return resident_mb(ours.pid), resident_mb(bare.pid)


async def _populate(standin: DiscordStandin) -> None:
    await standin.add_server("Bench", standin.world.add_user("owner"))


if __name__ == "__main__":
    sys.exit(main())
