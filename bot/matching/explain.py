"""Why this fact and not another: the parts of each candidate's score, for whoever mends a base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.matching.decide import Candidate, Thresholds
from bot.matching.engine import Match, Matcher
from bot.matching.head import spoke
from bot.matching.kinds import NOTHING

MOST_FOR, MOST_AGAINST = 6, 3  # words and pairs shown with what they say of a candidate


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a message was read as, and what came of each of its questions."""

    message: str
    own: str | None  # the entry that has the message among its questions, word for word
    quoted: str | None  # the fact whose words it quotes, and asks no more than whose they are
    taken_as: tuple[str, ...]  # each question that is replied to, as it was read
    matches: tuple[Match, ...]
    statements: tuple[tuple[str, ...], ...]  # for each, of whom it asks what they say
    replies: tuple[str, ...]  # to each, where it is another than was decided; else nothing
    matcher: Matcher


def explain_text(explanation: Explanation) -> str:
    """The explanation as lines for a terminal."""
    blocks = []
    if explanation.own:
        blocks.append(f"a question of {explanation.own}, word for word: nothing to guess")
    if explanation.quoted:
        blocks.append(f"quotes {explanation.quoted}, and asks whose words these are: told as it is")
    if not explanation.matches:
        return (
            blocks[0]
            if blocks
            else "small talk, or it does not say whom it means: nothing to match"
        )
    asked = zip(
        explanation.taken_as,
        explanation.matches,
        explanation.statements,
        explanation.replies,
        strict=True,
    )
    for text, match, statements, reply in asked:
        blocks.append("\n".join(_lines(text, match, statements, reply, explanation.matcher)))
    return "\n\n".join(blocks)


def _lines(
    text: str, match: Match, statements: Sequence[str], reply: str, matcher: Matcher
) -> Iterator[str]:
    question, decision = match.question, match.decision
    yield f"question: {text}"
    read = " ".join(f"{w.text}[{'|'.join(w.terms) or w.kind}]" for w in question.words)
    yield f"read as:  {read}"
    asked = question.asked if question.asked != NOTHING else "nothing in particular"
    yield f"asks:     {asked}{', denied' if question.negated else ''}"
    yield f"decision: {decision.verb} {' '.join(decision.chosen)}({decision.why})"
    if decision.verb == "answer" and matcher.asks_of_now(match):
        yield "          not told: it asks how things stand now, and that is of another day"
    if statements:
        does = "told" if len(statements) == 1 else "offered"
        yield f"          {does} instead, by whose words they are: {', '.join(statements)}"
    elif reply:
        yield f"          but the reply is another: {reply}"
    if match.corrected:
        yield f"          put right, what is asked with: {' '.join(match.corrected)}"
    limits: Thresholds = matcher.thresholds
    yield f"          answers from {limits.answer}, suggests from {limits.suggest}"
    candidates = match.candidates
    if len(candidates) == 1:
        candidates += matcher.search.rivals(question, candidates[0].evidence.item)
    for number, candidate in enumerate(candidates, 1):
        yield from _candidate(number, candidate, match, matcher)


def _candidate(number: int, candidate: Candidate, match: Match, matcher: Matcher) -> Iterator[str]:
    evidence = candidate.evidence
    kind = "" if candidate.is_fact else " (unanswered)"
    yield f"{number}. {candidate.confidence:.3f} {candidate.id}{kind}"
    yield f"   nearest phrasing: {matcher.phrasing(candidate)}"
    yield (
        f"   evidence {evidence.score:.3f}: {evidence.asked_covered:.2f} of the question,"
        f" {evidence.phrase_covered:.2f} of the phrasing"
    )
    index = matcher.index
    parts = {"for": [], "nearby": [], "against": []}  # type: dict[str, list[str]]
    for one in matcher.search.weighed(match.question):
        if any(index.phrase_has(evidence.item, evidence.phrase, term) for term in one.terms):
            where = "for"
        elif any(index.item_has(evidence.item, term) for term in one.terms):
            where = "nearby"
        else:
            where = "against"
        if one.weight > 0:
            parts[where].append(f"{one.word.text} {one.weight:.2f}")
    names = {"for": "in the phrasing", "nearby": "elsewhere in the fact", "against": "not in it"}
    for where, words in parts.items():
        if words:
            yield f"   {names[where]}: {', '.join(words)}"
    spoken = spoke(matcher.learnt.head, match.question, evidence.item)
    most = [one for one in spoken if one[1] > 0][:MOST_FOR]
    most += [one for one in spoken if one[1] < 0][:MOST_AGAINST]
    told = ", ".join([f"{text} {logit:+.2f}" for text, logit in most])
    yield f"   learnt {candidate.learnt:.3f}: {told}"
    for objection in candidate.objections:
        yield f"   gate {objection.gate}: x{objection.factor:g}, {objection.why}"
