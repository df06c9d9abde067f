"""What is learnt of a base before the first question: its index and its linear head.

It depends on nothing but the base and the language, so it can be kept and read back; `from_bytes`
takes only what `to_bytes` of the same version wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.facts.model import Base
from bot.matching.drafts import read_base
from bot.matching.head import learn_head
from bot.matching.index import Index, Item, Phrase, build_index
from bot.matching.lexicon import Lexicon
from bot.matching.linear import LinearModel
from bot.matching.roles import Cast, Side

_HEAD_SIZE = 8  # bytes that tell the length of the index before it


@dataclass(frozen=True, slots=True)
class Learnt:
    """An index and a head of the same base."""

    index: Index
    head: LinearModel

    def to_bytes(self) -> bytes:
        """The same on every platform for the same base."""
        index = json.dumps(_index_out(self.index), separators=(",", ":")).encode()
        return len(index).to_bytes(_HEAD_SIZE, "big") + index + self.head.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Learnt:
        """Raises ValueError where the bytes are not what this version wrote."""
        size = int.from_bytes(data[:_HEAD_SIZE], "big")
        try:
            index = _index_in(json.loads(data[_HEAD_SIZE : _HEAD_SIZE + size]))
        except (KeyError, TypeError, IndexError, AttributeError, UnicodeDecodeError) as error:
            raise ValueError("not an index of this version") from error
        return cls(index, LinearModel.from_bytes(data[_HEAD_SIZE + size :]))


def learn(base: Base, lexicon: Lexicon) -> Learnt:
    """Reads and learns a base; takes from milliseconds to seconds, by its size."""
    drafts = read_base(base, lexicon)
    return Learnt(build_index(base, drafts, lexicon.stem), learn_head(drafts))


def _index_out(index: Index) -> dict[str, Any]:
    """The index as JSON can hold it: each term once, and by its number everywhere else."""
    terms = sorted(index.weights)
    number = {term: at for at, term in enumerate(terms)}

    def numbers(found: Iterable[str]) -> list[int]:
        return sorted(number[term] for term in found if term in number)

    return {
        "terms": terms,
        "weights": [index.weights[term] for term in terms],
        "items": [
            [
                item.id,
                item.is_fact,
                list(item.phrases),
                numbers(item.vocabulary),
                sorted(item.names),
                sorted(item.told_names),
                sorted(item.figures),
                sorted(item.asked),
                dict(item.negated),
                _sides_out(item.cast.doers),
                _sides_out(item.cast.done_to),
                sorted(item.precedes),
            ]
            for item in index.items
        ],
        "phrases": [[p.item, p.text, numbers(p.terms), p.weight] for p in index.phrases],
        "postings": [list(index.postings.get(term, ())) for term in terms],
        "words": sorted(index.words),
        "stems": sorted(index.stems),
        "verbs": sorted(index.verbs),
        "background": sorted(index.background),
        "family": [[item, sorted(others)] for item, others in sorted(index.family.items())],
        "covers": [[item, sorted(parts)] for item, parts in sorted(index.covers.items())],
    }


def _index_in(data: Mapping[str, Any]) -> Index:
    terms: list[str] = data["terms"]

    def named(numbers: Iterable[int]) -> frozenset[str]:
        return frozenset(terms[number] for number in numbers)

    return Index(
        items=tuple(
            Item(
                id=item_id,
                is_fact=is_fact,
                phrases=tuple(phrases),
                vocabulary=named(vocabulary),
                names=frozenset(names),
                told_names=frozenset(told_names),
                figures=frozenset(figures),
                asked=frozenset(asked),
                negated=negated,
                cast=Cast(_sides_in(doers), _sides_in(done_to)),
                precedes=frozenset((first, second) for first, second in precedes),
            )
            for (
                item_id,
                is_fact,
                phrases,
                vocabulary,
                names,
                told_names,
                figures,
                asked,
                negated,
                doers,
                done_to,
                precedes,
            ) in data["items"]
        ),
        phrases=tuple(
            Phrase(item, text, named(found), weight)
            for item, text, found, weight in data["phrases"]
        ),
        postings={
            term: tuple(found) for term, found in zip(terms, data["postings"], strict=True) if found
        },
        weights=dict(zip(terms, data["weights"], strict=True)),
        words=frozenset(data["words"]),
        stems=frozenset(data["stems"]),
        verbs=frozenset(data["verbs"]),
        background=frozenset(data["background"]),
        family={item: frozenset(others) for item, others in data["family"]},
        covers={item: frozenset(parts) for item, parts in data["covers"]},
    )


def _sides_out(sides: Mapping[str, Side]) -> dict[str, list[list[str]]]:
    return {verb: [sorted(side.ever), sorted(side.clearly)] for verb, side in sorted(sides.items())}


def _sides_in(sides: Mapping[str, Any]) -> dict[str, Side]:
    return {
        verb: Side(frozenset(ever), frozenset(clearly)) for verb, (ever, clearly) in sides.items()
    }
