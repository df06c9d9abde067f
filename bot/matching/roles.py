"""Who does what to whom, as far as word order tells it.

A light reading of English clauses: names before a verb do it, names behind it have it done to
them; a passive turns that round. It only has to be right about *clashes*: a question in which a
name does what the fact says was done to it. What a fact tells is counted over all its phrasings,
so that a misread one is outvoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeAlias

from bot.matching.language import Language
from bot.matching.reading import Word

Pair: TypeAlias = tuple[str, str]  # terms of names

VERBAL = frozenset({"word", "filler"})  # kinds of words that a verb may be
OBJECTS = frozenset({"who", "what", "which", "count"})  # question words for what is done to
OFTEN = 2  # times that a name must stand on one side of a verb
ORDERED = 2  # whether-questions that must have two names in one order
MOST_ORDERED = 8  # names in a sentence whose order says something
RATHER = 3  # and this many times as many as have them in the other
MAJORITY = 4  # and this many times as often as on the other


@dataclass(frozen=True, slots=True)
class Role:
    """A verb's term with the terms of its doers and of those it is done to."""

    verb: str
    doers: frozenset[str]
    done_to: frozenset[str]


def verbs_in(sentences: Iterable[Sequence[Word]], language: Language) -> frozenset[str]:
    """The stems that some sentence uses as a verb beyond doubt: in the past, or behind 'to'."""
    return frozenset(
        words[at].stem
        for words in sentences
        for at in range(len(words))
        if _could_be_verb(words[at])
        and (
            is_past(words[at].text, language)
            or (at > 0 and words[at - 1].text == language.infinitive)
        )
    )


def roles(
    words: Sequence[Word], language: Language, verbs: Collection[str] = ()
) -> tuple[Role, ...]:
    """The roles around each verb of a sentence that has a name on a side."""
    places = [
        at
        for at, word in enumerate(words)
        if word.kind in VERBAL and _is_verb(words, at, language, verbs)
    ]
    found = []
    before: frozenset[str] = frozenset()
    fronted = _fronted(words, language)
    for n, at in enumerate(places):
        start = places[n - 1] + 1 if n else fronted if fronted < at else 0
        stop = places[n + 1] if n + 1 < len(places) else len(words)
        left = _names(words[start:at], language) or before
        right, agents = _behind(words[at + 1 : stop], language)
        if _is_passive(words, at, language):
            doers, done_to = agents, left
        elif n == 0 and 0 < fronted < at:
            doers, done_to = left, right | _names(_headed(words[:fronted], language), language)
        elif _has_object(words[at + 1 : stop], language):
            doers, done_to = left, right
        else:
            before = left  # 'died', 'arrived': nothing is done to anybody
            continue
        before = doers or left
        if doers or done_to:
            found.append(Role(words[at].terms[0], doers, done_to))
    return tuple(found)


def _has_object(behind: Sequence[Word], language: Language) -> bool:
    for word in behind:
        if word.text in language.bystander_markers:
            return False
        if word.kind in {"name", "word", "figure"}:
            return True
    return False


def _fronted(words: Sequence[Word], language: Language) -> int:
    """Where the subject begins behind a fronted object: 'how many Taliban did | the army kill'."""
    if not words or words[0].text not in OBJECTS:
        return 0
    return next((at + 1 for at, w in enumerate(words) if w.text in language.auxiliaries), 0)


def _headed(words: Sequence[Word], language: Language) -> Sequence[Word]:
    """Up to whose something is: in 'which office of the Taliban did they open' it is the office
    that is opened; but 'how many of the Taliban' are Taliban."""
    for at, word in enumerate(words):
        if word.text in language.owner_markers and words[at - 1].kind == "word":
            return words[:at]
    return words


def _could_be_verb(word: Word) -> bool:
    return word.kind in VERBAL and bool(word.terms) and not word.kin


def _is_verb(words: Sequence[Word], at: int, language: Language, verbs: Collection[str]) -> bool:
    word = words[at]
    if not _could_be_verb(word):
        return False
    text = word.text.partition(" ")[0]
    if is_past(text, language):
        return True
    if at == 0 or _is_plural(text):
        return False
    previous = words[at - 1]
    if text.endswith("ing"):
        if previous.text in language.before_doing or previous.text in language.be_forms:
            return True
        return _is_verb(words, at - 1, language, verbs)
    return _behind_auxiliary(words, at, language, verbs)


def _behind_auxiliary(
    words: Sequence[Word], at: int, language: Language, verbs: Collection[str]
) -> bool:
    """'Did the Afghan army attack': the first word behind the subject that can be a verb."""
    back = at - 1
    while back >= 0 and (
        words[back].kind == "name"
        or words[back].text in language.between_names
        or (words[back].kind == "word" and not _is_known_verb(words[back], verbs))
    ):
        back -= 1
    if back < 0 or words[back].text not in language.auxiliaries:
        return False
    return _is_known_verb(words[at], verbs) or back == at - 1 or words[at - 1].kind == "name"


def _is_known_verb(word: Word, verbs: Collection[str]) -> bool:
    return word.stem in verbs and not _is_plural(word.text)


def _is_plural(text: str) -> bool:
    return text.endswith("s") and not text.endswith("ss")


