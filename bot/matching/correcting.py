"""A whether-question with a wrong figure, day or name, asked as the question behind it.

'Were there six delegates?' is answered by the fact with the right figure: 'Five ...'. So a
whether-question is also read as asking how many, when, who or where, with its figures, its days or
one of its names left out; an item that then fits may answer, if it does not know what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.facts.model import ACTORS
from bot.matching.index import Index
from bot.matching.kinds import NOTHING, WHETHER
from bot.matching.language import Language
from bot.matching.question import Question
from bot.matching.reading import Word

BEHIND_NAMES = {
    "person": ("who",),
    "body": ("who",),
    "country": ("who", NOTHING),
    "place": ("where",),
}
APART = 2  # words at most from one figure to the next, of one thing
MOST_WORDS = 60  # of a question in which something may be put right
MOST_NAMES = 3  # in an answer that puts a name right


@dataclass(frozen=True, slots=True)
class Correction:
    """The question behind a whether-question, and which items may put right what was left out."""

    question: Question
    left_out: tuple[str, ...]
    terms: frozenset[str]
    kinds: frozenset[str] = frozenset()  # of the name left out, where one was
    of_one: bool = False  # figures were, side by side: they are of one thing

    def fits(self, number: int, index: Index, kinds: Callable[[str], str]) -> bool:
        """The item can tell what is asked for, does not hold what was left out (not all of it,
        where that is figures of one thing: 'was it 20 to 14?'), and has one name alone, which was
        not asked with, to put in its place: a list of names puts nobody right."""
        item = index.items[number]
        able = self.question.asked in item.asked or self.question.asked == NOTHING
        held = [index.item_has(number, term) for term in self.terms]
        wrong = not all(held) if self.of_one and held else not any(held)
        if not able or not wrong:
            return False
        others = sum(kinds(name) in ACTORS for name in item.told_names)
        in_place = item.told_names - self.question.named
        return not self.kinds or (
            sum(kinds(name) in self.kinds for name in in_place) == 1 and others <= MOST_NAMES
        )


def corrections(
    question: Question,
    language: Language,
    is_stranger: Callable[[Word], bool],
    kinds: Callable[[Word], Collection[str]],
    verbs: Collection[str],
) -> Iterator[Correction]:
    """The questions that may stand behind a whether-question with something wrong in it; `verbs`
    are terms that the base uses as verbs."""
    if question.asked != WHETHER or len(question.words) > MOST_WORDS:
        return
    places = [at for at, word in enumerate(question.words) if word.kind == "figure"]
    figures = [question.words[at] for at in places]
    days = [word for word in question.words if word.text in language.time_words]
    if figures and _tells_more(question, figures):
        of_one = places[-1] - places[0] <= APART * (len(places) - 1)
        for asked in _behind_figures(question, figures, days):
            yield replace(_without(question, figures, asked), of_one=of_one)
    if days and not figures and _tells_more(question, days):
        yield _without(question, days, "when")
    shared = _may_be_shared(question, language, verbs)
    strangers = [word for word in question.words if is_stranger(word) and word not in days]
    if strangers and _tells_more(question, strangers):
        at = question.words.index(strangers[0])
        place = at > 0 and question.words[at - 1].text in language.place_markers
        kind = "place" if place else "person"
        if place or not shared:
            yield _without(question, strangers, "where" if place else "who", {kind})
    for word in question.names:
        if not _tells_more(question, [word]):
            continue
        for kind in sorted(kinds(word)):
            for asked in BEHIND_NAMES[kind] if kind == "place" or not shared else ():
                yield _without(question, [word], asked, {kind})


def _may_be_shared(question: Question, language: Language, verbs: Collection[str]) -> bool:
    """Whether several may have or do what it asks of one: that another has a sponsor, too, puts
    nobody right. 'To have opened the talks' is no having."""
    words = question.words
    at = next((n for n, word in enumerate(words) if n and word.text in language.shareable), None)
    return at is not None and not any(
        term in verbs for word in words[at + 1 :] for term in word.terms
    )


def _behind_figures(
    question: Question, figures: Sequence[Word], days: Sequence[Word]
) -> tuple[str, ...]:
    """What may be asked for by a figure: 'in 2019' is no number of anything."""
    if all(figure in question.years for figure in figures):
        return ("when",)
    return ("duration", "when") if days else ("count",)


def _tells_more(question: Question, left_out: Sequence[Word]) -> bool:
    """Whether a question says what it is about without what may be wrong in it, too: 'was it in
    2019?' does not, nor does 'did Bracewell say anything himself?'"""
    return any(word not in left_out for word in question.telling)


def _without(
    question: Question,
    words: Sequence[Word],
    asked: str,
    kinds: Collection[str] = (),
) -> Correction:
    kept = [word for word in question.words if word not in words]
    asking = (Word(asked, "asks"),) if asked != NOTHING else ()
    terms = frozenset(term for word in words for term in word.terms)
    roles = tuple(
        replace(role, doers=role.doers - terms, done_to=role.done_to - terms)
        for role in question.roles
    )
    order = tuple(pair for pair in question.order if terms.isdisjoint(pair))
    behind = Question((*asking, *kept), asked, question.negated, roles, order)
    return Correction(behind, tuple(word.text for word in words), terms, frozenset(kinds))
