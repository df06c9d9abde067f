"""Strikes out what may identify somebody: mentions, links, addresses, telephone numbers, tokens.

Years, dates and figures stay: they are what questions are about. In doubt it is struck out: a
moderator can do without a number, and nobody can take back a published one.
"""

from __future__ import annotations

import re

LIMIT = 300  # characters that are kept of a question
MENTION, ADDRESS, LINK, NUMBER, TOKEN = "[mention]", "[e-mail]", "[link]", "[number]", "[token]"

# What Discord writes for mentions, channels, emoji, times and commands.
CODE = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^<:>]+:|id:)[^<>]*>")
_SCANNED = 4_000  # characters; more is no question
_AT = r"(?:@|\s?[\[(]\s?at\s?[\])]\s?)"
_DOT = r"(?:\s?[\[(]\s?dot\s?[\])]\s?|\sdot\s)"
_ADDRESS = re.compile(
    rf"[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:(?:\.|{_DOT})[\w-]{{1,63}}){{0,8}}", re.IGNORECASE
)
_SPOKEN_ADDRESS = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:{_DOT}[\w+-]{{1,64}}){{0,4}}"
    rf"\sat\s[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,8}}",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+|\bdiscord\.gg/\S+", re.IGNORECASE)
# A link without any of these: any two words with a dot between, unless the second begins a sentence
# (came.Then), or the first is a number (9.nov) or an initial (U.S.backed).
_SITE = re.compile(
    r"(?<![\w@-])(?:[\w-]{1,63}\.){0,8}"
    r"(?:[\w-]{1,63}\.(?i:com|org|net|edu|gov|info|io|gg|co|me)"
    r"|(?=[\d_-]*[^\W\d_])[\w-]{2,63}\.(?![A-Z][a-z]+(?![\w/]))[^\W\d_]{2,24})"
    r"(?!\w)(?::\d+)?(?:/\S*|[?#]\w\S*)?"
)
_HANDLE = re.compile(r"(?<!\w)@\w[\w.]{0,63}(?:#\d{4})?")
_TAG = re.compile(r"[^\s#@:]{1,32}(?:#\d{4})+(?!\w)")  # how Discord told namesakes apart
_NAMED_TOKEN = re.compile(
    r"\b(?:sk|pk|rk|gh[opsur]|github_pat|xox[abeoprs]|glpat|AKIA|ASIA|AIza|ya29|eyJ)[-_.\w]{8,}"
)
# From its beginning alone: else a long row of hyphens is read once from each.
_DOTTED_TOKEN = re.compile(r"(?<![\w-])[\w-]{18,}\.[\w-]{4,}\.[\w-]{16,}")
_RUN = re.compile(r"[\w+/=-]{16,}", re.ASCII)  # many scripts write no spaces between words
_DIGITS = re.compile(r"(?<![\w])(?:\+|\()?\d(?:[\d\s().\-/\u2010-\u2015]{0,30}\d)?(?!\w)")
_GROUPS = re.compile(r"\d+")
_DATE = re.compile(
    r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/. ])\d{1,2}\2(?:\d{2}|\d{4}))", re.ASCII
)
_FEWEST_DIGITS, _MOST_UNMARKED = 7, 8  # of a telephone number; of a plain figure


def struck(text: str) -> str:
    """The text on one line, without what identifies, and at most LIMIT characters of it."""
    text = " ".join(text[:_SCANNED].split())
    text = CODE.sub(MENTION, text)
    text = _LINK.sub(LINK, text)
    text = _ADDRESS.sub(ADDRESS, text)
    text = _SPOKEN_ADDRESS.sub(ADDRESS, text)
    text = _HANDLE.sub(MENTION, text)
    text = _NAMED_TOKEN.sub(TOKEN, text)
    text = _DOTTED_TOKEN.sub(TOKEN, text)
    text = _RUN.sub(lambda run: TOKEN if _is_token(run[0]) else run[0], text)
    # Behind the tokens, which may be longer than a name, and have dots in them.
    text = _TAG.sub(MENTION, text)
    text = _SITE.sub(LINK, text)
    text = _DIGITS.sub(lambda run: NUMBER if _is_number(run[0]) else run[0], text)
    return text[:LIMIT]


def _is_token(run: str) -> bool:
    """Whether a long run of characters is none that anybody speaks: letters mixed with digits."""
    for piece in (run, *re.split(r"[-_/]", run)):
        mixed = re.search(r"\d", piece) and re.search(r"[^\W\d_]", piece)
        # Hyphens join words: a run with some has to look odd in one of its pieces.
        if len(piece) >= 16 and mixed and (piece != run or not re.search(r"[-_/]", run)):
            return True
    digits = sum(c.isdigit() for c in run)
    return len(run) >= 24 and digits >= 6 and digits < len(run)


def _is_number(run: str) -> bool:
    """Whether digits are somebody's telephone, account or user number, and no year or figure."""
    groups = _GROUPS.findall(run)
    digits = "".join(groups)
    if len(digits) < _FEWEST_DIGITS:
        return False
    if run[0] in "+(" or digits.startswith("00"):
        return True
    if _DATE.fullmatch(run):
        return False
    if len(groups) == 1:
        # A million is one; nine digits that do not end in zeros are counted by nobody.
        return digits[0] == "0" or (len(digits) > _MOST_UNMARKED and not digits.endswith("000"))
    if groups[0][0] == "0":
        return True
    # Years, days and ages, or round figures such as 5000-7000: several of them in a row.
    plain = all(len(group) <= 2 or _is_year(group) for group in groups)
    return (
        not plain and not all(group.endswith("00") for group in groups) and not _is_thousands(run)
    )


def _is_year(group: str) -> bool:
    return len(group) == 4 and "1000" <= group <= "2199"


def _is_thousands(run: str) -> bool:
    """10 000 000 or 10.000.000: only where it ends in zeros, for so do few telephone numbers."""
    return bool(re.fullmatch(r"[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})*", run)) and run[-3:] == "000"
