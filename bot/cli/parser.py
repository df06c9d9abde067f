"""The words that the command line understands; a mistake in them is one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bot import __version__
from bot.errors import FootnoteError

MOST_DAYS = 365  # as long as the store keeps counts, which is not imported for this
LONGEST_NUMBER = 18  # digits of a version; SQLite knows no number much longer


class OneLineParser(argparse.ArgumentParser):
    """Tells a mistake in one line, where argparse prints its usage first."""

    def error(self, message: str) -> NoReturn:
        if wrong := re.search(r"COMMAND: invalid choice: '(.*?)' \(choose from (.*)\)", message):
            known = re.findall(r"[a-z]+", wrong[2])
            import difflib  # noqa: PLC0415 - only a mistake needs it

            near = difflib.get_close_matches(wrong[1], known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
            raise FootnoteError(f"{self.prog}: unknown command '{wrong[1]}'; {hint}")
        raise _mistake(self.prog, message)


def parse(words: Sequence[str]) -> tuple[OneLineParser, argparse.Namespace]:
    """The whole command line, and what it makes of these words. Raises FootnoteError."""
    parser = build_parser()
    arguments, unknown = parser.parse_known_args(words)
    if unknown:  # argparse's own parse_args would point to the help of all commands
        named = (parser.prog, arguments.command, getattr(arguments, "change", None))
        is_option = any(word.startswith("-") for word in unknown)
        hint = "" if is_option else "; name a fact base with --knowledge"
        raise _mistake(" ".join(filter(None, named)), f"unknown: {' '.join(unknown)}{hint}")
    return parser, arguments


def _mistake(command: str, message: str) -> FootnoteError:
    return FootnoteError(f"{command}: {' '.join(message.split())}; see {command} --help")


def build_parser() -> OneLineParser:
    """The whole command line."""
    parser = OneLineParser(
        prog="footnote",
        description="Answers questions about a news event from a curated fact base, with sources.",
        epilog="Without a command: a chat in the terminal, or `serve` where DISCORD_TOKEN is set.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"footnote {__version__}")
    _add_base_options(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def add(name: str, does: str) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=does, description=_sentence(does), allow_abbrev=False
        )
        # Suppressed: else an option given before the command is lost again after it.
        _add_base_options(command, default=argparse.SUPPRESS)
        return command

    parser.set_defaults(watch=False)  # `serve` may be implied
    serve = add("serve", "run the configured platforms until SIGTERM")
    serve.add_argument(
        "--watch", action="store_true", help="use the facts anew when their files change"
    )
    add("invite", "print the link that adds the Discord bot to a server")
    add("sync", "register the Discord bot's commands now")
    add("chat", "chat in the terminal")

    ask = add("ask", "answer one question")
    ask.add_argument("question", nargs="*", type=_word, metavar="QUESTION")
    ask.add_argument("--json", action="store_true", help="the reply as a line of JSON")
    ask.add_argument(
        "--batch",
        action="store_true",
        help="JSON Lines in on standard input, JSON Lines out; lines of one `conversation` share "
        "their context (of the 100,000 used last)",
    )

    explain = add("explain", "show why a question is answered as it is")
    explain.add_argument("question", nargs="+", type=_word, metavar="QUESTION")
    explain.add_argument(
        "--holdout",
        action="store_true",
        help="of one of the questions, as `eval --holdout` asks it: with that one taken out",
    )

    facts = add("facts", "list the facts of the base")
    facts.add_argument("--json", action="store_true", help="a line of JSON per fact, all fields")
    _add_changes(facts)

    check = add("check", "check the base, and its quotes against their sources")
    check.add_argument(
        "--article",
        action="append",
        default=[],
        type=_article,
        metavar="SOURCE=FILE",
        help="hold quotes and answers against the text FILE of SOURCE, and lock the quotes (may be "
        "repeated)",
    )
    check.add_argument(
        "--strict", action="store_true", help="an unverified quote or a wrong paragraph is an error"
    )

    evaluate = add("eval", "ask the base's own tests and count right, silent and wrong")
    evaluate.add_argument("--json", action="store_true", help="the figures as a line of JSON")
    evaluate.add_argument(
        "--holdout", action="store_true", help="ask each of the questions, with that one taken out"
    )
    evaluate.add_argument(
        "--fact",
        action="append",
        default=[],
        type=_word,
        metavar="ID",
        help="ask those of this fact or unanswered entry only (may be repeated)",
    )
    evaluate.add_argument(
        "--min-right", type=_share, metavar="X", help="exit 1 if fewer are right (0.95 or 95%%)"
    )
    evaluate.add_argument(
        "--max-wrong", type=_share, metavar="X", help="exit 1 if more are wrong (0.01 or 1%%)"
    )
    evaluate.add_argument(
        "--min-declined",
        type=_share,
        metavar="X",
        help="exit 1 if fewer of the unanswered and outside tests are declined",
    )

    gaps = add("gaps", "list what people ask in vain")
    gaps.add_argument("--json", action="store_true", help="a line of JSON per question")

    votes = add("votes", "list which replies helped and which did not")
    votes.add_argument("--json", action="store_true", help="a line of JSON per reply")

    counts = add("counts", "list how often each fact was told, and how long that took")
    counts.add_argument("--json", action="store_true", help="a line of JSON per fact")
    counts.add_argument(
        "--days",
        type=_days,
        default=30,
        metavar="N",
        help=f"the last N days (30; {MOST_DAYS} at most), today included",
    )

    backup = add("backup", "copy the store into a new file, while the bot is running or not")
    backup.add_argument("file", type=Path, metavar="FILE")

    restore = add("restore", "put a backup in the place of the store, while no bot is running")
    restore.add_argument("file", type=Path, metavar="FILE")
    return parser


def _add_changes(facts: argparse.ArgumentParser) -> None:
    """The words after `facts` that change them, or tell how they have changed."""
    facts.set_defaults(change=None)
    changes = facts.add_subparsers(
        dest="change", metavar="CHANGE", title="changes", parser_class=OneLineParser
    )

    def add(name: str, does: str) -> argparse.ArgumentParser:
        command = changes.add_parser(
            name, help=does, description=_sentence(does), allow_abbrev=False
        )
        _add_base_options(command, default=argparse.SUPPRESS)
        return command

    reload = add("reload", "check the facts, show what would change, and accept them")
    reload.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="a .yaml or .zip (else where they are)"
    )
    reload.add_argument(
        "--override",
        type=_reason,
        metavar="REASON",
        help="accept what the gate keeps out, for this reason",
    )
    rollback = add("rollback", "go back to an earlier version")
    rollback.add_argument("version", type=_version, metavar="VERSION")
    for command in (reload, rollback):
        command.add_argument("--yes", action="store_true", help="do not ask")
    add("history", "list the versions that are kept")
    diff = add("diff", "show what changes from one version to another")
    diff.add_argument("first", type=_version, metavar="FIRST")
    diff.add_argument(
        "second",
        nargs="?",
        type=_version,
        metavar="SECOND",
        help="(else the version accepted last)",
    )
    add("audit", "list who did what, and why")
    facts.usage = "footnote facts [-h] [--knowledge DIR] [--event ID] [--json] [CHANGE ...]"


def _add_base_options(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--knowledge",
        metavar="DIR",
        type=_not_empty,
        default=default,
        help="a fact base, or a folder of them",
    )
    parser.add_argument(
        "--event",
        metavar="ID",
        type=_not_empty,
        default=default,
        help="the event, where there are several",
    )


def _word(text: str) -> str:
    """A word of a question; bytes that are no UTF-8 become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _not_empty(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; name one, or leave it out")
    return text


def _version(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no version; name one by its number in `footnote facts history`"
        )
    return int(text)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _article(text: str) -> tuple[str, Path]:
    source, equals, file = text.partition("=")
    if not (source and equals and file):
        raise argparse.ArgumentTypeError(f"{text!r} is not SOURCE=FILE, as in abc-news=page.txt")
    return source, Path(file)


def _reason(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("blanks are no reason; write why, for the log")
    return text.strip()


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST_DAYS):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no number of days from 1 to {MOST_DAYS}; write 7"
        )
    return int(text)


def _share(text: str) -> float:
    percent = text.endswith("%")
    try:
        share = float(text.removesuffix("%")) / (100 if percent else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; write 0.95 or 95%")
    return share
