"""What a question says: what it asks for, of whom, how many, whether it denies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.matching.belonging import Belonging, belongings, offices
from bot.matching.clock import asks_hour
from bot.matching.counting import thing_counted
from bot.matching.kinds import COUNT, HOW, MONEY, NOTHING, WHAT, WHEN, WHETHER, WHICH, WHO
from bot.matching.language import Language, runs_at, runs_by_first_word
from bot.matching.naming import role_asked, sort_asked, thing_named
from bot.matching.reading import YEAR, Word
from bot.matching.roles import Pair, Role, name_order, roles

# Kinds of words: those that say what a question is about, and those that say nothing.
TELLING, TELLING_NOTHING = frozenset({"name", "figure", "word"}), frozenset({"function", "asks"})
CLOSING = 3  # words of a run like "at the moment"


class Question(NamedTuple):
    """A question as the matcher sees it; `words` keeps every word in order."""

    words: tuple[Word, ...]
    asked: str
    negated: bool
    roles: tuple[Role, ...]
    order: tuple[Pair, ...] = ()  # its names in pairs, where their order tells who does what
    of_now: bool = False  # it names the present day
    belongings: tuple[Belonging, ...] = ()
    years: tuple[Word, ...] = ()  # of its figures, what is said to be a year
    which: Word | None = None  # the noun of the thing whose name it asks for
    counted: Word | None = None  # that of the things whose number it asks for
    parties: tuple[str, ...] = ()  # who of those who talk is in it: 'you', 'me'
    dimension: Word | None = None  # what it asks the measure of: tall
    how_to: bool = False  # it asks how whoever asks does something
    offices: tuple[Belonging, ...] = ()  # whose somebody is whom a role names
    role: Word | None = None  # the noun of what somebody is: 'who is the mayor of Oslo'
    sort: Word | None = None  # the noun of what it asks for: 'which languages'
    who_is: bool = False  # it asks who those are that it tells by what they are
    of_hour: bool = False  # it asks for a time of day
    of_others: bool = False  # it asks for others than are known: 'which other races'
    saying: tuple[Word, Word] | None = None  # whom it asks what they say, and that verb
    in_order: bool = True  # else its words stand as nobody would put them

    @property
    def content(self) -> tuple[Word, ...]:
        return tuple([w for w in self.words if w.kind not in TELLING_NOTHING])

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words that say what it is about."""
        return tuple([w for w in self.words if w.kind in TELLING])

    @property
    def names(self) -> tuple[Word, ...]:
        return tuple([w for w in self.words if w.kind == "name"])

    @property
    def named(self) -> frozenset[str]:
        """The terms of its names."""
        return frozenset([t for word in self.words if word.kind == "name" for t in word.terms])

    @property
    def figures(self) -> tuple[Word, ...]:
        return tuple([w for w in self.words if w.kind == "figure"])


def understand(words: Sequence[Word], language: Language, verbs: Collection[str] = ()) -> Question:
    """What a sentence asks; `verbs` are terms known to be used as verbs. A statement asks for
    nothing in particular."""
    words = tuple(words)
    asked = _asked(words, language)
    texts = [word.text for word in words]
    if asked in {COUNT, WHAT} and not language.money.isdisjoint(texts):
        asked = MONEY if _asks_price(words, language) else asked
    kinds = [word.kind for word in words]
    named = "name" in kinds
    return Question(
        words,
        asked,
        _denies(texts, language),
        roles(words, language, verbs) if named else (),
        name_order(words, language) if named else (),
        _names_present(texts, language),
        belongings(words, language, verbs) if named else (),
        _years(words, language) if "figure" in kinds else (),
        thing_named(words, language) if asked in {WHAT, WHICH, WHO, NOTHING} else None,
        thing_counted(words, language) if asked == COUNT else None,
        parties=_parties(words, language),
        dimension=_dimension(words, language) if asked == HOW else None,
        how_to=asked == HOW and _is_how_to(words, language),
        offices=offices(words, language) if named else (),
        role=role_asked(words, language) if asked == WHO else None,
        who_is=asked == WHO and _asks_who_is(words, language),
        of_others=not language.others.isdisjoint(texts) and _asks_for_others(words, language),
        of_hour=asked == WHEN and asks_hour(words, language),
        sort=sort_asked(words, language, verbs) if asked in {WHAT, WHICH, NOTHING} else None,
        saying=_saying(words, language) if asked == WHAT else None,
    )


def _parties(words: Sequence[Word], language: Language) -> tuple[str, ...]:
    """Who of those who talk is in a sentence; 'the US' is none of them."""
    small = {word.text for word in words if word.kind != "name"}
    return tuple([p for p, pronouns in language.parties.items() if not pronouns.isdisjoint(small)])


def _dimension(words: Sequence[Word], language: Language) -> Word | None:
    """What stands right behind 'how', where it has a length."""
    behind = (after for word, after in pairwise(words) if word.kind == "asks")
    return next((after for after in behind if after.text in language.dimensions), None)


