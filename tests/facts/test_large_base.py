"""A large base loads within its time and memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.loading import measure, write_base


@pytest.mark.slow
def test_20_000_facts_with_100_000_questions_load_in_10_s_and_300_mb(tmp_path: Path) -> None:
    write_base(tmp_path, 20_000, 100_000, random.Random(1))  # noqa: S311 - reproducible
    figures = measure(tmp_path)
    assert (figures["facts"], figures["questions"]) == (20_000, 100_000)
    assert figures["cpu_s"] < 10  # unlike the time that passes, no matter what else runs here
    assert figures["peak_mb"] < 300


def test_the_benchmark_measures_a_sound_base(tmp_path: Path) -> None:
    write_base(tmp_path, 50, 250, random.Random(1))  # noqa: S311 - reproducible
    figures = measure(tmp_path)
    assert (figures["facts"], figures["questions"]) == (50, 250)
