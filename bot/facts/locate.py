"""Which fact base is meant: a folder that is one, or one of several in a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FootnoteError
from bot.facts.files import LOCK_NAME, Unfit, plain_line_ends, read_file, yaml_files
from bot.facts.limits import Limits
from bot.facts.problems import Report, shown

DEFAULT_FOLDER = Path("knowledge")
MOST_BASES = 1_000
EVENT_KEY = re.compile(r"^[\"']?event[\"']?[ ]*:(?=\s).*?(?=^[^\s#]|\Z)", re.MULTILINE | re.DOTALL)
# As good as every base begins: the id first, written plainly, and another key after it.
PLAIN_ID = re.compile(
    r"event:(?: *(?:#.*)?\n)+(?P<indent> +)id: +(?P<id>[a-z0-9-]+)(?: +#.*)? *\n(?P=indent)[a-z_]+:"
)


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """The file that holds `event`, and the event's id; empty if it cannot be read."""

    file: Path
    id: str


class NoBase(FootnoteError):
    """No base where one was looked for, or several.

    `what` says so without the folder and the remedy, `found` lists the bases, a line each.
    """

    def __init__(self, folder: Path, what: str, remedy: str, *found: str) -> None:
        super().__init__(f"{folder}: {what}; {remedy}", *found)
        self.what = what
        self.found = found


def find_base(knowledge: Path | None, event: str | None, packaged: Path) -> Path:
    """The folder of the base to load.

    `knowledge` is what the user named: a base, or a folder whose direct children are bases; None:
    `./knowledge` if there is one, else `packaged`. `event` chooses among several. Raises NoBase if
    there is none, or several and no choice.
    """
    folder = knowledge or packaged
    try:
        if knowledge is None and DEFAULT_FOLDER.is_dir():
            folder = DEFAULT_FOLDER
        return _find(folder, event)
    except OSError as error:
        raise NoBase(
            folder,
            f"the knowledge folder cannot be read ({error.strerror})",
            "correct its permissions, or name another with --knowledge",
        ) from None


def _find(folder: Path, event: str | None) -> Path:
    return _found(folder, event, glance=True) or _found(folder, event, glance=False) or folder


def _found(folder: Path, event: str | None, *, glance: bool) -> Path | None:
    """The base; at a glance None where the choice takes a closer look. Raises NoBase."""
    if not folder.is_dir():
        there, named = ("is a file", "its") if folder.exists() else ("does not exist", "a")
        what = f"the knowledge folder {there}"
        raise NoBase(folder, what, f"name {named} folder with --knowledge")
    if _is_base(folder):
        found = find_event(folder, glance=glance)
        if glance and event not in (None, found and found.id):
            return None
        if event is not None and found is not None and found.id not in ("", event):
            what = f"its event is {found.id}, not {shown(event)}"
            raise NoBase(folder, what, "leave --event out or name another folder")
        return folder
    bases = {
        path: found.id for path in _children(folder) if (found := find_event(path, glance=glance))
    }
    if glance:
        near = [path for path, id_ in bases.items() if event in (None, id_)]
        return near[0] if len(near) == 1 else None
    if not bases:
        raise NoBase(
            folder,
            "neither it nor a folder in it holds a fact base",
            "name one with --knowledge (docs/fact-base.md tells how to write one)",
        )
    return _chosen(folder, bases, event)


def find_event(folder: Path, *, glance: bool = False) -> FoundEvent | None:
    """The file of the base that holds `event`, without reading all of the base.

    At a glance, an id that stands there plainly is taken, even where what follows is broken.
    """
    limits = Limits()
    for path in yaml_files(folder, Report(), limits):
        try:
            data = read_file(path, folder, limits.file_size)
        except Unfit:
            continue  # loading the base tells of it
        text = plain_line_ends(data).decode("utf-8", "replace")
        if (event_id := _event_id(text, glance=glance)) is not None:
            return FoundEvent(path, event_id)
    return None


def lock_path(folder: Path) -> Path:
    """Where the base in `folder` has its `quotes.lock`: beside the file with `event`."""
    found = find_event(folder)
    return (found.file.parent if found else folder) / LOCK_NAME


def _chosen(folder: Path, bases: dict[Path, str], event: str | None) -> Path:
    if event is None and len(bases) == 1:
        return next(iter(bases))
    chosen = [path for path, id_ in bases.items() if event == (id_ or path.name)]
    if len(chosen) == 1:
        return chosen[0]
    if event is None:
        what, remedy = "several events are here", "choose one with --event or FOOTNOTE_EVENT:"
    elif chosen:
        what, remedy = f"several bases here are of the event {shown(event)}", "name its folder:"
    else:
        what, remedy = f"no event {shown(event)} here", "choose one with --event:"
    raise NoBase(
        folder,
        what,
        remedy,
        *(f"  {id_ or '(unreadable)'}  in {path}" for path, id_ in bases.items()),
    )


def _is_base(folder: Path) -> bool:
    """Whether `*.yaml` files lie in `folder` itself."""
    return any(_visible(path) and path.suffix == ".yaml" for path in folder.iterdir())


def _children(folder: Path) -> Iterator[Path]:
    children = sorted(path for path in folder.iterdir() if _visible(path) and path.is_dir())
    yield from children[:MOST_BASES]


def _visible(path: Path) -> bool:
    return not path.name.startswith(".")


def _event_id(text: str, *, glance: bool) -> str | None:
    """The id under the key `event`; empty if it is not readable; None: there is no such key."""
    match = EVENT_KEY.search(text)
    if match is None and not text.lstrip().startswith("{"):
        return None
    part = match[0] if match else text
    if glance and (plain := PLAIN_ID.match(part)):
        return plain["id"]
    from bot.facts.event_key import event_id  # noqa: PLC0415 - it takes YAML, and its memory

    found = event_id(part)
    return "" if found is None and match else found
