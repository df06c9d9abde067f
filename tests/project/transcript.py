"""The README's transcript: what the chat says to a few questions, drawn by the chat itself.

`python -m tests.project.transcript` puts it into README.md anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from bot.app import open_answerer
from bot.dialogue.answerer import Answerer
from bot.platforms.terminal.render import rendered
from bot.platforms.terminal.session import Session
from bot.resources import config_dir
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
WIDTH = 88
QUESTIONS = (
    "did russia give weapons to the taliban??",
    "were there six taliban men at the talks?",
    "what did sarabi say about talking to them",
    "and the talibans spokesman?",
    "when is the next round of talks",
)
BLOCK = re.compile(r"(?<=```text\n)› .*?(?=```)", re.DOTALL)


def transcript(answerer: Answerer) -> str:
    """The conversation as the terminal shows it, without colours."""
    session = Session(answerer)
    lines = []
    for question in QUESTIONS:
        reply = rendered(session.respond(question), session.answerer.texts, WIDTH)
        lines.append(f"› {question}\n" + "".join(text for _, text in reply))
    return "\n".join(line.rstrip() for line in "".join(lines).rstrip().splitlines()) + "\n"


def main() -> None:
    """Write the README with the transcript as it is now."""
    os.chdir(ROOT)
    answerer = open_answerer(Settings.from_env({}, config_dir() / "footnote.yaml"))
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda _: transcript(answerer), text), encoding="utf-8")


if __name__ == "__main__":
    main()
