"""`footnote check`: the base's mistakes, and with --article what it says against its sources."""

from __future__ import annotations

import argparse
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from statistics import median_low

from bot.app import base_folder, languages
from bot.cli.advice import advice
from bot.cli.context import Context
from bot.cli.words import counted
from bot.errors import CheckFailed, FootnoteError
from bot.facts.article import article_bytes
from bot.facts.grounds import doubts
from bot.facts.load import Loaded, read_base, unverified_remedy
from bot.facts.locate import lock_path
from bot.facts.model import Base
from bot.facts.phrasings import phrasing_doubts
from bot.facts.problems import Problem, shown
from bot.facts.quotes import (
    ArticleCheck,
    DamagedLock,
    Lock,
    Unverified,
    check_article,
    read_lock,
    with_check,
    write_lock,
)
from bot.facts.timeline import timeline_doubts
from bot.facts.wording import Wording, load_wording
from bot.resources import config_dir

WANTED = 8  # phrasings of a fact
SHOWN_OF_PARAGRAPH, SHOWN_OF_QUOTE = 60, 120  # characters


def run(arguments: argparse.Namespace, context: Context) -> int:
    folder = base_folder(context.settings)
    loaded = read_base(folder, languages=languages())
    checks: list[ArticleCheck] = []
    if loaded.base is not None and arguments.article:
        checks = _check_articles(loaded.base, arguments.article)
        if _update_lock(lock_path(folder), checks):
            loaded = read_base(folder)  # what is verified follows from the lock
    named = arguments.knowledge is not None or arguments.event is not None
    given = f" --knowledge {shlex.quote(str(folder))}" if named else ""
    # An article that could not be looked at is told once, not of each quote.
    unread = loaded.base is None and bool(arguments.article)
    # Each with whether it is an error under --strict.
    lines = [
        (str(warning), bool(warning.about))
        for warning in _warnings(loaded, checks, given)
        if not (unread and warning.about)
    ]
    if loaded.base is None:
        _complain(lines, context, strict=arguments.strict)
        errors = [str(error) for error in loaded.errors]
        undone = ["no article was looked at; mend these first"] if unread else []
        raise CheckFailed(*errors, *undone, f"{counted(len(errors), 'mistake')} in {folder}")
    base = loaded.base
    misplaced = [line for check in checks for line in _misplaced(base, check)]
    lines += [(line, True) for line in misplaced]
    wording = load_wording(config_dir() / "checking", base.event.language)
    lines += [(str(doubt), False) for doubt in _doubts(loaded, base, checks, wording)]
    lines += [(line, False) for line in advice(base, wording)]
    warned = _complain(lines, context, strict=arguments.strict)
    for found in filter(None, (_too_few_phrasings(base), _untested(base))):
        context.say(found)
    for check in checks:
        for line in _findings(check):
            context.say(line)
    quotes = [quote for fact in base.facts for quote in fact.quotes]
    missing = sum(not quote.verified for quote in quotes)
    mistakes = missing + len(misplaced) if arguments.strict else 0
    context.say(_summary(base, len(quotes), missing, mistakes, warned))
    if mistakes:
        parts = ((missing, "unverified quote"), (len(misplaced), "wrong place"))
        told = " and ".join(counted(number, noun) for number, noun in parts if number)
        raise CheckFailed(f"{told} in {folder}")
    return 0


def _complain(lines: Iterable[tuple[str, bool]], context: Context, *, strict: bool) -> int:
    """Tell what was found; how many of the lines are warnings."""
    warned = 0
    for line, is_strict in lines:
        is_error = strict and is_strict
        warned += not is_error
        context.complain(line if is_error else f"{line} (warning)")
    return warned


def _warnings(loaded: Loaded, checks: Iterable[ArticleCheck], given: str) -> Iterator[Problem]:
    """The warnings: of a quote that was looked for just now, what comes nearest to it; of a
    source's quotes that were not, one line, whose command names the base as it was `given`."""
    missing = {
        (unverified_remedy(check.source), one.text): _missing(one, check)
        for check in checks
        for one in check.unverified
    }
    unsought = Counter(
        warning.remedy
        for warning in loaded.warnings
        if warning.about and (warning.remedy, warning.about) not in missing
    )
    for warning in loaded.warnings:
        if not warning.about:
            yield warning
        elif found := missing.get((warning.remedy, warning.about)):
            yield replace(warning, message=found[0], remedy=found[1])
        elif count := unsought.pop(warning.remedy, 0):  # the first of its source's
            first = shown(warning.about)
            several = f"{count} quotes are not verified, the first of them {first!r}"
            yield replace(
                warning,
                message=warning.message if count == 1 else several,
                remedy=warning.remedy.replace(" --article", f"{given} --article"),
            )


