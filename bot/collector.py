"""Loads what is large without the cyclic garbage collector in the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """The collector is off in the block, and afterwards as it was.

    It would walk all that is being loaded, and stays, again and again: half of the time of reading
    a base, a tenth of that of `footnote ask`. In a bot that reloads, each full search would also
    stop the event loop for that long.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
