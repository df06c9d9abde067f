"""Builds a candidate: takes it in, checks it, learns it, and asks both engines what is known.

It takes seconds and much memory, so a bot that answers does it in a process of its own
(`candidates.py`); here is what that process does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from bot.curation.archives import SINGLE, as_sent, pack, state, unpack
from bot.curation.changes import changes
from bot.curation.gate import Examined, Worse, examine, got_worse, questions_to_ask
from bot.curation.orders import CONTENT, FOLDER, Built, Order
from bot.curation.telling import Told, score_of, tell
from bot.dialogue.answerer import Answerer
from bot.dialogue.texts import Texts
from bot.errors import FootnoteError
from bot.evaluation import Case
from bot.facts.files import LOCK_NAME
from bot.facts.load import BrokenBase, load_base
from bot.facts.locate import NoBase, lock_path
from bot.facts.model import Base
from bot.facts.problems import shown

_SENT, _OLD = "sent", "old"

Open = Callable[[Path], Answerer]
"""Makes an engine on the base in a folder. Raises FootnoteError."""
Find = Callable[[Path], Path]
"""The base in a folder, or in one of its folders. Raises FootnoteError."""


def build(order: Order, find: Find, open_engine: Open, languages: Collection[str]) -> Built:
    """Carry out an order; the candidate may be in one of the `languages`. What is wrong with it
    comes back in it.

    Raises OSError, and FootnoteError for what is wrong with the base in use.
    """
    into = Path(order.into)
    folder = into / FOLDER
    folder.mkdir()
    name = shown(order.name) or order.new
    try:
        (into / CONTENT).write_bytes(pack(_taken_in(order, into, find)))
        unpack((into / CONTENT).read_bytes(), name, folder)
        base = load_base(folder, languages)
    except BrokenBase as error:
        return Built(as_sent(error.lines, folder, name))
    except FootnoteError as error:
        return Built(trouble=error.lines)
    if not order.old:
        open_engine(folder)  # what is learnt is kept for whoever loads it next
        return _built(base, folder, Told("", ""))
    return _compared(base, folder, order, open_engine)


def _built(base: Base, folder: Path, told: Told, worse: tuple[Worse, ...] = ()) -> Built:
    return Built(
        base_hash=base.hash,
        event=base.event.id,
        facts=len(base.facts),
        state=state(folder),
        worse=tuple(one.case.question for one in worse),
        summary=told.summary,
        full=told.full,
    )


def _taken_in(order: Order, into: Path, find: Find) -> Path:
    """The candidate's folder as somebody wrote it, or as it was sent."""
    if not order.name:
        return find(Path(order.new))
    sent = into / _SENT
    sent.mkdir()
    top = unpack(Path(order.new).read_bytes(), order.name, sent)
    if not any(top.glob("*.yaml")) and (top / "knowledge").is_dir():
        top /= "knowledge"  # a whole repository was sent
    found = _found(top, shown(order.name), find)
    if order.old and [path.name for path in found.iterdir()] == [SINGLE]:
        _take_lock_along(Path(order.old), found, into)
    return found


def _found(top: Path, name: str, find: Find) -> Path:
    """The base in what was sent. Raises FootnoteError, which tells whoever sent it what to send."""
    try:
        return find(top)
    except NoBase as error:
        remedy = "pack the folder of the event that is meant, and no other"
        bases = (line.replace(str(top), name) for line in error.found)
        raise FootnoteError(f"{name}: {error.what}; {remedy}", *bases) from None


def _take_lock_along(old: Path, folder: Path, into: Path) -> None:
    """A single file brings no lock: what the lock in use holds of its quotes still stands."""
    lock = lock_path(_unpacked(old, into))
    if lock.exists():
        shutil.copyfile(lock, folder / LOCK_NAME)


def _compared(base: Base, folder: Path, order: Order, open_engine: Open) -> Built:
    """The candidate beside the base in use."""
    old_folder = _unpacked(Path(order.old), Path(order.into))
    bases = load_base(old_folder), base
    if base.event.id != bases[0].event.id:
        text = open_engine(folder).texts.curation_another_event
        told = text.format(event=base.event.id, before=bases[0].event.id)
        return replace(_built(base, folder, Told(told, told)), another_event=True)
    cases = questions_to_ask(bases, order.gaps)
    # One engine after the other: two at a time would take twice the memory.
    after, texts = _examined(folder, cases, open_engine)
    before, _ = _examined(old_folder, cases, open_engine)
    worse = got_worse(*bases, before, after)
    found = changes(*bases, (before.answers, after.answers), order.gaps)
    scores = score_of(bases[0], before), score_of(base, after)
    built = _built(base, folder, tell(found, worse, scores, (before, after), texts), worse)
    return replace(built, same=bases[0].hash == base.hash)


def _examined(folder: Path, cases: tuple[Case, ...], open_engine: Open) -> tuple[Examined, Texts]:
    engine = open_engine(folder)
    return examine(engine.base, lambda question: engine.reply(question)[0], cases), engine.texts


def _unpacked(old: Path, into: Path) -> Path:
    folder = into / _OLD
    if not folder.exists():
        folder.mkdir()
        unpack(old.read_bytes(), CONTENT, folder)
    return folder
