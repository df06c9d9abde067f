"""Reads a sentence: each word's part in it and the terms it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.matching.language import Language
from bot.matching.lexicon import FIGURE, Heard, Lexicon, is_touched, rewrite
from bot.matching.remembering import remember
from bot.matching.text import LINK, Token

Kind = Literal["function", "light", "filler", "asks", "name", "figure", "word"]
REMEMBERED = 4096  # words lately read
APART = 3  # words at most that stand between a verb and its particle
ANY = "*"  # behind any word a name is rather a small word, unless it is written in capitals
ORDINAL = frozenset({"st", "nd", "rd", "th"})  # 'the 14th' is said of a day ...
MOST_IN_WORDS = 3  # ... '3rd' is rather 'third', which is a figure beside a month alone
YEAR = re.compile("1[0-9]{3}|20[0-9]{2}")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)([a-z]*)$")


class Word(NamedTuple):
    """A word, or a run of words read as one: `terms` are alternatives, empty where none counts."""

    text: str
    kind: Kind
    terms: tuple[str, ...] = ()
    capital: bool = False  # written like a name
    kin: bool = False  # read as words that mean nearly the same
    stem: str = ""  # of its first word, whatever it is a synonym of


def may_be_noun(word: Word) -> bool:
    """Whether a word says something of its own, and is no name, figure or small word."""
    return word.kind == "word" and bool(word.terms)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence on its way to words."""

    tokens: Sequence[Token]
    texts: Sequence[str]
    stems: Sequence[str]


def read(typed: Sequence[Token], lexicon: Lexicon) -> list[Word]:
    """The words of one sentence, rewritten to what they mean; nothing is mended here."""
    tokens = _joined(rewrite(typed, lexicon), lexicon) if is_touched(typed, lexicon) else typed
    texts = [token.text for token in tokens]
    shouting = _is_shouted(tokens)
    capitals = [False, *[not shouting and t.surface[:1].isupper() for t in tokens[1:]]]
    sentence = None
    heard, reaches = lexicon.heard, lexicon.reaches
    words: list[Word] = []
    start = 0
    while start < len(tokens):
        reach = reaches.get(texts[start])
        if reach is None:
            reach = _reach(texts[start], lexicon)
        key: Heard = (capitals[start], *texts[start : start + reach])
        found = heard.get(key)
        if found is None or not reach:
            if sentence is None:
                sentence = _Sentence(tokens, texts, [*map(lexicon.stem, texts)])
            found = _word(sentence, start, capitals[start], lexicon)
            if reach:
                remember(heard, key, found, REMEMBERED)
        words.append(found[0])
        start += found[1]
    return words


def _reach(text: str, lexicon: Lexicon) -> int:
    """How many words, from this one on, say what it is read as; 0: more than these do."""
    language = lexicon.language
    if (
        text in language.ambiguous_names
        or text in language.numbers
        or text in language.early_days
        or _FIGURE.match(text)
        or (text in lexicon.names and text in language.function_words)
    ):
        reach = 0
    else:
        group = lexicon.groups.longest(lexicon.stem(text))
        reach = max(1, lexicon.names.longest(text), group, 2 * (text in lexicon.asking))
    return remember(lexicon.reaches, text, reach, REMEMBERED)


