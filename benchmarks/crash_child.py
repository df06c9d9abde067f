"""The process that benchmarks/crash.py kills: it votes, asks in vain, reloads and rolls back.

Standard output has a line of JSON before each act and one after it was acknowledged.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import random
import sys
import time
import zipfile
from pathlib import Path

from bot.store.memory import Memory
from bot.store.records import Entry, Gap, NewVersion, Vote
from bot.store.store import Store

KEY = b"benchmark"
VOTERS, ANSWERS = 30, 12


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    asyncio.run(_act(folder, random.Random(seed), seed))  # noqa: S311 - a repeatable sequence


def tell(**line: object) -> None:
    """One write, so that a line is there whole or not at all."""
    os.write(1, json.dumps(line).encode() + b"\n")


async def _act(folder: Path, chance: random.Random, seed: int) -> None:
    tell(opening=True)
    opening = lambda: Store.open(folder, key=KEY, now=time.time)  # noqa: E731
    async with Memory(opening, now=time.time, gathering=0) as memory:
        if memory.trouble:
            sys.exit(f"the store does not open: {memory.trouble}")
        tell(opened=True)
        # Four at once, as in the bot: votes and reloads go on beside each other.
        await asyncio.gather(*(_worker(memory, chance, seed, n) for n in range(4)))


async def _worker(memory: Memory, chance: random.Random, seed: int, worker: int) -> None:
    for n in range(1_000_000):
        name = f"{seed}-{worker}-{n}"
        match chance.choices(("vote", "gap", "reload", "rollback", "wish", "forget"), WEIGHTS)[0]:
            case "vote":
                # Each worker has its own voters: what two of them do at once has no order.
                await _vote(memory, chance, chance.randrange(worker, VOTERS, 4))
            case "gap":
                await _gap(memory, name)
            case "reload":
                await _reload(memory, chance, name)
            case "rollback":
                await _rollback(memory, chance, name)
            case "wish":
                await _wish(memory, chance.randrange(worker, VOTERS, 4), chance.random() < 0.5)
            case "forget":
                await _forget(memory, chance.randrange(worker, VOTERS, 4))


WEIGHTS = (40, 20, 12, 6, 12, 10)


async def _vote(memory: Memory, chance: random.Random, voter: int) -> None:
    answer, helpful = chance.randrange(ANSWERS), chance.random() < 0.5
    vote = Vote("base", "answer", (f"fact-{answer}",), f"voter-{voter}", helpful)
    act = {"act": "vote", "voter": voter, "answer": answer, "helpful": helpful}
    tell(begun=act)
    await memory.use(lambda store: store.votes.put(vote))
    tell(done=act)


async def _gap(memory: Memory, name: str) -> None:
    act = {"act": "gap", "text": f"question {name}"}
    tell(begun=act)
    memory.note(Gap(f"question {name}", "unanswered", "event", "nobody"))
    await memory.flushed()
    tell(done=act)


async def _reload(memory: Memory, chance: random.Random, name: str) -> None:
    content = archive(name, chance.randbytes(chance.choice((500, 50_000, 400_000))))
    await _accept(memory, f"reload {name}", content)


async def _rollback(memory: Memory, chance: random.Random, name: str) -> None:
    kept = await memory.use(lambda store: store.versions.list())
    if kept:
        number = chance.choice(kept).number
        # Somebody else's reload may have pushed it out of the last fifty in between.
        if (version := await memory.use(lambda store: store.versions.get(number))) is not None:
            await _accept(memory, f"rollback {name} to {number}", version.content)


async def _accept(memory: Memory, origin: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    act = {"act": "version", "origin": origin, "sha256": digest}
    tell(begun=act)
    new = NewVersion(digest, digest, origin, "moderator", "benchmark", content)
    number = await memory.use(lambda store: store.versions.add(new))
    tell(done=act | {"number": number})


async def _wish(memory: Memory, voter: int, stop: bool) -> None:
    act = {"act": "wish", "voter": voter, "stop": stop}
    tell(begun=act)
    person = f"voter-{voter}"
    if stop:
        await memory.use(lambda store: store.optouts.add(person))
    else:
        await memory.use(lambda store: store.optouts.remove(person))
    tell(done=act)


async def _forget(memory: Memory, voter: int) -> None:
    act = {"act": "forget", "voter": voter}
    tell(begun=act)
    await memory.use(lambda store: store.votes.forget(f"voter-{voter}"))
    tell(done=act)
    entry = Entry("moderator", f"noted {voter} at {time.time_ns()}")
    act = {"act": "entry", "what": entry.what}
    tell(begun=act)
    await memory.use(lambda store: store.audit.add(entry))
    tell(done=act)


def archive(name: str, noise: bytes) -> bytes:
    """A base as it is kept: a zip archive of its files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("base.yaml", f"event: {{id: e, title: {name}}}\n")
        packed.writestr("noise.bin", noise)
    return file.getvalue()


if __name__ == "__main__":
    main()
