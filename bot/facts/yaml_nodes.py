"""YAML as nodes with positions, read entry by entry from the parser's events.

PyYAML's own node trees hold two marks a node, some 500 bytes; these hold a line and a column, and
the entries of a list at the top level are handed out one at a time, so that a base of 100,000
questions never stands in memory twice. Values stay the text that was typed: nothing here turns
`no` into a truth value or 12:30 into 750.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import yaml

from bot.facts.limits import Limits
from bot.facts.problems import FileReport, shown

BLANKS = (" ", "\t")
COMMENT = re.compile(r"([ \t]+)#(?=(\S?))")
LIST_ITEM = re.compile(r"\n *- ")

Trap = Literal["", "comment", "list item"]


class EventSource(Protocol):
    """What is used of PyYAML's loaders, the C one and the Python one alike."""

    def get_event(self) -> Any:  # noqa: ANN401 - the stubs doubt that events have marks
        ...


Parser = Callable[[str], EventSource]


def fastest_parser() -> Parser:
    """libyaml's parser where PyYAML was built with it, else the one in Python."""
    fast: Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return fast


@dataclass(slots=True)
class Scalar:
    """A piece of text. `style` is '' (plain), ', ", | or >.

    `trap`: YAML left something out after it (`comment`: ' #1' is no part of the text), or made
    one text of what was meant as several (`list item`).
    """

    text: str
    line: int
    column: int
    style: str
    trap: Trap = ""


@dataclass(slots=True)
class Sequence:
    line: int
    column: int
    items: list[Node] = field(default_factory=list)
    flow: bool = False


@dataclass(slots=True)
class Mapping:
    line: int
    column: int
    entries: list[tuple[Node, Node]] = field(default_factory=list)
    flow: bool = False


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """A top-level key with its value, or (`item`) with one entry of the list that is its value."""

    key: Scalar
    node: Node
    item: bool = False


class Unreadable(Exception):
    """The parser cannot go on from here; `at` is a line and column from 1."""

    def __init__(self, at: tuple[int, int], message: str, remedy: str) -> None:
        super().__init__(message)
        self.at, self.message, self.remedy = at, message, remedy


@dataclass(slots=True)
class Reading:
    """What is counted and remembered over the texts of one file; `nodes` over all files."""

    limits: Limits
    nodes: int = 0
    aliased: int = 0
    anchors: dict[str, Node] = field(default_factory=dict)

    @property
    def exhausted(self) -> bool:
        """Whether there were too many nodes for anything more to be read."""
        return self.nodes > self.limits.nodes

    def next_file(self) -> None:
        self.aliased = 0
        self.anchors = {}


