"""Whom 'he', 'she' and 'they' are, and what 'it' is: the question with them in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.dialogue import references, rewriting
from bot.dialogue.compose import MOST_SUGGESTIONS, message_part
from bot.dialogue.conversation import Conversation
from bot.dialogue.inheriting import Inheriting
from bot.dialogue.mentions import named_in, stranger_in
from bot.dialogue.reply import Suggestion
from bot.dialogue.telling import Asked, Teller, Turn
from bot.facts.model import PLACES, Person
from bot.matching.engine import Match
from bot.matching.kinds import NOTHING, WHAT, WHO, WHY
from bot.matching.text import Token, tokens

TELLING = 0.3  # weight of a question's words beside names, to tell who is meant
CLEARLY = 0.2  # by how much a question must be surer of one person than of any other
MOST_MEANT = 3  # whom 'they' may be


class Antecedents:
    """Puts those whom a pronoun means in its place."""

    def __init__(self, teller: Teller, inheriting: Inheriting) -> None:
        self._teller = teller
        self._base = teller.base
        self._texts = teller.texts
        self._matcher = teller.matcher
        self._language = teller.matcher.lexicon.language
        self._inheriting = inheriting

    def likeliest(self, pronoun: str, before: Conversation) -> tuple[str, ...]:
        """Those whom a pronoun is likeliest to mean; none: nobody was talked of whom it fits."""
        return next(self._groups(pronoun, before), ())

    def are_told_of(self, pronoun: str, before: Conversation) -> bool:
        """Whether the last question named somebody whom a pronoun fits, or its answer tells of
        such."""
        people = (self._base.person_by_id[p] for p in (*before.named, *before.about))
        return any(references.fits(person, pronoun) for person in people)

    def _groups(self, pronoun: str, before: Conversation) -> Iterator[tuple[str, ...]]:
        last = self._inheriting.last_reading(before)
        # 'Who accused Russia?' is of somebody else than 'who is Lavrov?'
        of_whom = last.asked == WHO and any(word.kind != "name" for word in last.telling)
        return references.antecedents(pronoun, before, self._base, of_whom=of_whom)

    def personal(
        self, words: tuple[Token, ...], pronoun: tuple[int, str], text: str, before: Conversation
    ) -> Turn:
        """'He' and 'she' are somebody: the one that fits, or the bot asks which."""
        at, kind = pronoun
        groups = list(self._groups(kind, before))
        people = groups[0] if groups else references.everybody(kind, self._base)
        named = {
            person: rewriting.with_name(words, at, self._base.person_by_id[person], self._language)
            for person in people
        }
        if len(named) == 1:
            (meant,) = named.values()
            turn = self._inheriting.inherited(meant, words, text, before)
            if self._teller.settles(turn[0]):
                return turn
            return (
                self._with_them(meant, text, before)
                or self._of_another(words, at, groups[1:], text, before)
                or turn
            )
        matches = {person: self._matcher.match(meant) for person, meant in named.items()}
        # Behind 'was the guard shot?', 'he' is the guard, whom the base may have no name of.
        guard = not groups and bool(before.question) and self._tells_of_somebody(before)
        only = None if guard else self._only_answer(matches)
        if only:
            return self._inheriting.taken_as(named[only], matches[only], text, before)
        offers = tuple(dict.fromkeys(self._offers(named, matches, alone=len(words) == 1)))
        message = self._texts.which_person if offers else self._texts.which_person_unknown
        part = message_part(text, "suggest", message)
        part = replace(part, suggestions=offers[:MOST_SUGGESTIONS])
        return part, before._replace(pending=rewriting.written(words))

    def _offers(
        self,
        named: Mapping[str, tuple[Token, ...]],
        matches: Mapping[str, Match],
        *,
        alone: bool,
    ) -> Iterator[Suggestion]:
        """The question asked of each whom a pronoun may mean, where that is answered, or they say
        more than one answer holds; of a pronoun `alone` each who is told of."""
        for person, match in matches.items():
            part, _ = self._teller.outcome(match, Asked("", named[person]))
            told = part.facts
            if not told and (alone or part.message == self._texts.suggest_said):
                told = tuple(offer.fact for offer in part.suggestions)
            for fact in told[:1]:
                asked = rewriting.shown(named[person])
                yield Suggestion(fact, f"{asked[:1].upper()}{asked[1:].rstrip('?')}?")

    def _tells_of_somebody(self, before: Conversation) -> bool:
        """Whether the last question, or what was told, tells of somebody by what they are."""
        last = self._inheriting.last_told(before)
        told = tokens(f"{before.question} {last.answer if last else ''}")
        language = self._language
        beings = language.somebody | language.gendered.keys() | language.anybody
        nouns = (noun[-1].text for noun in rewriting.nouns_in(told, language))
        return any(word.text in beings for word in told) or any(map(language.is_person, nouns))

    def _only_answer(self, matches: Mapping[str, Match]) -> str | None:
        """Of all whom a pronoun may mean, the one of whom the question is clearly rather answered
        than of any other, by a fact that has to do with them and holds all of it; None: there is
        none."""
        answered = [
            (match.confidence, person)
            for person, match in matches.items()
            if match.decision.verb == "answer"
            and self._matcher.concerns(match.chosen, person)
            and self._says_enough(match)
        ]
        surest, who = max(answered, default=(0.0, None))
        rivals = (sure for sure, person in answered if person != who)
        return who if all(surest >= sure + CLEARLY for sure in rivals) else None

    def _says_enough(self, match: Match) -> bool:
        """Whether an answer holds all of a question that says something beside a name."""
        telling = self._matcher.weight_beside_names(match.question) >= TELLING
        return telling and not match.chosen.evidence.missing

    def stranger(
        self, words: tuple[Token, ...], pronoun: tuple[int, str], text: str, before: Conversation
    ) -> Turn | None:
        """'What did he want?' behind 'was Putin there?', of whom the base has no more than what is
        not said; None: somebody else is meant."""
        at, kind = pronoun
        named = (self._base.person_by_id[person] for person in before.named)
        if any(references.fits(person, kind) for person in named):
            return None
        name = stranger_in(tuple(tokens(before.question)), self._matcher.lexicon)
        if not name:
            return None
        meant = (*words[:at], *name, *words[at + 1 :])
        return self._inheriting.inherited(meant, words, text, before)

    def _with_them(self, meant: tuple[Token, ...], text: str, before: Conversation) -> Turn | None:
        """The turn of 'had she met them before?' with both in their places."""
        other = references.pronoun_in(meant, self._matcher.lexicon)
        if other is None or other[1] != "they":
            return None
        return self.they(meant, other[0], text, before)

    def _of_another(
        self,
        words: tuple[Token, ...],
        at: int,
        groups: Sequence[Sequence[str]],
        text: str,
        before: Conversation,
    ) -> Turn | None:
        """The turn of the one who was talked of before the one that fits best, if it is known
        whether the source tells that of them."""
        for person in (group[0] for group in groups if len(group) == 1):
            if turn := self._of(person, words, at, text, before, or_not_said=True):
                return turn
        return None

    def pending(self, name: Sequence[Token], text: str, before: Conversation) -> Turn | None:
        """The question that lacked whom it means, with the one who is named now; None: there is
        none, or it does not fit."""
        if self._matcher.readings(name)[0].asked not in {NOTHING, WHO}:
            return None  # 'does the minister want anything' is a question of its own
        words = tuple(tokens(before.pending))
        pronoun = references.pronoun_in(words, self._matcher.lexicon) if words else None
        people = named_in(name, self._matcher.lexicon)
        if pronoun is None or len(people) != 1:
            return None
        person = self._base.person_by_id[people[0]]
        if not references.fits(person, pronoun[1]):
            return None
        meant = rewriting.with_name(words, pronoun[0], person, self._language)
        return self._inheriting.inherited(meant, tuple(name), text, before)

    def they(
        self, words: tuple[Token, ...], at: int, text: str, before: Conversation
    ) -> Turn | None:
        """The answer to the question with one of those whom 'they' may be: the first that has to do
        with what was told last ('did they accept?'), else the first at all; of 'why did they do
        it?' only the former."""
        near = self._inheriting.nearby(before)
        likeliest, *others = [*self._groups("they", before)] or [()]
        turns: list[Turn] = []
        for person in likeliest[:MOST_MEANT]:
            if turn := self._of(person, words, at, text, before):
                if not near.isdisjoint(turn[0].facts):
                    return turn
                turns.append(turn)
        for person in [p for group in others for p in group[:MOST_MEANT]] if turns else ():
            # Those who are less likely meant, if that has to do with what was told.
            turn = self._of(person, words, at, text, before)
            if turn and not near.isdisjoint(turn[0].facts):
                return turn
        return turns[0] if turns and not self._asks_why_they_did_it(words) else None

    def _of(
        self,
        person: str,
        words: tuple[Token, ...],
        at: int,
        text: str,
        before: Conversation,
        *,
        or_not_said: bool = False,
    ) -> Turn | None:
        """The answer to the question with somebody in the place of the pronoun; `or_not_said`: also
        that it is known not to be said."""
        named = rewriting.with_name(words, at, self._base.person_by_id[person], self._language)
        return self._inheriting.if_answered(named, words, text, before, or_not_said=or_not_said)

    def _asks_why_they_did_it(self, words: tuple[Token, ...]) -> bool:
        verbs = self._matcher.index.verbs
        does_it = rewriting.with_deed(words, (), self._matcher.lexicon, verbs) is not None
        return does_it and self._matcher.readings(words)[0].asked == WHY

    def it(self, words: tuple[Token, ...], at: int, text: str, before: Conversation) -> Turn | None:
        """'Who set it up?' behind what a body is: asked of that body, if it is known whether the
        source tells that; None: the last question named none, or several. A country or place
        that was named is seldom what 'it' is ('what did they expect of it?'), unless 'it' wants or
        does something, and 'that' is rather what was told."""
        if words[at].text in self._language.pointing:
            return None
        named = [p for p in before.named if references.fits(self._base.person_by_id[p], "it")]
        if len(named) != 1:
            return None
        person = self._base.person_by_id[named[0]]
        acts = person.kind == "country" and at and words[at - 1].text in self._language.auxiliaries
        if person.kind in PLACES and not acts:
            return None
        meant = rewriting.with_name(words, at, person, self._language)
        match = self._matcher.match(meant)
        answered = match.decision.verb == "answer" and not match.chosen.objections
        if acts:
            sure = answered and self._tells_what_it_does(match, person)
        else:
            sure = answered or match.is_not_said
        return self._inheriting.taken_as(meant, match, text, before) if sure else None

    def _tells_what_it_does(self, match: Match, country: Person) -> bool:
        """Whether an answer tells what a country does, or why, and holds all that was asked."""
        asked = match.question.asked in {WHAT, WHY}
        held = not match.chosen.evidence.missing
        return asked and held and self._matcher.concerns(match.chosen, country.id)

    def not_said_of_them(
        self, words: tuple[Token, ...], at: int, text: str, before: Conversation
    ) -> Turn | None:
        """The turn, if it is known that this is not said of whom alone 'they' may be."""
        people = self.likeliest("they", before)
        for person in people if len(people) == 1 else ():
            named = rewriting.with_name(words, at, self._base.person_by_id[person], self._language)
            match = self._inheriting.near_last(self._matcher.match(named), before)
            if match.is_not_said:
                return self._inheriting.taken_as(named, match, text, before)
        return None
