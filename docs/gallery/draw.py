"""Draws the gallery: what the bot really sends on Discord, as pages and pictures.

`python docs/gallery/draw.py` runs the bot on the shipped base against the loopback Discord of the
tests, writes `phone.html` and `desktop.html`, and photographs them with headless Chromium
(Debian's package `chromium`) into `phone.png` and `desktop.png`; without Chromium, the pages alone.
`--check` writes nothing and exits with 1 where the pages are not what the bot sends now.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from page import Scene, Shown, page  # noqa: E402

from bot.app import open_answerer  # noqa: E402
from bot.curation.archives import pack  # noqa: E402
from bot.curation.curator import Curator  # noqa: E402
from bot.curation.kept import Kept  # noqa: E402
from bot.curation.model import InUse, Source  # noqa: E402
from bot.dialogue.answerer import Answerer  # noqa: E402
from bot.dialogue.current import Current  # noqa: E402
from bot.platforms.discord import Options, run_discord  # noqa: E402
from bot.resources import config_dir  # noqa: E402
from bot.settings import Settings  # noqa: E402
from bot.store.memory import Memory  # noqa: E402
from bot.store.store import Store  # noqa: E402
from tests.discord_standin import Channel, DiscordStandin, ManualClock, Stored, serving  # noqa: E402
from tests.discord_standin.people import User  # noqa: E402

BASE = ROOT / "knowledge" / "moscow-talks-2018"
PAGES = {"phone": ["phone dark", "phone light"], "desktop": ["desktop dark"]}
# What somebody has mistyped, by file: what stands there, and what they made of it.
MISTYPED = {
    "facts/meeting.yaml": ("    answer:", "    anwser:"),
    "facts/weapons.yaml": ("contradicts: [", "contradicts: [weapons-denied, "),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="only tell whether it is current")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as data:
        scenes = asyncio.run(play(Path(data)))
    stale = []
    for name, columns in PAGES.items():
        drawn, file = page(scenes, columns), HERE / f"{name}.html"
        drawn = drawn.replace(f"{data}/", "")  # another one each time
        if check:
            stale += [file.name] if not file.exists() or file.read_text("utf-8") != drawn else []
            continue
        file.write_text(drawn, encoding="utf-8")
        photograph(file)
    if stale:
        print(f"{', '.join(stale)}: not what the bot sends; run python docs/gallery/draw.py")
    return 1 if stale else 0


async def play(data: Path) -> list[Scene]:
    """The bot asked everything that the gallery shows; `data` is a folder of its own."""
    environ = os.environ | {"FOOTNOTE_KNOWLEDGE": str(BASE), "FOOTNOTE_EVENT": ""}
    answerer = open_answerer(Settings.from_env(environ, config_dir() / "footnote.yaml"))
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        standin = await stack.enter_async_context(serving())
        opening = lambda: Store.open(data, key=None, now=time.time)  # noqa: E731
        memory = await stack.enter_async_context(Memory(opening, now=time.time))
        stage = await Stage.built(standin)
        running = asyncio.create_task(
            run_discord(
                current=Current(answerer),
                curator=broken_curator(answerer, memory, data),
                token=standin.token,
                stop=stop,
                data=data,
                options=Options(),
                memory=memory,
                api_url=standin.api_url,
                gateway_url=standin.gateway_url,
                clock=stage.clock,
            )
        )
        await standin.wait_ready()
        try:
            return await stage.scenes()
        finally:
            stop.set()
            await running


def broken_curator(answerer: Answerer, memory: Memory, work: Path) -> Curator:
    """One whose facts have mistakes."""

    facts = Path(shutil.copytree(BASE, work / "knowledge" / BASE.name))
    for file, (right, mistyped) in MISTYPED.items():
        text = (facts / file).read_text("utf-8")
        (facts / file).write_text(text.replace(right, mistyped, 1), "utf-8")

    def folder() -> Path:
        return facts

    async def load(_folder: Path) -> NoReturn:
        raise AssertionError("nothing is used that has mistakes")

    source = Source(folder, work)
    why = answerer.texts.curation_start_folder
    content = work / "base.zip"
    content.write_bytes(pack(BASE))
    in_use = InUse(answerer.base.hash, content, 1, why)
    return Curator(source, Kept(memory, answerer.texts), load, work, in_use)


class Stage:
    """A server with somebody who asks."""

    def __init__(self, standin: DiscordStandin, channel: Channel, alice: User, owner: User) -> None:
        self._standin = standin
        self._channel = channel
        self._alice = alice
        self._owner = owner
        self.clock = ManualClock()

    @classmethod
    async def built(cls, standin: DiscordStandin) -> Stage:
        alice, owner = standin.world.add_user("alice"), standin.world.add_user("olga")
        server, channel = await standin.add_server("Readers", owner)
        server.members[alice.id] = set()
        return cls(standin, channel, alice, owner)

    async def scenes(self) -> list[Scene]:
        lavrov = await self._mention("what did lavrov say?")
        again = await self._mention("what did lavrov say")
        more = await self._press("More", lavrov[-1])
        return [
            Scene("An answer with a quote", self._shown(lavrov)),
            Scene("More, for whoever presses it", self._shown(more)),
            Scene("Asked again within a minute", self._shown(again)),
            Scene(
                "Two sides",
                self._shown(await self._mention("what is russia accused of?")),
            ),
            Scene("It does not say", self._shown(await self._mention("when is the next round?"))),
            Scene("Another topic", self._shown(await self._mention("who won the world cup?"))),
            Scene("A bare mention", self._shown(await self._mention(""))),
            Scene(
                "A command", self._shown(await self._slash("ask", question="how many delegates"))
            ),
            Scene("/about", self._shown(await self._slash("about"))),
            Scene("/browse", self._shown(await self._browse("people:0:"))),
            Scene("/facts reload, with mistakes", self._shown(await self._reload())),
        ]

    async def _mention(self, text: str) -> list[Stored]:
        self.clock.advance(10)
        bot = f"<@{self._standin.world.bot.id}>"
        asked = await self._standin.people.say(self._alice, self._channel, f"{bot} {text}")
        return [asked, await self._standin.reply(asked)]

    async def _press(self, label: str, message: Stored) -> list[Stored]:
        pressed = await self._standin.people.press(self._alice, message, label)
        return [await self._standin.response(pressed)]

    async def _slash(self, name: str, **options: str) -> list[Stored]:
        self.clock.advance(10)
        used = await self._standin.people.slash(
            self._alice, self._channel, name, though_hidden=False, age=0, **options
        )
        return [await self._standin.response(used)]

    async def _browse(self, to: str) -> list[Stored]:
        [opened] = await self._slash("browse")
        picked = await self._standin.people.choose(self._alice, opened, "footnote-pick:0", to)
        return [await self._standin.response(picked)]

    async def _reload(self) -> list[Stored]:
        used = await self._standin.people.slash(self._owner, self._channel, "facts reload")
        return [await self._standin.response(used)]

    def _shown(self, messages: list[Stored]) -> tuple[Shown, ...]:
        bot = self._standin.world.bot
        shown = []
        for stored in messages:
            author = self._standin.world.users[stored.author]
            answered = stored.payload.get("referenced_message")
            payload = dict(stored.payload)
            payload["content"] = self._readable(payload["content"])
            shown.append(
                Shown(
                    author="Footnote" if author is bot else author.name.title(),
                    payload=payload,
                    bot=author is bot,
                    private=stored.only_for is not None,
                    to=self._readable(answered["content"]) if answered else "",
                )
            )
        return tuple(shown)

    def _readable(self, content: str) -> str:
        return content.replace(f"<@{self._standin.world.bot.id}>", "@Footnote").strip()


def photograph(file: Path) -> None:
    """A picture of the whole page beside it, if there is a Chromium to take it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print(f"{file.name}: no picture without Chromium")
        return
    quiet = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    measured = file.with_suffix(".measured.html")
    size_of = "[document.body.scrollWidth,document.body.scrollHeight]"
    script = f"<script>document.body.dataset.size={size_of}</script>"
    measured.write_text(file.read_text("utf-8").replace("</body>", f"{script}</body>"), "utf-8")
    try:
        dom = subprocess.run(  # noqa: S603 - the page is ours
            [*quiet, "--window-size=2000,800", "--dump-dom", measured.as_uri()],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
    finally:
        measured.unlink()
    size = re.search(r'data-size="(\d+),(\d+)"', dom)
    width, height = size.groups() if size else ("900", "4000")
    picture = file.with_suffix(".png")
    subprocess.run(  # noqa: S603 - as above
        [*quiet, f"--window-size={width},{height}", f"--screenshot={picture}", file.as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    )


if __name__ == "__main__":
    sys.exit(main())
