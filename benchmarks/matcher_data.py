"""What the matchers are measured on: public sets, bases of events, and sets of any size."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from bot.facts.model import Base

UNANSWERED = "~"  # begins the label of what the base itself says it does not answer
PLACEHOLDER = "This is a placeholder."

COMMON_WORDS = 150  # the most frequent ones stay as they are in what is generated
HEAPS = 16.0  # distinct words for each square root of a word written, as CLINC150 has them
WORDS_EACH = 8.5  # of a phrasing there
EXCHANGED, SLIPPED = 0.7, 0.1  # shares of content words: of a fact's, and now and then
SYLLABLES = tuple(c + v for c in "bdfgklmnprstvz" for v in "aeiou")

# A question gets one of these around it; the seed says which.
MARKS = re.compile(r"[?!;:…\"().,]")
FILLED = ("hey um {}", "so like {} please", "ok so basically {}", "hi can you tell me {} thanks")
DRAWS = 3  # of what is drawn by chance, for each question: one draw is lucky or not
ASKING = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|which|how)(?:'s)?\b\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and which facts answer it: none, and it must not be answered."""

    text: str
    right: frozenset[str]
    split: str = "test"  # `val` is what a threshold may be chosen on


@dataclass(frozen=True, slots=True)
class Task:
    """Phrasings, each with the label of its fact, and what is asked."""

    name: str
    phrasings: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]


def read_clinc(path: Path, name: str) -> Task:
    """CLINC150 as its authors publish it: an intent is a fact. Raises OSError, ValueError."""
    data: dict[str, list[tuple[str, str]]] = json.loads(path.read_text("utf-8"))
    splits = {"val": "val", "oos_val": "val", "test": "test", "oos_test": "test"}
    asked = tuple(
        Asked(text, frozenset() if key.startswith("oos") else frozenset({_id(label)}), split)
        for key, split in splits.items()
        for text, label in data[key]
    )
    phrasings = ((text, _id(label)) for text, label in data["train"])
    return Task(name, tuple(distinct(phrasings)), asked)


def event_task(base: Base, name: str) -> Task:
    """A base's own questions, and its tests as what is asked."""
    covering: defaultdict[str, set[str]] = defaultdict(set)
    for fact in base.facts:
        for part in fact.covers:
            covering[part].add(fact.id)
    phrasings = [(text, fact.id) for fact in base.facts for text in fact.questions]
    phrasings += [(text, UNANSWERED + e.id) for e in base.unanswered for text in e.questions]
    asked = [
        Asked(text, frozenset({fact.id} | covering[fact.id]))
        for fact in base.facts
        for text in fact.tests
    ]
    silent = [*(text for entry in base.unanswered for text in entry.tests), *base.outside]
    asked += [Asked(text, frozenset()) for text in silent]
    return Task(name, tuple(phrasings), tuple(asked))


