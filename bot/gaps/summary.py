"""What people ask in vain, most asked first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.gaps.likeness import alike
from bot.matching.language import Language
from bot.store.records import KeptGap, Reason

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Questions that ask the same: as most put it, how often, why it was in vain, first and last
    day."""

    text: str
    asked: int
    reasons: tuple[tuple[Reason, int], ...]
    first: date
    last: date


def summed_up(gaps: Sequence[KeptGap], event: str, language: Language) -> tuple[GapGroup, ...]:
    """An event's gaps in groups, the most asked first, the newest before the older."""
    gaps = [gap for gap in gaps if gap.event == event]
    groups = [
        _group([gaps[place] for place in places])
        for places in alike([gap.text for gap in gaps], language)
    ]
    return tuple(
        sorted(groups, key=lambda group: (-group.asked, -group.last.toordinal(), group.text))
    )


def _group(gaps: Sequence[KeptGap]) -> GapGroup:
    texts = Counter(gap.text for gap in gaps)
    reasons = Counter(gap.reason for gap in gaps)
    days = [gap.day for gap in gaps]
    return GapGroup(
        texts.most_common(1)[0][0],
        len(gaps),
        tuple(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
        EPOCH + timedelta(days=min(days)),
        EPOCH + timedelta(days=max(days)),
    )
