"""A process that stays gives back what it no longer needs."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

from tests.cli.support import ROOT

PROGRAM = """
from pathlib import Path
from bot.heap import give_back, share_one_heap

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

share_one_heap()
pieces = [bytes(1000) for _ in range(30_000)]
before = resident()
pieces[:-1] = []  # the last one keeps the heap from shrinking by itself
freed = resident()
give_back()
print(before, freed, resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be asked")
def test_what_was_freed_goes_back_to_the_system() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    before, freed, after = map(int, done.stdout.split())
    assert before - after > 20_000_000 / os.sysconf("SC_PAGE_SIZE")
    assert before - freed < before - after