class Composer:
    """Turns one YAML text into entries. `last` is the text read last and where it ended."""

    def __init__(self, text: str, report: FileReport, state: Reading, parser: Parser) -> None:
        self._text, self._report, self._state = text, report, state
        self._limits = state.limits
        self._next = parser(text).get_event
        self.last: tuple[Scalar, int] | None = None  # the line of its end counts from 1

    def entries(self) -> Iterator[Entry]:
        """Raises Unreadable, or yaml.YAMLError where the text is no YAML."""
        self._next()  # the stream's start
        if isinstance(self._next(), yaml.StreamEndEvent):
            return
        event = self._next()
        if isinstance(event, yaml.MappingStartEvent):
            yield from self._top_level()
        else:
            self._wrong_top(self._node(event, 1))
        self._next()  # the document's end
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            raise Unreadable(
                _start(event),
                "a second document begins here",
                "take the line '---' out: a file holds one",
            )

    def _wrong_top(self, node: Node) -> None:
        if is_null(node):
            return  # an empty file, or one of comments only
        self._report.error(
            node,
            f"the file holds {kind_of(node)} and no keys",
            "put it under a key such as 'facts:'",
        )

    def _top_level(self) -> Iterator[Entry]:
        """An entry is handed out once what follows it could be read: else it may be cut short."""
        event = self._next()
        while not isinstance(event, yaml.MappingEndEvent):
            key = self._node(event, 1)
            if not isinstance(key, Scalar):
                raise Unreadable(
                    (key.line, key.column),
                    f"{kind_of(key)} cannot be a key",
                    "write a word as the key",
                )
            value = self._next()
            if not isinstance(value, yaml.SequenceStartEvent) or value.anchor or value.tag:
                node = self._node(value, 1)
                event = self._next()
                yield Entry(key, node)
                continue
            yield Entry(key, Sequence(*_start(value), flow=bool(value.flow_style)))
            event = self._next()
            while not isinstance(event, yaml.SequenceEndEvent):
                node = self._node(event, 2)
                event = self._next()
                yield Entry(key, node, item=True)
            event = self._next()

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401 - as above
        kind = type(event)
        state = self._state
        state.nodes += 1
        if state.nodes > self._limits.nodes:
            raise Unreadable(
                _start(event),
                f"the base holds more than {self._limits.nodes} values",
                "divide it into several bases",
            )
        if kind is yaml.ScalarEvent:
            node: Node = self._scalar(event)
        elif kind is yaml.AliasEvent:
            return self._alias(event)
        else:  # no other event begins a node
            node = self._collection(event, depth)
        if event.tag is not None and event.tag != "!":
            raise Unreadable(
                _start(event),
                f"the tag {shown(event.tag.replace('tag:yaml.org,2002:', '!!'))} is not understood",
                "take it out, or put text that begins with ! in quotation marks",
            )
        if event.anchor:
            if len(self._state.anchors) >= self._limits.anchors:
                raise Unreadable(_start(event), "there are too many anchors", "write values out")
            self._state.anchors[event.anchor] = node
        return node

    def _scalar(self, event: Any) -> Scalar:  # noqa: ANN401 - as above
        begin, end = event.start_mark, event.end_mark
        style = event.style or ""
        if style == "\N{NULL}":
            style = ""
        line = begin.line + 1
        scalar = Scalar(event.value, line, begin.column + 1, style)
        if not style:
            several = end.line + 1 > line
            if several or self._text[end.index : end.index + 1] in BLANKS:
                scalar.trap = self._trap(begin.index, end.index, several)
        self.last = (scalar, end.line + 1)
        return scalar

    def _trap(self, begin: int, end: int, several_lines: bool) -> Trap:
        comment = COMMENT.match(self._text, end)
        if comment and (len(comment[1]) == 1 or comment[2]):
            return "comment"
        if several_lines and LIST_ITEM.search(self._text, begin, end):
            return "list item"
        return ""

    def _collection(self, event: Any, depth: int) -> Node:  # noqa: ANN401 - as above
        if depth > self._limits.nesting:
            raise Unreadable(
                _start(event),
                f"nested deeper than {self._limits.nesting} levels",
                "write it flatter",
            )
        line, column = _start(event)
        flow = bool(event.flow_style)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(inner := self._next(), yaml.SequenceEndEvent):
                items.append(self._node(inner, depth + 1))
            return Sequence(line, column, items, flow)
        entries: list[tuple[Node, Node]] = []
        while not isinstance(inner := self._next(), yaml.MappingEndEvent):
            key = self._node(inner, depth + 1)
            entries.append((key, self._node(self._next(), depth + 1)))
        return Mapping(line, column, entries, flow)

    def _alias(self, event: yaml.AliasEvent) -> Node:
        most = self._limits.aliased_nodes
        node = self._state.anchors.get(event.anchor or "")
        name = shown(event.anchor or "")
        if node is None:
            raise Unreadable(
                _start(event),
                f"no anchor &{name} stands before the alias *{name}",
                "put text that begins with * in quotation marks",
            )
        self._state.aliased += _size(node, most)
        if self._state.aliased > most:
            raise Unreadable(
                _start(event),
                f"aliases multiply to more than {most} values",
                "write out what they stand for",
            )
        return node


def is_null(node: Node) -> bool:
    """Whether nothing was written where a value is wanted."""
    return isinstance(node, Scalar) and not node.style and node.text in ("", "~")


def kind_of(node: Node) -> str:
    """What `node` is, in a word for people."""
    if isinstance(node, Scalar):
        return "text"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _start(event: Any) -> tuple[int, int]:  # noqa: ANN401 - as above
    return event.start_mark.line + 1, event.start_mark.column + 1


def _size(node: Node, most: int) -> int:
    """The number of nodes from `node` down; stops counting above `most`."""
    count, waiting = 0, [node]
    while waiting and count <= most:
        count += 1
        match waiting.pop():
            case Sequence(items=items):
                waiting += items
            case Mapping(entries=entries):
                waiting += [part for entry in entries for part in entry]
            case Scalar():
                pass
    return count
