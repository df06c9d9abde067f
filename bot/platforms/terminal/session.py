"""One person's conversation in the terminal: what was said, and which numbers are on offer."""

from __future__ import annotations

from bot.dialogue.answerer import Answerer
from bot.dialogue.compose import examples_of
from bot.dialogue.conversation import NOTHING_SAID
from bot.dialogue.reply import Reply, Suggestion

LEAVING = frozenset({"quit", "exit", "/quit", "/exit", ":q"})


class Session:
    """Takes lines, gives replies. A number picks one of the suggestions of the last reply, or, at
    first, one of the examples."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self._said = NOTHING_SAID
        examples = examples_of(answerer.base)
        self._offered = tuple(Suggestion("", example) for example in examples)

    def respond(self, line: str) -> Reply:
        """The reply to what was typed."""
        picked = self._picked(line)
        shown = self.answerer.show(picked.fact) if picked else None
        question = picked.question if picked else line
        reply, self._said = shown or self.answerer.reply(question, self._said)
        if picked or not _number(line).isdecimal():  # one that was not on offer loses none
            self._offered = reply.suggestions
        return reply

    def _picked(self, line: str) -> Suggestion | None:
        numbers = {str(number): one for number, one in enumerate(self._offered, start=1)}
        return numbers.get(_number(line))


def _number(line: str) -> str:
    return line.strip().rstrip(".)")


def leaves(line: str) -> bool:
    """Whether the line is a wish to leave."""
    return line.strip().lower() in LEAVING