def _missing(one: Unverified, check: ArticleCheck) -> tuple[str, str]:
    message = f"the quote {shown(one.text)!r} is not word for word in the text of {check.source}"
    if not one.near:
        return message, "take it out, or quote what stands there"
    near = shown(one.near, SHOWN_OF_QUOTE)
    return message, f"line {one.line} there has {near!r}: quote that, or take it out"


def _doubts(
    loaded: Loaded, base: Base, checks: Iterable[ArticleCheck], wording: Wording
) -> list[Problem]:
    """What may be wrong, by itself and by the sources' texts, in the order of the files."""
    articles = {check.source: check.article for check in checks if not _lacks_body(base, check)}
    found = chain(
        doubts(base, articles, wording),
        timeline_doubts(base, wording),
        phrasing_doubts(base, wording),
    )
    return sorted(
        Problem(*loaded.place(one.entry, one.key, one.index), one.message, one.remedy, "warning")
        for one in found
    )


def _check_articles(base: Base, articles: Iterable[tuple[str, Path]]) -> list[ArticleCheck]:
    checks = []
    for source, file in articles:
        if source not in base.source_by_id:
            known = ", ".join(map(repr, base.source_by_id))
            raise FootnoteError(
                f"--article: {base.event.id} has no source {shown(source)!r}; it has {known}"
            )
        try:
            checks.append(check_article(base, source, article_bytes(file, source)))
        except FootnoteError as error:
            raise FootnoteError(*(f"{file}: {line}" for line in error.lines)) from None
    return checks


def _update_lock(path: Path, checks: Iterable[ArticleCheck]) -> bool:
    """Make the checked sources' parts of the lock new; a damaged lock is written anew. Whether it
    was written."""
    try:
        before = read_lock(path)
    except DamagedLock:
        before = Lock()  # reading the base has told of it already
    lock = before
    for check in checks:
        lock = with_check(lock, check)
    if lock == before and path.exists():
        return False
    write_lock(path, lock)
    return True


def _findings(check: ArticleCheck) -> Iterator[str]:
    """What the source's text says of the base."""
    quotes = len(check.verified) + len(check.unverified)
    yield f"{check.source}: quotes found word for word: {len(check.verified)} of {quotes}"
    if not check.undrawn:
        yield f"{check.source}: every paragraph is drawn on"
    for paragraph in check.undrawn:
        yield (
            f"{check.source}: no fact draws on paragraph {paragraph.number}"
            f" (line {paragraph.line}): {shown(paragraph.text, SHOWN_OF_PARAGRAPH)}"
        )


def _too_few_phrasings(base: Base) -> str:
    """That many facts have fewer phrasings than a fact wants; nothing where they have enough."""
    if not base.facts:
        return ""
    median = median_low(len(set(fact.questions)) for fact in base.facts)
    if median >= WANTED:
        return ""
    return (
        f"{base.event.id}: half of the facts have {counted(median, 'phrasing')} or fewer; with"
        " eight to ten of each, far more questions are understood"
    )


def _untested(base: Base) -> str:
    """That nothing tells how well the facts are found; nothing where there are tests."""
    if not base.facts or any(fact.tests for fact in base.facts):
        return ""
    return (
        f"{base.event.id}: no fact has `tests`, so nothing tells how well they are found;"
        " `footnote eval --holdout` does, by their own phrasings"
    )


def _misplaced(base: Base, check: ArticleCheck) -> Iterator[str]:
    """Where the base points to what the source's text does not have there."""
    body = base.source_by_id[check.source].body
    if body is not None and body[1] > check.article.lines:
        has = counted(check.article.lines, "line")
        yield (
            f"{check.source}: `body` ends in line {body[1]}, and the text has {has}; correct `body`"
        )
    if _lacks_body(base, check):
        yield (
            f"{check.source}: no quote is in the paragraph that its fact names; set `body` of the "
            "source to the first and last line of the article, or correct each `at`"
        )
        return
    for one in check.misplaced:
        at = ", ".join(map(str, one.at))
        found = "does not exist" if one.found is None else f"lacks its quote, {one.found} has it"
        yield f"{check.source}: {one.fact}: paragraph {at} {found}; correct `at`"


def _lacks_body(base: Base, check: ArticleCheck) -> bool:
    """Whether all paragraphs seem to be counted from another line than the text's first."""
    astray = sum(one.found is not None for one in check.misplaced)
    unset = base.source_by_id[check.source].body is None
    return unset and astray > 1 and not check.placed


def _summary(base: Base, quotes: int, unverified: int, mistakes: int, warned: int) -> str:
    entries: Sequence[tuple[int, str]] = (
        (len(base.facts), "fact"),
        (len(base.unanswered), "unanswered entry"),
        (len(base.people), "name"),
        (len(base.sources), "source"),
        (quotes, "quote"),
    )
    counts = ", ".join(counted(number, noun) for number, noun in entries)
    found = counted(mistakes, "mistake") if mistakes else "no mistakes"
    if warned:
        found += f", {counted(warned, 'warning')}"
    return f"{base.event.id}: {found}; {counts} ({unverified} unverified)"
