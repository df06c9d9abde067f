"""The one door: a message in, a reply and the state of the conversation out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import followup
from bot.dialogue.compose import answer_part, message_part, quotes_of, sources_of, suggestions
from bot.dialogue.conversation import NOTHING_SAID, Conversation
from bot.dialogue.reply import Best, Part, Reply, Side, Suggestion
from bot.dialogue.smalltalk import FILLED, Phrasebook, Phrases
from bot.dialogue.splitting import asking_sentences, clauses, halves
from bot.dialogue.texts import Texts
from bot.facts.model import Base, Fact
from bot.matching.complete import Completer
from bot.matching.engine import Match, Matcher
from bot.matching.explain import Explanation
from bot.matching.language import Language
from bot.matching.text import Sentence, Token, sentences, tokens

LONG = 9  # words of a sentence that may hold its question in one of its clauses
CLAUSE_SURE = 0.75  # confidence that a clause must earn without the rest of its sentence
NEARBY = 0.3  # how far a fact near the last one is brought towards certainty
Turn = tuple[Part, Conversation]


class Answerer:
    """Answers from one base. Pure and synchronous: the same message in the same conversation gets
    the same reply."""

    def __init__(self, base: Base, language: Language, texts: Texts) -> None:
        self.base = base
        self.texts = texts
        self.matcher = Matcher(base, language)
        self._language = language
        self._chat = Phrasebook(language.chat, self.matcher.lexicon)
        self._followups = Phrasebook(language.followups, self.matcher.lexicon)
        self._present = Phrases(language.present)
        self._completer = Completer(base)

    def reply(
        self, message: str, conversation: Conversation = NOTHING_SAID
    ) -> tuple[Reply, Conversation]:
        """The reply to a message, and the conversation after it."""
        said = sentences(message)
        if not said:
            return Reply(message, (self._chatting(message, "empty"),)), conversation
        kinds = [self._small_talk(sentence) for sentence in said]
        meant = [sentence for sentence, kind in zip(said, kinds, strict=True) if kind is None]
        if not meant:
            kind = next(kind for kind in reversed(kinds) if kind)
            return Reply(message, (self._chatting(message, kind),)), conversation
        parts: list[Part] = []
        for sentence in self._asking(meant):
            found, conversation = self._sentence(sentence, conversation)
            parts.extend(found)
        if all(part.outcome != "answer" for part in parts):
            parts = self._fewest(parts)
        return Reply(message, tuple(parts)), conversation

    def show(self, id: str) -> tuple[Reply, Conversation] | None:
        """The reply of one fact, or of something unanswered, chosen by its id; None: no such id."""
        entry = self.base.fact_by_id.get(id) or self.base.unanswered_by_id.get(id)
        if entry is None:
            return None
        question = entry.questions[0]
        best = Best(id, 1.0)
        if isinstance(entry, Fact):
            part, state = self._tell(question, entry, best, tokens(question))
        else:
            part, state = self._not_said(question, id, best), NOTHING_SAID
        return Reply(question, (part,)), state

    def complete(self, typed: str, limit: int = 25) -> tuple[Suggestion, ...]:
        """Known questions that what is typed may become, the likeliest first."""
        return tuple(Suggestion(id, text) for id, text in self._completer.complete(typed, limit))

    def explain(self, message: str) -> Explanation:
        """How each question of a message was read, and why it got what it got."""
        meant = [sentence for sentence in sentences(message) if not self._small_talk(sentence)]
        asked = [self._without_greeting(sentence.tokens) for sentence in self._asking(meant)]
        pieces = [piece for words in asked for piece in halves(words, self._language) or [words]]
        return Explanation(
            message=message,
            taken_as=tuple(followup.written(piece) for piece in pieces),
            matches=tuple(self.matcher.match(piece) for piece in pieces),
            matcher=self.matcher,
        )

    # -- a sentence and its questions ---------------------------------------------------------

    def _small_talk(self, sentence: Sentence) -> str | None:
        """The kind of small talk that a whole sentence is; None: it is a question."""
        if kind := self._chat.kind(sentence.tokens):
            return kind
        opening = self._chat.opening(sentence.tokens, frozenset({"thanks", "greeting"}))
        if opening is None or sentence.asks or len(sentence.tokens) > opening[1] + FILLED:
            return None
        rest = self.matcher.match(sentence.tokens[opening[1] :])
        return opening[0] if rest.decision.verb == "unknown" else None

    def _without_greeting(self, words: Sequence[Token]) -> Sequence[Token]:
        opening = self._chat.opening(words, frozenset({"thanks", "greeting"}))
        return words[opening[1] :] if opening and len(words) > opening[1] + 1 else words

    def _asking(self, meant: Sequence[Sentence]) -> list[Sentence]:
        """The sentences that ask; one that says nothing of its own takes in those before it."""
        asking = asking_sentences(meant, self._language)
        if len(asking) != 1 or len(meant) == 1:
            return asking
        readings = self.matcher.readings(asking[0].tokens)
        if any(word.kind not in {"filler", "light"} for word in readings[0].content):
            return asking
        whole = tuple(token for sentence in meant for token in sentence.tokens)
        return [replace(asking[0], tokens=whole)]

    def _sentence(
        self, sentence: Sentence, conversation: Conversation
    ) -> tuple[list[Part], Conversation]:
        words = self._without_greeting(sentence.tokens)
        whole, after = self._question(words, sentence.text, conversation)
        if whole.outcome in {"suggest", "unknown"} and len(words) >= LONG:
            if turn := self._clause(sentence, conversation):
                return [turn[0]], turn[1]
        pieces = halves(words, self._language)
        if not pieces:
            return [whole], after
        parts, state = [], conversation
        for piece in pieces:
            part, state = self._question(piece, followup.written(piece), state)
            parts.append(part)
        told = {part.facts for part in parts if part.outcome == "answer"}
        if len(told) == len(parts) or (told and whole.outcome != "answer"):
            return parts, state
        return [whole], after

    def _clause(self, sentence: Sentence, before: Conversation) -> Turn | None:
        """The answer to the part of a long sentence that is answered best, if any is."""
        best: tuple[float, Match, tuple[Token, ...]] | None = None
        for words in clauses(sentence, self._language):
            match = self.matcher.match(words)
            if match.decision.verb == "answer":
                confidence = match.candidates[0].confidence
                if confidence >= CLAUSE_SURE and (best is None or confidence > best[0]):
                    best = confidence, match, words
        return self._outcome(best[1], best[2], sentence.text) if best else None

    def _question(self, words: Sequence[Token], text: str, before: Conversation) -> Turn:
        """One question: by itself, or with what it lacks taken from the conversation."""
        if kind := self._chat.kind(words):
            return self._chatting(text, kind), before
        if before.facts and (kind := self._followups.kind(words)):
            return self._about_last(kind, text, before)
        leaning = self._leaning(words, text, before)
        if leaning is not None:
            return leaning
        return self._outcome(self.matcher.match(words), words, text)

    # -- follow-ups ----------------------------------------------------------------------------

    def _leaning(self, words: Sequence[Token], text: str, before: Conversation) -> Turn | None:
        """The reply to a question that leans on the last one; None: it stands on its own."""
        lexicon = self.matcher.lexicon
        rest = followup.without_opener(words, self._language.continuations)
        pronoun = followup.pronoun_in(rest or words, lexicon)
        if pronoun and pronoun[1] in followup.PERSONAL:
            return self._personal(rest or words, pronoun, text, before)
        if not before.question:
            return None if rest is None else self._outcome(self.matcher.match(rest), rest, text)
        last = tokens(before.question)
        alone = self.matcher.match(rest or words)
        own = [w for w in alone.question.content if w.kind != "filler"]
        only_names = bool(own) and all(word.kind == "name" for word in own)
        if rest is not None and only_names and not alone.question.asked:
            return self._inherited(followup.with_other_name(last, rest, lexicon), rest, text, before)
        if not own:
            about = followup.without_asking(last, lexicon)
            return self._inherited((*(rest or words), *about), rest or words, text, before)
        if alone.decision.verb == "answer" or (
            alone.decision.verb == "unknown" and alone.decision.chosen
        ):
            return None if rest is None else self._outcome(alone, rest, text)
        if pronoun and pronoun[1] == "they":
            bound = followup.antecedents("they", before, self.base)
            if bound:
                person = self.base.person_by_id[bound[0]]
                named = followup.with_name(rest or words, pronoun[0], person)
                if turn := self._if_answered(named, rest or words, text, before):
                    return turn
        if pronoun or rest is not None or len(own) <= 2:
            about = followup.without_asking(last, lexicon)
            if turn := self._if_answered((*(rest or words), *about), rest or words, text, before):
                return turn
        return None if rest is None else self._outcome(alone, rest, text)

    def _personal(
        self, words: Sequence[Token], pronoun: tuple[int, str], text: str, before: Conversation
    ) -> Turn | None:
        """'He' and 'she' are somebody: the one that fits, or the bot asks which."""
        at, kind = pronoun
        people = followup.antecedents(kind, before, self.base)
        people = people or followup.everybody(kind, self.base)
        if len(people) == 1:
            person = self.base.person_by_id[people[0]]
            named = followup.with_name(words, at, person)
            match = self._near_last(self.matcher.match(named), before)
            return self._outcome(match, named, text, assumed=followup.written(named))
        offers = []
        for id in people:
            named = followup.with_name(words, at, self.base.person_by_id[id])
            decision = self.matcher.match(named).decision
            offers += [
                Suggestion(fact, followup.written(named))
                for fact in decision.chosen[:1]
                if fact in self.base.fact_by_id
            ]
        message = self.texts.which_person if offers else self.texts.which_person_unknown
        part = message_part(text, "suggest", message)
        return replace(part, suggestions=tuple(dict.fromkeys(offers))[:3]), before

    def _inherited(
        self, words: Sequence[Token], own: Sequence[Token], text: str, before: Conversation
    ) -> Turn:
        match = self._near_last(self.matcher.match(words), before)
        return self._outcome(match, words, text, assumed=followup.written(words))

    def _if_answered(
        self, words: Sequence[Token], own: Sequence[Token], text: str, before: Conversation
    ) -> Turn | None:
        """The turn, if the question is answered with what it inherits, and by a fact that holds
        every word of its own: what is inherited must not carry a question about something else."""
        match = self._near_last(self.matcher.match(words), before)
        if match.decision.verb != "answer":
            return None
        chosen = next(c for c in match.candidates if c.id == match.decision.chosen[0])
        typed = {word.text for word in own}
        if any(missing.word.text in typed for missing in chosen.evidence.missing):
            return None
        return self._outcome(match, words, text, assumed=followup.written(words))

    def _near_last(self, match: Match, before: Conversation) -> Match:
        """The match with facts near the last one brought forward."""
        near = set(before.facts)
        for fact in (self.base.fact_by_id[id] for id in before.facts if id in self.base.fact_by_id):
            near |= {*fact.related, *fact.covers, *fact.contradicts}
            near |= {other.id for other in self.base.facts if fact.id in other.covers}
        return self.matcher.decide_again(
            match,
            [
                replace(c, confidence=round(c.confidence + (1 - c.confidence) * NEARBY, 3))
                if c.id in near and not c.verdicts
                else c
                for c in match.candidates
            ],
        )

    def _about_last(self, kind: str, text: str, before: Conversation) -> Turn:
        """'Source?', 'exact words?', 'more', 'is that true?': about the last answer itself."""
        facts = [self.base.fact_by_id[id] for id in before.facts if id in self.base.fact_by_id]
        if not facts:
            return message_part(text, "unknown", self.texts.unknown), before
        lead, best = facts[0], Best(facts[0].id, 1.0)
        if kind == "more":
            return self._more(lead, text, before)
        told = answer_part(text, lead, self.base, best)
        if kind == "quote":
            if not told.quotes:
                parts = [self.base.fact_by_id[id] for id in (*lead.covers, *lead.related)]
                quoted = [fact for fact in parts if fact.quotes]
                message = self.texts.no_quote
                return message_part(text, "unknown", message, facts=quoted, best=best), before
            sides = (Side(lead.id, self.texts.quotes_follow),)
            return replace(told, sides=sides), before
        if kind == "source":
            return replace(told, sides=(Side(lead.id, self._origin(lead)),), quotes=()), before
        frame = self.texts.confirm_claim if lead.claim else self.texts.confirm
        first = replace(told.sides[0], answer=frame.format(answer=told.sides[0].answer))
        return replace(told, sides=(first, *told.sides[1:])), before

    def _origin(self, fact: Fact) -> str:
        named = ", ".join(
            dict.fromkeys(s.publisher for s in sources_of((fact,), self.base))
        )
        speakers = [self.base.person_by_id[id].name for id in (fact.claim.by if fact.claim else ())]
        if speakers:
            return self.texts.source_claim.format(speakers=", ".join(speakers), source=named)
        return self.texts.source.format(source=named)

    def _more(self, lead: Fact, text: str, before: Conversation) -> Turn:
        """The next fact near the last one that the conversation has not shown."""
        wholes = [fact.id for fact in self.base.facts if lead.id in fact.covers]
        for id in (*lead.related, *lead.covers, *wholes):
            if id not in before.shown:
                fact = self.base.fact_by_id[id]
                part, state = self._tell(text, fact, Best(id, 1.0), tokens(before.question))
                return part, replace(state, shown=(*before.shown, *state.shown))
        return message_part(text, "unknown", self.texts.no_more), before

    # -- outcomes --------------------------------------------------------------------------------

    def _outcome(
        self, match: Match, words: Sequence[Token], text: str, assumed: str = ""
    ) -> Turn:
        """What a decision comes to: an answer, an offer, or plainly not knowing."""
        decision = match.decision
        top = match.candidates[0] if match.candidates else None
        best = Best(top.id, top.confidence) if top and top.confidence > 0 else None
        lexicon = self.matcher.lexicon
        silent = Conversation(
            named=followup.named_in(words, lexicon), question=followup.written(words)
        )
        near = [
            self.base.fact_by_id[c.id]
            for c in match.candidates
            if c.is_fact and c.confidence >= self.matcher.thresholds.suggest / 2
        ]
        if decision.verb == "answer":
            fact = self.base.fact_by_id[decision.chosen[0]]
            if self._asks_of_now(match, fact):
                now = self.texts.unknown_present.format(as_of=self.base.event.as_of)
                part = message_part(text, "unknown", now, facts=[fact], best=best, assumed=assumed)
                return part, silent
            chosen = next(c for c in match.candidates if c.id == fact.id)
            best = Best(fact.id, max(chosen.confidence, self.matcher.thresholds.answer))
            return self._tell(text, fact, best, words, assumed)
        if decision.verb == "suggest":
            facts = [self.base.fact_by_id[id] for id in decision.chosen]
            conflict = top is not None and bool(top.verdicts)
            message = self.texts.suggest_conflict if conflict else self.texts.suggest
            part = message_part(text, "suggest", message, facts=facts, best=best, assumed=assumed)
            return part, silent
        if decision.chosen:
            return self._not_said(text, decision.chosen[0], best, assumed), silent
        message = self.texts.unknown if near else self._off_topic()
        part = message_part(text, "unknown", message, facts=near, best=best, assumed=assumed)
        return part, silent

    def _tell(
        self, text: str, fact: Fact, best: Best, words: Sequence[Token], assumed: str = ""
    ) -> Turn:
        part = answer_part(text, fact, self.base, best, assumed)
        shown = [self.base.fact_by_id[id] for id in part.facts]
        return part, Conversation(
            facts=part.facts,
            about=followup.about(shown),
            named=followup.named_in(words, self.matcher.lexicon),
            question=followup.written(words),
            shown=part.facts,
        )

    def _not_said(self, text: str, id: str, best: Best | None, assumed: str = "") -> Part:
        entry = self.base.unanswered_by_id[id]
        return message_part(
            text,
            "unknown",
            entry.answer or self.texts.unknown,
            facts=[self.base.fact_by_id[related] for related in entry.related],
            best=best,
            assumed=assumed,
        )

    def _chatting(self, text: str, kind: str) -> Part:
        event = self.base.event
        examples = event.examples or tuple(s.question for s in suggestions(self.base.facts))
        message: str = getattr(self.texts, kind)
        filled = message.format(title=event.title, examples=" / ".join(examples))
        return message_part(text, "chat", filled)

    def _off_topic(self) -> str:
        return self.texts.unknown_topic.format(title=self.base.event.title)

    def _asks_of_now(self, match: Match, fact: Fact) -> bool:
        """Whether a question is about the present day, and the fact is not asked that way."""
        texts = [word.text for word in match.question.words]
        return self._present.found(texts[1:]) and not any(
            self._present.found([token.text for token in tokens(question)])
            for question in fact.questions
        )

    @staticmethod
    def _fewest(parts: list[Part]) -> list[Part]:
        """Of several parts that answer nothing, those that at least offer or explain something."""
        useful = [part for part in parts if part.outcome == "suggest" or part.suggestions]
        return (useful or parts)[:2]
