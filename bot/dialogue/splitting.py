"""Cuts a message into its questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import dropwhile, pairwise
from typing import NamedTuple

from bot.matching.language import Language, runs_at, runs_by_first_word
from bot.matching.text import Sentence, Token

MOST_QUESTIONS = 4
LEAST_WORDS, MOST_CLAUSES = 3, 6
MOST_GUESSED = 3  # words of a guess, or of what was meant instead
NOUN_REACH = 3  # words between a determiner and the end of its noun


def asking_sentences(sentences: Sequence[Sentence], language: Language) -> list[Sentence]:
    """The sentences that ask, or, where none is seen to, all: the last ones, where it is many."""
    if len(sentences) < 2:
        return list(sentences)
    asking = [s for s in sentences if s.asks or _goes_on_asking(s.tokens, language)]
    return asking or list(sentences[-MOST_QUESTIONS:])


def _goes_on_asking(words: Sequence[Token], language: Language) -> bool:
    """'... and how many came'"""
    behind = words[1:] if words and words[0].text in language.joints else words
    return opens_as_question(behind, language) or puts_right(words, language)


def puts_right(words: Sequence[Token], language: Language) -> bool:
    """Whether a sentence names what was meant instead, and says no more: 'I mean Iraq'."""
    texts = [word.text for word in words]
    runs = [*runs_at(runs_by_first_word(language.correcting), texts, 0)]
    if not runs:
        return False  # most sentences, at once
    said = language.whether | language.auxiliaries | language.pronouns.keys()
    return any(
        0 < len(texts) - len(run) <= MOST_GUESSED and said.isdisjoint(texts[len(run) :])
        for run in runs
    )


def opens_as_question(words: Sequence[Token], language: Language) -> bool:
    """Whether words open as a question does; one word alone opens nothing."""
    if len(words) < 2:
        return False
    first = language.written_out(words[0].text)[0]
    return first in language.question_words or first in language.whether


def halves(words: Sequence[Token], language: Language) -> list[tuple[Token, ...]]:
    """Where two questions are joined in one sentence, each of them; else none.

    'When and where was it' and 'when was it, and where' become 'when was it' and 'where was it';
    'who opened it and how long did it last' is cut at the joint. Whether both are questions of
    their own is for the matcher to say.
    """
    texts = [word.text for word in words]
    for at in range(1, len(words) - 1):
        if texts[at] not in language.joints:
            continue
        before, after = words[:at], words[at + 1 :]
        if _asks(texts[at - 1], language) and _asks(texts[at + 1], language):
            return [(*before, *words[at + 2 :]), (*words[: at - 1], *after)]
        if after[0].text in language.joints:
            continue
        opens = opens_as_question(after, language) or _demands(after, language)
        if at >= 2 and len(after) >= 2 and opens:
            return [tuple(before), *(halves(after, language) or [tuple(after)])]
        verb = next((n for n, text in enumerate(texts[:at]) if text in language.whether), at)
        if 0 < verb < at and len(after) == 1 and _asks(after[0].text, language):
            return [tuple(before), (*after, *before[verb:])]
    return []


def _demands(words: Sequence[Token], language: Language) -> bool:
    """Whether words open as a request that says what for: 'please tell me what Ann said'."""
    asked = [*dropwhile(lambda word: word.text in language.favours, words)]
    return len(asked) >= LEAST_WORDS and asked[0].text in language.demands


class Cut(NamedTuple):
    """A part of a sentence, and what stands before it up to the last pause."""

    words: tuple[Token, ...]
    head: tuple[Token, ...] = ()


def clauses(sentence: Sentence, language: Language) -> list[Cut]:
    """The parts of a long sentence that may be its question: what stands between pauses, and what
    follows a question word inside it ('my teacher wants to know who ...')."""
    words = sentence.tokens
    edges = [0, *sentence.pauses, len(words)]
    parts = list(pairwise(edges))
    inner = [
        Cut(words[at:end], _head(sentence, at))
        for start, end in ((0, len(words)), *parts)
        for at in range(start + 1, end)
        if (_asks(words[at].text, language) or words[at].text in language.conjunctions)
        and not _is_relative(words[start:end], at - start, language)
    ]
    return _wanted([*(Cut(words[a:b]) for a, b in parts), *inner], len(words) - 1)


def _head(sentence: Sentence, at: int) -> tuple[Token, ...]:
    start = max((pause for pause in sentence.pauses if pause <= at), default=0)
    return sentence.tokens[start:at]


def _wanted(cuts: Iterable[Cut], most: int) -> list[Cut]:
    """Those that are long enough to ask something, each once."""
    wanted: dict[tuple[Token, ...], Cut] = {}
    for cut in cuts:
        if LEAST_WORDS <= len(cut.words) <= most:
            wanted.setdefault(cut.words, cut)
    return list(wanted.values())[:MOST_CLAUSES]


def requested(sentence: Sentence, language: Language) -> list[Cut]:
    """What a sentence that says that it asks then asks: 'I need to know who came', up to its end,
    and up to the next pause; and what opens as a question behind a pause."""
    words = sentence.tokens
    texts = [word.text for word in words]
    requests = runs_by_first_word(language.requests)
    ends = [at + len(run) for at in range(len(texts)) for run in runs_at(requests, texts, at)]
    found = []
    for end in sorted(ends):
        head = _head(sentence, end)
        stop = next((pause for pause in sentence.pauses if pause > end), len(words))
        # Behind an aside the question begins with its question word: 'to know, if it says, why'.
        pauses = (at for at in sentence.pauses if end <= at < len(words))
        behind = [words[at:] for at in pauses if _asks(texts[at], language)]
        found += [Cut(words[end:], head), Cut(words[end:stop], head), *map(Cut, behind)]
    if sentence.asks:  # ', but did they come?' at the end of a sentence is its question
        for at in sentence.pauses:
            rest = words[at + (texts[at] in language.joints) :] if at < len(words) else ()
            if opens_as_question(rest, language):
                found.append(Cut(rest))
    return _wanted(found, len(words))


def without_guess(sentence: Sentence, language: Language) -> tuple[Token, ...]:
    """A question for who, what, where ... without the guess behind it ('who said it, Ann?'), or
    any without its condition ('if the article tells'); nothing where there is none."""
    words = sentence.tokens
    at = sentence.pauses[-1] if sentence.pauses else 0
    guess = words[at:]
    if at >= LEAST_WORDS and guess and guess[0].text in language.supposing:
        return words[:at]
    if at < LEAST_WORDS or not 0 < len(guess) <= MOST_GUESSED:
        return ()
    first = language.written_out(words[0].text)[0]
    asks = first in language.question_words and first not in language.whether
    return words[:at] if asks and not any(_asks(word.text, language) for word in guess) else ()


def topic_and_rest(
    sentence: Sentence, language: Language
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """What a sentence goes back to, and what it then asks: 'so back to Ghani, what was his offer';
    no topic where it does not begin with that, or asks nothing behind a pause."""
    words = sentence.tokens
    for at in sentence.pauses:
        end = _returns(words[:at], language)
        if end is not None:
            asks = opens_as_question(words[at:], language)
            return (words[end:at], words[at:]) if asks else ((), words)
    return (), words


def topic_of(sentence: Sentence, language: Language) -> tuple[Token, ...]:
    """What a sentence goes back to that says no more: 'ok, back to the talks'; else nothing."""
    end = _returns(sentence.tokens, language)
    return () if end is None or sentence.asks else sentence.tokens[end:]


def _returns(words: Sequence[Token], language: Language) -> int | None:
    """Where the topic begins that words go back to; None: they do not."""
    texts = [word.text for word in words]
    runs = runs_by_first_word(language.returning)
    opening = next((n for n, text in enumerate(texts) if text not in language.padding), 0)
    for start in range(min(opening + 1, len(texts))):
        for run in runs_at(runs, texts, start):
            if start + len(run) < len(texts):
                return start + len(run)
    return None


def _is_relative(words: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a question word asks nothing, but tells which one is meant: 'the man who spoke'."""
    if words[at].text not in language.relatives:
        return False
    before = words[at - 1].text
    asking = any(run.split()[-1] == before for run in language.requests)
    if asking or before in language.function_words:
        return False
    noun = words[max(0, at - NOUN_REACH) : at - 1]
    return any(word.text in language.determiners for word in noun)


def _asks(text: str, language: Language) -> bool:
    return text in language.question_words
