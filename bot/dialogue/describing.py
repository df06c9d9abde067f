"""Who somebody is: told where just that is asked, or before what is told of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.compose import message_part
from bot.dialogue.references import about
from bot.dialogue.reply import Best, Part
from bot.dialogue.sureness import SURE
from bot.facts.model import Fact, Person
from bot.matching.belonging import FORMER_REACH
from bot.matching.decide import Candidate
from bot.matching.engine import Match
from bot.matching.kinds import WHETHER, WHO
from bot.matching.lexicon import NAME
from bot.matching.text import tokens

if TYPE_CHECKING:
    from bot.dialogue.telling import Asked, Teller, Turn

LONGEST_SIDE = 500  # characters of an answer with who somebody is before it


def is_of_others(teller: Teller, match: Match, fact: Fact) -> bool:
    """Whether a question for who has some role, or who somebody is, is answered by a fact about
    others, where it is not sure."""
    if person := teller.who.with_role(match):
        return not teller.matcher.concerns(match.chosen, person.id)
    if person := teller.who.asked_for_told(match):
        return not teller.who.introduces(fact, person)
    doubtful = match.confidence < SURE or teller.who.asks_name(match.question)
    named = teller.who.asked_for(match) if doubtful else None
    return named is not None and named.id not in about((fact,))


def introduced(teller: Teller, part: Part, fact: Fact, match: Match) -> Part:
    """The part that a fact comes to, with who somebody is before it, where just that is asked
    and none of the fact's phrasings asks it."""
    person = teller.who.asked_for(match)
    if person is None or not person.role or teller.who.introduces(fact, person):
        return part
    first = part.sides[0]
    if teller.who.says_who(first.answer, person):
        return part  # 'demanded Ann Berg, the chairwoman'
    role, answer = person.role.rstrip("."), first.answer
    told = teller.texts.person_answer.format(name=person.name, role=role, answer=answer)
    if len(told) > LONGEST_SIDE:
        return part
    return replace(part, sides=(replace(first, answer=told), *part.sides[1:]))


def described(teller: Teller, match: Match, asked: Asked) -> Turn | None:
    """'Who is ...?' of somebody whom no fact is about: who they are, as the base's names say,
    and what it tells of them; None: something else was asked, or it is known not to be said."""
    person = teller.who.asked_for(match)
    if person is None or not person.role:
        return None
    if _is_not_said_of(teller, match, person):
        return None
    who = None if teller.who.asked_for_told(match) else _telling_who(teller, person)
    fact = teller.base.fact_by_id[who.id] if who else None
    if who and fact and teller.who.introduces(fact, person):
        return teller.fact(fact, Best(fact.id, who.confidence), asked)
    return _with_who(teller, person, match, asked)


def _with_who(teller: Teller, person: Person, match: Match, asked: Asked) -> Turn:
    """Who somebody is, with an offer of what is told of them."""
    told = teller.offers.about(person.id)
    message = teller.texts.person if told else teller.texts.person_alone
    described = message.format(name=person.name, role=person.role.rstrip("."))
    if told:
        part, state = teller.without_answer(match, asked, described, told)
    else:
        part = message_part(asked.text, "unknown", described, assumed=asked.assumed)
        state = teller.nothing_told(asked, part)
    # Of 'is Ann the president?', where Bo is: she was told of.
    return part, state._replace(named=(person.id,), about=(), not_said="")


def whether_is(teller: Teller, match: Match, asked: Asked) -> Turn | None:
    """'Is Ann the minister?' with who she is, where nothing of her answers that; None: it does,
    or something else is asked."""
    person, is_role = teller.who.asked_whether(match.question) or (None, False)
    if person is None or not person.role:
        return None
    first = match.candidates[0] if match.candidates else None
    known = first and teller.knows(match) and teller.matcher.concerns(first, person.id)
    if known and match.is_not_said and person.kind == "person":  # not of whom she met
        known = teller.who.asks_whether(teller.matcher.phrasing(match.candidates[0]))
    if known and not (is_role and match.confidence < SURE):
        return None
    if is_role and (who := _telling_who(teller, person)):
        fact = teller.base.fact_by_id[who.id]
        return teller.fact(fact, Best(fact.id, who.confidence), asked)
    return _with_who(teller, person, match, asked)


def _telling_who(teller: Teller, person: Person) -> Candidate | None:
    """What answers 'who is Ann?', if something of hers does."""
    asking = teller.matcher.lexicon.language.defining[WHO]
    who = teller.matcher.match([*tokens(asking), *tokens(person.name)])
    answered = who.decision.verb == "answer" and teller.matcher.concerns(who.chosen, person.id)
    return who.chosen if answered else None


def _is_not_said_of(teller: Teller, match: Match, person: Person) -> bool:
    """Whether it is known not to be said who somebody is, or is now; of whom a question names,
    their role is said, unless just that was asked and is not told."""
    first = match.candidates[0] if match.candidates else None
    parts = teller.matcher.lexicon.language.name_parts
    if not match.is_not_said or first is None or first.objections:
        return False
    if any(one.word.text not in parts for one in first.evidence.missing):
        return False
    entry = teller.base.unanswered_by_id[first.id]
    named = f"{NAME}{person.id}" in match.question.named
    of_then = named and not (match.question.of_now or teller.who.asks_name(match.question))
    return not of_then or teller.who.introduces(entry, person)


def is_over(teller: Teller, match: Match, fact: Fact) -> bool:
    """Whether somebody's role tells that they are no more what a question asks whether they are
    now: 'is she still minister', of a former one."""
    if match.question.asked != WHETHER:
        return False
    lexicon = teller.matcher.lexicon
    asked = {word.stem for word in match.question.telling if word.kind == "word"}
    for person in fact.about:
        if f"{NAME}{person}" not in match.question.named:
            continue
        role = tokens(teller.base.person_by_id[person].role)
        stems = [lexicon.stem(word.text) for word in role]
        over = [at for at, w in enumerate(role, 1) if w.text in lexicon.language.former]
        if any(not asked.isdisjoint(stems[at : at + FORMER_REACH]) for at in over):
            return True
    return False
