"""A base, its language and the bot's texts, read and checked; kept, because reading so much YAML
takes most of a start and, in a bot that stays, leaves memory behind.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cache import Cache, version_of
from bot.dialogue.texts import Texts
from bot.facts.model import Base
from bot.facts.stored import folder_key, from_bytes, to_bytes
from bot.language import known_languages, language_of, read_words
from bot.matching.language import Language
from bot.resources import PACKAGE
from bot.texts import load_texts

KIND = "base"  # of file in the cache
_SIZE = 8  # bytes that tell the length of the base before the words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that answering is made of, apart from what is learnt."""

    base: Base
    language: Language
    texts: Texts


def prepare(folder: Path, config: Path, cache: Cache) -> Prepared:
    """The base in `folder`, as kept or as read. Raises FootnoteError, with a line each mistake."""
    key = _key(folder, config)
    if key is not None and (kept := _kept(folder, config, cache, key)) is not None:
        return kept
    from bot.facts.load import load_base  # noqa: PLC0415 - it takes YAML and all the checks

    base = load_base(folder, known_languages(config / "language"))
    code = base.event.language
    words = read_words(config / "language", code)
    texts = load_texts(config / "texts" / f"{code}.yaml")
    prepared = Prepared(base, language_of(config / "language", code, words), texts)
    if key is not None and key == _key(folder, config):  # nothing was changed while it was read
        cache.save(KIND, key, _packed(base, words, texts))
    return prepared


def kept_base(folder: Path, config: Path, cache: Cache) -> Base | None:
    """The base as it is kept, if it is."""
    key = _key(folder, config)
    kept = None if key is None else _kept(folder, config, cache, key)
    return None if kept is None else kept.base


def _kept(folder: Path, config: Path, cache: Cache, key: str) -> Prepared | None:
    data = cache.load(KIND, key)
    if data is None:
        return None
    try:
        return _unpacked(data, config)
    except (ValueError, TypeError) as error:
        log.warning("%s: what was kept of it is unsound (%s); reading it anew", folder, error)
        return None


def _key(folder: Path, config: Path) -> str | None:
    """What the outcome depends on: the base's files, the words and texts, and our code."""
    files = folder_key(folder)
    if files is None:
        return None
    code = ("facts", "dialogue/texts.py", "language.py", "texts.py", "prepared.py")
    words = sorted((config / "language").glob("*/words.yaml"))
    version = version_of((*(PACKAGE / name for name in code), config / "texts", *words))
    return f"{files}/{version}/{sys.byteorder}"


def _packed(base: Base, words: dict[str, Any], texts: Texts) -> bytes:
    facts = to_bytes(base)
    rest = json.dumps([words, texts._asdict()], separators=(",", ":")).encode()
    return len(facts).to_bytes(_SIZE, "big") + facts + rest


def _unpacked(data: memoryview, config: Path) -> Prepared:
    end = _SIZE + int.from_bytes(data[:_SIZE], "big")
    base = from_bytes(data[_SIZE:end])
    words, texts = json.loads(bytes(data[end:]))
    language = language_of(config / "language", base.event.language, words)
    return Prepared(base, language, Texts(**texts))
