"""What the pronouns of a question refer to: 'he' and 'she', 'they', 'it' and 'there', tried in the
places that they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue import references, rewriting
from bot.dialogue.antecedents import Antecedents
from bot.dialogue.bare import OUTDONE, Bare, Fragment, is_sure, surer
from bot.dialogue.claims import Claims
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import Inheriting
from bot.dialogue.kindred import Kindred
from bot.dialogue.mentions import named_in
from bot.dialogue.reply import Part
from bot.dialogue.sureness import CERTAIN, VERY_SURE
from bot.dialogue.telling import Teller, Turn, tells_nothing_new
from bot.facts.model import PLACES
from bot.matching.counting import are_persons
from bot.matching.decide import WHOLLY
from bot.matching.engine import Match
from bot.matching.kinds import MEASURED, WHO
from bot.matching.language import Language, run_at_end, runs_by_last_word
from bot.matching.text import Token, tokens

NEARLY = 0.05  # by how much a noun in the place of 'it' may make it less sure than alone
QUITE_SURE = 0.85  # confidence of what a word or two beside 'it' mean, for it not to be doubtful


class Coreference:
    """Asks a question with what its pronoun refers to, where rather that is meant than what it
    comes to alone."""

    def __init__(
        self,
        teller: Teller,
        inheriting: Inheriting,
        *,
        antecedents: Antecedents,
        kindred: Kindred,
        bare: Bare,
        claims: Claims,
    ) -> None:
        self._base = teller.base
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon
        self._inheriting = inheriting
        self._antecedents = antecedents
        self._kindred = kindred
        self._bare = bare
        self._claims = claims
        self._tells_of_people = any(person.kind == "person" for person in self._base.people)

    def is_told_behind(
        self, own: Sequence[Token], pronoun: tuple[int, str], before: Conversation
    ) -> bool:
        """Whether the question itself names whom 'he' or 'she' in it is, and nobody before did:
        'his money, did Ann lose it'."""
        behind = references.is_named_behind(own, pronoun, self._lexicon)
        return behind and not self._antecedents.likeliest(pronoun[1], before)

    def personal(
        self,
        own: tuple[Token, ...],
        pronoun: tuple[int, str],
        alone: Match,
        text: str,
        before: Conversation,
    ) -> Turn | None:
        """The turn of a question in which 'he' or 'she' is somebody; None: it is nobody who was
        talked of, and the question is sure without."""
        if quoted := self._in_the_quote(own, pronoun, alone, text, before):
            return quoted
        if meant := self._antecedents.stranger(own, pronoun, text, before):
            return meant
        known = self._antecedents.likeliest(pronoun[1], before)
        only = sum(references.fits(person, pronoun[1]) for person in self._base.people) == 1
        unsaid = alone.is_not_said and alone.confidence >= VERY_SURE
        clear = is_sure(alone) or (unsaid and not before.question)
        if not (known or only or (self._tells_of_people and not clear)):
            return None
        if claimed := self._claimed_by(known, own, pronoun, text, before):
            return claimed
        asks = bool(alone.question.asked or alone.question.telling)  # 'and her?' says nothing
        nameless = asks and not (known and self._antecedents.are_told_of(pronoun[1], before))
        meant = self._of_role_told(own, pronoun, text, before) if nameless else None
        if meant and (not known or self._is_told_last(meant[0], before)):
            return meant
        says = not known and alone.question.telling  # 'what did she say' says nothing
        if says and (meant := self._of_nobody_named(own, text, before)):
            return meant
        return self._antecedents.personal(own, pronoun, text, before)

    def _in_the_quote(
        self,
        own: tuple[Token, ...],
        pronoun: tuple[int, str],
        alone: Match,
        text: str,
        before: Conversation,
    ) -> Turn | None:
        """'Who is "he" in that quote?', which has a 'he' that is not its speaker: what the quote
        was told with; None: that is not asked."""
        last = self._inheriting.last_told(before)
        words = {word.text for word in alone.question.telling}
        language = self._lexicon.language
        if last is None or alone.question.asked != WHO or not words:
            return None
        if not words <= language.quoting | language.passages:
            return None
        at = own[pronoun[0]].text
        said = (word.text for quote in last.quotes for word in tokens(quote.text))
        if at not in said:
            return None
        return self._inheriting.told_again(own, (), text, before)

    def _claimed_by(
        self,
        known: Sequence[str],
        own: tuple[Token, ...],
        pronoun: tuple[int, str],
        text: str,
        before: Conversation,
    ) -> Turn | None:
        """The turn of 'what does she say to that?', where it is `known` who she is."""
        if len(known) != 1 or not before.facts:
            return None
        person = self._base.person_by_id[known[0]]
        words = rewriting.with_name(own, pronoun[0], person, self._lexicon.language)
        other = references.pronoun_in(words, self._lexicon)
        if other is None:
            return None  # most questions, at once: they point at nothing
        last, about = self._inheriting.last_question(before)
        asked = Fragment(words, last, about, self._matcher.match(words), other, text)
        return self._claims.of_what_was_told(asked, before)

    def _of_role_told(
        self, own: tuple[Token, ...], pronoun: tuple[int, str], text: str, before: Conversation
    ) -> Turn | None:
        """'How much did he get?' behind 'the farmer sold it', of a farmer whom the base has no name
        of: asked of the farmer; None: it is not known whether that is told."""
        at = pronoun[0]
        for noun in self._nameless(before):
            article = noun[0]._replace(surface=noun[0].text)
            words = (*own[:at], article, *noun[1:], *own[at + 1 :])
            turn = self._inheriting.if_answered(words, own, text, before, or_not_said=True)
            if turn:
                return turn
        return None

    def _is_told_last(self, part: Part, before: Conversation) -> bool:
        """Whether a part tells what was told last, or that just this is not said of it."""
        if part.outcome == "answer":
            return part.facts == before.facts
        return part.best is not None and self._inheriting.is_of(part.best.fact, before)

    def _nameless(self, before: Conversation) -> list[tuple[Token, ...]]:
        """Those of whom what was told last says what they are, and whom it does not name: 'the
        farmer'."""
        last, language = self._inheriting.last_told(before), self._lexicon.language
        return [
            noun
            for noun in (rewriting.nouns_in(tokens(last.answer), language) if last else ())
            if language.is_person(noun[-1].text) and not named_in(noun, self._lexicon)
        ]

    def _of_nobody_named(
        self, own: tuple[Token, ...], text: str, before: Conversation
    ) -> Turn | None:
        """'What's his name?' behind what was told of somebody whom the base has no name of: asked
        with what was told, if that answers it, or it is known not to be said of that."""
        last = self._inheriting.last_told(before)
        if last is None:
            return None
        about = rewriting.without_asking(tokens(last.questions[0]), self._lexicon)
        words = (*own, *about)
        turn = self._inheriting.if_answered(words, own, text, before, or_not_said=True)
        found = turn[0].best.fact if turn and turn[0].best else ""
        return turn if found == last.id or self._inheriting.is_of(found, before) else None

    def whether_it_is(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The turn of 'was it Russia?' behind 'who attacked the outpost?': whether it was; None:
        that is not what it asks."""
        own, pronoun = asked.own, asked.pronoun
        opens = own[0].text in self._lexicon.language.be_forms
        if not opens or pronoun is None or pronoun[0] != 1 or pronoun[1] != "it":
            return None
        told = self._inheriting.last_told(before)
        told_of = rewriting.without_asking(tokens(told.questions[0]), self._lexicon) if told else ()
        for about in dict.fromkeys((tuple(asked.about), tuple(told_of))):
            turn = self._inheriting.if_answered((*own, *about), own, asked.text, before)
            if turn and not self._inheriting.nearby(before).isdisjoint(turn[0].facts):
                return turn
        if told is None or is_sure(asked.alone):
            return None
        names = {*named_in(own, self._lexicon)}
        held = bool(names) and names <= self._matcher.names_in_answer(told.id)
        return self._inheriting.told_again(own, asked.about, asked.text, before) if held else None

    def noun(self, asked: Fragment, before: Conversation) -> Turn | None:
        """'What was in it?' behind 'who found the bag?' with the noun that the last question had
        with an article, or 'how heavy were they?' with what it counted, if it is surely known
        whether that is told, and surer than what else the question means alone, and new, where
        that is something; None: it is not."""
        pronoun, language = asked.pronoun, self._lexicon.language
        if pronoun is None or pronoun[1] not in {"it", "they"}:
            return None
        at = pronoun[0]
        alone, least = asked.alone, VERY_SURE
        known = {before.not_said}
        if asked.is_answered and (pronoun[1] == "it" or is_sure(alone)):
            known.update(before.facts)
        if alone.confidence >= VERY_SURE:
            known.update(alone.decision.chosen)
            least = max(least, alone.confidence - NEARLY)
        if asked.own[at].text in language.pointing | language.possessives:
            return None
        texts = [word.text for word in asked.own]
        if run_at_end(runs_by_last_word(language.deeds), texts) and texts[at] == texts[-1]:
            return None  # 'who did it?' is of no thing
        own = {word.text for word in asked.own}
        if pronoun[1] == "they":
            nouns = self._things_counted(asked.last, before) or self._several(asked.last)
        else:
            nouns = [*rewriting.nouns_in(asked.last, language)]
        best: Turn | None = None
        for noun in nouns:
            if noun[-1].text in own or named_in(noun[-1:], self._lexicon):
                continue  # 'the Russians' are no 'it'
            words = (*asked.own[:at], *noun, *asked.own[at + 1 :])
            # That it is not said, only goes before what would be told of something else.
            told = asked.is_answered
            turn = self._inheriting.if_answered(
                words, asked.own, asked.text, before, or_not_said=told
            )
            if turn is None and not told:
                turn = self._surely(words, asked, before)
            found = turn and turn[0].best
            if found and found.confidence >= least and found.fact not in known:
                best, least = turn, found.confidence
        return best

    def _surely(
        self, words: tuple[Token, ...], asked: Fragment, before: Conversation
    ) -> Turn | None:
        """The turn of a question that is written out in full, if it is as good as certain."""
        turn = self._inheriting.inherited(words, asked.own, asked.text, before)
        certain = turn[0].outcome == "answer" and turn[0].confidence >= CERTAIN
        return turn if certain else None

    def _things_counted(
        self, last: Sequence[Token], before: Conversation
    ) -> Sequence[tuple[Token, ...]]:
        """What the last question asked the number of, if it did."""
        things = self._inheriting.last_reading(before).counted
        return [(word,) for word in last if things and word.text == things.text][:1]

    def _several(self, last: Sequence[Token]) -> Sequence[tuple[Token, ...]]:
        """The people whom the last question had with an article: 'the workers'."""
        language = self._lexicon.language
        nouns = rewriting.nouns_in(last, language)
        return [noun for noun in nouns if are_persons(noun[-1].text, language)]

    def resolved(self, asked: Fragment, before: Conversation) -> Turn | None:
        """The turn with whom 'they' are in their place, or what 'it' is, or else of what the base
        relates to what was told, where the question is rather about that than what it means
        alone."""
        if asked.pronoun is None:
            return None
        alone, (at, kind) = asked.alone, asked.pronoun
        if pointed := self._pointed_at(asked, before):
            return pointed
        of_things = not before.named and bool(self._things_counted(asked.last, before))
        if (
            kind == "they"
            and not of_things
            and (meant := self._antecedents.they(asked.own, at, asked.text, before))
        ):
            if not asked.is_answered:
                return meant
            same = alone.chosen.id == meant[0].facts[0] and is_sure(alone)
            if not same and meant[0].confidence > alone.confidence - OUTDONE:
                return meant  # where it is the same, nobody is taken for them
        if not self._inheriting.is_elsewhere(alone, before):
            if kind != "it" or is_sure(alone):
                return None
            meant = self._antecedents.it(asked.own, at, asked.text, before)
            surer_alone = meant is None or meant[0].confidence < alone.confidence - OUTDONE
            return None if surer_alone else meant
        if references.points_at_noun(asked.own, at, self._lexicon.language):
            return None
        if kindred := self._kindred.turn(alone.question, asked.pronoun, asked.text, before):
            return kindred
        doubtful = asked.is_answered and (
            self._is_doubtful(asked, at) or (of_things and not is_sure(alone))
        )
        if kind == "it" and (meant := self._antecedents.it(asked.own, at, asked.text, before)):
            return meant
        if doubtful or (kind == "it" and not asked.is_answered):
            # 'Is it cancelled?', 'what do they want?': of what was told, and not of the dinner.
            told = self._bare.told(asked.own, asked.text, before, points=True)
            # 'Who wrote it?' is known not to be said: what was told does not say it, either.
            unsaid = alone.is_not_said and alone.confidence >= VERY_SURE
            if told and not (unsaid and tells_nothing_new(told[0], before)):
                return self.not_said_of_them(asked, told, before) or told
        if doubtful and before.facts:
            fact = self._base.fact_by_id[alone.chosen.id]
            return self._inheriting.offered(fact, alone.confidence, asked.text, before)
        return None

    def _is_doubtful(self, asked: Fragment, at: int) -> bool:
        """Whether an answer hangs on a word or two beside 'it' or 'they', which may be anything.

        How long it was, or what it cost, is mostly asked of the event.
        """
        alone = asked.alone
        if alone.question.names or alone.question.asked in MEASURED:
            return False
        if asked.own[at].text in self._lexicon.language.pointing:
            return False
        wholly = alone.chosen.evidence.phrase_covered >= WHOLLY
        return not is_sure(alone) or (
            asked.says_little and not wholly and alone.confidence < QUITE_SURE
        )

    def _pointed_at(self, asked: Fragment, before: Conversation) -> Turn | None:
        """'Who paid for that?' as the one fact near what was told last that tells who paid, or
        'would that stop the sale?' as the one that tells so, where alone it is of something else;
        None: it is asked otherwise, or there is not just one."""
        own, pronoun, alone = asked.own, asked.pronoun, asked.alone
        language = self._lexicon.language
        if pronoun is None or own[pronoun[0]].text not in language.pointing:
            return None
        # 'Would that stop the sale', but not 'did that group come'.
        asks_whether = own[0].text in language.whether - language.be_forms
        of_that = asks_whether and pronoun[0] == 1 and own[3:4] != own[-1:]
        of_that = of_that and not language.articles.isdisjoint(w.text for w in own[3:4])
        if not of_that and pronoun[0] != len(own) - 1:
            return None
        if not asked.is_answered or self._inheriting.is_near(alone.chosen.id, before):
            return None
        asks = alone.question
        near = self._inheriting.nearby(before).difference(before.facts)
        if of_that:
            near.update(before.facts, *(self._base.related[fact] for fact in before.facts))
        able = [
            self._base.fact_by_id[fact_id]
            for fact_id in sorted(near)
            if (of_that or self._matcher.tells_at_times(fact_id, asks.asked))
            and self._matcher.holds_all(fact_id, asks.telling)
        ]
        if len(able) != 1 or not asks.telling:
            return None
        if able[0].id in before.facts[:1]:
            return self._inheriting.told_again(own, asked.about, asked.text, before)
        return self._inheriting.told_as(able[0], able[0].questions[0], asked.text)

    def there(self, asked: Fragment, before: Conversation) -> Turn | None:
        """'What does Russia do there?' with the one place that the last question named, or 'who sat
        there?' with the thing that it had with an article; None: it has none such, or it is not
        known whether the source tells that."""
        language, own = self._lexicon.language, asked.own
        at = next(
            (
                n
                for n, word in enumerate(own)
                if word.text in language.there and not _only_says_that_it_is(own, n, language)
            ),
            None,
        )
        if at is None:
            return None
        others = [p for p in before.named if p not in named_in(own, self._lexicon)]
        places = [p for p in others if self._base.person_by_id[p].kind in PLACES]
        nouns = [*rewriting.nouns_in(asked.last, language)] if own[at:] == own[-1:] else []
        if len(places) == 1:
            place = rewriting.called(self._base.person_by_id[places[0]])
        elif nouns and not places:
            place = [*nouns[0]]
        else:
            return None
        words = (*own[:at], *tokens(language.inside), *place, *own[at + 1 :])
        turn = self._inheriting.if_answered(
            words, own, asked.text, before, or_not_said=bool(places)
        )
        # What else had an article may be no place: that has to be certain.
        doubtful = turn is not None and not places and turn[0].confidence < CERTAIN
        return None if doubtful else turn

    def doubtful_part(self, asked: Fragment, before: Conversation) -> Turn | None:
        """An offer of what 'how much of it?' means alone, where that is neither sure nor of the
        topic of what was told, which 'it' may be; None: it is, or it says nothing of 'it'."""
        alone, pronoun = asked.alone, asked.pronoun
        if not before.facts or pronoun is None or pronoun[1] != "it" or is_sure(alone):
            return None
        last = asked.own[pronoun[0] - 1].text if pronoun[0] else ""
        if last not in self._lexicon.language.owner_markers:
            return None
        if not self._inheriting.is_elsewhere(alone, before):
            return None
        fact = self._base.fact_by_id[alone.chosen.id]
        return self._inheriting.offered(fact, alone.confidence, asked.text, before)

    def not_said_of_them(
        self, asked: Fragment, turn: Turn | None, before: Conversation
    ) -> Turn | None:
        """The turn, if it is known not to be said of those whom 'they' are; None: they are not
        meant, or it is rather `turn` that is, with something new."""
        if not asked.pronoun or asked.pronoun[1] != "they":
            return None
        own, at, text = asked.own, asked.pronoun[0], asked.text
        meant = self._antecedents.not_said_of_them(own, at, text, before)
        if meant is None or turn is None:
            return meant
        # 'What were their names?' is not answered with what was told before.
        return meant if tells_nothing_new(turn[0], before) or surer(meant, turn) else None


def _only_says_that_it_is(own: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a 'there' stands for no place: 'were there six?', 'there was a fight', but not 'was
    he there?', 'how many were there?' or 'who was there with him?'."""
    before, behind = [word.text for word in own[:at]], [word.text for word in own[at + 1 :]]
    if before and before[-1] in language.be_forms:
        return bool(behind) and language.question_words.get(before[0]) != WHO
    return bool(behind) and behind[0] in language.be_forms
