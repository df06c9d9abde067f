"""Which words of a message are misspelt, and what each may have been meant to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from bot.matching.language import Language, WordLists
from bot.matching.lexicon import Lexicon
from bot.matching.remembering import remember
from bot.matching.spelling import SHORTEST, Repair, Speller, one_slip
from bot.matching.text import LINK, Token

COMPETITORS = 3  # words that one may have been meant to be
LONG_NAME = 5  # letters of a name that may be a misspelt word
BEGINNING = 2  # letters of a word that is looked for among the rarer ones: these are right
REMEMBERED = 2048  # words lately met
LEAST_HASTY = 5  # letters of a hasty spelling that another word may be a slip of
READINGS = 4  # of one sentence, at most


class Mender:
    """Mends words that are neither the base's nor everyday English nor anybody's name."""

    def __init__(self, lexicon: Lexicon, base_words: Mapping[str, str]) -> None:
        """`base_words` are every word that the base uses, with its stem."""
        self._lexicon = lexicon
        self._lists = lexicon.language.lists
        self._base_words = base_words
        self._needed = _needed_words(lexicon.language)
        self._small = _small_words(lexicon.language)
        # Words lately met, whether they are known, and what they may have been meant to be.
        self._met: dict[str, bool] = lexicon.remembered.dictionary()
        self._mended: dict[str, tuple[Repair, ...]] = lexicon.remembered.dictionary()

    @cached_property
    def _speller(self) -> Speller:
        """Made at the first word that is not known: its words take a megabyte."""
        own = self._lexicon.own_words.union(self._base_words)
        everyday = _everyday(self._lists)
        # How people spell a word in haste ('wer') is nothing that another may be a slip of, if that
        # is short: 'woudlnt' is `wouldnt`.
        rewritten = self._lexicon.language.rewrites.keys() - everyday - own
        hasty = {word for word in rewritten if len(word) < LEAST_HASTY}
        return Speller(own | (self._needed - hasty) | everyday)

    @cached_property
    def _stems(self) -> frozenset[str]:
        """Made at the first word that the base does not have, too."""
        return frozenset(self._base_words.values())

    def _repairs(self, text: str) -> tuple[Repair, ...]:
        found = self._mended.get(text)
        if found is None:
            found = self._speller.repairs(text)
            if found and found[0].slips > 1:  # 'appartments' is no odd way to write 'appointments'
                rarer = self._lists.known.beginning(text[:BEGINNING])
                found = one_slip(text, rarer) or found
            remember(self._mended, text, found, REMEMBERED)
        return found

    def is_known(self, text: str) -> bool:
        """Whether a word is the base's own, everyday English, or a figure."""
        known = self._met.get(text)
        if known is None:
            known = remember(self._met, text, self._is_known(text), REMEMBERED)
        return known

    def _is_own(self, text: str) -> bool:
        return text in self._base_words or text in self._lexicon.own_words

    def _is_known(self, text: str) -> bool:
        return (
            self._is_own(text)
            or text in self._needed
            or not text.isalpha()
            or text == LINK
            or text in self._lists.common
            or text in self._lists.known
            or (self._lexicon.stem(text) in self._stems and not self._may_be_slip(text))
        )

    def _may_be_slip(self, text: str) -> bool:
        """Whether a word in no list, which is cut to a stem that the base has, is as well a slip of
        another of its words: 'soliders' is no form of 'solid'."""
        stem = self._lexicon.stem
        found = self._repairs(text)
        return any(
            one.slips == 1 and self._is_own(one.word) and stem(one.word) != stem(text)
            for one in found
        )

    def is_strange_name(self, text: str) -> bool:
        """A name that the base does not hold."""
        return text in self._lists.names

    def readings(self, sentence: Sequence[Token]) -> list[tuple[list[Token], int]]:
        """The ways to read a sentence, each with the slips it takes to be mended: one where all is
        spelt right, several where more than one word is as near."""
        if all(map(self._met.get, [token.text for token in sentence])):
            return [(list(sentence), 0)]  # most questions, at once
        readings: list[tuple[list[Token], int]] = [([], 0)]
        for at, token in enumerate(sentence):
            if self.is_known(token.text) or (
                self.is_strange_name(token.text) and self._slip_to(token) is None
            ):
                for words, _ in readings:
                    words.append(token)
                continue
            options = self._options(token, named=at > 0 and token.surface[:1].isupper())
            readings = [
                ([*words, *option], slips + cost)
                for words, slips in readings
                for option, cost in options
            ][:READINGS]
        return readings

    def _options(self, token: Token, *, named: bool) -> list[tuple[list[Token], int]]:
        if word := self._slip_to(token):
            return [([token], 0), ([token._replace(text=word)], 1)]
        found = self._repairs(token.text)
        ours = [repair for repair in found if self._is_own(repair.word)]
        if not found and not named and (parts := self._parts(token.text)):
            return [([Token(part, part) for part in parts], 1)]
        chosen = (ours or ([] if named else list(found)))[:COMPETITORS]
        if not chosen:
            return [([token], 0)]
        return [([token._replace(text=repair.word)], repair.slips) for repair in chosen]

    def _slip_to(self, token: Token) -> str | None:
        """The word of the base that a name in lower case is a letter away from ('the mayer'); never
        another name."""
        if not token.surface.islower() or len(token.text) < LONG_NAME:
            return None
        return next(
            (
                repair.word
                for repair in self._repairs(token.text)
                if repair.slips == 1
                and self._is_own(repair.word)
                and repair.word in self._lists.common
                and repair.word not in self._lexicon.names
                and self.is_strange_name(token.text)
            ),
            None,
        )

    def _parts(self, text: str) -> tuple[str, str] | None:
        """Two words of which the space between was left out ('eachother'), one of them a small one:
        else any rare word ('timeline') would be cut in two."""
        return next(
            (
                (text[:at], text[at:])
                for at in range(2, len(text) - 1)
                if (text[:at] in self._small and self._may_be_joined(text[at:]))
                or (text[at:] in self._small and self._may_be_joined(text[:at]))
            ),
            None,
        )

    def _may_be_joined(self, text: str) -> bool:
        """Whether a word is everyday, or of the base; any two letters may be a part of a word."""
        if len(text) < SHORTEST:
            return text in self._small
        return text in self._needed or self._is_own(text) or text in self._lists.common


def _needed_words(language: Language) -> frozenset[str]:
    """The words that the language's own rules are about."""
    runs = (
        *language.rewrites,
        *language.question_words,
        *language.irregular,
        *language.derived,
        *(text for group in language.synonyms for text in group),
        *(text for texts in language.followups.values() for text in texts),
        *(text for texts in language.chat.values() for text in texts),
        *language.continuations,
        *language.present,
    )
    single = language.fillers | language.time_words | set(language.numbers)
    words = {word for run in runs for word in run.split()} | single | set(language.multipliers)
    return _small_words(language).union(words)


def _small_words(language: Language) -> frozenset[str]:
    """Those of which a language has few."""
    asking = (run for run in language.question_words if " " not in run)
    small = language.function_words | language.light_words | language.negations
    return small.union(language.pronouns, asking)


def _everyday(lists: WordLists) -> frozenset[str]:
    return frozenset(bytes(lists.common.text[:]).decode().split())
