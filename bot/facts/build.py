"""Nodes become the model's records, by the tables in `fields`; every mistake is collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.facts.draft import Draft, Mention, Placed
from bot.facts.fields import (
    TOP,
    Choice,
    Date,
    Field,
    Id,
    Kind,
    Language,
    LineSpan,
    Many,
    Number,
    Record,
    Ref,
    Shape,
    Text,
    Url,
)
from bot.facts.problems import FileReport, Place, listed, shown
from bot.facts.traps import (
    is_nothing,
    read_date,
    read_id,
    read_language,
    read_number,
    read_text,
    read_url,
)
from bot.facts.yaml_nodes import Entry, Mapping, Node, Scalar, Sequence, is_null, kind_of

SECTIONS = {top.key: top for top in TOP}
SLIP = 0.8  # how alike a wrong word is to what it is a slip of
AS_A_LIST = "write [...], or begin each item with '- '"
BEGINNING = 3  # letters of a word that say as much


@dataclass(slots=True)
class Builder:
    """Reads the entries of one file into the draft."""

    draft: Draft
    report: FileReport
    _keys: dict[str, Scalar] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Takes a top-level key, or an entry of the list under it."""
        key = entry.key
        if not entry.item:
            self._key(key, self._keys, SECTIONS, "the file")
        if (top := SECTIONS.get(key.text)) is None:
            return
        if not isinstance(top.shape, Many):
            if not entry.item:  # that it is a list was reported with its key
                self._take(top, top.shape, entry.node, f"`{key.text}`")
        elif entry.item:
            self._take(top, top.shape.item, entry.node, f"an entry of `{key.text}`")
        elif isinstance(entry.node, Sequence):
            for node in entry.node.items:  # of an alias; else they follow as entries
                self._take(top, top.shape.item, node, f"an entry of `{key.text}`")
        else:
            self._wrong_kind(entry.node, f"`{key.text}`", "a list", "begin each entry with '- '")

    def _take(self, top: Field, shape: Shape, node: Node, name: str) -> None:
        found = self.draft.list_of(top.key)
        if isinstance(shape, Record):
            if (placed := self._record(shape, node, name)) is not None:
                found.append(placed)
        elif isinstance(shape, Many):
            values, places = self._many(shape, node, name)
            found.append(Placed(values, self.report.place(node), {"words": places}))

    def _record(self, shape: Record, node: Node, name: str) -> Placed[Any] | None:
        """The record with what could be read of it; None where it is no mapping at all."""
        if shape.short and isinstance(node, Scalar):
            only = next(f for f in shape.fields if f.key == shape.short)
            value = self._value(only.shape, node, name)
            return Placed(shape.model(**{only.target: value or ""}), self.report.place(node), {})
        if not isinstance(node, Mapping):
            self._wrong_kind(
                node, name, "a mapping", f"give it keys such as `{shape.fields[0].key}`"
            )
            return None
        known = {f.key: f for f in shape.fields}
        values: dict[str, Any] = {}
        places: dict[str, tuple[Place, ...]] = {}
        seen: dict[str, Scalar] = {}
        for key, inner in node.entries:
            name_of_key = self._key(key, seen, known, f"this {shape.name}", value=inner)
            if name_of_key is None:
                continue
            wanted = known[name_of_key]
            if wanted.required and is_null(inner):  # to take it out would be the next mistake
                remedy = AS_A_LIST if isinstance(wanted.shape, Many) else "fill it in"
                self.report.error(inner, f"`{wanted.key}` is empty", remedy)
                continue
            if isinstance(wanted.shape, Many):
                value, places[wanted.target] = self._many(wanted.shape, inner, f"`{wanted.key}`")
            else:
                value = self._value(wanted.shape, inner, f"`{wanted.key}`")
                places[wanted.target] = (self.report.place(inner),)
            if value is not None:
                values[wanted.target] = value
        for wanted in shape.fields:
            if (wanted.required or wanted.later) and wanted.target not in values:
                values[wanted.target] = _placeholder(wanted.shape)
                if wanted.required and wanted.key not in seen:
                    self._missing(wanted, shape, node)
        return Placed(shape.model(**values), self.report.place(node), places)

    def _missing(self, wanted: Field, shape: Record, node: Mapping) -> None:
        known = {f.key for f in shape.fields}
        keys = [key.text for key, _ in node.entries if isinstance(key, Scalar)]
        if any(self.report.nearest(key, known) == wanted.key for key in keys if key not in known):
            return  # it is there, misspelt, and was reported
        self.report.error(node, f"this {shape.name} has no `{wanted.key}`", f"add `{wanted.key}:`")

    def _many(
        self, shape: Many, node: Node, name: str
    ) -> tuple[tuple[Any, ...], tuple[Place, ...]]:
        """The items that could be read, and where each stands."""
        if isinstance(node, Sequence):
            nodes = node.items
        elif shape.bare and isinstance(node, Scalar):
            nodes = [node]
        else:
            self._wrong_kind(node, name, "a list", AS_A_LIST)
            return (), ()
        if len(nodes) < shape.least:
            few = "too short" if nodes else "empty"
            items = "one item" if shape.least == 1 else f"{shape.least} items"
            self.report.error(node, f"{name} is {few}", f"give it {items} at least")
        what = shape.item.name if isinstance(shape.item, Text) else ""
        what = what or f"an item of {name}"
        values: list[Any] = []
        places: list[Place] = []
        for inner in nodes:
            value = self._value(shape.item, inner, what)
            if value is not None:
                values.append(value)
                places.append(self.report.place(inner))
        return tuple(values), tuple(places)

    def _value(self, shape: Shape, node: Node, name: str) -> Any | None:  # noqa: ANN401 - by shape
        match shape:
            case Text():
                return read_text(node, name, self.report)
            case Id(kind=kind):
                return self._declared(kind, read_id(node, name, self.report), node)
            case Ref(kind=kind):
                if (id_ := read_id(node, name, self.report)) is not None:
                    self.draft.mentions.append(Mention(kind, id_, self.report.place(node)))
                return id_
            case Choice(words=words):
                return self._choice(words, node, name)
            case Date(iso=iso):
                return read_date(node, name, self.report, iso=iso)
            case Language():
                return read_language(node, name, self.report)
            case Url():
                return read_url(node, name, self.report)
            case Number():
                return read_number(node, name, self.report)
            case LineSpan():
                return self._span(node, name)
            case Record():
                placed = self._record(shape, node, name)
                return None if placed is None else placed.value
            case Many():
                return self._many(shape, node, name)[0]

    def _declared(self, kind: Kind | None, id_: str | None, node: Node) -> str | None:
        if id_ is None:
            return None
        if id_ in self.draft.ids:
            _, first = self.draft.ids[id_]
            self.report.error(
                node, f"the id `{id_}` stands twice, first at {first}", "rename one of them"
            )
        else:
            self.draft.ids[id_] = (kind, self.report.place(node))
        return id_

    def _choice(self, words: tuple[str, ...], node: Node, name: str) -> str | None:
        if isinstance(node, Scalar) and node.text in words:
            return node.text
        text = node.text if isinstance(node, Scalar) else kind_of(node)
        typed = text.casefold()
        # No more than that: 'rejected' is more like 'expected' than like 'denied'.
        begun = (word for word in words if word[:BEGINNING] == typed[:BEGINNING])
        near = self.report.nearest(typed, words, SLIP) or next(begun, None)
        others = listed(word for word in words if word != near)
        self.report.error(
            node,
            f"{name} is {shown(text)!r}, which is none of its words",
            f"write {near} (or {others})" if near else f"write {others}",
        )
        return None

    def _span(self, node: Node, name: str) -> tuple[int, int] | None:
        numbers = node.items if isinstance(node, Sequence) else []
        if len(numbers) != 2:
            self.report.error(
                node, f"{name} must be a first and a last line", "write it as in [5, 58]"
            )
            return None
        first, last = (read_number(number, f"a line of {name}", self.report) for number in numbers)
        if first is None or last is None:
            return None
        if first > last:
            self.report.error(node, f"{name} ends before it begins", f"write [{last}, {first}]")
            return None
        return first, last

    def _key(
        self,
        key: Node,
        seen: dict[str, Scalar],
        known: dict[str, Field],
        owner: str,
        value: Node | None = None,
    ) -> str | None:
        """The key's name if it is known and new, else None: it was reported."""
        if not isinstance(key, Scalar):
            self.report.error(key, f"{kind_of(key)} cannot be a key", "write a word as the key")
            return None
        name = key.text
        if name not in known:
            self.report.error(key, *self._unknown(name, known, owner, value))
            return None
        first = seen.setdefault(name, key)
        if first is key or (first.line, first.column) == (key.line, key.column):
            return name  # the same again: a section is begun anew after a slip in it
        self.report.error(
            key,
            f"the key `{name}` stands twice in {owner}, first at {self.report.place(first)}",
            "join the two",
        )
        return name

    def _unknown(
        self, name: str, known: dict[str, Field], owner: str, value: Node | None
    ) -> tuple[str, str]:
        """Message and remedy for an unknown key."""
        told = f"`{shown(name)}` is no key of {owner}"
        if special := next((char for char in name if char.isspace() and char != " "), None):
            return f"{told}: it holds a special space (U+{ord(special):04X})", "use plain spaces"
        if name == "<<":
            return f"the merge key << is no key of {owner}", "write the keys out"
        if near := self.report.nearest(name, known):
            return told, f"did you mean `{near}`?"
        if isinstance(value, Scalar) and is_null(value):
            return told, "if it is part of a text, put that in quotation marks: a comma divides it"
        if homes := [record for record, keys in _homes().items() if name in keys]:
            return told, f"it belongs to {listed(homes)}: check the indentation"
        return told, f"it may have {listed(f'`{key}`' for key in known)}"

    def _wrong_kind(self, node: Node, name: str, wanted: str, remedy: str) -> None:
        if is_null(node):
            self.report.error(node, f"{name} is empty", f"{remedy}, or take it out")
        elif is_nothing(node):
            self.report.error(node, f"YAML reads {shown(node.text)} as nothing", remedy)
        else:
            self.report.error(node, f"{name} must be {wanted}, not {kind_of(node)}", remedy)


def _homes() -> dict[str, frozenset[str]]:
    """The keys of each section, for keys that stand in the wrong one."""
    homes = {"the top level": frozenset(SECTIONS)}
    for top in TOP:
        shape = top.shape.item if isinstance(top.shape, Many) else top.shape
        if isinstance(shape, Record):
            homes[f"`{top.key}`"] = frozenset(f.key for f in shape.fields)
    return homes


def _placeholder(shape: Shape) -> Any:  # noqa: ANN401 - by shape
    """Stands in for a required value that could not be read, so that the rest can be checked."""
    match shape:
        case Many():
            return ()
        case Choice(words=words):
            return words[0]
        case _:
            return ""
