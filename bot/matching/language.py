"""What the matcher knows of a language, as data; how verbs end is known in `roles.py` alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.matching.vectors import Vectors
from bot.matching.wordlist import WordList


@lru_cache(16)
def runs_by_first_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """A language's phrases as runs of words, under the first of these; the longest first."""
    return _runs_by(0, phrases)


@lru_cache(4)
def runs_by_last_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """The same under the last of their words."""
    return _runs_by(-1, phrases)


def _runs_by(place: int, phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    runs: dict[str, list[list[str]]] = {}
    for run in sorted(map(str.split, phrases), key=len, reverse=True):
        runs.setdefault(run[place], []).append(run)
    return runs


def runs_at(
    runs: Mapping[str, list[list[str]]], texts: Sequence[str], at: int
) -> Iterator[list[str]]:
    """Those of such runs that stand at a place of a sentence, the longest first."""
    for run in runs.get(texts[at], ()):
        if texts[at : at + len(run)] == run:
            yield run


def run_at_end(runs: Mapping[str, list[list[str]]], texts: Sequence[str]) -> list[str]:
    """The longest of such runs, by their last words, that a sentence ends with; else none."""
    ending = (run for run in runs.get(texts[-1], ()) if texts[-len(run) :] == run)
    return next(ending, [])


def holds_any(phrases: tuple[str, ...], texts: Sequence[str]) -> bool:
    """Whether any of a language's phrases stands somewhere in a sentence."""
    runs = runs_by_first_word(phrases)
    return any(True for at in range(len(texts)) for _ in runs_at(runs, texts, at))


@dataclass(frozen=True, slots=True)
class WordLists:
    """A language's words, sorted, and where the commonest stand in meaning."""

    common: WordList  # everyday words
    known: WordList  # rarer words, still no names
    related: WordList  # a stem and those near it in meaning, nearest first, on each line
    names: WordList  # names of persons, countries, places, in lower case
    persons: WordList  # nouns for what somebody is: deckhand
    vectors: Vectors

    @property
    def words(self) -> tuple[WordList, ...]:
        """Those that are lists of words."""
        return self.common, self.known, self.related, self.names, self.persons


class Language(NamedTuple):
    """One language's function words, question words, chat spellings, synonyms and phrases. A
    dataclass of so many fields would take half a megabyte."""

    code: str
    lists: WordLists
    stemmer: str  # its name in Snowball
    rewrites: Mapping[str, str]
    question_words: Mapping[str, str]
    function_words: frozenset[str]
    light_words: frozenset[str]
    fillers: frozenset[str]
    whether: frozenset[str]
    indirect: tuple[str, ...]
    conjunctions: frozenset[str]  # that open an indirect question: if, whether
    tags: tuple[str, ...]  # that make a statement before them a question: 'right'
    text_units: frozenset[str]  # how long an answer should be is told in: sentences
    at_most: tuple[str, ...]  # before how many: in, no more than
    or_fewer: tuple[str, ...]  # and behind them
    some: frozenset[str]  # how many, but no number: few
    reminders: frozenset[str]  # behind a question for what was told before: 'who was he again'
    alternatives: frozenset[str]  # with which a tag begins that names the other half: or
    tag_pronouns: frozenset[str]  # with a verb of `whether` before them they do so, too: 'is it'
    asserting: str  # what asks the same at the head of a sentence
    relatives: frozenset[str]  # question words that may tell which one is meant instead
    determiners: frozenset[str]
    articles: frozenset[str]  # of these, those that a noun must follow
    joints: frozenset[str]  # between two questions in one sentence: and
    between_names: frozenset[str]  # what may stand before a name, or between two
    before_doing: frozenset[str]  # before a verb: of doing
    infinitive: str  # before a verb, too: to do
    requests: tuple[str, ...]  # that the question itself follows: 'I need to know'
    demands: frozenset[str]  # what opens a request behind a joint: 'and tell me what Ann said'
    negations: frozenset[str]
    refusals: frozenset[str]  # to refuse to come is not to come
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    irregular: Mapping[str, str]
    spellings: Mapping[str, str]  # of words written in several ways: 'colour*', with any ending
    spelling_ends: Mapping[str, str]  # of such endings
    derived: Mapping[str, str]
    synonyms: tuple[tuple[str, ...], ...]
    askers: frozenset[str]  # of these, those who ask how they do something: I, we
    posts: frozenset[str]  # what somebody is, and nobody says otherwise: mayor
    nations: frozenset[str]  # what a country may be
    parties: Mapping[str, frozenset[str]]  # whoever answers, and whoever asks: your, my
    pointing: frozenset[str]  # pronouns that mean what was just said: that
    pronouns: Mapping[str, str]
    possessives: frozenset[str]  # those that may be somebody's: his
    there: frozenset[str]  # what stands for a place
    not_meant: frozenset[str]  # before what is not meant: 'not the crane, the bell'
    supposing: frozenset[str]  # opens what a question may be left without: if they say so
    uttering: frozenset[str]  # 'who used the word': they ask who said something
    ones: frozenset[str]  # stands for what was asked about: 'the Afghan one'
    ranked: tuple[str, ...]  # one of several that were told: the first one
    emphatic: frozenset[str]  # behind a name they add nothing: 'the Taliban themselves'
    inside: str  # before the name of one: in
    somebody: frozenset[str]  # behind what they are or are called: 'that baker lady'
    gendered: Mapping[str, str]  # titles, and what somebody is, to the pronoun that this tells
    ambiguous_names: Mapping[str, tuple[str, ...]]
    auxiliaries: frozenset[str]
    be_forms: frozenset[str]
    leaning_openers: frozenset[str]  # of a question that says next to nothing: 'for how long'
    agent_markers: frozenset[str]
    owner_markers: frozenset[str]  # behind what is somebody's: of
    year_markers: frozenset[str]  # before a year: in, since
    place_markers: frozenset[str]  # before a place: in, near
    naming: frozenset[str]  # what is asked for with 'the name of'
    name_parts: frozenset[str]  # before that: first
    named: frozenset[str]  # the last word of 'what is it called'
    choosing: frozenset[str]  # question words before what is to be told apart: which
    occasions: frozenset[str]  # what 'how many' asks of how often: times
    anybody: frozenset[str]  # what 'how many' asks of whoever is counted: people
    plurals: Mapping[str, str]  # ends of nouns in the plural without -s, to those of one: fishermen
    goes_by_name: frozenset[str]  # things that are told apart by their names: hotel
    persons: frozenset[str]  # those of them who are persons: mayor
    clock: frozenset[str]  # behind an hour: pm
    occupations: frozenset[str]  # what somebody is: job, role
    working: frozenset[str]  # verbs that ask where somebody does that: work
    supporting: frozenset[str]  # verbs that only help another to ask: did
    quoting: frozenset[str]  # what is asked with 'a quote by Ann'
    passages: frozenset[str]  # parts of an article: paragraph
    speaking_for: frozenset[str]  # roles of those who speak for whose they are: spokesman
    saying: str  # how to ask what somebody says
    stating: frozenset[str]  # what is asked with 'what does Ann say'
    agreeing: frozenset[str]  # and with 'does Ann agree'
    calendar: frozenset[str]  # names of days and months
    months: frozenset[str]  # all, where nothing else can be meant: 'the 3rd of May'
    early_days: Mapping[str, int]  # how the first days of a month are said: third
    money: frozenset[str]  # words of questions for a price
    costing: frozenset[str]  # verbs among them: 'what did it cost'
    earning: frozenset[str]  # the same at the end of one: paid
    currencies: frozenset[str]
    telling: Mapping[str, tuple[str, ...]]  # words of an answer that tells why, how often
    reasons: frozenset[str]  # what a reason may follow, where something is done: for entering
    doing: str  # how what is done ends: ing
    dimensions: frozenset[str]  # behind 'how' they ask for a length: tall
    lengths: frozenset[str]  # units of length
    bystander_markers: frozenset[str]
    origin_markers: frozenset[str]  # before where somebody comes from
    loosely: frozenset[str]  # before a name whose place tells little of what it does
    concerning: str
    regarding: frozenset[str]  # before what somebody says something of: about that, to it
    chat: Mapping[str, tuple[str, ...]]
    padding: frozenset[str]
    indefinite: frozenset[str]  # what may open a question without asking: 'anything new'
    feelings: frozenset[str]  # with small words alone they ask nothing: 'how sad', 'poor guy'
    favours: frozenset[str]  # what may stand before a wish: 'can you please'
    wholes: tuple[str, ...]  # what asks for the whole of the event: 'key points'
    events: frozenset[str]  # what such a thing may be called in any base: incident
    wishing: tuple[str, ...]  # what opens a wish that no fact can grant: 'write me'
    hours: frozenset[str]  # what 'when' is asked with: 'at what time'
    days: frozenset[str]  # behind 'what time of' they ask for the hour, too
    years: frozenset[str]  # what a year is asked for with
    day_parts: frozenset[str]  # what tells the time of day: noon
    contrasts: Mapping[str, frozenset[str]]  # a word to those that tell of another: morning
    beings: frozenset[str]  # what somebody may take the bot for: human
    asking_beings: tuple[str, ...]  # what opens a question of what the bot is: 'are you'
    defining: Mapping[str, str]  # how to ask what something or who somebody is
    why_not: str  # what 'why?' asks behind a no
    deeds: tuple[str, ...]  # that stand for what was said to be done: 'do it'
    doubting: tuple[str, ...]  # before what is held against what was told: 'I thought'
    returning: tuple[str, ...]  # to what was talked of before: 'back to'
    followups: Mapping[str, tuple[str, ...]]
    handing: tuple[str, ...]  # what asks for one of them: 'can I have'
    continuations: tuple[str, ...]
    besides: tuple[str, ...]  # what asks for others than were told: else
    others: frozenset[str]  # behind a question word or one of the next: 'which other races'
    anyone: frozenset[str]  # any
    correcting: tuple[str, ...]  # what is meant instead: 'no, the other one, I mean the Soviets'
    shareable: frozenset[str]  # what one may do, and another as well: to have something
    present: tuple[str, ...]  # what a question names the present day with: now
    lasted: str  # with 'how long' it asks of what goes on
    lasting: tuple[str, ...]  # of these, those that may also tell of then: still
    former: frozenset[str]  # before what somebody is no more: former
    shell_nouns: frozenset[str]  # what a whole answer can be: role, degree
    terms: frozenset[str]  # what a word may be called: word, term
    meanings: frozenset[str]  # what asks what a word means
    occupied: frozenset[str]  # asks what somebody is: 'what does Ann do'
    standing: frozenset[str]  # verbs that tell how things stand: is, has, must
    then: frozenset[str]  # the verbs beside which they do: was
    time_words: frozenset[str]
    particles: frozenset[str]  # that may stand apart from their verb

    @property
    def denying(self) -> frozenset[str]:
        """Words that deny what was told, and not only what stands behind them: 'no'."""
        return self.negations - self.not_meant

    def is_person(self, word: str) -> bool:
        """Whether a noun says what somebody is: 'the mayor', 'a deckhand'."""
        return word in self.persons or word in self.lists.persons

    def written_out(self, word: str) -> list[str]:
        """What a chat spelling stands for ('whats' for 'what is'), or the word itself."""
        return self.rewrites.get(word, word).split()
