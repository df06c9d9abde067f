"""Who does what to whom, as far as word order tells it.

A light reading of English clauses: names before a verb do it, names behind it have it done to
them; a passive turns that round. It only has to be right about *conflicts*: a question in which a
name does what the fact says was done to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.matching.language import Language
from bot.matching.reading import Word


@dataclass(frozen=True, slots=True)
class Role:
    """A verb's term with the terms of its doers and of those it is done to."""

    verb: str
    doers: frozenset[str]
    done_to: frozenset[str]


def roles(words: Sequence[Word], language: Language) -> tuple[Role, ...]:
    """The roles around each verb of a sentence that has a name on a side."""
    verbs = [i for i in range(len(words)) if _is_verb(words, i, language)]
    found = []
    before: frozenset[str] = frozenset()
    for n, at in enumerate(verbs):
        start = verbs[n - 1] + 1 if n else 0
        stop = verbs[n + 1] if n + 1 < len(verbs) else len(words)
        left = _names(words[start:at], language) or before
        right, agents = _behind(words[at + 1 : stop], language)
        if _is_passive(words, at, language):
            doers, done_to = agents, left
        else:
            doers, done_to = left, right
        before = doers or left
        if doers or done_to:
            found.append(Role(words[at].terms[0], doers, done_to))
    return tuple(found)


def _is_verb(words: Sequence[Word], at: int, language: Language) -> bool:
    word = words[at]
    if word.kind not in {"word", "filler"} or not word.terms or " " in word.text:
        return False
    text = word.text
    if text.endswith("ed") or _is_past(text, language):
        return True
    previous = words[at - 1] if at else None
    if previous is None:
        return False
    if text.endswith("ing"):
        return previous.text in {"of", "from", "for"} | language.be_forms or _is_verb(
            words, at - 1, language
        )
    if previous.text in language.auxiliaries:
        return True
    # did X verb ...: the first word behind the names that follow an auxiliary
    back = at - 1
    while back >= 0 and (words[back].kind == "name" or words[back].text in {"the", "and", "not"}):
        back -= 1
    return back < at - 1 and back >= 0 and words[back].text in language.auxiliaries


def _is_past(text: str, language: Language) -> bool:
    return language.irregular.get(text, text) != text and not text.endswith("s")


def _is_passive(words: Sequence[Word], at: int, language: Language) -> bool:
    """A participle with a form of 'be' before it in the same clause ('was Russia accused')."""
    text = words[at].text
    if not (text.endswith("ed") or text.endswith("en") or _is_past(text, language)):
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
        elif word.text in {"the", "a", "and", "or"}:
            continue
        else:
            aside = False
    return frozenset(found)


def _behind(
    words: Sequence[Word], language: Language
) -> tuple[frozenset[str], frozenset[str]]:
    """The names behind a verb: those it is done to, and those behind 'by'."""
    for i, word in enumerate(words):
        if word.text in language.agent_markers:
            return _names(words[:i], language), _names(words[i + 1 :], language)
    for i, word in enumerate(words):
        if word.text in language.bystander_markers:
            return _names(words[:i], language), frozenset()
    return _names(words, language), frozenset()


@dataclass(frozen=True, slots=True)
class Cast:
    """All that a fact's phrasings and answer tell of who does what to whom, by verb."""

    doers: Mapping[str, frozenset[str]]
    done_to: Mapping[str, frozenset[str]]


def cast(told: Sequence[Role]) -> Cast:
    doers: dict[str, frozenset[str]] = {}
    done_to: dict[str, frozenset[str]] = {}
    for role in told:
        doers[role.verb] = doers.get(role.verb, frozenset()) | role.doers
        done_to[role.verb] = done_to.get(role.verb, frozenset()) | role.done_to
    return Cast(doers, done_to)


@dataclass(frozen=True, slots=True)
class Clash:
    """A verb and a name: `swapped` where the fact has the name on the verb's other side, else the
    fact has others on that side."""

    verb: str
    name: str
    swapped: bool


def clash(asked: Sequence[Role], known: Cast, held: frozenset[str]) -> Clash | None:
    """Where a question's roles clash with all that is known; `held` are the fact's names."""
    nobody: frozenset[str] = frozenset()
    others: Clash | None = None
    for role in asked:
        doers = known.doers.get(role.verb, nobody)
        done_to = known.done_to.get(role.verb, nobody)
        swapped = ((role.doers & done_to) - doers) | ((role.done_to & doers) - done_to)
        if swapped:
            return Clash(role.verb, min(swapped), swapped=True)
        if role.doers and doers and not role.doers & doers:
            name = min(role.doers)
            others = others or Clash(role.verb, name, swapped=name in held)
    return others
