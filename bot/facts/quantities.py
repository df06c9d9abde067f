"""Reads numbers and parts of a whole in a text, in digits or in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.facts.tokens import Found, Keys, Token, Tokens, number_key

HALF = Decimal("0.5")
THOUSANDTHS, PER_CENT, MINUTES = 1000, 100, 60  # of a whole; 'half' may be any of these


@dataclass(slots=True)
class _Number:
    """A number that was read, and the place behind it."""

    value: Decimal
    behind: int
    more: tuple[Decimal, ...] = ()  # what else it may come to


def read_fraction(tokens: Tokens, at: int) -> Found | None:
    """'two thirds', 'a quarter', 'half'."""
    token = tokens.items[at]
    if token.folded in tokens.words.whole_fractions:
        return Found(_part(tokens, 1, token.folded), at + 1)
    number = _read(tokens, at)
    behind = at + 1 if token.folded in tokens.words.one_of else number.behind if number else 0
    if not behind:
        return None
    behind = tokens.skipped(behind, ["-"])
    part = tokens.at(behind)
    if part is None or part.folded not in tokens.words.fractions:
        return None
    count = int(number.value) if number is not None else 1
    ways = _part(tokens, count, part.folded)
    if value := tokens.words.ordinals.get(part.folded):  # 'a third time'
        ways += (frozenset({f"n:{value}"}),)
    return Found(ways, behind + 1)


def _part(tokens: Tokens, count: int, word: str) -> tuple[Keys, ...]:
    top, bottom = tokens.words.fractions[word]
    top *= count
    same = [
        number_key(Decimal(top * whole // bottom) / (whole if whole == THOUSANDTHS else 1))
        for whole in (THOUSANDTHS, PER_CENT, MINUTES)
        if not top * whole % bottom
    ]
    return tuple(frozenset({key}) for key in (f"f:{top}/{bottom}", *same))


def read_number(tokens: Tokens, at: int) -> Found | None:
    token = tokens.items[at]
    if value := tokens.words.ordinals.get(token.folded):
        # 'the third of them' is counted by us
        return Found((frozenset({f"n:{value}"}),), at + 1, counts=False)
    number = _read(tokens, at)
    if number is None:
        return None
    ways = [frozenset({number_key(one)}) for one in (number.value, *number.more)]
    if number.value % 1 == HALF:
        ways.append(frozenset({number_key(number.value - HALF), "f:1/2"}))
    also = ways[-1] if number.value % 1 == HALF else frozenset()
    # 'one of them' counts nothing that a source would have to tell
    return Found(tuple(ways), number.behind, also, counts=number.value > 1)


def _read(tokens: Tokens, at: int) -> _Number | None:
    """The number that begins here, in digits or words, with its scale."""
    token = tokens.at(at)
    if token is None:
        return None
    if token.kind == "digits":
        number = _Number(Decimal(token.text.replace(",", "")), at + 1)
        _end_or_scale(tokens, number, token)
        return number
    if token.folded in tokens.words.numbers or token.folded in tokens.words.scales:
        return _in_words(tokens, at)
    return None


def _end_or_scale(tokens: Tokens, number: _Number, token: Token) -> None:
    """Take in what stands behind digits: 'th', 'million', 'm'."""
    after = tokens.at(number.behind)
    if after is None:
        return
    glued = after.begin == token.end
    if glued and after.folded in tokens.words.ordinal_ends:
        number.behind += 1
    elif scale := tokens.words.scales.get(after.folded):
        number.value *= scale
        number.behind += 1
    elif glued and (scale := tokens.words.short_scales.get(after.folded)):
        number.more = (number.value * scale,)  # or metres
    elif after.folded in tokens.words.ranges and (then := tokens.at(number.behind + 1)):
        scaled = tokens.at(number.behind + 2)
        scale = tokens.words.scales.get(scaled.folded, 1) if scaled is not None else 1
        if then.kind == "digits" and number.value < min(scale, 1000):
            number.more = (number.value * scale,)


def _in_words(tokens: Tokens, at: int) -> _Number | None:
    """'nine', 'twenty-one', 'a hundred and five thousand', 'two and a half'."""
    total = current = Decimal(0)
    last = Decimal("Infinity")  # only what is smaller may be added
    behind = at
    while (token := tokens.at(behind)) is not None:
        if scale := tokens.words.scales.get(token.folded):
            current = max(current, Decimal(1)) * scale
            if scale >= 1000:
                total, current = total + current, Decimal(0)
            last = Decimal(scale)
        elif (value := tokens.words.numbers.get(token.folded)) is not None:
            if value >= last or (last < 100 and (last < 20 or value > 9)):
                break
            current, last = current + value, Decimal(value)
        else:
            break
        behind += 1
        further = tokens.skipped(behind, ["-", *tokens.words.joints])
        after = tokens.at(further)
        joined = further > behind and after is not None
        if joined and after is not None and not _continues(tokens, behind, after, last):
            break
        behind = further if joined else behind
    if behind == at:
        return None
    return _Number(total + current, behind)


def _continues(tokens: Tokens, joint: int, after: Token, last: Decimal) -> bool:
    """Whether what stands behind the 'and' or hyphen belongs to the number before it."""
    value = tokens.words.numbers.get(after.folded)
    if value is None:
        return tokens.items[joint].text == "-" and after.folded in tokens.words.scales
    if tokens.items[joint].text == "-":
        return value < 10 and 20 <= last < 100
    return last >= 100 and value < last
