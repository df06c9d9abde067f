"""An engine that was exchanged goes at once, without the garbage collector."""

from __future__ import annotations

import gc
import weakref

from tests.matching.bases import answering, base


def test_an_engine_that_nobody_holds_is_gone_at_once() -> None:
    answerer = answering(base())
    for question in ("How many delegates came from Iran?", "who opend the talks", "xyzzy"):
        answerer.reply(question)
    matcher = answerer.matcher
    parts = [matcher.learnt.head, matcher.mender, matcher.search, matcher]
    gone = [weakref.ref(part) for part in parts]
    gc.collect()
    gc.disable()
    try:
        del answerer, matcher, parts
        assert [part() for part in gone] == [None] * 4
    finally:
        gc.enable()