def is_past(text: str, language: Language) -> bool:
    """Whether a word, or the first of a run, may be a verb in the past."""
    text = text.partition(" ")[0]
    return text.endswith("ed") or text in language.irregular


def _is_passive(words: Sequence[Word], at: int, language: Language) -> bool:
    """A participle with a form of 'be' before it in the same clause ('was Russia accused')."""
    text = words[at].text
    if not (text.endswith("en") or is_past(text, language)):
        return False
    for word in reversed(words[max(0, at - 5) : at]):
        if word.text in language.be_forms:
            return True
        if word.kind == "word" and word.text.endswith("ed"):
            return False
    return False


def _names(words: Sequence[Word], language: Language) -> frozenset[str]:
    """The names of a stretch that stand for themselves, not behind 'in', 'with', 'about', ..."""
    found: set[str] = set()
    aside = False
    for word in words:
        if word.text in language.bystander_markers:
            aside = True
        elif word.kind == "name":
            if not aside:
                found.update(word.terms)
        elif word.text not in language.between_names:
            aside = False
    return frozenset(found)


def _behind(words: Sequence[Word], language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """The names behind a verb: those it is done to, and those behind 'by'."""
    for i, word in enumerate(words):
        if word.text in language.agent_markers:
            return _names(words[:i], language), _names(words[i + 1 :], language)
    for i, word in enumerate(words):
        if word.text in language.bystander_markers:
            return _names(words[:i], language), frozenset()
    return _names(words, language), frozenset()


@dataclass(frozen=True, slots=True)
class Side:
    """The names on one side of a verb: those that stand there often enough, and those that stand
    clearly there rather than on the other side."""

    ever: frozenset[str]
    clearly: frozenset[str]


NOBODY = Side(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Cast:
    """What a fact's phrasings and answer tell of who does what to whom, by verb."""

    doers: Mapping[str, Side]
    done_to: Mapping[str, Side]


def cast(told: Iterable[Role]) -> Cast:
    """Counts the names on each side of each verb; those that stand there again and again, and
    hardly on the other, stand there clearly."""
    doers: dict[str, Counter[str]] = {}
    done_to: dict[str, Counter[str]] = {}
    for role in told:
        doers.setdefault(role.verb, Counter()).update(role.doers)
        done_to.setdefault(role.verb, Counter()).update(role.done_to)
    return Cast(_sides(doers, done_to), _sides(done_to, doers))


def _sides(here: Mapping[str, Counter[str]], there: Mapping[str, Counter[str]]) -> dict[str, Side]:
    return {
        verb: Side(
            ever=frozenset(
                name for name, count in names.items() if count * MAJORITY >= max(names.values())
            ),
            clearly=frozenset(
                name
                for name, count in names.items()
                if count >= OFTEN and count >= MAJORITY * there[verb][name]
            ),
        )
        for verb, names in here.items()
    }


def swapped(
    asked: Sequence[Role], named: frozenset[str], known: Cast, held: frozenset[str]
) -> tuple[str, str] | None:
    """A verb and a name that a question has in another's place.

    The fact has the name clearly on the verb's other side; or it has it, but never on this side,
    where it clearly has another one that the question names elsewhere. `named` are all names of the
    question, `held` all names of the fact.
    """
    for role in asked:
        doers = known.doers.get(role.verb, NOBODY)
        done_to = known.done_to.get(role.verb, NOBODY)
        for here, same, other in ((role.doers, doers, done_to), (role.done_to, done_to, doers)):
            if wrong := here & other.clearly:
                return role.verb, min(wrong)
            strange = (here & held) - same.ever
            displaced = (same.clearly - here) & named
            if strange and displaced and not here & same.ever:
                return role.verb, min(strange)
    return None


def name_order(words: Sequence[Word], language: Language) -> tuple[Pair, ...]:
    """The pairs of names of an active sentence of which the first stands before the second. Left
    out are those that are joined ('Iran and China'), and a name whose place tells little ('with the
    Taliban'); a passive sentence, which turns them round, has none, nor has a long list."""
    if any(word.text in language.agent_markers for word in words):
        return ()
    if sum([word.kind == "name" for word in words]) < 2:
        return ()  # most questions, at once
    order: list[list[str]] = []  # in each, names that are joined
    joined = loose = False
    for word in words:
        if word.kind != "name":
            joined = word.text in language.joints or (
                joined and word.text in language.between_names
            )
            loose = word.text in language.loosely or (loose and word.text in language.between_names)
        elif len(word.terms) == 1 and not loose:
            if joined and order:
                order[-1].append(word.terms[0])
            else:
                order.append([word.terms[0]])
            joined = False
    if sum(map(len, order)) > MOST_ORDERED:
        return ()
    pairs = (pair for left, right in combinations(order, 2) for pair in product(left, right))
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def precedence(orders: Iterable[Sequence[Pair]]) -> frozenset[Pair]:
    """The pairs of names of which the first stands before the second almost always."""
    counts: Counter[Pair] = Counter(pair for order in orders for pair in order)
    return frozenset(
        (a, b)
        for (a, b), count in counts.items()
        if count >= ORDERED and count >= RATHER * counts[b, a]
    )


def turned_round(order: Sequence[Pair], known: Collection[Pair]) -> Pair | None:
    """Two names that a question has in the other order than all that is known."""
    return next((pair for pair in order if pair[::-1] in known), None)
