"""Signals while the event loop is busy: a process of its own, to which they are sent."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from bot.resources import PACKAGE
from tests.cli.support import environment

BUSY = """
import asyncio, time
from bot.serving import stopping_on_signals

async def main():
    stop = asyncio.Event()
    with stopping_on_signals(stop):
        print("busy", flush=True)
        time.sleep({seconds})
        await stop.wait()
        print("stopped", flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize(
    ("seconds", "numbers", "code", "told"),
    [
        (600, [signal.SIGTERM, signal.SIGINT], -signal.SIGINT, ""),
        (600, [signal.SIGINT, signal.SIGINT], -signal.SIGINT, ""),
        (2, [signal.SIGTERM, signal.SIGTERM], 0, "stopped"),
        (0.5, [signal.SIGINT], 0, "stopped"),
    ],
)
def test_a_busy_loop_hears_a_stop_later_and_ctrl_c_behind_it_at_once(
    seconds: float, numbers: list[signal.Signals], code: int, told: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BUSY.format(seconds=seconds)],
        cwd=PACKAGE.parent,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "busy\n"
        process.send_signal(numbers[0])
        for number in numbers[1:]:
            # The next is sent when Python has seen to the one before: two at once are one.
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.1)
            process.send_signal(number)
        rest, _ = process.communicate(timeout=30)
    assert (process.returncode, rest.strip()) == (code, told)


FAILING = """
import asyncio, sys, time
from bot import serving
from bot.__main__ import main
from bot.errors import FootnoteError

async def fails_while_a_thread_is_stuck(*_, **__):
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 600)
    raise FootnoteError("footnote: nobody answers", "footnote: ask later")

serving._serve = fails_while_a_thread_is_stuck
sys.argv = ["footnote", "serve"]
sys.exit(main())
"""


def test_what_is_wrong_at_the_start_is_told_at_once_whatever_threads_still_do() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAILING],
        cwd=PACKAGE.parent,
        env=environment(DISCORD_TOKEN="not.a.token"),  # noqa: S106 - none
        stderr=subprocess.PIPE,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        2,
        "footnote: nobody answers\nfootnote: ask later\n",
    )
