"""From the words of a command line to an exit code: 0 done, 1 a check failed, 2 wrong use."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeAlias

from bot.cli.context import Context
from bot.errors import FootnoteError
from bot.resources import settings_file
from bot.settings import Settings

if TYPE_CHECKING:
    import argparse

Arguments: TypeAlias = "argparse.Namespace | SimpleNamespace"
# What the parser makes of `serve` alone. A bot runs for months, and the parser and what it imports
# are half a megabyte.
SERVE = {"command": "serve", "knowledge": None, "event": None, "watch": False}
# The modules of the commands; the one that is given is imported, and no other.
COMMANDS: Mapping[str, str] = {
    "serve": "serve",
    "invite": "invite",
    "sync": "sync",
    "chat": "chat",
    "ask": "ask",
    "explain": "explain",
    "facts": "facts",
    "check": "check",
    "eval": "evaluate",
    "gaps": "gaps",
    "votes": "votes",
    "counts": "counts",
    "backup": "backup",
    "restore": "restore",
}


def run(
    words: Sequence[str],
    environ: Mapping[str, str],
    stdin: TextIOWrapper,
    stdout: TextIOWrapper,
    stderr: TextIOWrapper,
) -> int:
    """Carry out one command line and give the exit code; what goes wrong is told on `stderr`."""
    for stream in (stdout, stderr):
        stream.reconfigure(errors="replace")  # a console without a curly quote shows `?`
    stdin.reconfigure(errors="replace")
    try:
        code = _carry_out(words, environ, stdin, stdout, stderr)
        stdout.flush()
    except FootnoteError as error:
        stderr.writelines(line + "\n" for line in error.lines)
        return error.exit_code
    except BrokenPipeError:
        _discard(stdout)  # whoever read it has seen enough
        return 0
    except OSError as error:
        _discard(stdout)
        where = error.filename or "standard output"
        stderr.write(f"footnote: {where}: {error.strerror}; mend it and retry\n")
        return 2
    except KeyboardInterrupt:
        return 130  # what a shell expects of a program ended by Ctrl-C
    return code


def _discard(stream: TextIOWrapper) -> None:
    """Send what is left in the stream nowhere: else Python complains as it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _carry_out(
    words: Sequence[str],
    environ: Mapping[str, str],
    stdin: TextIOWrapper,
    stdout: TextIOWrapper,
    stderr: TextIOWrapper,
) -> int:
    arguments, print_help = _parsed(words)
    settings = _settings(arguments, environ)
    command = arguments.command or _implied(settings, stdin, stdout)
    if command is None:
        print_help(stderr)
        return 2
    context = Context(settings, environ, stdin, stdout, stderr)
    module = import_module(f"bot.cli.{COMMANDS[command]}")
    carry_out: Callable[[Arguments, Context], int] = module.run
    return carry_out(arguments, context)


def _parsed(words: Sequence[str]) -> tuple[Arguments, Callable[[TextIOWrapper], None]]:
    """The arguments, and what prints the help."""
    if [*words] == ["serve"]:
        return SimpleNamespace(**SERVE), lambda _: None  # with a command nobody needs the help
    from bot.cli.parser import parse  # noqa: PLC0415 - see SERVE

    parser, arguments = parse(words)
    return arguments, parser.print_help


def _settings(arguments: Arguments, environ: Mapping[str, str]) -> Settings:
    """What was set, the command line's own options before all else."""
    settings = Settings.from_env(environ, settings_file())
    if arguments.knowledge is not None:
        settings = replace(settings, knowledge=Path(arguments.knowledge), knowledge_address=None)
    if arguments.event is not None:
        settings = replace(settings, event=arguments.event)
    return settings


def _implied(settings: Settings, stdin: TextIOWrapper, stdout: TextIOWrapper) -> str | None:
    """The command that is meant where none is given."""
    if settings.discord_token is not None:
        return "serve"
    return "chat" if stdin.isatty() and stdout.isatty() else None
