"""What the words of a base mean: names, synonyms, stems, and how rare each term is.

A *term* is what two texts must share to speak of the same thing: a stem ("deleg"), a group of
synonyms ("=attend"), a named one ("@sergey-lavrov") or a figure ("#5").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from Stemmer import Stemmer as Snowball
from Stemmer import version

from bot.facts.model import Base, Person
from bot.matching.features import Likeness
from bot.matching.language import Language
from bot.matching.remembering import Remembered
from bot.matching.text import NOT, Token, tokens

if TYPE_CHECKING:
    from bot.matching.reading import Word

NAME, GROUP, FIGURE = "@", "=", "#"
SNOWBALL = version()  # whose stems these are

Run = tuple[str, ...]
ANY_END = "*"  # in a word's spelling: with any ending
Heard = tuple[bool | str, ...]  # whether a word is written with a capital; it, and what follows


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a run of words stands for: one term, or several where a name is shared."""

    terms: tuple[str, ...]
    length: int


class Spellings:
    """Words that are written in more ways than one."""

    def __init__(self, language: Language) -> None:
        self._whole = {a: b for a, b in language.spellings.items() if not a.endswith(ANY_END)}
        self._whole |= {f"{a}s": f"{b}s" for a, b in self._whole.items()}
        some = (pair for pair in language.spellings.items() if pair[0].endswith(ANY_END))
        self._beginnings = {a.removesuffix(ANY_END): b for a, b in some}
        self._any_beginning = tuple(self._beginnings)
        self._ends = language.spelling_ends
        self._lists = (language.lists.common, language.lists.known)

    def one_of(self, word: str) -> str:
        """The way that a word is taken to be written in."""
        if word in self._whole:
            return self._whole[word]
        if word.startswith(self._any_beginning):
            old = max(filter(word.startswith, self._beginnings), key=len)
            return self._beginnings[old] + word.removeprefix(old)
        for old, new in self._ends.items():
            if word.endswith(old):
                other = word.removesuffix(old) + new
                if any(other in words for words in self._lists):
                    return other
        return word


class Stemmer:
    """Snowball's stemmer for the language behind its irregular forms, remembered."""

    def __init__(self, language: Language) -> None:
        # Without the package's own memory of words: here is one.
        self._stem: Callable[[str], str] = Snowball(language.stemmer, 0).stemWord
        self._irregular = {**language.derived, **language.irregular}
        self._spellings = Spellings(language)
        self._known: dict[str, str] = {}
        self._given: Mapping[str, str] = {}

    def known_too(self, stems: Mapping[str, str]) -> None:
        """Words with the stems that were found for them before."""
        self._given = stems

    def __call__(self, word: str) -> str:
        stem = self._known.get(word) or self._given.get(word)
        if stem is None:
            stem = self._stem(self._spellings.one_of(self._irregular.get(word, word)))
            if len(self._known) < 50_000:
                self._known[word] = stem
        return stem

    def forget_words(self) -> None:
        """Forget the words that were lately met, but for those given."""
        self._known.clear()


