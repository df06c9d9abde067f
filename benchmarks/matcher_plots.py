"""The plots of docs/matcher.md, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from matcher_bars import OURS
from matcher_measure import INVENTED, Measured

Drawing: TypeAlias = Any  # matplotlib is not there for who only checks types

POINTS = 150  # of a curve at most
BINS_SHOWN = 10  # answers in a bin, below which it says nothing


def draw(measured: Measured, folder: Path) -> None:
    """Writes matcher-curves.svg, matcher-reliability.svg and matcher-sizes.svg."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "footnote"  # the same figures, the same file
    matplotlib.rcParams["svg.fonttype"] = "none"
    pyplot: Any = import_module("matplotlib.pyplot")
    _curves(pyplot, measured, folder / "matcher-curves.svg")
    _reliability(pyplot, measured, folder / "matcher-reliability.svg")
    _sizes(pyplot, measured, folder / "matcher-sizes.svg")


def _curves(pyplot: Drawing, measured: Measured, path: Path) -> None:
    shown = [name for name in measured.sets if measured.sets[name]]
    lines = -(-len(shown) // 3)
    figure, axes = pyplot.subplots(lines, 3, figsize=(15, 5 * lines))
    for axis in axes.flat[len(shown) :]:
        axis.set_visible(False)
    for axis, name in zip(axes.flat, shown, strict=False):
        for matcher, found in measured.sets[name].items():
            points = _thinned(found.curve)
            axis.plot(
                [100 * silence for _, _, silence in points],
                [100 * right for _, right, _ in points],
                label=matcher,
                linewidth=2.5 if matcher == OURS else 1,
                color="black" if matcher == OURS else None,
            )
        axis.set(title=name, xlabel="OOS recall, %", ylabel="accuracy, %")
        axis.set(xlim=(50, 100), ylim=(0 if name in INVENTED else 30, 100))
        axis.grid(alpha=0.3)
    axes.flat[0].legend(fontsize=8, loc="lower left")
    _save(pyplot, figure, path)


def _reliability(pyplot: Drawing, measured: Measured, path: Path) -> None:
    figure, axis = pyplot.subplots(figsize=(5, 5))
    axis.plot([0, 1], [0, 1], color="grey", linestyle=":")
    for name, found in measured.sets.items():
        bins = [one for one in found[OURS].bins if one.count >= BINS_SHOWN]
        axis.plot(
            [one.confidence for one in bins], [one.right for one in bins], marker="o", label=name
        )
    axis.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    axis.grid(alpha=0.3)
    axis.legend()
    _save(pyplot, figure, path)


def _sizes(pyplot: Drawing, measured: Measured, path: Path) -> None:
    figure, axes = pyplot.subplots(1, 2, figsize=(10, 4.5))
    for matcher, sizes in measured.sizes.items():
        at = [size.phrasings for size in sizes]
        for axis, values in (
            (axes[0], [size.median_us / 1000 for size in sizes]),
            (axes[1], [size.rss_mb for size in sizes]),
        ):
            axis.loglog(
                at,
                values,
                marker="o",
                label=matcher,
                linewidth=2.5 if matcher.startswith(OURS) else 1,
                color="black" if matcher.startswith(OURS) else None,
            )
    axes[0].set(title="median time of one question", xlabel="phrasings", ylabel="ms")
    axes[1].set(title="memory", xlabel="phrasings", ylabel="MiB")
    for axis in axes:
        axis.grid(alpha=0.3, which="both")
    axes[0].legend(fontsize=8)
    _save(pyplot, figure, path)


def _thinned(points: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    step = max(1, len(points) // POINTS)
    return [*points[::step], points[-1]]


def _save(pyplot: Drawing, figure: Drawing, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
