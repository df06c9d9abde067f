"""Loads a fact base from its folder: every mistake at once, or the base."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from bot.collector import collector_paused
from bot.facts.build import Builder
from bot.facts.draft import Draft, Placed
from bot.facts.files import LOCK_NAME, SourceFile, add_to_hash, read_files, yaml_files
from bot.facts.limits import Limits
from bot.facts.lint import lint
from bot.facts.merge import check_language, check_mentions, check_whole, fill_in_sources, to_base
from bot.facts.model import Base
from bot.facts.problems import BrokenBase, FileReport, Level, Place, Problem, Report, shown
from bot.facts.quotes import (
    DamagedLock,
    Lock,
    parse_lock,
    quote_hash,
    read_lock_bytes,
)
from bot.facts.recovery import lost_ids, plain_indentation, resume
from bot.facts.syntax import Slip, slip, tab_slip
from bot.facts.yaml_nodes import Composer, Parser, Reading, Unreadable, fastest_parser

__all__ = ["BrokenBase", "Level", "Loaded", "Problem", "load_base", "read_base"]

MOST_SLIPS = 50  # of syntax in one file


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of reading a base; `base` is None if there is an error among the problems.
    `places` tells where the items of an entry's fields stand, by its id and
    the key."""

    base: Base | None
    problems: tuple[Problem, ...]
    places: Mapping[str, Mapping[str, tuple[Place, ...]]] = field(default_factory=dict)

    def place(self, entry: str, key: str, index: int = 0) -> Place:
        """Where an item of an entry's field stands."""
        of_entry = self.places[entry]
        return (of_entry.get(key) or of_entry["answer"])[index]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.level == "warning")


def load_base(folder: Path, languages: Collection[str] | None = None) -> Base:
    """The base in `folder`, as `read_base` reads it. Raises BrokenBase with all its mistakes;
    warnings are not told."""
    loaded = read_base(folder, languages=languages)
    if loaded.base is None:
        raise BrokenBase.told(loaded.problems, folder)
    return loaded.base


def read_base(
    folder: Path,
    parser: Parser | None = None,
    limits: Limits | None = None,
    languages: Collection[str] | None = None,
) -> Loaded:
    """Reads all `*.yaml` under `folder`; never raises for what they hold.

    `languages`: the codes of those that the base may be in; None: it is not to be answered from.
    """
    with collector_paused():
        return _read(folder, parser or fastest_parser(), limits or Limits(), languages)


def _read(
    folder: Path, parser: Parser, limits: Limits, languages: Collection[str] | None
) -> Loaded:
    report = Report()
    draft = Draft()
    digest = hashlib.sha256()
    reading = Reading(limits)
    paths = yaml_files(folder, report, limits)
    if not paths and not report.has_errors():
        report.error(
            Place(".", 1, 1), "no file here ends in .yaml", "name the folder of a fact base"
        )
    if not paths:
        return Loaded(None, report.problems())
    all_found, files_read = not report.has_errors(), 0
    for file in read_files(paths, folder, report, limits):
        files_read += 1
        add_to_hash(digest, file.name, file.text.encode())
        _read_file(file, draft, report, reading, parser)
        if reading.exhausted or report.is_full():
            break
    if report.is_full():
        return Loaded(None, report.problems())
    all_read = all_found and files_read == len(paths)
    draft.incomplete |= not all_read
    check_whole(draft, report)
    if languages is not None:
        check_language(draft, languages, report)
    if all_read:  # else much would seem to be missing that is only unread
        check_mentions(draft, report)
    fill_in_sources(draft, report)
    lint(draft, report)
    lock, lock_bytes = _lock(folder, draft, report)
    add_to_hash(digest, LOCK_NAME, lock_bytes)
    verified = lock.keys()
    _tell_unverified(draft, verified, report)
    if report.has_errors():
        return Loaded(None, report.problems())
    base = to_base(draft, verified, digest.hexdigest())
    entries: tuple[Placed[Any], ...] = (*draft.facts, *draft.unanswered, *draft.people)
    places = {placed.value.id: placed.places for placed in entries}
    return Loaded(base, report.problems(), places)


def _read_file(
    file: SourceFile, draft: Draft, report: Report, reading: Reading, parser: Parser
) -> None:
    """Adds the file's entries to the draft; after a slip of syntax it goes on with the next one."""
    here = FileReport(file.name, report)
    builder = Builder(draft, here)
    reading.next_file()
    text, special = plain_indentation(file.text)
    for found in special:
        _tell(found, here)
    done = 0
    lines: list[str] = []
    for _ in range(MOST_SLIPS):
        composer = Composer(text, here, reading, parser)
        try:
            for entry in composer.entries():
                builder.add(entry)
                done = entry.node.line
                if report.is_full():
                    return
        except (yaml.YAMLError, Unreadable) as error:
            lines = lines or text.split("\n")
            found = slip(error, lines, composer.last)
        else:
            return
        _tell(found, here)
        draft.incomplete = True
        if reading.exhausted:
            return
        resumption = resume(lines, found.line)
        for number in range(done + 1, resumption.line):
            if tab := tab_slip(number, lines[number - 1]):
                _tell(tab, here)
        draft.lost_ids |= lost_ids(lines[max(done - 1, 0) : resumption.line - 1])
        text, done = resumption.text, resumption.line - 1


def _tell(found: Slip, here: FileReport) -> None:
    here.error(found, found.message, found.remedy)


def _lock(folder: Path, draft: Draft, report: Report) -> tuple[Lock, bytes]:
    """The lock beside the file with the event, and its bytes; a damaged one counts as none."""
    if not draft.events:
        return Lock(), b""
    name = str(PurePosixPath(draft.events[0].place.file).with_name(LOCK_NAME))
    try:
        data = read_lock_bytes(folder / name)
        return parse_lock(data), data
    except DamagedLock as damaged:
        report.warning(
            Place(name, damaged.line, damaged.column),
            f"the lock {damaged.message}: no quote counts as verified",
            "delete it and run `footnote check --article SOURCE=FILE`",
        )
        return Lock(), b""


def unverified_remedy(source: str) -> str:
    """What to do about a quote that was not looked for in its source's text."""
    return f"run `footnote check --article {source}=FILE`"


def _tell_unverified(
    draft: Draft, verified: Collection[tuple[str, str, str]], report: Report
) -> None:
    for placed in draft.facts:
        if report.is_full("warning"):
            return
        fact = placed.value
        for quote, place in zip(fact.quotes, placed.places.get("quotes", ()), strict=True):
            if (fact.id, quote.source, quote_hash(quote.text)) not in verified:
                report.warning(
                    place,
                    f"the quote {shown(quote.text)!r} is not verified",
                    unverified_remedy(quote.source),
                    quote.text,
                )