class Runs:
    """Runs of words to what they stand for; the longest run wins."""

    def __init__(self) -> None:
        self._meanings: dict[Run, tuple[str, ...]] = {}
        self._longest: dict[str, int] = {}

    def add(self, run: Run, term: str) -> None:
        if not run:
            return
        terms = self._meanings.get(run, ())
        if term not in terms:
            self._meanings[run] = (*terms, term)
        self._longest[run[0]] = max(self._longest.get(run[0], 0), len(run))

    def at(self, words: Sequence[str], start: int) -> Meaning | None:
        """The longest run that begins at `start`."""
        longest = self._longest.get(words[start], 0)
        for length in range(min(longest, len(words) - start), 0, -1):
            terms = self._meanings.get(tuple(words[start : start + length]))
            if terms:
                return Meaning(terms, length)
        return None

    def __contains__(self, word: str) -> bool:
        return word in self._longest

    def starts(self, words: Sequence[str]) -> list[int]:
        """The places where a run may begin."""
        return [at for at, word in enumerate(words) if word in self._longest]

    def longest(self, word: str) -> int:
        """The most words of a run that begins with this one; 0: none does."""
        return self._longest.get(word, 0)

    def several(self) -> list[Run]:
        """The runs of more words than one."""
        return [run for run in self._meanings if len(run) > 1]

    def words(self) -> Iterable[str]:
        return (word for run in self._meanings for word in run)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A base's names and synonyms over a language's words."""

    language: Language
    stem: Stemmer
    names: Runs
    groups: Runs
    rewrites: Mapping[Run, Run]
    longest_rewrite: Mapping[str, int]
    questions: Mapping[Run, str]
    asking: frozenset[str]  # the first words of `questions` of more words than one
    # Without any of these, nothing in a sentence is rewritten or joined.
    touched: frozenset[str]
    touched_pairs: frozenset[Run]
    people: Mapping[str, Person]
    own_words: frozenset[str]  # of the base's names and synonyms, misspellings in aliases left out
    remembered: Remembered  # by all who read words with it
    reaches: dict[str, int]  # of words lately read: how many words say what each is read as
    heard: dict[Heard, tuple[Word, int]]  # these words, and what they were read as

    def related(self, word: str) -> tuple[str, ...]:
        """A word's stem and the stems of those near it in meaning, nearest first, where the
        language knows any."""
        stem = self.stem(word)
        near = self.language.lists.related.kin(stem)
        return (stem, *near) if near else ()

    def kind(self, term: str) -> str:
        """What bears a name, given as its term: a person, a body, ...; empty: nobody known."""
        person = self.people.get(term.removeprefix(NAME))
        return person.kind if person else ""

    def forget_words(self) -> None:
        """Forget the words that were lately read."""
        self.remembered.forget()
        self.stem.forget_words()
        for words in self.language.lists.words:
            words.forget_words()

    @property
    def likeness(self) -> Likeness:
        """What is known of how alike words are."""
        return Likeness(self.related, self.language.lists.vectors.of)


def build_lexicon(base: Base, language: Language) -> Lexicon:
    """The lexicon of a base; the base's own synonyms go before the language's."""
    stem = Stemmer(language)
    remembered = Remembered()
    people = (person for person in base.people if person.kind == "person")
    of_names = {word for person in people for word in _run(person.name)}
    rewrites = {
        run: _run(new)
        for old, new in language.rewrites.items()
        if not (len(run := _run(old)) == 1 and run[0] in of_names)  # 'Jan Holt' is no January
    }
    longest: dict[str, int] = {}
    for run in rewrites:
        longest[run[0]] = max(longest.get(run[0], 0), len(run))
    questions = {_run(run): asked for run, asked in language.question_words.items()}
    return Lexicon(
        language=language,
        stem=stem,
        names=_names(base.people, language),
        groups=_groups((*base.synonyms, *language.synonyms), stem),
        rewrites=rewrites,
        longest_rewrite=longest,
        questions=questions,
        asking=frozenset(run[0] for run in questions if len(run) > 1),
        touched=frozenset(
            {run[0] for run in rewrites if len(run) == 1} | {NOT, *language.particles}
        ),
        touched_pairs=frozenset(run[:2] for run in rewrites if len(run) > 1),
        people={person.id: person for person in base.people},
        own_words=_own_words(base, language),
        remembered=remembered,
        reaches=remembered.dictionary(),
        heard=remembered.dictionary(),
    )


def _own_words(base: Base, language: Language) -> frozenset[str]:
    """Names may have aliases that are misspelt on purpose. Of those of several words, only words
    that are words elsewhere count: 'peace counsil' must not make 'counsil' right."""
    synonyms = {word for group in base.synonyms for text in group for word in _run(text)}
    names = {word for person in base.people for word in _run(person.name)}
    aliases = [_run(alias) for person in base.people for alias in person.aliases]
    single = {run[0] for run in aliases if len(run) == 1}
    several = {word for run in aliases for word in run if len(run) > 1}
    several = {word for word in several - synonyms - names if _is_word(word, language)}
    return frozenset(synonyms | names | single | several)


def _run(text: str) -> Run:
    return tuple(token.text for token in tokens(text))


def _names(people: Iterable[Person], language: Language) -> Runs:
    names = Runs()
    for person in people:
        term = NAME + person.id
        known_as = map(_run, (person.name, *person.aliases))
        runs = [_without_article(run, language) for run in known_as]
        for at, run in enumerate(runs):
            if at > 0 and _says_more(run, runs, language):
                continue  # 'Taliban fighters' names the Taliban and asks about fighters
            for form in _forms(run):
                names.add(form, term)
        if person.kind == "person":
            for part in tokens(person.name):
                # 'Mr Kerrick's son-in-law' is not Kerrick.
                if (
                    len(part.text) >= 4
                    and not part.possessive
                    and not _is_word(part.text, language)
                ):
                    for form in _forms((part.text,)):
                        names.add(form, term)
    return names


def _without_article(run: Run, language: Language) -> Run:
    return run[1:] if len(run) > 1 and run[0] in language.articles else run


def _says_more(run: Run, runs: Sequence[Run], language: Language) -> bool:
    """Whether an alias is another alias of the same and an everyday word behind it."""
    return (
        len(run) > 1
        and run[:-1] in runs
        and run[-1] in language.lists.common
        and run[-1] not in language.function_words
    )


def _forms(run: Run) -> tuple[Run, ...]:
    """A name, and as it is typed in the plural, or with the apostrophe of its first or last word
    left out ('the talibans spokesman')."""
    forms = [run]
    for at in {0, len(run) - 1} if run else ():
        word = run[at]
        if len(word) >= 3 and not word.endswith("s"):
            forms.append((*run[:at], word + "s", *run[at + 1 :]))
    return tuple(forms)


def _is_word(text: str, language: Language) -> bool:
    lists = language.lists
    return text in language.function_words or text in lists.common or text in lists.known


def _groups(groups: Iterable[Sequence[str]], stem: Stemmer) -> Runs:
    """A word of several groups stands for any of them: 'talk' is a meeting, and speaking."""
    found = Runs()
    for number, group in enumerate(groups):
        runs = [tuple(stem(word) for word in _run(text)) for text in group]
        for run in runs:
            found.add(run, f"{GROUP}{'-'.join(runs[0])}.{number}")
    return found


def rewrite(typed: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Chat spellings and contractions written out, runs that ask brought to one question word."""
    if not is_touched(typed, lexicon):
        return list(typed)
    language = lexicon.language
    out: list[Token] = []
    start = 0
    while start < len(typed):
        token = typed[start]
        for length in range(lexicon.longest_rewrite.get(token.text, 0), 0, -1):
            run = tuple(t.text for t in typed[start : start + length])
            new = lexicon.rewrites.get(run)
            if new is not None:
                out.extend(Token(word, word) for word in new)
                start += length
                break
        else:
            contracted = token.possessive and (
                (token.text,) in lexicon.questions or token.text in language.pronouns
            )
            if contracted:
                out += (token._replace(possessive=False), Token("is", "is"))
            else:
                out.append(Token("not", token.surface) if token.text == NOT else token)
            start += 1
    return out


def is_touched(typed: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether anything in a sentence may have to be rewritten or joined: in most there is not."""
    texts = [token.text for token in typed]
    return (
        not lexicon.touched.isdisjoint(texts)
        or not lexicon.touched_pairs.isdisjoint(pairwise(texts))
        or True in [token.possessive for token in typed]
    )
