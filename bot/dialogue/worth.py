"""Which parts of a reply to several questions are worth telling."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.reply import Part
from bot.dialogue.splitting import opens_as_question
from bot.dialogue.telling import Teller
from bot.facts.model import Base
from bot.matching.text import tokens


def worth_telling(parts: Sequence[Part], teller: Teller) -> list[Part]:
    """All parts if any answers, but no answer twice, and nothing of what asks nothing ('sorry,
    I typed wrong') or comes to nothing; else only those that offer something, two at most."""
    if any(part.outcome == "answer" for part in parts):
        return [
            part
            for at, part in enumerate(parts)
            if _is_of_worth(part, teller) and not _is_told(part, parts[:at], teller.base)
        ]
    return ([part for part in parts if part.suggestions] or list(parts))[:2]


def _is_of_worth(part: Part, teller: Teller) -> bool:
    """Whether a part beside an answer says something to what was asked."""
    if teller.settles(part) and part.outcome != "chat":
        return True
    language = teller.matcher.lexicon.language
    asks = "?" in part.question or opens_as_question(tokens(part.question), language)
    known = part.best is not None or bool(part.suggestions) or part.outcome == "chat"
    return asks and known


def _is_told(part: Part, before: Sequence[Part], base: Base) -> bool:
    """Whether an answer tells nothing that one before it does not: 'that is from The Gazette'
    tells something."""
    answers = [(side.answer, base.fact_by_id[side.fact].answer) for side in part.sides]
    if part.outcome != "answer" or any(a not in b and b not in a for a, b in answers):
        return False
    return any(
        set(part.facts) <= set(other.facts) and set(part.quotes) <= {*other.quotes, *other.further}
        for other in before
        if other.outcome == "answer"
    )
