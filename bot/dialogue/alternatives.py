"""'Who opened it, Ann or Bob?': asked without the two, or of each, where one of them is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.dialogue.mentions import Mention, mentions, stranger_in
from bot.dialogue.sureness import SURE
from bot.dialogue.telling import Asked, Teller, Turn
from bot.matching.engine import Match
from bot.matching.kinds import WHO
from bot.matching.text import Token, tokens

Words = tuple[Token, ...]

LEAST = 2  # words of what is asked of the two


class Alternatives:
    """Finds which of two names an answer tells of."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._base = teller.base
        self._matcher = teller.matcher
        self._lexicon = teller.matcher.lexicon

    def turn(self, words: Words, text: str, whole: Turn) -> Turn | None:
        """What tells of one of the two that a question sets against each other; None: it sets none,
        or the `whole` of it is told of one already, and as surely."""
        pair = self._pair(words)
        if pair is None:
            return None
        start, _, stop = pair
        people = {p for m in mentions(words[start:stop], self._lexicon) for p in m.people}
        part = whole[0]
        told = part.outcome == "answer" and self._is_of_one(part.facts[0], people)
        found = self._told(self._without_both(words, start, stop), people)
        if found is None and not told and not stranger_in(words, self._lexicon):
            found = self._told(self._of_each(words, pair), people, least=SURE)
        if found is None or (told and part.confidence >= found.confidence):
            return None
        return self._teller.outcome(found, Asked(text, words))

    def _pair(self, words: Words) -> tuple[int, int, int] | None:
        """Where 'Ann or Bob' begins, where the word between stands, and where it ends."""
        language = self._lexicon.language
        if language.alternatives.isdisjoint(word.text for word in words):
            return None  # nearly all questions, at once
        for one, other in pairwise(self._names(words)):
            between, *behind = [word.text for word in words[one.stop : other.start]] or [""]
            if between in language.alternatives and language.articles.issuperset(behind):
                article = one.start and words[one.start - 1].text in language.articles
                return one.start - bool(article), one.stop, other.stop
        return None

    def _names(self, words: Words) -> list[Mention]:
        """Whom the words name, in their order: those whom the base knows, and one other."""
        named = mentions(words, self._lexicon)
        if named and (stranger := stranger_in(words, self._lexicon)):
            at = words.index(stranger[0])
            named.append(Mention(at, at + len(stranger), ()))
        return sorted(named)

    def _without_both(self, words: Words, start: int, stop: int) -> Iterator[Words]:
        """'Who opened it, Ann or Bob', 'was it Ann or Bob who opened it' as 'who opened it'."""
        language = self._lexicon.language
        before, behind = words[:start], words[stop:]
        if not behind and len(before) > LEAST and before[0].text in language.question_words:
            yield before
        opens = [language.pronouns.get(word.text, word.text) for word in before]
        is_it = len(opens) == LEAST and opens[0] in language.be_forms and opens[1] == "it"
        relative = language.relatives | language.pointing
        if is_it and len(behind) > LEAST and behind[0].text in relative:
            yield (*tokens(WHO), *behind[1:])

    def _of_each(self, words: Words, pair: tuple[int, int, int]) -> Iterator[Words]:
        """The question with one of the two alone, in the place of 'who' if they stand behind it."""
        start, between, stop = pair
        before, behind = words[:start], words[stop:]
        if not behind:
            who, *asked = before or words
            if who.text != WHO or not asked or asked[0].text in self._lexicon.language.be_forms:
                return  # 'Ann is the mayor' would be found by the name alone
            before, behind = (), tuple(asked)
        for name in (words[start:between], words[between + 1 : stop]):
            yield (*before, *name, *behind)

    def _told(self, asked: Iterable[Words], people: set[str], least: float = 0.0) -> Match | None:
        """The surest match of these that is answered by what is of one of the people; None, too,
        where they are answered with one thing for each."""
        sure = [
            match
            for match in map(self._matcher.match, asked)
            if match.decision.verb == "answer"
            and match.confidence >= least
            and self._is_of_one(match.chosen.id, people)
        ]
        facts = {match.chosen.id for match in sure}
        return max(sure, key=lambda match: match.confidence) if len(facts) == 1 else None

    def _is_of_one(self, fact: str, people: set[str]) -> bool:
        """Whether a fact's answer names one of the people, or it is about one."""
        told = self._matcher.names_in_answer(fact).union(self._base.fact_by_id[fact].about)
        return not people.isdisjoint(told)
