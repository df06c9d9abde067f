"""What the people of soak.py ask: the base's own words, typos, follow-ups, small talk, nonsense."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.facts.model import Base, Fact, Unanswered

FOLLOW_UPS = (
    *("why?", "who said that?", "when was that?", "where?", "how many?", "is that true?"),
    *("and Russia?", "and the Taliban?", "what about the US?", "tell me more", "and then?"),
    *("what did he say?", "and she?", "so who is it", "what do they want?", "are you sure?"),
)
SMALL_TALK = (
    *("hi", "hello there", "thanks!", "thx", "ok", "lol", "who are you?", "what can you do"),
    *("are you a bot", "good morning", "help", "bye", "wow ok", "nvm", "how are you?", "👍"),
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Questions:
    """What may be asked, by kind."""

    by_kind: dict[str, tuple[str, ...]]

    def draw(self, chance: random.Random) -> tuple[str, str]:
        """A kind, each as often as the others, and one of its questions."""
        kind = chance.choice(list(self.by_kind))
        if kind == "nonsense" and chance.random() < 0.5:
            return kind, _gibberish(chance)
        text = chance.choice(self.by_kind[kind])
        return kind, mistyped(text, chance) if kind == "typos" else text


def questions_of(base: Base) -> Questions:
    entries: list[Fact | Unanswered] = [*base.facts, *base.unanswered]
    tests = tuple(test for entry in entries for test in entry.tests)
    return Questions(
        {
            "word for word": tuple(text for entry in entries for text in entry.questions),
            "in other words": tests,
            "typos": tests,
            "follow-ups": FOLLOW_UPS,
            "small talk": SMALL_TALK,
            "nonsense": tuple(base.outside),
        }
    )


def mistyped(text: str, chance: random.Random) -> str:
    """The text with one to three slips of a hand: letters that change places, are lost or twice."""
    letters = list(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(letters) - 1)
        slip = chance.randrange(3)
        if slip == 0:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif slip == 1 and len(letters) > 2:
            del letters[at]
        else:
            letters.insert(at, letters[at])
    return "".join(letters)


def _gibberish(chance: random.Random) -> str:
    words = ("".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(4))
    return " ".join(words)
