"""The composition root: opens what the settings name and puts the parts together.

The platforms that serve are put together in bot/serving.py: `footnote ask` has half a second for
everything, and they alone take longer to import.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from io import TextIOWrapper
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cache import Cache, version_of
from bot.collector import collector_paused
from bot.dialogue.answerer import Answerer
from bot.dialogue.reply import Reply
from bot.errors import FootnoteError
from bot.facts.folding import question_key
from bot.facts.locate import find_base
from bot.facts.model import Base
from bot.heap import let_pages_go
from bot.language import known_languages, load_language
from bot.matching.decide import Thresholds
from bot.matching.language import Language
from bot.matching.learning import Learnt
from bot.matching.lexicon import SNOWBALL
from bot.prepared import kept_base, prepare
from bot.resources import PACKAGE, config_dir, knowledge_dir
from bot.settings import Settings
from bot.texts import load_texts

if TYPE_CHECKING:
    from bot.evaluation import Case

LEARNT = "learnt"  # kind of file in the cache
# The code that learns, and that makes of files what is learnt from.
_LEARNING = ("matching", "language.py", "facts/model.py", "facts/build.py", "facts/folding.py")
LEARNT_BY = tuple(PACKAGE / part for part in (*_LEARNING, "jsonparts.py"))

log = logging.getLogger(__name__)


def base_folder(settings: Settings) -> Path:
    """The folder of the base that the settings choose. Raises FootnoteError where they do not."""
    if settings.knowledge is None and settings.knowledge_address is not None:
        raise FootnoteError(
            "FOOTNOTE_KNOWLEDGE: only `serve` and `facts reload` fetch from an address; "
            "name a folder with --knowledge"
        )
    return find_base(settings.knowledge, settings.event, knowledge_dir())


def languages() -> frozenset[str]:
    """The codes of the languages that a base may be in."""
    return known_languages(config_dir() / "language")


def open_base(settings: Settings) -> Base:
    """The base that the settings choose. Raises FootnoteError, with a line for each mistake."""
    from bot.facts.load import load_base  # noqa: PLC0415 - who answers from what is kept has no use

    return load_base(base_folder(settings), languages())


def open_answerer(settings: Settings) -> Answerer:
    """An engine on that base, in its event's language; what it learns is kept in the cache folder.

    Raises FootnoteError.
    """
    with collector_paused():
        cache = Cache(settings.cache)
        known = prepare(base_folder(settings), config_dir(), cache)
        key = _learnt_key(known.base)
        learnt = _learnt(cache, key)
        answerer = Answerer(
            known.base, known.language, known.texts, learnt, thresholds_of(settings)
        )
        if learnt is None:
            cache.save(LEARNT, key, answerer.matcher.learnt.to_bytes())
        cache.let_go()
        for words in known.language.lists.words:
            let_pages_go(words.text)
    return answerer


def open_event(settings: Settings) -> tuple[str, Language]:
    """The id of the event that the settings choose, and its language. Raises FootnoteError."""
    known = prepare(base_folder(settings), config_dir(), Cache(settings.cache))
    return known.base.event.id, known.language


def is_prepared(settings: Settings) -> bool:
    """Whether `open_answerer` finds all of it in the cache folder, or cannot keep it there anyway.

    Raises FootnoteError where the settings choose no base.
    """
    cache = Cache(settings.cache)
    if not cache.is_writable():
        return True
    base = kept_base(base_folder(settings), config_dir(), cache)
    return base is not None and cache.load(LEARNT, _learnt_key(base)) is not None


def thresholds_of(settings: Settings) -> Thresholds:
    """How sure the bot must be; it suggests no surer than it answers."""
    usual = Thresholds()
    answer, suggest = settings.answer_from, settings.suggest_from
    if answer is None:
        answer = usual.answer
    if suggest is None:
        suggest = min(usual.suggest, answer)
    return Thresholds(answer, suggest)


def _learnt_key(base: Base) -> str:
    """What is learnt depends on the base, on the code and word lists, and on how words are cut to
    stems."""
    words = config_dir() / "language" / base.event.language
    return f"{base.hash}/{version_of((*LEARNT_BY, words))}/{SNOWBALL}"


def _learnt(cache: Cache, key: str) -> Learnt | None:
    kept = cache.load(LEARNT, key)
    if kept is None:
        return None
    try:
        return Learnt.from_bytes(kept)
    except ValueError as error:
        log.warning("what was learnt is unsound (%s); learning anew", error)
        return None


def build_answerer(
    base: Base, learnt: Learnt | None = None, thresholds: Thresholds | None = None
) -> Answerer:
    """An engine on a loaded base. Raises FootnoteError where its language is not there."""
    code = base.event.language
    language = load_language(config_dir() / "language", code)
    texts = load_texts(config_dir() / "texts" / f"{code}.yaml")
    return Answerer(base, language, texts, learnt, thresholds)


def replies_held_out(
    base: Base, thresholds: Thresholds, asked: Sequence[Case]
) -> dict[Case, Reply]:
    """The reply to each of these questions of the base, from an engine that was built without it.

    Works in one process a core. Raises FootnoteError.
    """
    from bot.evaluation import cases_from_questions, folds  # noqa: PLC0415 - only this needs it

    wanted = frozenset(asked)
    groups = [cases for cases in folds(cases_from_questions(base)) if not wanted.isdisjoint(cases)]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only this needs it

    with ProcessPoolExecutor() as processes:
        answered = processes.map(
            _ask_held_out, repeat(base), groups, repeat(wanted), repeat(thresholds)
        )
        return {case: reply for replies in answered for case, reply in replies}


def _ask_held_out(
    base: Base, cases: tuple[Case, ...], wanted: AbstractSet[Case], thresholds: Thresholds
) -> list[tuple[Case, Reply]]:
    from bot.evaluation import without  # noqa: PLC0415

    lacking = build_answerer(without(base, cases), thresholds=thresholds)
    return [(case, lacking.reply(case.question)[0]) for case in cases if case in wanted]


def answerer_without(base: Base, question: str, thresholds: Thresholds) -> Answerer | None:
    """The engine of `replies_held_out` that is asked this question of the base: it was built
    without it, and without those that are held out with it; None: no entry has it.

    Raises FootnoteError.
    """
    from bot.evaluation import cases_from_questions, folds, without  # noqa: PLC0415

    key = question_key(question)
    for cases in folds(cases_from_questions(base)):
        if any(question_key(case.question) == key for case in cases):
            return build_answerer(without(base, cases), thresholds=thresholds)
    return None


def run_chat(
    settings: Settings, environ: Mapping[str, str], stdin: TextIOWrapper, stdout: TextIOWrapper
) -> None:
    """Chat in the terminal until the person leaves."""
    from bot.platforms.terminal import run_terminal  # noqa: PLC0415 - only who chats needs it

    run_terminal(open_answerer(settings), settings.cache, environ, stdin, stdout)
