"""The composition root: opens what the settings name and puts the parts together.

The platforms that serve are put together in bot/serving.py: `footnote ask` has half a second for
everything, and they alone take longer to import.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import repeat
from pathlib import Path

from bot.cache import LearntCache, engine_version
from bot.dialogue.answerer import Answerer
from bot.dialogue.reply import Reply
from bot.dialogue.texts import Texts
from bot.evaluation import Case, cases_from_questions, folds, without
from bot.facts.load import load_base
from bot.facts.locate import find_base
from bot.facts.model import Base
from bot.language import load_language
from bot.matching.language import Language
from bot.matching.learning import Learnt
from bot.resources import PACKAGE, config_dir, knowledge_dir
from bot.settings import Settings
from bot.texts import load_texts


def base_folder(settings: Settings) -> Path:
    """The folder of the base that the settings choose. Raises FootnoteError where they do not."""
    return find_base(settings.knowledge, settings.event, knowledge_dir())


def open_base(settings: Settings) -> Base:
    """The base that the settings choose. Raises FootnoteError, with a line for each mistake."""
    return load_base(base_folder(settings))


def open_answerer(settings: Settings) -> Answerer:
    """An engine on that base, in its event's language; what it learns is kept in the cache folder.

    Raises FootnoteError.
    """
    with _collector_paused():
        base = open_base(settings)
        folders = (PACKAGE / "matching", config_dir() / "language" / base.event.language)
        cache = LearntCache(settings.cache, engine_version(folders))
        learnt = cache.load(base)
        answerer = build_answerer(base, learnt)
        if learnt is None:
            cache.save(base, answerer.matcher.learnt)
    return answerer


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without the cyclic garbage collector, which would walk all that is being loaded, and stays,
    again and again: a tenth of the time of `footnote ask`."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build_answerer(base: Base, learnt: Learnt | None = None) -> Answerer:
    """An engine on a loaded base. Raises FootnoteError where its language is not there."""
    language, texts = _words(base.event.language)
    return Answerer(base, language, texts, learnt)


def replies_held_out(base: Base) -> dict[Case, Reply]:
    """The reply to each of the base's own questions, from an engine that was built without it.

    Works in one process a core. Raises FootnoteError.
    """
    groups = folds(cases_from_questions(base))
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only this needs it

    with ProcessPoolExecutor() as processes:
        answered = processes.map(_ask_held_out, repeat(base), groups)
        return {case: reply for replies in answered for case, reply in replies}


def _ask_held_out(base: Base, cases: tuple[Case, ...]) -> list[tuple[Case, Reply]]:
    lacking = build_answerer(without(base, cases))
    return [(case, lacking.reply(case.question)[0]) for case in cases]


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
