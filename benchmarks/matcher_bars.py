"""What is asked of the matcher, beside what a run shows."""

from __future__ import annotations

from typing import Any, TypeAlias

from matcher_measure import Figures, Measured, Size
from matcher_peers import ENGINE

OURS = "footnote"
AIMS = {"full": 0.905, "small": 0.885}
EVALUATED = {"tests": (0.98, 0.005), "holdout": (0.92, 0.02)}  # at least right, at most wrong

Rows: TypeAlias = list[list[str]]


def bars(measured: Measured) -> Rows:
    """Each bar, what was measured, and whether that is enough; only what this run was about."""
    rows: Rows = []
    for name, aim in AIMS.items():
        if name in measured.sets:
            rows += _public(name, measured.sets[name], aim)
    if "full" in measured.sets:
        rows += _cost(measured.sets["full"][OURS])
    if ENGINE in measured.sizes:
        rows += _growth(measured.sizes[ENGINE])
    if "shipped" in measured.sets:
        rows += _shipped(measured.sets["shipped"][OURS], measured.evaluated)
    return rows


def percent(part: float) -> str:
    return f"{100 * part:.1f}"


def milliseconds(microseconds: float) -> str:
    return f"{microseconds / 1000:.2f} ms"


def _bar(on: str, wanted: str, shown: str, *, met: bool) -> list[str]:
    return [on, wanted, shown, "yes" if met else "no"]


def _public(name: str, found: dict[str, Figures], aim: float) -> Rows:
    h = found[OURS].quality.h
    peers = {peer: figures.quality.h for peer, figures in found.items() if peer != OURS}
    rows = [_bar(f"{name}: H", f"aim {percent(aim)}", percent(h), met=h >= aim)]
    if peers:
        best = max(peers, key=peers.__getitem__)
        shown = f"{percent(h)} ({best}: {percent(peers[best])})"
        rows.insert(0, _bar(f"{name}: H", "above every peer's", shown, met=h > peers[best]))
    return rows


def _cost(ours: Figures) -> Rows:
    own = ours.own.h if ours.own else 0.0
    cached = ours.cached_load_s or ours.load_s
    median, p99 = milliseconds(ours.median_us), milliseconds(ours.p99_us)
    return [
        _bar("full: accuracy", "aim 93.5", percent(ours.accuracy), met=ours.accuracy >= 0.935),
        _bar("full: H, no OOS seen", "at least 86", percent(own), met=own >= 0.86),
        _bar("full: one question, median", "under 0.4 ms", median, met=ours.median_us < 400),
        _bar("full: one question, p99", "under 1.5 ms", p99, met=ours.p99_us < 1500),
        _bar("full: memory", "under 80 MB", f"{ours.rss_mb:.0f} MB", met=ours.rss_mb < 80),
        _bar("full: load, learning", "under 15 s", f"{ours.load_s:.1f} s", met=ours.load_s < 15),
        _bar("full: load, from cache", "under 1 s", f"{cached:.2f} s", met=cached < 1),
    ]


def _growth(sizes: list[Size]) -> Rows:
    times = sizes[-1].median_us / sizes[0].median_us
    on = f"{sizes[-1].phrasings:,} phrasings against {sizes[0].phrasings:,}"
    return [_bar(on, "at most 10 times", f"{times:.1f} times", met=times <= 10)]


def _shipped(ours: Figures, evaluated: dict[str, dict[str, Any]]) -> Rows:
    rows: Rows = []
    for name, (right, wrong) in EVALUATED.items():
        if (found := evaluated.get(name)) is not None:
            facts = found["facts"]
            rows.append(
                _bar(
                    f"shipped: {name}, right / wrong",
                    f"{percent(right)} / {percent(wrong)}",
                    f"{percent(facts['right_share'])} / {percent(facts['wrong_share'])}",
                    met=facts["right_share"] >= right and facts["wrong_share"] <= wrong,
                )
            )
    plain = ours.marks["plain"]
    lowest = min(ours.marks, key=lambda variant: ours.marks[variant].right)
    loss = plain.right - ours.marks[lowest].right
    shown, declined = f"{100 * loss:.1f} lower ({lowest})", percent(plain.declined)
    median = milliseconds(ours.median_us)
    return [
        *rows,
        _bar("shipped: perturbed tests", "within 5 points", shown, met=loss <= 0.05),
        _bar("shipped: declined", "at least 98", declined, met=plain.declined >= 0.98),
        _bar("shipped: one question, median", "under 0.3 ms", median, met=ours.median_us < 300),
    ]
