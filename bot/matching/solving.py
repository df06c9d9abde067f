"""Systems of linear equations, in plain floats: the same on every platform and Python version."""

from __future__ import annotations

from collections.abc import Sequence


def solved(
    matrix: Sequence[Sequence[float]], right: Sequence[Sequence[float]]
) -> list[list[float]]:
    """What the matrix is to be multiplied with to give the right-hand sides, a column each.

    Gauss's elimination; the matrix is positive definite, so no pivot is 0.
    """
    size = len(matrix)
    rows = [[*line, *values] for line, values in zip(matrix, right, strict=True)]
    reduced = []  # each without the columns before its own
    while rows:
        pivot, *below = rows
        reduced.append(pivot)
        rows = [_without_first(row, pivot) for row in below]
    found: list[list[float]] = []  # from the last to the first
    for at, pivot in zip(reversed(range(size)), reversed(reduced), strict=True):
        values = pivot[size - at :]
        for factor, later in zip(pivot[1:], reversed(found), strict=False):
            values = [value - factor * known for value, known in zip(values, later, strict=True)]
        found.append([value / pivot[0] for value in values])
    return found[::-1]


def _without_first(row: Sequence[float], pivot: Sequence[float]) -> list[float]:
    """A row less so much of the pivot's that nothing is left in the first column."""
    factor = row[0] / pivot[0]
    return [a - factor * b for a, b in zip(row[1:], pivot[1:], strict=True)]
