"""What a button remembers: its custom id says what to do, about which facts, for whom.

`footnote:VERB:HASH:ASKER:FACTS` - the first ten hex digits of the base's hash, the asker's user id
(empty: anybody's), fact ids joined with `+`, with a `+` at the end where some had no
room (for delete under 'More': the message's id). The votes are good and bad on an answer, good-none
and bad-none on a reply that is none. The form that `follow` opens goes by `form`, which is shorter:
it has room for whatever the button has. With all of it in the id, a button works in any
process at any time: after a restart, and after the base was changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.facts.model import HASH_DIGITS

Verb = Literal[
    "show", "more", "follow", "form", "none", "delete", "good", "bad", "good-none", "bad-none"
]

ID_LIMIT = 100
LONGEST_ASKER = 20  # digits of a user id
PREFIX = "footnote"
PATTERN = (
    rf"{PREFIX}:(?P<verb>{'|'.join(get_args(Verb))})"
    rf":(?P<hash>[0-9a-f]{{0,{HASH_DIGITS}}}):(?P<asker>[0-9]{{0,{LONGEST_ASKER}}})"
    r":(?P<facts>[a-z0-9+-]*)"
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
        facts = self.facts
        while facts and len(head) + len("+".join(facts)) + 1 > ID_LIMIT:
            facts = facts[:-1]
        cut = self.cut or len(facts) < len(self.facts)
        return f"{head}{'+'.join(facts)}{'+' if cut else ''}"


def around_asker(custom_id: str) -> tuple[str, str] | None:
    """What stands before and after the asker in an id that `Press` gave; whatever asker's id is put
    between is what it would have given for them. None where it would leave out facts for one.
    """
    prefix, verb, base_hash, _, facts = custom_id.split(":")
    before, after = f"{prefix}:{verb}:{base_hash}:", f":{facts}"
    cut = facts.endswith("+") or len(before) + LONGEST_ASKER + len(after) + 1 > ID_LIMIT
    return None if cut else (before, after)


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
