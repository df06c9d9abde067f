"""Kills a process with kill -9 while it writes to the store, and looks what is left.

`python benchmarks/crash.py` does so 200 times at random moments, during votes, gaps, reloads,
rollbacks, wishes and migrations, and prints a table; `--json` adds one JSON object as the last
line. Exit code 1 where anything acknowledged was lost, or anything is damaged.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # `python benchmarks/crash.py` puts benchmarks/ there alone
    sys.path.insert(0, str(ROOT))

from benchmarks.crash_child import KEY, VOTERS  # noqa: E402
from benchmarks.crash_ledger import Ledger  # noqa: E402
from bot.store.database import FILE  # noqa: E402
from bot.store.errors import StoreError  # noqa: E402
from bot.store.migrations import APPLICATION, LATEST, MIGRATIONS  # noqa: E402
from bot.store.pseudonyms import keyed_hash  # noqa: E402
from bot.store.store import Store  # noqa: E402

LONGEST = 0.4  # seconds of acting before a kill
LONGEST_OPENING = 0.02  # seconds of opening and migrating before one
EACH_OLD = 4  # every so many kills hit the opening of a store of an earlier version


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0, help="of the acts and of the moments")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    arguments = parser.parse_args()
    figures, told = measure(arguments.kills, arguments.seed)
    for name, figure in figures.items():
        print(f"{name:<14} {figure:>8}")
    for line in told:
        print(line)
    if arguments.json:
        print(json.dumps(figures))
    return 1 if figures["lost"] or figures["corrupt"] else 0


def measure(kills: int, seed: int = 0) -> tuple[dict[str, int], list[str]]:
    """The figures, and a line for whatever was lost or damaged."""
    chance = random.Random(seed)  # noqa: S311 - the same moments again with the same seed
    acknowledged, migrating = 0, 0
    lost: list[str] = []
    corrupt: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder, ledger = Path(name), Ledger(KEY, VOTERS)
        for number in range(kills):
            old = number % EACH_OLD == EACH_OLD - 1
            if old:
                ledger = _old_store(folder, chance)
            opened = _kill_one(folder, ledger, chance, seed * 1_000_000 + number, opening=old)
            migrating += old and not opened
            try:
                asyncio.run(_open(folder))
            except StoreError as error:
                ledger.corrupt.append(str(error))
            ledger.check(folder)
            acknowledged += ledger.acknowledged
            lost += ledger.lost
            corrupt += ledger.corrupt
            ledger.acknowledged = 0
            ledger.lost, ledger.corrupt = [], []
    figures = {
        "kills": kills,
        "while_opening": migrating,
        "acknowledged": acknowledged,
        "lost": len(lost),
        "corrupt": len(corrupt),
    }
    return figures, [*lost, *corrupt]


def _kill_one(
    folder: Path, ledger: Ledger, chance: random.Random, seed: int, *, opening: bool
) -> bool:
    """Start a process, kill it at a random moment, and read what it was promised until then.

    Whether it had opened the store.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.crash_child", str(folder), str(seed)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    with process:
        if process.stdout is None:
            raise RuntimeError("the process has no output")
        process.stdout.readline()  # it is opening the store
        if not opening:
            process.stdout.readline()
        time.sleep(chance.uniform(0, LONGEST_OPENING if opening else LONGEST))
        if process.poll() is not None:
            raise RuntimeError("the process ended by itself; run benchmarks/crash_child.py alone")
        process.kill()  # SIGKILL: nothing in the process hears of it
        rest = process.stdout.read()
    return _read(rest.splitlines(keepends=True), ledger) or not opening


def _read(lines: Iterable[bytes], ledger: Ledger) -> bool:
    opened = False
    for line in lines:
        if not line.endswith(b"\n"):
            continue  # cut off by the kill: it told nobody anything
        told = json.loads(line)
        opened = opened or "opened" in told
        if "begun" in told:
            ledger.begun(told["begun"])
        if "done" in told:
            ledger.done(told["done"])
    return opened


async def _open(folder: Path) -> None:
    """Open it as the next start of the bot does."""
    store = await Store.open(folder, key=KEY, now=time.time)
    await store.close()


def _old_store(folder: Path, chance: random.Random) -> Ledger:
    """A store of an earlier version with votes and gaps in it, in the place of the present one."""
    shutil.rmtree(folder)
    folder.mkdir()
    ledger = Ledger(KEY, VOTERS)
    version = chance.randrange(1, LATEST)
    with closing(sqlite3.connect(folder / FILE)) as db, db:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                db.execute(statement)
        for voter in range(VOTERS):
            hashed, helpful = keyed_hash(KEY, f"voter-{voter}"), chance.random() < 0.5
            row = ("base", "answer", "fact-1", hashed, helpful)
            db.execute("INSERT INTO votes VALUES (?, ?, ?, ?, ?)", row)
            ledger.votes[voter, 1] = helpful
            text = f"old question {voter} {chance.random()}"
            db.execute("INSERT INTO gaps VALUES (NULL, 999999, 'unanswered', 'event', ?)", (text,))
            ledger.gaps.add(text)
        db.execute(f"PRAGMA application_id={APPLICATION}")
        db.execute(f"PRAGMA user_version={version}")
    return ledger


if __name__ == "__main__":
    sys.exit(main())
