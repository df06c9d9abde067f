"""Keeps a process that stays for long small: what the C library holds on to goes back.

All of it does nothing where the C library is not glibc.
"""

from __future__ import annotations

import ctypes
import gc
import linecache
import mmap
import re
import sys
from typing import Any

_ARENA_MAX = -8  # malloc.h: M_ARENA_MAX


def share_one_heap() -> None:
    """Let all threads take memory from one heap: each that has its own keeps what it once took.

    Threads that mostly wait do not contend for it. To be called before there are any.
    """
    if (library := _library()) is not None:
        library.mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Free memory goes back to the system, and what a start leaves in caches with it: patterns that
    it compiled, and what importing saw in folders. Costs some ten milliseconds."""
    re.purge()
    sys.path_importer_cache.clear()
    linecache.clearcache()
    gc.collect()
    trim()


def trim() -> None:
    """What is free on the heap goes back to the system; other threads go on, but may wait for
    memory for some milliseconds."""
    if (library := _library()) is not None:
        library.malloc_trim(0)


def let_pages_go(mapped: object) -> None:
    """The pages of a file that were read so far leave this process's memory; each comes back when
    it is looked at. Nothing where that cannot be asked for, or it is no mapped file."""
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
        mapped.madvise(mmap.MADV_DONTNEED)


def _library() -> Any | None:  # noqa: ANN401 - a library's functions have no types
    """glibc; None where it is another one, or Windows, which opens none."""
    try:
        library = ctypes.CDLL(None)
        library.malloc_trim, library.mallopt  # noqa: B018 - looked up here, or not there
    except (AttributeError, OSError, TypeError):
        return None
    return library
