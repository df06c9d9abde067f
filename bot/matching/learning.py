"""What is learnt of a base before the first question: its index, its linear head, its calibration.

It depends on nothing but the base and the language, so it can be kept and read back; `from_bytes`
takes only what `to_bytes` of the same version wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.facts.model import Base
from bot.matching.confidence import Calibration
from bot.matching.index import Index, Item, Postings
from bot.matching.lexicon import Lexicon
from bot.matching.linear import MOST_LANES, LinearModel
from bot.matching.marks import Marks
from bot.matching.packing import Buffer, Numbers, compact, pack, unpack
from bot.matching.roles import Cast, Side
from bot.matching.verbatim import Verbatim

_SIZE = 8  # bytes that tell the length of the index before it


@dataclass(frozen=True, slots=True)
class Learnt:
    """An index and a head of the same base, how sure its candidates are, its own questions."""

    index: Index
    head: LinearModel
    calibration: Calibration
    verbatim: Verbatim

    def to_bytes(self) -> bytes:
        """The same on every platform for the same base."""
        index = self.index
        described = [
            _index_out(index),
            [list(self.calibration.factors), dict(self.calibration.trust)],
        ]
        own = self.verbatim
        first = pack(described, [own.marks.marks, own.items, own.lines, *_arrays(index)])
        return len(first).to_bytes(_SIZE, "big") + first + self.head.to_bytes()

    @classmethod
    def from_bytes(cls, data: Buffer) -> Learnt:
        """Looks things up in `data` itself, which may be a file mapped into memory.

        Raises ValueError where the bytes are not what this version wrote.
        """
        end = _SIZE + int.from_bytes(data[:_SIZE], "big")
        (described, (factors, trust)), arrays = unpack(data[_SIZE:end])
        try:
            marks, items, lines, *others = arrays
            index = _index_in(described, others)
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise ValueError("not an index of this version") from error
        head = LinearModel.from_bytes(data[end:])
        calibration = Calibration(tuple(factors), trust)
        return cls(index, head, calibration, Verbatim(Marks(marks), items, lines))


def learn(base: Base, lexicon: Lexicon) -> Learnt:
    """Reads and learns a base; takes from milliseconds to seconds, by its size."""
    # Who looks up what was learnt before needs none of these.
    from bot.matching.calibrating import calibrate  # noqa: PLC0415
    from bot.matching.drafts import read_base  # noqa: PLC0415
    from bot.matching.index import build_index  # noqa: PLC0415
    from bot.matching.teaching import has_few, learn_head  # noqa: PLC0415

    drafts = read_base(base, lexicon)
    likeness = lexicon.likeness if has_few(drafts) else None
    if likeness and len(drafts.items) > MOST_LANES:  # their directions are not looked at
        likeness = likeness._replace(vector=lambda _: None)
    return Learnt(
        build_index(drafts, lexicon.stem),
        learn_head(drafts, likeness),
        calibrate(drafts, lexicon, likeness),
        Verbatim.of([*(f.questions for f in base.facts), *(u.questions for u in base.unanswered)]),
    )


def _arrays(index: Index) -> list[Numbers]:
    return [
        index.weights,
        index.phrases,
        index.phrase_weights,
        index.lines,
        index.wordings,
        index.postings.starts,
        index.postings.items,
        index.postings.runs,
        index.postings.places,
    ]


def _index_out(index: Index) -> dict[str, Any]:
    """What of the index is no array, as JSON can hold it."""
    return {
        "terms": list(index.terms),
        "items": [
            [
                item.id,
                item.is_fact,
                sorted(item.names),
                sorted(item.told_names),
                sorted(item.figures),
                list(item.asked),
                list(item.named),
                dict(item.asking),
                dict(item.negated),
                _sides_out(item.cast.doers),
                _sides_out(item.cast.done_to),
                sorted(item.precedes),
                list(item.owned),
                list(item.counted),
                item.measures_alone,
                item.of_now,
                list(item.parties),
                item.for_me,
            ]
            for item in index.items
        ],
        "words": list(index.words),
        "stems": list(index.words.values()),
        "verbs": sorted(index.verbs),
        "background": sorted(index.background),
        "family": [[item, sorted(others)] for item, others in sorted(index.family.items())],
        "covers": [[item, sorted(parts)] for item, parts in sorted(index.covers.items())],
        "dated": index.dated,
    }


def _index_in(data: Mapping[str, Any], arrays: Iterable[Numbers]) -> Index:
    weights, phrases, phrase_weights, lines, wordings, starts, items, runs, places = arrays
    texts: dict[str, str] = {term: term for term in data["terms"]}
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    few: dict[tuple[str, ...], tuple[str, ...]] = {}
    both: dict[tuple[frozenset[str], frozenset[str]], Side] = {}
    shares: dict[tuple[tuple[str, float], ...], Mapping[str, float]] = {}

    def shared(found: Iterable[str]) -> frozenset[str]:
        """The same strings as the terms themselves, and the same set for the same terms."""
        key = tuple(found)
        known = sets.get(key)
        if known is None:
            known = sets[key] = compact(texts.setdefault(term, term) for term in key)
        return known

    def shared_few(found: Iterable[str]) -> tuple[str, ...]:
        """The same, of so few that a set would be a waste of memory."""
        key = tuple(texts.setdefault(text, text) for text in found)
        return few.setdefault(key, key)

    def shared_shares(found: Mapping[str, float]) -> Mapping[str, float]:
        return shares.setdefault(tuple(found.items()), found)

    def side(ever: Iterable[str], clearly: Iterable[str]) -> Side:
        """The same for those on it: most verbs have few names beside them."""
        one = Side(shared(ever), shared(clearly))
        return both.setdefault((one.ever, one.clearly), one)

    def sides(found: Mapping[str, Any]) -> dict[str, Side]:
        return {texts.setdefault(verb, verb): side(*names) for verb, names in found.items()}

    return Index(
        items=tuple(
            Item(
                id=item_id,
                is_fact=is_fact,
                names=shared(names),
                told_names=shared(told_names),
                figures=shared(figures),
                asked=shared_few(asked),
                named=shared_few(named),
                asking=shared_shares(asking),
                negated=shared_shares(negated),
                cast=Cast(sides(doers), sides(done_to)),
                precedes=compact((texts[a], texts[b]) for a, b in precedes),
                owned=shared_few(owned),
                counted=shared_few(counted),
                measures_alone=measures_alone,
                of_now=of_now,
                parties=shared_few(parties),
                for_me=for_me,
            )
            for (
                item_id,
                is_fact,
                names,
                told_names,
                figures,
                asked,
                named,
                asking,
                negated,
                doers,
                done_to,
                precedes,
                owned,
                counted,
                measures_alone,
                of_now,
                parties,
                for_me,
            ) in data["items"]
        ),
        terms={term: number for number, term in enumerate(data["terms"])},
        weights=weights,
        phrases=phrases,
        phrase_weights=phrase_weights,
        lines=lines,
        wordings=wordings,
        postings=Postings(starts, items, runs, places),
        words={
            texts.setdefault(word, word): texts.setdefault(stem, stem)
            for word, stem in zip(data["words"], data["stems"], strict=True)
        },
        verbs=shared(data["verbs"]),
        background=shared(data["background"]),
        family={item: frozenset(others) for item, others in data["family"]},
        covers={item: frozenset(parts) for item, parts in data["covers"]},
        dated=data["dated"],
    )


def _sides_out(sides: Mapping[str, Side]) -> dict[str, list[list[str]]]:
    return {verb: [sorted(side.ever), sorted(side.clearly)] for verb, side in sorted(sides.items())}
