"""Measures how fast, and how surely, the bot answers on the loopback Discord.

`python benchmarks/discord_load.py` asks the bot and a bare echo bot in turn, one question at a
time, from the message's dispatch to the request that answers it; then it asks the bot a thousand
questions at once. They are the base's tests, which it has in other words only; its own questions,
which need but be looked up, are timed apart. A table, and with `--json` one JSON object as the
last line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from loopback import ECHO, OURS, ROOT, learn, started

from bot.facts.load import load_base
from tests.discord_standin import DiscordStandin, Stored, serving

HEARTBEAT_MS = 1_000
WARMING = 20  # questions that are asked first and not counted


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds per question, one at a time; and counts of the questions asked at once."""

    median_ms: float
    p99_ms: float
    sent: int
    answered: int
    lost: int
    doubled: int
    late_heartbeats: int
    bare_median_ms: float
    ratio: float
    own_median_ms: float  # of the base's own questions, word for word
    own_ratio: float
    burst_s: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--one-by-one", type=int, default=400, metavar="N")
    parser.add_argument("--at-once", type=int, default=1_000, metavar="N")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    arguments = parser.parse_args()
    learn()
    figures = asyncio.run(measure(arguments.one_by_one, arguments.at_once))
    print(f"{'':<18} {'median ms':>10} {'p99 ms':>8}")
    print(f"{'footnote':<18} {figures.median_ms:>10.2f} {figures.p99_ms:>8.2f}")
    print(f"{'bare discord.py':<18} {figures.bare_median_ms:>10.2f}")
    print(f"{'ratio':<18} {figures.ratio:>10.2f}\n")
    print(f"the base's own questions: {figures.own_median_ms:.2f} ms, {figures.own_ratio:.2f}\n")
    print(
        f"{figures.sent} at once: {figures.answered} answered in {figures.burst_s:.1f} s, "
        f"{figures.lost} lost, {figures.doubled} doubled, {figures.late_heartbeats} late heartbeats"
    )
    if arguments.json:
        print(json.dumps(asdict(figures)))
    return 0


async def measure(one_by_one: int, at_once: int) -> Figures:
    facts = load_base(ROOT / "knowledge" / "moscow-talks-2018").facts
    tests = [question for fact in facts for question in fact.tests]
    own = [question for fact in facts for question in fact.questions]
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        async with (
            serving(heartbeat_ms=HEARTBEAT_MS) as first,
            serving(heartbeat_ms=HEARTBEAT_MS) as second,
        ):
            for standin in (first, second):
                await standin.add_server("Bench", standin.world.add_user("owner"))
            async with started(first, OURS, data), started(second, ECHO, data):
                ours, bare = await _in_turn(first, second, tests, one_by_one)
                own_ours, own_bare = await _in_turn(first, second, own, one_by_one)
                sent, seconds = await _burst(first, tests, at_once)
        counts = [len(first.replies(message)) for message in sent]
        median, bare_median = statistics.median(ours), statistics.median(bare)
        own_median = statistics.median(own_ours)
        return Figures(
            median_ms=round(median, 3),
            p99_ms=round(statistics.quantiles(ours, n=100)[98], 3),
            sent=len(sent),
            answered=sum(count > 0 for count in counts),
            lost=counts.count(0),
            doubled=sum(count > 1 for count in counts),
            late_heartbeats=first.gateway.late_heartbeats,
            bare_median_ms=round(bare_median, 3),
            ratio=round(median / bare_median, 3),
            own_median_ms=round(own_median, 3),
            own_ratio=round(own_median / statistics.median(own_bare), 3),
            burst_s=round(seconds, 3),
        )


async def _in_turn(
    ours: DiscordStandin, bare: DiscordStandin, questions: list[str], count: int
) -> tuple[list[float], list[float]]:
    """Each question to the one and then to the other, so that both have the same weather."""
    taken: tuple[list[float], list[float]] = ([], [])
    for n in range(count + WARMING):
        question = questions[n % len(questions)]
        for standin, times in zip((ours, bare), taken, strict=True):
            times.append(await _asked(standin, question))
    return taken[0][WARMING:], taken[1][WARMING:]


async def _asked(standin: DiscordStandin, question: str) -> float:
    """Milliseconds from dispatch to the request, for a question from somebody new."""
    asker = standin.world.add_user("asker")
    channel = standin.world.direct(asker)
    begun = time.perf_counter()
    message = await standin.people.say(asker, channel, question)
    await standin.reply(message)
    arrived = standin.rest.calls[-1].arrived
    return (arrived - begun) * 1000


async def _burst(
    standin: DiscordStandin, questions: list[str], count: int
) -> tuple[list[Stored], float]:
    """All at once, each from somebody else; and the seconds until the last was answered."""
    askers = [standin.world.add_user(f"asker{n}") for n in range(count)]
    channels = [standin.world.direct(asker) for asker in askers]
    begun = time.perf_counter()
    posts = len(standin.rest.calls) + count
    sent = []
    for n, (asker, channel) in enumerate(zip(askers, channels, strict=True)):
        sent.append(await standin.people.say(asker, channel, questions[n % len(questions)]))
        await asyncio.sleep(0)  # else this side is what holds up the heartbeats that it times
    await standin.wait_for(
        lambda: len(standin.rest.calls) >= posts or None, "all answers", patience=120
    )
    return sent, time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