def _saying(words: Sequence[Word], language: Language) -> tuple[Word, Word] | None:
    """'Boy' and 'say' of 'what did the boy say about it'."""
    at = next((n for n, word in enumerate(words) if word.text in language.stating), 0)
    before = [word for word in words[:at] if word.kind not in TELLING_NOTHING]
    helped = any(word.text in language.supporting for word in words[:at])
    return (before[0], words[at]) if helped and len(before) == 1 else None


def _asks_who_is(words: Sequence[Word], language: Language) -> bool:
    """'Who are the technical experts', 'who was the driver of the van'; no 'who is Ann'."""
    at = next((n for n, word in enumerate(words) if word.kind == "asks"), len(words))
    be, determiner = words[at + 1 : at + 2], words[at + 2 : at + 3]
    return (
        any(word.text in language.be_forms for word in be)
        and any(word.text in language.determiners for word in determiner)
        and any(word.kind == "word" for word in words[at + 3 : at + 5])
    )


def _asks_for_others(words: Sequence[Word], language: Language) -> bool:
    """'Which other races', 'any other races', but not 'the other side', 'how many other people'."""
    for at, (before, word) in enumerate(pairwise(words)):
        if word.text in language.others and (
            before.kind == "asks" or before.text in language.anyone
        ):
            return all(noun.text not in language.anybody for noun in words[at + 2 : at + 3])
    return False


def _is_how_to(words: Sequence[Word], language: Language) -> bool:
    """'How do I cook it', 'how can we get there'."""
    return any(
        asking.kind == "asks" and verb.text in language.whether and who.text in language.askers
        for asking, verb, who in zip(words, words[1:], words[2:], strict=False)
    )


def _asks_price(words: Sequence[Word], language: Language) -> bool:
    """'How much did it cost', 'what did it cost', 'what was Ann paid', 'what was its price'."""
    told = [word for word in words if word.kind != "filler"]
    at = next((at for at, word in enumerate(told) if word.kind == "asks"), 0)
    behind = told[at + 1 :]
    of_money = [near for near in behind if near.text in language.money]
    if not of_money:
        return False
    if told[at].text == COUNT:  # not 'how many people paid'
        return behind[0].text in language.whether or behind[0] in of_money
    first = next((at for at, word in enumerate(behind) if word.kind != "function"), 0)
    after = behind[first + 1].text if first + 1 < len(behind) else ""
    is_it = {word.text for word in behind[:first]} <= language.be_forms | language.articles
    of_what = is_it and (not after or after in language.owner_markers)
    sums = language.costing | ({behind[-1].text} & language.earning)
    return (first > 0 and of_what and behind[first] in of_money) or any(
        word.text in sums and (before.kind in {"word", "name"} or before.text in language.pronouns)
        for before, word in pairwise(behind)
    )


def _years(words: Sequence[Word], language: Language) -> tuple[Word, ...]:
    """'In 1911': a figure like a year behind a word that a year follows."""
    return tuple(
        [
            word
            for before, word in pairwise(words)
            if word.kind == "figure"
            and before.text in language.year_markers
            and YEAR.fullmatch(word.text)
        ]
    )


def _denies(texts: Sequence[str], language: Language) -> bool:
    """Whether it denies an odd number of times; 'and not Ann' tells only who else it is not."""
    negations, refusals = language.negations, language.refusals
    if negations.isdisjoint(texts) and refusals.isdisjoint(texts):
        return False
    denying = [
        text in refusals or (text in negations and before not in language.joints)
        for before, text in zip(["", *texts], texts, strict=False)
    ]
    return sum(denying) % 2 == 1


def _names_present(texts: Sequence[str], language: Language) -> bool:
    """Whether 'now', 'these days' or the like stands in it. At its head it is only an opening, and
    a longer one tells of now at its end alone: 'at the moment' is not 'at the moment of ...'. 'Was
    it still there' asks of then."""
    runs = runs_by_first_word(language.present)
    if runs.keys().isdisjoint(texts):
        return False
    verb = next((text for text in texts if text in language.whether), "")
    of_then = verb in language.then
    return any(
        (len(run) < CLOSING or at + len(run) == len(texts))
        and not (of_then and " ".join(run) in language.lasting)
        for at in range(1, len(texts))
        for run in runs_at(runs, texts, at)
    )


def _asked(words: Sequence[Word], language: Language) -> str:
    """The first question word, unless the sentence opens by asking whether."""
    told = [word for word in words if word.kind != "filler"]
    first = next((at for at, word in enumerate(told) if word.kind == "asks"), None)
    asked = NOTHING if first is None else told[first].text
    if first is not None and all(word.kind == "function" for word in told[:first]):
        return asked
    if told and told[0].text in language.whether:
        return WHETHER
    opening = f" {' '.join([word.text for word in words[:8]])} "
    if any(f" {opener} " in opening for opener in language.indirect):
        return asked or WHETHER
    if not asked and any(word.text in language.conjunctions for word in told[:4]):
        return WHETHER
    return asked
