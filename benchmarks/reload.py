"""Measures what people notice of a reload: 50 ask without a pause while all facts are replaced.

`python benchmarks/reload.py` writes bases of 2,000 and of 20,000 made-up facts; the bot runs on
each as a process against the loopback Discord, and `/facts reload` changes every answer. A table,
and with `--json` one JSON object as the last line: the figures of the largest base, and all of them
under `runs`.

A reply counts as wrong if it is neither the old nor the new answer to what was asked, or the old
one to a question that came after the new facts were in use. `max_block_ms` is how late the event
loop came to a timer at the most from the command to its end; `usual_block_ms` the same before, when
only questions kept it busy, and `swap_block_ms` from the confirmation on, when the new facts are
loaded and put in the place of the old ones. On a busy machine the first is mostly what others take.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from loading import write_base
from loopback import ROOT

from tests.discord_standin import DiscordStandin, Server, Stored, User, serving

PEOPLE = 50
TESTED = 500  # facts with tests, at the most
BEFORE, AFTER = 5.0, 3.0  # seconds of questions before and after the reload
PATIENCE = 3_600.0  # seconds for a start, a reply, or a reload
OLD, NEW = "said that", "told us that"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one base. Seconds, milliseconds, MiB; counts of questions."""

    facts: int
    reload_s: float
    max_block_ms: float
    swap_block_ms: float
    usual_block_ms: float
    asked: int
    wrong: int
    lost: int
    doubled: int
    peak_mb: float
    child_peak_mb: float


@dataclass(slots=True)
class Asked:
    """A question, the words that its answer must have, and when it was asked."""

    message: Stored
    words: str
    after_swap: bool
    reply: str = ""


