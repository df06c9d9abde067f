"""What a button remembers: its custom id says what to do, about which facts, for whom.

`footnote:VERB:HASH:ASKER:FACTS` - the first ten hex digits of the base's hash, the asker's user id
(empty: anybody's), fact ids joined with `+`, with a `+` at the end where some had no
room (for delete under 'More': the message's id). The votes are good and bad on an answer, good-none
and bad-none on a reply that is none. With all of it in the id, a button works in any
process at any time: after a restart, and after the base was changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Verb = Literal["show", "more", "follow", "none", "delete", "good", "bad", "good-none", "bad-none"]

ID_LIMIT = 100
HASH_DIGITS = 10
PREFIX = "footnote"
PATTERN = (
    rf"{PREFIX}:(?P<verb>{'|'.join(get_args(Verb))})"
    r":(?P<hash>[0-9a-f]{0,10}):(?P<asker>[0-9]{0,20}):(?P<facts>[a-z0-9+-]*)"
)
_PATTERN = re.compile(PATTERN)


@dataclass(frozen=True, slots=True)
class Press:
    """A custom id, taken apart."""

    verb: Verb
    base_hash: str
    asker: int | None
    facts: tuple[str, ...]
    cut: bool = False  # whether there were more facts than the id had room for

    def __str__(self) -> str:
        """The custom id: at most 100 characters; facts that do not fit are left out, last first."""
        head = f"{PREFIX}:{self.verb}:{self.base_hash[:HASH_DIGITS]}:{self.asker or ''}:"
        facts = ""
        for fact in self.facts:
            longer = f"{facts}+{fact}" if facts else fact
            if len(head) + len(longer) + 1 > ID_LIMIT:
                return f"{head}{facts}+"
            facts = longer
        return f"{head}{facts}+" if self.cut else head + facts


def parse(custom_id: str) -> Press | None:
    """The press that a custom id stands for; None where it is not one of ours."""
    match = _PATTERN.fullmatch(custom_id)
    return None if match is None else from_match(match)


def from_match(match: re.Match[str]) -> Press:
    """The press from a match of PATTERN."""
    verb = next(known for known in get_args(Verb) if known == match["verb"])
    asker = int(match["asker"]) if match["asker"] else None
    facts = tuple(filter(None, match["facts"].split("+")))
    return Press(verb, match["hash"], asker, facts, match["facts"].endswith("+"))
