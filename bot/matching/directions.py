"""What every label is learnt to say for each direction of the words' vectors.

A word's weights for all labels are its vector's numbers times the labels' weights, direction by
direction. The labels' weights stand in the lanes of one large integer for each direction: so a word
that was not asked before takes as many multiplications as there are directions.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cached_property
from operator import mul

from bot.matching.packing import Numbers
from bot.matching.vectors import BITS

_HALF = 1 << 62  # keeps what is in a lane of 64 bits positive


def along(values: Sequence[int], weights: Sequence[int]) -> int:
    """What a label's weights say of a vector, in the units that it was learnt in."""
    total: int = sum(map(mul, values, weights))
    return total >> 2 * BITS


class Directions:
    """The weights of all labels, one label's behind the other's; none at all: nothing is learnt."""

    def __init__(self, labels: int, weights: Numbers) -> None:
        self.weights = weights
        self._each = len(weights) // labels if labels else 0
        self._layout = struct.Struct(f"<{labels}Q")
        self._zero = self._packed([_HALF] * labels)

    def __bool__(self) -> bool:
        return bool(self._each)

    def weight(self, values: Sequence[int], label: int, unit: int) -> int:
        """What a label says of a vector, in units of so many that it was learnt in."""
        return along(values, self.weights[label * self._each : (label + 1) * self._each]) // unit

    def all_weights(self, values: Sequence[int], unit: int) -> list[int]:
        """The same of all labels."""
        total: int = sum(map(mul, values, self._lanes), self._zero)
        lanes = self._layout.unpack(total.to_bytes(self._layout.size, "little"))
        return [(lane - _HALF >> 2 * BITS) // unit for lane in lanes]

    @cached_property
    def _lanes(self) -> list[int]:
        """For each direction the weights of all labels, those below zero borrowed from the next."""
        columns = (self.weights[at :: self._each] for at in range(self._each))
        return [self._packed([w + _HALF for w in column]) - self._zero for column in columns]

    def _packed(self, values: Sequence[int]) -> int:
        return int.from_bytes(self._layout.pack(*values), "little")
