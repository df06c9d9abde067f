"""Questions about the last answer itself: 'source?', 'exact words?', 'more', 'is that true?'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bot.dialogue.compose import answer_part, message_part, sources_of, wholes_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.mentions import Mention, mentions, named_in
from bot.dialogue.reply import Best, Part, Side
from bot.dialogue.telling import Asked, Teller, Turn, offering
from bot.facts.model import ACTORS, Fact, Person
from bot.matching.language import Language
from bot.matching.text import sentences, tokens

OPENING = 4  # words of an answer that may say already how sure it is
REACH = 4  # words at most from 'said' to whoever did: 'said the chief doctor, Ann Berg'
ENDS = (".", "!", "?")  # of a sentence
TELLING = 5  # words at least of a sentence that says enough alone
WORDY = 3  # words of a quote that can be shown without what was told


class LastAnswer:
    """Tells of the facts that were told last what else the base has of them."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._base = teller.base
        self._texts = teller.texts

    def asked(self, kind: str, text: str, before: Conversation) -> Turn:
        """'Source?', 'exact words?', 'more', 'is that true?', 'and the other side?', or a doubt of
        something that it does not hold: about the last answer itself."""
        facts = self._told(before)
        if not facts:
            return message_part(text, "unknown", self._texts.unknown), before
        lead, best = facts[0], Best(facts[0].id, 1.0)
        if kind == "shorter":
            return self._shorter(lead, text, best), before
        if kind == "more":
            return self._more(lead, text, before)
        if kind == "meaning":
            fresh = [fact for fact in self._near(lead) if fact.id not in before.shown]
            message = self._texts.no_other_words
            return offering(message_part(text, "unknown", message, facts=fresh), before)
        if kind == "sides":
            if turn := self._other_side(facts, text, before):
                return turn
            message = self._texts.no_more if self.has_sides(before) else self._texts.no_other_side
            return message_part(text, "unknown", message), before
        if kind == "speaker" and not lead.claim and (claim := self._claim_in(lead)):
            return self._told_next(claim, text, before)
        told = answer_part(text, lead, self._base, best)
        if kind == "names":
            names = "; ".join(map(self._with_role, self._persons_named(facts)))
            named_there = self._texts.named_there.format(names=names)
            return replace(told, sides=(Side(lead.id, named_there),), quotes=()), before
        if kind in {"source", "speaker"}:
            shown_now = [fact for fact in facts if fact.id in told.facts]
            origins = {self._origin(fact): fact.id for fact in reversed(shown_now)}
            named = tuple(Side(fact_id, origin) for origin, fact_id in reversed(origins.items()))
            speakers = self._claimants(lead) or self._speakers_in(lead.answer)
            if kind == "speaker" and len(speakers) == 1:
                before = before._replace(named=speakers)  # who is 'he' in the next question
            return replace(told, sides=named, quotes=()), before
        if kind == "quote":
            if told.quotes:
                # A word or two say nothing alone.
                alone = any(len(quote.text.split()) >= WORDY for quote in told.quotes)
                sides = (Side(lead.id, self._texts.quotes_follow),) if alone else told.sides
                return replace(told, sides=sides), self._quoted(lead, before)
            quoted = [fact for fact in self._near(lead) if fact.quotes]
            message = self._texts.no_quote
            return message_part(text, "unknown", message, facts=quoted, best=best), before
        if kind == "verdict" and (whole := self._whole_dispute(lead)):
            lead, told = whole, answer_part(text, whole, self._base, Best(whole.id, 1.0))
        frame = self._frame(lead, kind)
        answer = told.sides[0].answer
        if frame != self._texts.confirm_disputed or not _opens_so(answer, frame):
            answer = frame.format(answer=answer)
        first = replace(told.sides[0], answer=answer)
        return replace(told, sides=(first, *told.sides[1:])), before

    def _near(self, lead: Fact) -> list[Fact]:
        """The parts of a fact, and what has to do with it."""
        near = (*lead.covers, *self._base.related[lead.id])
        return [self._base.fact_by_id[fact_id] for fact_id in near]

    def _shorter(self, lead: Fact, text: str, best: Best) -> Part:
        """The first sentence of an answer, and no quote, where it says enough without the rest: who
        claims it, if somebody does."""
        first, *others = _whole_sentences(lead.answer)
        parts = [self._base.fact_by_id[part] for part in lead.covers]
        sides = {part.claim.by for part in parts if part.claim}
        alone = not (lead.contradicts or self.is_dispute(lead) or len(sides) > 1)
        if lead.claim:
            named = named_in(tokens(first), self._teller.matcher.lexicon)
            alone = alone and not set(lead.claim.by).isdisjoint(named)
        told = answer_part(text, lead, self._base, best)
        longer = others or told.quotes
        if not (longer and alone and len(first.split()) >= TELLING):
            return message_part(text, "chat", self._texts.no_shorter)
        return replace(told, sides=(Side(lead.id, first),), quotes=(), further=(), note="")

    def _quoted(self, lead: Fact, before: Conversation) -> Conversation:
        """The conversation as if it had been asked what the one who was quoted says, so that 'and
        Lavrov?' is what he says; as it was where that was asked, or several were quoted."""
        speakers = {quote.speaker for quote in lead.quotes if quote.speaker}
        matcher, last = self._teller.matcher, tokens(before.question)
        if len(speakers) != 1 or self._teller.who.asked_to_state(matcher.match(last)):
            return before
        (speaker,) = speakers
        name = self._base.person_by_id[speaker].name
        saying = matcher.lexicon.language.saying
        return before._replace(question=saying.format(name=name), named=(speaker,), display="")

    def _claim_in(self, lead: Fact) -> Fact | None:
        """The first claim that a fact sums up, or one that a part of it does; None: there is
        none."""
        parts = [self._base.fact_by_id[part] for part in lead.covers]
        inner = [self._base.fact_by_id[part] for fact in parts for part in fact.covers]
        return next((fact for fact in (*parts, *inner) if fact.claim), None)

    def _frame(self, lead: Fact, kind: str) -> str:
        """What is said before an answer that is asked for once more: 'is that true?'; or that
        something else was held against it, which the source tells nowhere, or elsewhere."""
        if kind == "elsewhere":
            return self._texts.confirm_elsewhere
        if kind == "doubt":
            return self._texts.confirm_other
        if lead.claim:
            return self._texts.confirm_claim
        return self._texts.confirm_disputed if self.is_dispute(lead) else self._texts.confirm

    def _whole_dispute(self, lead: Fact) -> Fact | None:
        """What sums up both sides of what one of them claims; None: nothing does."""
        wholes = wholes_of(lead, self._base)
        return next((w for w in wholes if not set(lead.contradicts).isdisjoint(w.covers)), None)

    def is_claim(self, before: Conversation) -> bool:
        """Whether what was told last is somebody's claim."""
        return any(fact.claim for fact in self._told(before)[:1])

    def has_names(self, before: Conversation) -> bool:
        """Whether what was told last names a person."""
        return bool(self._persons_named(self._told(before)))

    def _persons_named(self, facts: Sequence[Fact]) -> list[Person]:
        """The persons whom the answers of facts name by a part of their names at least, in the
        order of the base: 'the baker' alone is no name."""
        named = {p for fact in facts for p in self._teller.matcher.names_in_answer(fact.id)}
        told = {token.text for fact in facts for token in tokens(fact.answer)}
        people = (p for p in self._base.people if p.id in named and p.kind == "person")
        return [p for p in people if any(token.text in told for token in tokens(p.name))]

    def _speakers_in(self, answer: str) -> tuple[str, ...]:
        """Who says what an answer tells, as its own words have it: 'Ann Berg said', 'said the
        doctor, Ann Berg'."""
        words, lexicon = tokens(answer), self._teller.matcher.lexicon
        texts = [word.text for word in words]
        named, people = mentions(words, lexicon), list[str]()
        for before, name in zip([None, *named], named, strict=False):
            if _says(texts, name.start, name.stop, lexicon.language):
                of_body = before and _is_of(texts, before, name, lexicon.language)
                people += before.people if before and of_body else name.people
        return tuple(dict.fromkeys(p for p in people if self._base.person_by_id[p].kind in ACTORS))

    def _with_role(self, person: Person) -> str:
        if not person.role:
            return person.name
        return self._texts.named_with_role.format(name=person.name, role=person.role)

    def has_quotes(self, before: Conversation) -> bool:
        """Whether somebody is quoted in what was told last."""
        return any(fact.quotes for fact in self._told(before))

    def has_sides(self, before: Conversation) -> bool:
        """Whether what was told last is disputed, or sums up what is."""
        return any(fact.contradicts or self._sums_up_sides(fact) for fact in self._told(before))

    def _sums_up_sides(self, fact: Fact) -> bool:
        """Whether a part of what a fact sums up is disputed."""
        return any(self._base.fact_by_id[part].contradicts for part in fact.covers)

    def disputes(self) -> list[Fact]:
        """What sums up both sides of something, as far as nothing else sums that up, and of other
        claims that stand against each other the first."""
        facts = self._base.facts
        wholes = [fact for fact in facts if self.is_dispute(fact)]
        summed = {part for whole in wholes for part in whole.covers}
        told = set[str]()
        found = []
        for fact in (fact for fact in facts if fact.id not in summed):
            alone = fact.contradicts and told.isdisjoint(fact.contradicts)
            if fact in wholes or alone:
                found.append(fact)
                told.add(fact.id)
        return found

    def is_dispute(self, fact: Fact) -> bool:
        """Whether at least half of what a fact sums up is: the summary of an event is not disputed
        because something in it is."""
        disputed = [bool(self._base.fact_by_id[part].contradicts) for part in fact.covers]
        return any(disputed) and 2 * sum(disputed) >= len(disputed)

    def _told(self, before: Conversation) -> list[Fact]:
        """What was told last."""
        shown = (self._base.fact_by_id.get(fact_id) for fact_id in before.facts)
        return [fact for fact in shown if fact]

    def _more(self, lead: Fact, text: str, before: Conversation) -> Turn:
        """The next fact near the last one that the conversation has not shown; where all were, an
        offer of others on the same topic."""
        known = {*before.shown, *before.recent}
        wholes = (fact.id for fact in wholes_of(lead, self._base))
        for fact_id in (*self._base.related[lead.id], *lead.covers, *wholes):
            if fact_id not in known:
                return self._told_next(self._base.fact_by_id[fact_id], text, before)
        alike = (fact for fact in self._base.facts if lead.topic and fact.topic == lead.topic)
        others = [fact for fact in alike if fact.id not in known]
        part = message_part(text, "unknown", self._texts.no_more, facts=others)
        return offering(part, before)

    def _other_side(self, facts: Sequence[Fact], text: str, before: Conversation) -> Turn | None:
        """A claim against what leads in what was told last, or one of the sides that it sums up:
        one that was not shown yet, if there is one; None: there is none. What nothing is held
        against takes those against the rest."""
        lead = facts[0]
        parts = [self._base.fact_by_id[part] for part in lead.covers]
        sides = {part.claim.by for part in parts if part.claim}
        summed = lead.covers if len(sides) > 1 or self._sums_up_sides(lead) else ()
        near = [*lead.contradicts, *summed] or [o for fact in facts for o in fact.contradicts]
        others = (self._base.fact_by_id[other] for other in near if other != lead.id)
        claims = sorted((f for f in others if f.claim), key=lambda fact: fact.id in before.shown)
        return self._told_next(claims[0], text, before) if claims else None

    def _told_next(self, fact: Fact, text: str, before: Conversation) -> Turn:
        """A fact told in addition to those that the conversation has shown."""
        asked = Asked(text, tuple(tokens(before.question)))
        part, state = self._teller.fact(fact, Best(fact.id, 1.0), asked)
        shown = (*before.shown, *state.shown)
        return part, state._replace(shown=shown, display=before.display)

    def _claimants(self, fact: Fact) -> tuple[str, ...]:
        """Whose claim a fact is, or all whose claims it sums up."""
        if fact.claim:
            return fact.claim.by
        parts = [self._base.fact_by_id[part] for part in fact.covers]
        return tuple(dict.fromkeys(by for part in parts if part.claim for by in part.claim.by))

    def _origin(self, fact: Fact) -> str:
        """Where a fact comes from, in words: who says it, and who reports that."""
        named = ", ".join(dict.fromkeys(s.publisher for s in sources_of((fact,), self._base)))
        claimants = self._claimants(fact) or self._speakers_in(fact.answer)
        if claimants:
            *others, last = [self._base.person_by_id[person].called for person in claimants]
            speakers = last
            if others:
                speakers = self._texts.joined.format(others=", ".join(others), last=last)
            return self._texts.source_claim.format(speakers=speakers, source=named)
        return self._texts.source.format(source=named)


