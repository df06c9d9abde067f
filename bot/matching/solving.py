"""Systems of linear equations, in plain floats: the same on every platform and Python version."""

from __future__ import annotations

from collections.abc import Sequence


def solved(
    matrix: Sequence[Sequence[float]], right: Sequence[Sequence[float]]
) -> list[list[float]]:
    """What the matrix is to be multiplied with to give the right-hand sides, a column each.

    Gauss-Jordan elimination; the matrix is positive definite, so no pivot is 0.
    """
    size = len(matrix)
    rows = [[*line, *values] for line, values in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = [value / rows[i][i] for value in rows[i]]
        for j, row in enumerate(rows):
            factor = row[i]
            rows[j] = pivot if i == j else [a - factor * b for a, b in zip(row, pivot, strict=True)]
    return [row[size:] for row in rows]
