"""A whether-question with a wrong figure, day or name, asked as the question behind it.

'Were there six delegates?' is answered by the fact with the right figure: 'Five ...'. So a
whether-question is also read as asking how many, when, who or where, with its figures, its days or
one of its names left out; an item that then fits may answer, if it does not know what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.matching.index import Item
from bot.matching.language import Language
from bot.matching.question import NOTHING, WHETHER, Question
from bot.matching.reading import Word

BEHIND_NAMES = {
    "person": ("who",),
    "body": ("who",),
    "country": ("who", NOTHING),
    "place": ("where",),
}
BEHIND_STRANGERS = ("who", "where")


@dataclass(frozen=True, slots=True)
class Correction:
    """The question behind a whether-question, and which items may put right what was left out."""

    question: Question
    left_out: tuple[str, ...]
    terms: frozenset[str]

    def fits(self, item: Item) -> bool:
        """The item can tell what is asked for, and does not hold what was left out."""
        able = self.question.asked in item.asked or self.question.asked == NOTHING
        return able and not item.vocabulary & self.terms


def corrections(
    question: Question,
    language: Language,
    is_stranger: Callable[[Word], bool],
    kinds: Callable[[Word], Collection[str]],
) -> Iterator[Correction]:
    """The questions that may stand behind a whether-question with something wrong in it."""
    if question.asked != WHETHER:
        return
    figures = [word for word in question.words if word.kind == "figure"]
    days = [word for word in question.words if word.text in language.time_words]
    strangers = [word for word in question.words if is_stranger(word) and word not in days]
    behind_figures = ("duration", "when") if days else ("count",)
    left_out: list[tuple[list[Word], tuple[str, ...]]] = [
        (figures, behind_figures),
        (strangers, BEHIND_STRANGERS),
    ]
    if not figures:
        left_out.append((days, ("when",)))
    for word in question.names:
        behind = dict.fromkeys(asked for kind in kinds(word) for asked in BEHIND_NAMES[kind])
        left_out.append(([word], tuple(behind)))
    for words, asked_behind in left_out:
        for asked in asked_behind if words else ():
            yield _without(question, words, asked, language)


def _without(
    question: Question, words: Sequence[Word], asked: str, language: Language
) -> Correction:
    kept = [w for w in question.words if w not in words and w.text not in language.whether]
    asking = (Word(asked, "asks"),) if asked != NOTHING else ()
    terms = frozenset(term for word in words for term in word.terms)
    roles = tuple(
        replace(role, doers=role.doers - terms, done_to=role.done_to - terms)
        for role in question.roles
    )
    behind = Question((*asking, *kept), asked, question.negated, roles)
    return Correction(behind, tuple(word.text for word in words), terms)
