"""What another base would change, in answers: facts, replies to known questions, and quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from bot.curation.gate import Answered
from bot.facts.model import Base, Fact, Unanswered

Entry = Fact | Unanswered


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that both have; `parts` are the names of its fields that differ."""

    id: str
    before: str
    after: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A question that would be answered otherwise."""

    question: str
    before: Answered
    after: Answered


@dataclass(frozen=True, slots=True)
class Unverified:
    """A quote that does not count as verified, and was not so before."""

    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """From one base to another. Entries are facts, and what the source does not say."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    others: tuple[str, ...]  # the names of what else differs: event, sources, people, synonyms
    tests: tuple[Otherwise, ...]
    gaps: tuple[Otherwise, ...]
    unverified: tuple[Unverified, ...]

    @property
    def is_nothing(self) -> bool:
        return not any(getattr(self, field.name) for field in fields(self))


def changes(
    before: Base,
    after: Base,
    answers: tuple[Mapping[str, Answered], Mapping[str, Answered]],
    gaps: Iterable[str],
) -> Changes:
    """What changes from `before` to `after`.

    `answers` are those of both to the same questions; of these, `gaps` are what people asked.
    """
    old, new = _entries(before), _entries(after)
    asked_in_vain = frozenset(gaps)
    known_unverified = _unverified(before)
    otherwise = [
        Otherwise(question, given, answers[1][question])
        for question, given in answers[0].items()
        if question in answers[1] and given != answers[1][question]
    ]
    return Changes(
        added=tuple(entry for id_, entry in new.items() if id_ not in old),
        removed=tuple(entry for id_, entry in old.items() if id_ not in new),
        changed=tuple(
            _changed(old[id_], entry)
            for id_, entry in new.items()
            if id_ in old and _without_marks(old[id_]) != _without_marks(entry)
        ),
        others=tuple(
            name
            for name in ("event", "sources", "people", "synonyms", "outside")
            if getattr(before, name) != getattr(after, name)
        ),
        tests=tuple(one for one in otherwise if one.question not in asked_in_vain),
        gaps=tuple(one for one in otherwise if one.question in asked_in_vain),
        unverified=tuple(quote for quote in _unverified(after) if quote not in known_unverified),
    )


def _entries(base: Base) -> dict[str, Entry]:
    """The entries by id; an id can be a fact in one base and unanswered in the other."""
    found: dict[str, Entry] = dict(base.fact_by_id)
    found.update(base.unanswered_by_id)
    return found


def _changed(before: Entry, after: Entry) -> Changed:
    if type(before) is not type(after):
        return Changed(after.id, told(before), told(after), ("answer",))
    first, second = _without_marks(before), _without_marks(after)
    names = tuple(name for name, value in second.items() if first[name] != value)
    return Changed(after.id, told(before), told(after), names)


def _without_marks(entry: Entry) -> dict[str, object]:
    """The fields of an entry as somebody wrote them: whether a quote is verified is not."""
    values: dict[str, object] = {field.name: getattr(entry, field.name) for field in fields(entry)}
    if isinstance(entry, Fact):
        values["quotes"] = tuple((q.text, q.source, q.speaker) for q in entry.quotes)
    else:
        values["unanswered"] = True
    return values


def told(entry: Entry) -> str:
    """An entry in one text: what it answers; or, where nothing is said of it, what is asked."""
    return entry.answer or entry.questions[0]


def _unverified(base: Base) -> dict[Unverified, None]:
    found = (
        Unverified(fact.id, quote.text)
        for fact in base.facts
        for quote in fact.quotes
        if not quote.verified
    )
    return dict.fromkeys(found)
