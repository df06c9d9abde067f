"""The composition root: opens what the settings name and puts the parts together.

The platforms that serve are put together in bot/serving.py: `footnote ask` has half a second for
everything, and they alone take longer to import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

from bot.dialogue.answerer import Answerer
from bot.dialogue.reply import Reply
from bot.dialogue.texts import Texts
from bot.evaluation import Case
from bot.facts.load import load_base
from bot.facts.locate import find_base
from bot.facts.model import Base
from bot.language import load_language
from bot.matching.language import Language
from bot.resources import config_dir, knowledge_dir
from bot.settings import Settings
from bot.texts import load_texts


def base_folder(settings: Settings) -> Path:
    """The folder of the base that the settings choose. Raises FootnoteError where they do not."""
    return find_base(settings.knowledge, settings.event, knowledge_dir())


def open_base(settings: Settings) -> Base:
    """The base that the settings choose. Raises FootnoteError, with a line for each mistake."""
    return load_base(base_folder(settings))


def open_answerer(settings: Settings) -> Answerer:
    """An engine on that base, in its event's language. Raises FootnoteError."""
    return build_answerer(open_base(settings))


def build_answerer(base: Base) -> Answerer:
    """An engine on a loaded base. Raises FootnoteError where its language is not there."""
    language, texts = _words(base.event.language)
    return Answerer(base, language, texts)


def asking_without(base: Base) -> Callable[[Case], Reply]:
    """Asks one of the base's own questions of an engine that lacks it. Raises FootnoteError."""
    language, texts = _words(base.event.language)

    def ask(case: Case) -> Reply:
        lacking = Answerer(_without(base, case), language, texts)
        return lacking.reply(case.question)[0]

    return ask


def _without(base: Base, case: Case) -> Base:
    """The base, less the question of a case under its entry."""
    facts = tuple(
        replace(fact, questions=tuple(q for q in fact.questions if q != case.question))
        if fact.id == case.entry
        else fact
        for fact in base.facts
    )
    unanswered = tuple(
        replace(entry, questions=tuple(q for q in entry.questions if q != case.question))
        if entry.id == case.entry
        else entry
        for entry in base.unanswered
    )
    return replace(base, facts=facts, unanswered=unanswered)


def _words(code: str) -> tuple[Language, Texts]:
    """The language of a base, and the bot's own texts in it."""
    language = load_language(config_dir() / "language", code)
    return language, load_texts(config_dir() / "texts" / f"{code}.yaml")


def run_chat(
    settings: Settings, environ: Mapping[str, str], stdin: TextIOWrapper, stdout: TextIOWrapper
) -> None:
    """Chat in the terminal until the person leaves."""
    from bot.platforms.terminal import run_terminal  # noqa: PLC0415 - only who chats needs it

    run_terminal(open_answerer(settings), settings.cache, environ, stdin, stdout)
