"""The bot of reload.py: `serve` as it is, with a timer beside it that notes what holds up the loop.

`python benchmarks/reload_child.py FILE` writes, when the bot ends, a JSON object: `late`, pairs of
a moment (seconds since 1970) and how many milliseconds late the loop came to a tick then; `peak_mb`
and `child_peak_mb`, the most memory that the bot and a process that it started ever had.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.__main__ import main

TICK = 0.002  # seconds
NOTED = 5.0  # milliseconds


class Watched(asyncio.DefaultEventLoopPolicy):
    """Event loops with a ticking task."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[tuple[float, float]] = []

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        loop = super().new_event_loop()

        def tick(due: float) -> None:
            late = (time.perf_counter() - due) * 1000
            if late >= NOTED:
                self.late.append((time.time(), late))
            loop.call_later(TICK, tick, time.perf_counter() + TICK)

        loop.call_later(TICK, tick, time.perf_counter() + TICK)
        return loop


def run(file: Path) -> int:
    policy = Watched()
    asyncio.set_event_loop_policy(policy)
    sys.argv[1:] = ["serve"]
    try:
        return main()
    finally:
        peak, children = (
            resource.getrusage(who).ru_maxrss / 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        file.write_text(
            json.dumps({"late": policy.late, "peak_mb": peak, "child_peak_mb": children})
        )


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
