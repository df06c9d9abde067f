"""Typed text to tokens: normalised, stripped of what is not language, cut into sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

MAX_CHARACTERS = 2000  # of one message; what is longer is not read (Discord's own limit)
MAX_TOKENS = 500  # of one message: as many as that many characters hold of common prose
REMEMBERED = 2048  # words lately read
LINK = "\N{LINK SYMBOL}"  # the token of a pasted address: no base knows it
NOT = "n't"

_FOLDS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"}
    | {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-", "\u2014": "-", "\u2212": "-"}
)
_KEPT_CONTROLS = {"\n": "\n", "\t": " ", "\r": " "}
_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+"
    # Bounded, and from a name's beginning alone: else a long row of them is read once from each.
    r"|(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:com|org|net|gg|io)\b\S*)"
    r"|(?P<markup><[@#:!&][^<>\s]*>)"
    r"|(?P<dotted>(?:[^\W\d_]\.){2,})"  # U.S.
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:[.,]\d+)*)(?P<unit>(?:k|m|bn)\b)?"
    r"|(?P<and>&)"
    r"|(?P<word>[^\W\d_]+(?:\d+[^\W\d_]*)?(?:'[^\W\d_]+)*)"  # MH17, covid19
    r"|(?P<end>(?:[?!.\n]|;(?![^\W\d_]))+|\s/+\s)"  # 'when was it / who came', but 'tl;dr'
    r"|(?P<pause>[,:()]|\s-+\s)",
    re.IGNORECASE,
)
# What most questions are: plain words in one sentence, which none of the above can be in.
_PLAIN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*(?: +[A-Za-z]+(?:'[A-Za-z]+)*)* ?[?!.]*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d{1,2}\.\d{3}|[1-9]\.000")
_SHARE = re.compile(r"\s*(?:%|per ?cent)", re.IGNORECASE)
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "st", "vs"})


class Token(NamedTuple):
    """A word as typed (`surface`) and in lower case, without its possessive (`text`); before what
    was put in a pronoun's place, the article that it is shown with."""

    text: str
    surface: str
    possessive: bool = False
    article: str = ""


class Sentence(NamedTuple):
    """A sentence as typed, its tokens, and whether a question mark ended it."""

    text: str
    tokens: tuple[Token, ...]
    asks: bool = False
    pauses: tuple[int, ...] = ()  # the places in `tokens` that a comma or the like stands before


def normalise(text: str) -> str:
    """NFKC, quotes and dashes folded, invisible and direction marks dropped. Idempotent."""
    text = text[:MAX_CHARACTERS]
    if text.isascii() and text.isprintable():
        return text.replace("`", "'").strip()
    text = unicodedata.normalize("NFKC", text).translate(_FOLDS)
    kept = (_KEPT_CONTROLS.get(c, "") if unicodedata.category(c)[0] == "C" else c for c in text)
    return unicodedata.normalize("NFKC", "".join(kept)).strip()


def sentences(text: str) -> list[Sentence]:
    """The sentences of a message that hold any word."""
    text = normalise(text)[:MAX_CHARACTERS]
    if _PLAIN.fullmatch(text):
        words = text.rstrip(" ?!.").split()
        if len(words) < MAX_TOKENS:
            return [Sentence(text, tuple(chain.from_iterable(map(_word, words))), "?" in text)]
    found: list[Sentence] = []
    gathered: list[Token] = []
    pauses: list[int] = []
    start = 0
    left = MAX_TOKENS
    for match in _TOKEN.finditer(text + "\n"):
        left -= 1
        if left < 0 and match["end"] is None:
            continue
        if match["pause"]:
            pauses.append(len(gathered))
        elif match["end"] is None:
            gathered.extend(_tokens(match))
        elif not _goes_on(text, match, gathered):
            if gathered:
                typed = text[start : match.end()].strip()
                asks = "?" in match["end"]
                found.append(Sentence(typed, tuple(gathered), asks, tuple(pauses)))
            gathered, pauses, start = [], [], match.end()
    return found


def tokens(text: str) -> list[Token]:
    """All tokens of a text, whatever its sentences."""
    return [token for sentence in sentences(text) for token in sentence.tokens]


def _goes_on(text: str, stop: re.Match[str], sentence: list[Token]) -> bool:
    """A full stop behind a short title or inside a word ends no sentence."""
    if stop["end"] != ".":
        return False
    after = text[stop.end() : stop.end() + 1]
    return bool(sentence and sentence[-1].text in _TITLES) or bool(after and not after.isspace())


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    if match["link"]:
        yield Token(LINK, match["link"])
    elif match["dotted"]:
        surface = match["dotted"].replace(".", "").upper()
        yield Token(surface.lower(), surface)
    elif match["ordinal"]:
        yield Token(match["ordinal"].lower(), match[0])
    elif match["number"]:
        figure = match["number"].replace(",", "")
        if _THOUSANDS.fullmatch(figure) and not _SHARE.match(match.string, match.end()):
            figure = figure.replace(".", "")  # 90.000, as most of Europe writes it
        yield Token(figure + (match["unit"] or "").lower(), match[0])
    elif match["and"]:
        yield Token("and", "and")
    elif match["word"]:
        yield from _word(match["word"])


def forget_words() -> None:
    """Forget the words that were lately read."""
    _word.cache_clear()


@lru_cache(REMEMBERED)
def _word(surface: str) -> tuple[Token, ...]:
    """A word and what hangs on it by an apostrophe: didn't, they're, Russia's."""
    text = surface.lower()
    if "'" not in text:
        return (Token(text, surface),)
    if text.endswith(NOT) and text != NOT:
        return Token(text[: -len(NOT)], surface[: -len(NOT)]), Token(NOT, NOT)
    head, *tails = text.split("'")
    if tails == ["s"]:
        return (Token(head, surface[: len(head)], possessive=True),)
    return Token(head, surface[: len(head)]), *(Token(tail, tail) for tail in tails)
