"""Puts together what stands apart: 'many soldiers how', 'the Council of Peace High'.

People who type in haste, or in another language's order, still mean the name or the phrase. This is
tried where a question got no answer as it stands, never before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from bot.matching.kinds import COUNT
from bot.matching.lexicon import Lexicon, Run, rewrite
from bot.matching.text import Token

LONG = 10  # words of a sentence: who types in haste, or in another order, says less
LEAST = 4  # words of a sentence: fewer say too little to be sure of what was meant


class Scattered:
    """A lexicon's runs of several words: names, question words, synonyms by their stems."""

    def __init__(self, lexicon: Lexicon, verbs: Collection[str]) -> None:
        """`verbs` are terms that the base uses as verbs."""
        self._lexicon = lexicon
        self._verbs = verbs
        asking = [run for run in lexicon.questions if len(run) > 1]
        rewritten = [run for run in lexicon.rewrites if len(run) > 1]
        self._counting = _by_first([r for r in asking if lexicon.questions[r] == COUNT])
        self._typed = _by_first((*lexicon.names.several(), *asking, *rewritten))
        self._stems = _by_first(lexicon.groups.several())

    def together(self, sentence: Sequence[Token]) -> list[Token] | None:
        """The sentence with its runs in one piece and its question at the head; None: so it is."""
        words = rewrite(sentence, self._lexicon)
        if len(words) < LEAST:
            return None
        grouped, as_typed = self._grouped(words), list(range(len(words)))
        order = self._asking_first(grouped, words)
        if order == as_typed or (grouped == as_typed and self._leads_up(order[0], sentence, words)):
            return None
        return [words[at] for at in order]

    def _leads_up(self, at: int, sentence: Sequence[Token], words: Sequence[Token]) -> bool:
        """Whether what stands before the question in a long sentence says something, in order: 'I
        need to check where ...' asks no more with its question at the head."""
        small = self._lexicon.language.function_words | self._lexicon.language.fillers
        says = len(words) >= LONG and any(word.text not in small for word in words[:at])
        return says and not self.is_shuffled(sentence)

    def is_shuffled(self, sentence: Sequence[Token]) -> bool:
        """Whether an article stands where none can, at the end or before a word that is no noun's,
        or nobody between 'did' and its verb, or a name's words stand apart. Then the order of the
        words says nothing of who does what."""
        texts = [token.text for token in sentence]
        ends = bool(texts) and texts[-1] in self._lexicon.language.articles
        wrong = any(self._cannot_follow(word, after) for word, after in pairwise(texts))
        return ends or wrong or self._is_torn(texts)

    def _is_torn(self, texts: Sequence[str]) -> bool:
        """Whether other words stand between those of a name, or of a question word of several:
        'the council of high seven peace'; small ones may, as in 'the ambassador to Iran'. What
        opens as a question does is in order so far, unless 'how' stands apart from its 'many'."""
        language = self._lexicon.language
        opens = bool(texts) and (
            texts[0] in language.question_words or texts[0] in language.whether
        )
        if opens:
            gaps = _gaps(texts, self._counting)
            return any(gap[0] not in language.whether for gap in gaps)  # 'how did so many die'
        return any(not language.function_words.issuperset(g) for g in _gaps(texts, self._typed))

    def _cannot_follow(self, word: str, after: str) -> bool:
        language = self._lexicon.language
        if word in language.articles:
            return after in language.function_words and after not in language.ambiguous_names
        asks = word in language.whether and word in language.auxiliaries
        return asks and self._lexicon.stem(after) in self._verbs

    def _grouped(self, sentence: Sequence[Token]) -> list[int]:
        """The places of the words in the order in which runs are in one piece."""
        texts = [token.text for token in sentence]
        stems = [self._lexicon.stem(text) for text in texts]
        found = [
            places
            for places in (*_within(texts, self._typed), *_within(stems, self._stems))
            if self._may_stand_apart(sentence, places)
        ]
        found.sort(key=len, reverse=True)  # the longest run wins
        taken: set[int] = set()
        behind: dict[int, tuple[int, ...]] = {}
        for places in found:
            if taken.isdisjoint(places):
                taken.update(places)
                behind[min(places)] = places
        order: list[int] = []
        for at in range(len(sentence)):
            if at in behind:
                order.extend(behind[at])
            elif at not in taken:
                order.append(at)
        return order

    def _may_stand_apart(self, sentence: Sequence[Token], places: Sequence[int]) -> bool:
        """Whether words may be one run: 'what for' is 'what ... for' where that ends the sentence,
        else 'for' is somebody's own: 'what can you do for me'."""
        before, last = places[-2:]
        apart = last not in {before + 1, len(sentence) - 1}
        bound = apart and sentence[last].text in self._lexicon.language.bystander_markers
        return not bound or self.is_shuffled(sentence)

    def _asking_first(self, order: list[int], sentence: Sequence[Token]) -> list[int]:
        """With the question word at the head, or else what asks whether; small words before it are
        its own: 'for how many days'."""
        questions, language = self._lexicon.questions, self._lexicon.language
        texts = [sentence[at].text for at in order]
        for length in (2, 1):
            for at in range(len(texts) - length + 1):
                if tuple(texts[at : at + length]) in questions:
                    heads = language.function_words.issuperset(texts[:at])
                    with_verb = texts[at + length : at + length + 1]  # "what's"
                    verb = not language.be_forms.isdisjoint(with_verb)
                    return order if heads else _moved(order, at, length + verb)
        whether = next((at for at, text in enumerate(texts) if text in language.whether), 0)
        return _moved(order, whether, 1)


def _gaps(texts: Sequence[str], runs: dict[str, list[Run]]) -> Iterator[Sequence[str]]:
    """What stands between the words of each run that has all its words in a sentence."""
    for places in _within(texts, runs):
        for before, after in pairwise(sorted(places)):
            if after > before + 1:
                yield texts[before + 1 : after]


def _moved(order: list[int], at: int, length: int) -> list[int]:
    return [*order[at : at + length], *order[:at], *order[at + length :]]


def _by_first(runs: Collection[Run]) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = {}
    for run in sorted(runs):
        found.setdefault(run[0], []).append(run)
    return found


def _within(words: Sequence[str], runs: dict[str, list[Run]]) -> Iterator[tuple[int, ...]]:
    """The places of each run that has all its words somewhere in a sentence."""
    there = set(words)
    for word in dict.fromkeys(words):
        for run in runs.get(word, ()):
            if there.issuperset(run) and len(set(run)) == len(run):
                yield tuple(words.index(part) for part in run)