def _opens_so(answer: str, frame: str) -> bool:
    """Whether an answer says itself what is said before it: 'that is disputed: it is disputed'."""
    said = frame.partition("{answer}")[0].split()[-1].strip(":,.").lower()
    return said in {word.strip(":,.") for word in answer.lower().split()[:OPENING]}


def _whole_sentences(text: str) -> list[str]:
    """A text cut at full stops and the like, and at nothing less."""
    found = [""]
    for part in (sentence.text.strip() for sentence in sentences(text)):
        found[-1] = f"{found[-1]} {part}".strip()
        if part.endswith(ENDS):
            found.append("")
    return [sentence for sentence in found if sentence]


def _is_of(texts: Sequence[str], one: Mention, other: Mention, language: Language) -> bool:
    """Whether a name tells whose the one before it is: 'Ann Berg of the union said'."""
    between = set(texts[one.stop : other.start])
    small = language.owner_markers | language.articles
    return not language.owner_markers.isdisjoint(between) and between <= small


def _says(texts: Sequence[str], start: int, stop: int, language: Language) -> bool:
    """Whether the name from a place to before another stands with a verb of saying: right before
    it, or behind it with no more than an article and a role between."""
    if not language.stating.isdisjoint(texts[stop : stop + 1]):
        return True
    inverted = language.stating & language.uttering  # 'told Ann' is no word of hers
    before = texts[max(0, start - REACH) : start]
    between = list(takewhile(lambda text: text not in inverted, reversed(before)))
    small = language.function_words - language.articles
    return len(between) < len(before) and small.isdisjoint(between)
