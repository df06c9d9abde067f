"""Set phrases by kind: greetings, thanks, 'source?', 'exact words?'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, dropwhile

from bot.matching.lexicon import Lexicon, rewrite
from bot.matching.remembering import remember
from bot.matching.text import NOT, Token, tokens

# Kinds that can be handed over.
HANDED = frozenset({"more", "names", "proof", "quote", "shorter", "sides", "source"})
EARLIER, LATER = "earlier", "later"
SEQUEL = frozenset({EARLIER, LATER})  # what happened before what was told, or after it
LONGEST_OPENING = 3  # words of a set phrase that more follows
REMEMBERED = 1024  # openings


class Phrasebook:
    """Set phrases by kind, compared word for word: no likeness, so that no question is lost."""

    def __init__(
        self, phrases: Mapping[str, Sequence[str]], lexicon: Lexicon, openers: Sequence[str] = ()
    ) -> None:
        """`openers`: with which any of the phrases may be asked for: 'can I have'."""
        self._lexicon = lexicon
        self._openers = sorted((self._run(tokens(one)) for one in openers), key=len, reverse=True)
        self._kinds: dict[str, str] = {}
        runs = set()
        for kind, texts in phrases.items():
            for phrase in texts:
                run = self._run(tokens(phrase))
                runs.add(run)
                written = " ".join(run)  # most are written as they stand: one text is kept of both
                self._kinds[phrase if written == phrase else written] = kind
        self._longest = max(map(len, runs), default=0)
        told = {word for run in (*runs, *self._openers) for word in run} | lexicon.language.padding
        if self._openers:
            told |= lexicon.language.articles
        rewritten = (word for run in lexicon.rewrites for word in run)
        self._words = frozenset(told.union(rewritten, [NOT]))
        firsts = {run[0] for run in runs if run}
        # Lately met.
        self._openings: dict[tuple[Token, ...], tuple[tuple[str, int], ...]] = (
            lexicon.remembered.dictionary()
        )
        self._firsts = firsts.union(
            old[0] for old, new in lexicon.rewrites.items() if new[:1] and new[0] in firsts
        )

    def kind(self, sentence: Sequence[Token]) -> str | None:
        """The kind of set phrase that a sentence is; None: it is none."""
        if not self._words.issuperset([token.text for token in sentence]):
            return None  # most questions, at once
        run = self._run(sentence)
        ways = chain((run, self._trimmed(run)), self._stripped(run))
        if kind := next(filter(None, map(self._kind_of, ways)), None):
            return kind
        return next(
            (kind for kind in map(self._kind_of, self._asked_for(run)) if kind in HANDED), None
        )

    def _kind_of(self, run: Sequence[str]) -> str | None:
        return self._kinds.get(" ".join(run))

    def opening(self, sentence: Sequence[Token], kinds: frozenset[str]) -> tuple[str, int] | None:
        """The set phrase of one of these kinds that opens a sentence, and its length."""
        if not sentence or sentence[0].text not in self._firsts:
            return None
        head = tuple(sentence[: LONGEST_OPENING + 1])
        found = self._openings.get(head)
        if found is None:
            found = remember(self._openings, head, self._opened_by(head), REMEMBERED)
        return next((opening for opening in found if opening[0] in kinds), None)

    def _opened_by(self, head: Sequence[Token]) -> tuple[tuple[str, int], ...]:
        """The kinds and lengths of all set phrases that words begin with, and go on behind."""
        found = []
        for length in range(min(LONGEST_OPENING, len(head) - 1), 0, -1):
            if all(token.text in self._words for token in head[:length]):
                kind = self._kind_of(self._run(head[:length]))
                found += [(kind, length)] if kind else []
        return tuple(found)

    def without_padding(self, words: Sequence[Token]) -> Sequence[Token]:
        """The words without padding before them."""
        padding = self._lexicon.language.padding
        return list(dropwhile(lambda word: word.text in padding, words))

    def _run(self, sentence: Sequence[Token]) -> tuple[str, ...]:
        return tuple(token.text for token in rewrite(sentence, self._lexicon))

    def _stripped(self, run: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The phrase without some of the padding at its ends: 'and who says so' begins with such,
        and ends so, too."""
        padding, longest = self._lexicon.language.padding, self._longest
        first = next((at for at, word in enumerate(run) if word not in padding), len(run))
        last = next((at for at in range(len(run), first, -1) if run[at - 1] not in padding), first)
        for start in range(max(0, last - longest), first + 1):
            for end in range(min(len(run), start + longest), max(last, start + 1) - 1, -1):
                yield run[start:end]

    def _asked_for(self, run: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """What is asked for: 'the exact words' and 'exact words' of 'can I have the exact words for
        this'."""
        trimmed, language = self._trimmed(run), self._lexicon.language
        if trimmed and language.pronouns.get(trimmed[-1]) == "it":
            trimmed = trimmed[:-1]
        for opener in self._openers:
            if trimmed[: len(opener)] == opener:
                rest = trimmed[len(opener) :]
                yield rest
                if rest[:1] and rest[0] in language.articles:
                    yield rest[1:]

    def _trimmed(self, run: tuple[str, ...]) -> tuple[str, ...]:
        padding = self._lexicon.language.padding
        return tuple(word for word in run if word not in padding)
