"""Text made safe for Discord: nothing in it formats, pings or hides, and what people typed links
nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.gaps.striking import CODE

MESSAGE_LIMIT = 2000
LABEL_LIMIT = 80
CHOICE_LIMIT = 100
ELLIPSIS = "…"

_MARKDOWN = re.compile(r"([\\*_~`|<>\[\]()#]|@(?=everyone|here))")
_ADDRESS = re.compile(r"(https?://[^\s\\*`|<>\[\]]+)")
_LINE_START = re.compile(r"^(\s*\d*)([-+>.])(?=\s)", re.MULTILINE)
_BREAK = "\u200b"
# What Unicode calls letters, marks or signs: some as wide as a letter, others of no width.
_BLANK = re.compile("[\u2800\u3164\uffa0\U0001d159]")
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\ufe00-\ufe0d\U000e0100-\U000e01ef]"
)
_SELECTORS = " \ufe0e\ufe0f"  # of how an emoji before them looks


def readable(text: str) -> str:
    """The text on one line, without what cannot be seen.

    Control, zero-width and direction characters (Unicode's C categories) go, and letters and signs
    with nothing to see, so that nothing is hidden and nothing reads the other way round; runs of
    white space become one space.
    """
    if not text.isascii():
        text = _UNSEEN.sub("", _BLANK.sub(" ", text))
    if not text.isprintable():  # seldom, and it costs ten times as much
        text = "".join(
            c if unicodedata.category(c)[0] != "C" else " " if c.isspace() else "" for c in text
        )
    return " ".join(text.split()).lstrip(_SELECTORS)


def escaped(text: str) -> str:
    """A text of the base or of ours as it stands, whatever it holds: no markdown and no mention.

    Nothing is put into it that is seen or copied, and a web address in it stays one.
    """
    text = readable(text)
    if "://" not in text:
        return _escaped(text)
    # A backslash in an address would become a part of it.
    pieces = _ADDRESS.split(text)
    pieces[::2] = map(_escaped, pieces[::2])
    return "".join(pieces)


def _escaped(text: str) -> str:
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def defused(text: str) -> str:
    """What somebody typed as it stands, whatever it holds: no link and no invitation, either."""
    text = _escaped(readable(text))
    # A zero-width space of our own breaks up what Discord finds by pattern and not by markdown.
    text = text.replace("@", f"@{_BREAK}").replace("://", f":{_BREAK}//")
    return re.sub(r"(?<=\w)/", f"{_BREAK}/", text)


def clipped(text: str, limit: int) -> str:
    """At most `limit` characters: cut between words, never inside a quotation, and visibly."""
    if len(text) <= limit:
        return text
    cut = text[: limit - len(ELLIPSIS)]
    cut = cut.rsplit(" ", 1)[0] if " " in cut else cut
    if cut.count('"') % 2:
        cut = cut[: cut.rindex('"')]
    if cut.count("“") > cut.count("”"):
        cut = cut[: cut.rindex("“")]
    return cut.rstrip() + ELLIPSIS


def shown(text: str, limit: int) -> str:
    """A text of the base or of ours, escaped, and cut so that it has at most `limit` characters
    with all its escapes."""
    return _within(limit, text, escaped)


def echoed(text: str, limit: int) -> str:
    """The same of what somebody typed."""
    return _within(limit, text, defused)


def _within(limit: int, text: str, made_safe: Callable[[str], str]) -> str:
    room = limit
    result = made_safe(clipped(readable(text), room))
    while len(result) > limit:
        room -= max(1, len(result) - limit)
        if room <= len(ELLIPSIS):
            return ELLIPSIS
        result = made_safe(clipped(readable(text), room))
    return result


def without_mentions(text: str) -> str:
    """What somebody wrote, less the mentions and custom emoji that Discord writes as codes."""
    if "<" in text:  # every such code begins so, and most questions have none
        text = CODE.sub(" ", text)
    return " ".join(text.split())
