"""The engine in use, for all who ask it."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.answerer import Answerer


class Current:
    """One reference, swapped whole: each question is answered by one engine from end to end."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self._listeners: list[Callable[[], None]] = []

    def swap(self, answerer: Answerer) -> Answerer:
        """Use another engine from now on, and tell the listeners; the one before."""
        before, self.answerer = self.answerer, answerer
        for listener in tuple(self._listeners):
            listener()
        return before

    def listen(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` after each swap; what it gives back ends that."""
        self._listeners.append(changed)
        return lambda: self._listeners.remove(changed)
