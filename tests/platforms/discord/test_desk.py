"""The desk: what it makes of an engine is made once, and goes when the engine is exchanged."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from bot.app import build_answerer
from bot.dialogue.current import Current
from bot.facts.load import load_base
from bot.platforms.discord.courtesy import Courtesy
from bot.platforms.discord.desk import Desk
from tests.discord_standin import ManualClock

from .conftest import BASE


def test_an_engine_that_was_exchanged_is_kept_by_nothing() -> None:
    base, clock = load_base(BASE), ManualClock()
    current = Current(build_answerer(base))
    desk = Desk(current, clock, Courtesy(clock))
    examples = desk.examples()
    desk.payload(current.answerer.reply("how many firefighters came?")[0], 1)
    browser = desk.browser
    gone = weakref.ref(current.answerer)

    event = replace(base.event, examples=base.event.examples[1:])
    current.swap(build_answerer(replace(base, event=event, hash="another")))
    gc.collect()

    assert gone() is None
    assert desk.examples() == examples[1:]
    assert browser is not desk.browser is desk.browser