def _joined(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """With a particle back behind its verb, where the two mean something together: 'turn the
    invitation down'."""
    particles = lexicon.language.particles
    for at, particle in enumerate(tokens):
        if particle.text not in particles:
            continue
        for verb in range(at - 2, max(-1, at - 2 - APART), -1):
            stems = [lexicon.stem(tokens[verb].text), lexicon.stem(particle.text)]
            group = lexicon.groups.at(stems, 0)
            if group is not None and group.length == len(stems):
                behind = tokens[verb + 1 : at]
                return [*tokens[: verb + 1], particle, *behind, *tokens[at + 1 :]]
    return tokens


def _word(sentence: _Sentence, start: int, capital: bool, lexicon: Lexicon) -> tuple[Word, int]:
    texts, language = sentence.texts, lexicon.language
    text = texts[start]
    name = lexicon.names.at(texts, start)
    if name and (name.length > 1 or is_name_here(sentence.tokens, start, language)):
        named = " ".join(texts[start : start + name.length])
        return Word(named, "name", name.terms, capital), name.length
    for length in (2, 1):
        asking = tuple(texts[start : start + length])
        if asked := lexicon.questions.get(asking):
            return Word(asked, "asks"), len(asking)
    if figure := _figure(texts, start, lexicon):
        return figure
    if text in language.function_words or text in language.negations:
        if is_strange_name(sentence.tokens, start, language):
            return Word(text, "word", (sentence.stems[start],), capital=True), 1
        return Word(text, "function"), 1
    kind: Kind = "word"
    if text in language.light_words:
        kind = "light"
    elif text in language.fillers:
        kind = "filler"
    if group := lexicon.groups.at(sentence.stems, start):
        run = " ".join(texts[start : start + group.length])
        if group.length > 1:  # 'show' tells little, 'show up' tells what was done
            kind = "word"
        return Word(run, kind, group.terms, stem=sentence.stems[start]), group.length
    terms = () if text == LINK else (sentence.stems[start],)
    return Word(text, kind, terms, capital, stem=sentence.stems[start]), 1


def is_name_here(words: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a word that is a name is that here, where it may be a small word ('us', 'who')."""
    token = words[at]
    behind = language.ambiguous_names.get(token.text)
    if behind is None:
        return token.text not in language.function_words or token.surface.isupper()
    if _stands_out(words, at):
        return True
    return ANY not in behind and (at == 0 or words[at - 1].text not in behind)


def is_strange_name(words: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a small word is the name of somebody whom the base does not know: 'what did the US
    say', and no 'tell us'."""
    behind = language.ambiguous_names.get(words[at].text)
    if behind is None or ANY in behind:
        return False
    return _stands_out(words, at) or (at > 0 and words[at - 1].text in language.articles)


def _stands_out(words: Sequence[Token], at: int) -> bool:
    """Whether a word is written in capitals, and not all others, too."""
    return words[at].surface.isupper() and not _is_shouted(words)


def _is_shouted(words: Sequence[Token]) -> bool:
    return all(word.surface.isupper() for word in words if word.text.isalpha())


def _figure(texts: Sequence[str], start: int, lexicon: Lexicon) -> tuple[Word, int] | None:
    """A number in digits or words, with its multiplier: 90,000, five, 1.3 million, 700k."""
    language = lexicon.language
    match = _FIGURE.match(texts[start])
    if match:
        value = float(match[1])
        if match[2] and not (match[2] in ORDINAL and value > MOST_IN_WORDS):
            if match[2] not in language.multipliers:
                return None
            value *= language.multipliers[match[2]]
    elif texts[start] in language.numbers:
        value = float(language.numbers[texts[start]])
    elif texts[start] in language.early_days and _is_of_month(texts, start, language):
        value = float(language.early_days[texts[start]])
    else:
        return None
    length = 1
    while start + length < len(texts) and texts[start + length] in language.multipliers:
        value *= language.multipliers[texts[start + length]]
        length += 1
    written = str(int(value)) if value.is_integer() else str(value)
    return Word(texts[start], "figure", (FIGURE + written,)), length


def _is_of_month(texts: Sequence[str], at: int, language: Language) -> bool:
    """Whether the name of a month stands beside a place: 'December the third', 'the third of
    May'."""
    before, behind = [*texts[max(0, at - 2) : at]], [*texts[at + 1 : at + 3]]
    if before and before[-1] in language.articles:
        before.pop()
    if behind and behind[0] in language.owner_markers:
        return not language.months.isdisjoint(behind[1:])
    return not language.calendar.isdisjoint((*before[-1:], *behind[:1]))