def write_base(task: Task, folder: Path) -> None:
    """Writes a task's phrasings as a fact base of one file; a JSON string is YAML too."""
    questions: defaultdict[str, list[str]] = defaultdict(list)
    for text, label in task.phrasings:
        questions[label].append(text)
    lines = [
        f"event:\n  id: {task.name}\n  title: A public set\n  summary: A public set.",
        '  language: en\n  as_of: "2019"',
        "sources:\n  - id: set\n    publisher: A public set\n    title: A public set\nfacts:",
    ]
    for label, texts in questions.items():
        lines += [
            f"  - id: {json.dumps(label)}\n    answer: {PLACEHOLDER}\n    questions:",
            *(f"      - {json.dumps(text)}" for text in texts),
        ]
    (folder / "base.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def distinct(phrasings: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Without those that differ in case and marks alone from an earlier one: a base has none."""
    seen: set[str] = set()
    for text, label in phrasings:
        key = " ".join(MARKS.sub("", text.casefold().replace("\u2019", "'")).split())
        if key and key not in seen:
            seen.add(key)
            yield text, label


def _with_typo(text: str, chance: random.Random) -> str:
    """One letter inside one of the longer words doubled, lost, swapped or wrong."""
    words = text.split()
    places = [at for at, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not places:
        return text
    place = chance.choice(places)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    words[place] = chance.choice(
        (
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
        )
    )
    return " ".join(words)


def _shuffled(text: str, chance: random.Random) -> str:
    words = text.rstrip("?!. ").split()
    chance.shuffle(words)
    return " ".join(words)


def _filled(text: str, chance: random.Random) -> str:
    return chance.choice(FILLED).format(text.rstrip("?!. "))


Change: TypeAlias = Callable[[str, random.Random], str]

# Ways to ask the same thing less well: how, and how often it is drawn for each question.
PERTURBATIONS: Mapping[str, tuple[Change, int]] = MappingProxyType(
    {
        "a typo": (_with_typo, DRAWS),
        "no question word": (lambda text, _: ASKING.sub("", text, count=1) or text, 1),
        "lower case": (lambda text, _: re.sub(r"[?!.,]", "", text.lower()), 1),
        "filler words": (_filled, DRAWS),
        "shuffled order": (_shuffled, DRAWS),
    }
)


def perturbed(task: Task, name: str, seed: int) -> Task:
    """The task asked less well. What is drawn for a question hangs on its own text alone, so that
    one question more in a base leaves all others as they were."""
    change, draws = PERTURBATIONS[name]
    asked = []
    for one in task.asked:
        for draw in range(draws):
            chance = random.Random(f"{seed} {draw} {one.text}")  # noqa: S311 - no secret
            asked.append(Asked(change(one.text, chance), one.right, one.split))
    return Task(f"{task.name}, {name}", task.phrasings, tuple(asked))


def generated(source: Task, phrasings: int, each: int, ask: int, seed: int) -> Task:
    """A set of `phrasings`, `each` to a fact, and `ask` questions that it holds the facts for.

    Made from `source`: the sentences are its sentences, the frequent words its words; a fact's own
    words are drawn from a vocabulary that grows with the set (Heaps) by how frequent words of
    their rank are (Zipf).
    """
    chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    by_label: defaultdict[str, list[list[str]]] = defaultdict(list)
    for text, label in source.phrasings:
        by_label[label].append(text.split())
    frequent = [
        word
        for word, _ in Counter(w for ts in by_label.values() for t in ts for w in t).most_common()
    ]
    words = Vocabulary(frequent, round(HEAPS * (WORDS_EACH * phrasings) ** 0.5), chance)
    facts = -(-phrasings // each)
    labels = sorted(by_label)
    made: list[tuple[str, str]] = []
    asked: list[Asked] = []
    seen: set[str] = set()
    for number in range(facts):
        label = f"fact-{number}"
        own: dict[str, str] = {}
        sentences = by_label[labels[number % len(labels)]]
        wanted, tries = min(each, phrasings - number * each), 0
        texts: list[str] = []
        while len(texts) <= wanted and tries < 50 * each:
            tries += 1
            text = " ".join(words.exchanged(word, own) for word in chance.choice(sentences))
            if text not in seen:
                seen.add(text)
                texts.append(text)
        made += [(text, label) for text in texts[:wanted]]
        asked += [Asked(text, frozenset({label})) for text in texts[wanted:]]
    return Task(
        f"generated-{phrasings}", tuple(made), tuple(chance.sample(asked, min(ask, len(asked))))
    )


class Vocabulary:
    """Words by rank: a set's own, and after these as many made-up ones as are wanted."""

    def __init__(self, frequent: Sequence[str], size: int, chance: random.Random) -> None:
        self._common = frozenset(frequent[:COMMON_WORDS])
        rarer = list(frequent[COMMON_WORDS:size])
        known = set(frequent)
        while len(rarer) < size - COMMON_WORDS:
            word = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
            if word not in known:
                known.add(word)
                rarer.append(word)
        self._rarer = rarer
        ranks = range(COMMON_WORDS + 1, COMMON_WORDS + 1 + len(rarer))
        self._shares = list(accumulate(1 / rank for rank in ranks))
        self._chance = chance

    def exchanged(self, word: str, own: dict[str, str]) -> str:
        """A content word, or what stands for it in the fact that `own` belongs to."""
        if word in self._common:
            return word
        if self._chance.random() < SLIPPED:
            return self._drawn()
        if word not in own:
            own[word] = self._drawn() if self._chance.random() < EXCHANGED else word
        return own[word]

    def _drawn(self) -> str:
        [word] = self._chance.choices(self._rarer, cum_weights=self._shares)
        return word


def _id(label: str) -> str:
    return label.replace("_", "-")
