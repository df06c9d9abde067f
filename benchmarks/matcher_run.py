"""Runs a matcher as a process: a question a line in, an answer a line out, as `ask --batch` does.

All matchers speak this, so that all are measured alike: the time of a question is what the
process itself says, memory is that of the process less what a bare interpreter takes, loading
lasts from the start of the process to its first answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024
# One core each: libraries that take more for one question would be measured unlike the others.
ONE_CORE = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


class NotThereError(Exception):
    """A matcher that cannot run here, with the reason."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process answered, and what it took."""

    answers: tuple[dict[str, Any], ...]
    load_s: float
    rss_mb: float

    @property
    def times(self) -> list[float]:
        """Microseconds, one for each question."""
        return [float(answer["elapsed_us"]) for answer in self.answers]


def run(
    command: Sequence[str], questions: Sequence[str], environ: Mapping[str, str], first: str
) -> Run:
    """Asks `first`, which counts as loading, then all `questions`. Raises NotThereError."""
    began = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,  # a pipe could fill up
        subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **ONE_CORE, **environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        with suppress(BrokenPipeError):  # what went wrong it says itself
            _write(process.stdin, [first])
        if not process.stdout.readline():
            process.wait()
            errors.seek(0)
            raise NotThereError([*errors.read().strip().splitlines(), "it ended at once"][-1])
        load_s = time.perf_counter() - began
        # Written beside the reading: either pipe holds less than all of it.
        writer = threading.Thread(target=_write, args=(process.stdin, questions))
        writer.start()
        answers = tuple(json.loads(process.stdout.readline()) for _ in questions)
        writer.join()
        rss_mb = _resident_mb(process.pid)
        process.stdin.close()
    return Run(answers, load_s, max(0.0, rss_mb - bare_mb()))


def bare_mb() -> float:
    """What an interpreter takes that does nothing."""
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        rss = _resident_mb(process.pid)
        process.communicate("\n")
    return rss


def _resident_mb(pid: int) -> float:
    psutil: Any = import_module("psutil")  # of the extra `benchmarks`
    return float(psutil.Process(pid).memory_info().rss) / MIB


def _write(stream: IO[str], questions: Iterable[str]) -> None:
    for number, question in enumerate(questions):
        stream.write(json.dumps({"id": number, "question": question}) + "\n")
    stream.flush()