@dataclass(slots=True)
class Crowd:
    """Everybody who asks, until `over` is set."""

    standin: DiscordStandin
    questions: list[tuple[str, str]]
    chance: random.Random
    asked: list[Asked] = field(default_factory=list)
    swapped: bool = False
    over: bool = False

    def _first_reply(self, message: Stored) -> Stored | None:
        return next(iter(self.standin.replies(message)), None)

    async def ask(self, user: User) -> None:
        """Ask one question after the other, each when the one before is answered."""
        channel = self.standin.world.direct(user)
        while not self.over:
            question, words = self.chance.choice(self.questions)
            after = self.swapped
            message = await self.standin.people.say(user, channel, question)
            asked = Asked(message, words, after)
            self.asked.append(asked)
            first = partial(self._first_reply, message)
            reply = await self.standin.wait_for(first, "a reply", patience=PATIENCE)
            asked.reply = plain(reply.payload["content"])
            # The stand-in would look through all that was ever said for each reply.
            del self.standin.world.messages[reply.payload["id"]]
            await asyncio.sleep(self.chance.random() * 0.2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--facts", type=int, nargs="+", default=[2_000, 20_000], metavar="N")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    arguments = parser.parse_args()
    runs = [asyncio.run(measure(facts)) for facts in arguments.facts]
    names = list(asdict(runs[0]))
    print(" ".join(f"{name:>14}" for name in names))
    for run in runs:
        print(" ".join(f"{value:>14}" for value in asdict(run).values()))
    if arguments.json:
        print(json.dumps(asdict(runs[-1]) | {"runs": [asdict(run) for run in runs]}))
    return 0


async def measure(facts: int) -> Figures:
    with tempfile.TemporaryDirectory() as name:
        folder, base = Path(name), Path(name) / "base"
        base.mkdir()
        write_base(base, facts, 5 * facts, random.Random(1))  # noqa: S311
        thin_out_tests(base, facts)
        figures = folder / "figures.json"
        async with serving() as standin:
            owner = standin.world.add_user("owner")
            server, _ = await standin.add_server("Bench", owner)
            async with started(standin, folder, base, figures):
                crowd = Crowd(standin, questions_of(base), random.Random(2))  # noqa: S311
                users = [standin.world.add_user(f"asker{n}") for n in range(PEOPLE)]
                asking = [asyncio.create_task(crowd.ask(user)) for user in users]
                await asyncio.sleep(BEFORE)
                begun = time.time()
                await asyncio.to_thread(edit_all, base)
                confirmed = await reload(standin, server, owner)
                ended = time.time()
                crowd.swapped = True
                await asyncio.sleep(AFTER)
                crowd.over = True
                await asyncio.gather(*asking)
        seen = json.loads(figures.read_text())
    return Figures(
        facts=facts,
        reload_s=round(ended - begun, 2),
        max_block_ms=latest(seen["late"], begun, ended + 1),
        swap_block_ms=latest(seen["late"], confirmed, ended + 1),
        usual_block_ms=latest(seen["late"], begun - BEFORE + 1, begun),
        asked=len(crowd.asked),
        wrong=sum(is_wrong(asked) for asked in crowd.asked),
        lost=sum(not asked.reply for asked in crowd.asked),
        doubled=sum(bool(standin.replies(asked.message)) for asked in crowd.asked),
        peak_mb=round(seen["peak_mb"], 1),
        child_peak_mb=round(seen["child_peak_mb"], 1),
    )


def edit_all(base: Path) -> None:
    """Change every answer."""
    for file in base.glob("facts-*.yaml"):
        file.write_text(file.read_text().replace(f" {OLD} ", f" {NEW} "))


async def reload(standin: DiscordStandin, server: Server, owner: User) -> float:
    """Have the facts checked, and confirm; when that was, in seconds since 1970."""
    channel = next(iter(server.channels.values()))
    used = await standin.people.slash(owner, channel, "facts reload")
    shown = await standin.wait_for(
        lambda: standin.world.messages.get(used.original or ""), "the changes", patience=PATIENCE
    )
    before = shown.payload["content"]
    confirmed = time.time()
    await standin.people.press(owner, shown, "Use them")
    await standin.wait_for(
        lambda: shown.payload["content"] != before or None, "new facts", patience=PATIENCE
    )
    if "In use now" not in shown.payload["content"]:
        raise RuntimeError(shown.payload["content"])
    return confirmed


def thin_out_tests(base: Path, facts: int) -> None:
    """Leave tests to some facts alone: this is about the reload, not about asking 60,000 tests."""
    every = max(1, facts // TESTED)
    for file in base.glob("facts-*.yaml"):
        entries = re.split(r"(?=^  - id: )", file.read_text(), flags=re.MULTILINE)
        kept = [
            entry if n % every == 0 else re.sub(r"    tests:\n(      - .*\n)*", "", entry)
            for n, entry in enumerate(entries)
        ]
        file.write_text("".join(kept))


def questions_of(base: Path) -> list[tuple[str, str]]:
    """Questions of the base, each with the words that end its answer, old and new."""
    found = []
    for file in sorted(base.glob("facts-*.yaml")):
        entries = re.split(r"^  - id: ", file.read_text(), flags=re.MULTILINE)[1:]
        for entry in entries[:: max(1, len(entries) // 100)]:
            [words] = re.findall(rf"    answer: \S+ {OLD} (.*)\.\n", entry)
            question = re.findall(r"      - (What of .*)\n", entry)[0]
            found.append((question, words))
    return found


def is_wrong(asked: Asked) -> bool:
    old, new = f"{OLD} {asked.words}", f"{NEW} {asked.words}"
    return new not in asked.reply and (asked.after_swap or old not in asked.reply)


def plain(content: str) -> str:
    """A message without what Discord's markup escapes."""
    return re.sub(r"[\\\u200b]", "", content)


def latest(late: list[tuple[float, float]], begun: float, ended: float) -> float:
    return round(max((ms for at, ms in late if begun <= at <= ended), default=0.0), 1)


@asynccontextmanager
async def started(
    standin: DiscordStandin, data: Path, base: Path, figures: Path
) -> AsyncIterator[None]:
    environ = os.environ | {
        "DISCORD_TOKEN": standin.token,
        "DISCORD_API_URL": standin.api_url,
        "DISCORD_GATEWAY_URL": standin.gateway_url,
        "DISCORD_PERSON_RATE": "0/1",
        "FOOTNOTE_KNOWLEDGE": str(base),
        "FOOTNOTE_DATA": str(data / "data"),
        "FOOTNOTE_CACHE": str(data / "cache"),
        "FOOTNOTE_LOG": "warning",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "benchmarks/reload_child.py", str(figures)), cwd=ROOT, env=environ
    )
    try:
        ready = lambda: standin.gateway.ready or process.returncode is not None or None  # noqa: E731
        await standin.wait_for(ready, "the bot", patience=PATIENCE)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


if __name__ == "__main__":
    sys.exit(main())
