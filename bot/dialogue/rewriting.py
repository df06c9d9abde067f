"""A question that leans on the one before, written out in full.

Everything here turns tokens and the last question into tokens: the matcher then sees an ordinary
question, and the reply can say what was assumed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.dialogue.conversation import Conversation
from bot.dialogue.mentions import Mention, mentions, unknown_name
from bot.dialogue.references import PERSONAL, fits, pronoun_in
from bot.dialogue.splitting import opens_as_question
from bot.facts.model import ACTORS, PLACES, Base, Person
from bot.matching.language import Language, runs_at, runs_by_first_word, runs_by_last_word
from bot.matching.lexicon import Lexicon
from bot.matching.reading import is_strange_name
from bot.matching.text import NOT, Token, tokens

NOUN = 2  # words of 'the ambassador'
MOST_PLACES = 4  # in a question, where another name may be meant


def stands_alone(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a question says what it is about: it is no 'and ...?', has no pronoun whose noun
    is elsewhere, and has more than function words."""
    language = lexicon.language
    return (
        without_opener(words, language) is None
        and pronoun_in(words, lexicon) is None
        and any(
            word.text not in language.function_words and word.text not in language.question_words
            for word in words
        )
    )


def without_opener(words: Sequence[Token], language: Language) -> tuple[Token, ...] | None:
    """What follows 'and', 'what about', ..., or 'no, the other one, I mean', or stands before 'I
    mean'; None: the sentence opens, and ends, otherwise."""
    if not words:
        return None
    if meant := _meant(words, language):
        return meant
    first = language.rewrites.get(words[0].text, words[0].text)  # 'n' and 'adn' are 'and'
    openers = runs_by_first_word(language.continuations)
    if first not in openers and first not in language.negations:
        return None  # most questions, at once
    texts = [first, *[word.text for word in words[1:]]]
    for run in runs_at(openers, texts, 0):
        if len(words) > len(run):
            return tuple(words[len(run) :])
    if first in language.negations:
        corrects = runs_by_first_word(language.correcting)
        for at in range(len(texts)):
            for run in runs_at(corrects, texts, at):
                end = at + len(run)
                if end < len(words):
                    return tuple(words[end:])
    return None


def _meant(words: Sequence[Token], language: Language) -> tuple[Token, ...]:
    """What stands before 'I mean' at the end, if that is no question: 'soldiers, I mean'."""
    for run in runs_by_last_word(language.correcting).get(words[-1].text, ()):
        before, end = words[: -len(run)], words[-len(run) :]
        if before and [w.text for w in end] == run and not opens_as_question(before, language):
            return tuple(before)
    return ()


def without_emphasis(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """'The Taliban themselves' as 'the Taliban'."""
    return _without_behind_names(words, lexicon.language.emphatic, lexicon)


def without_somebody(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """'The Taliban guy' as 'the Taliban'; but "the council's woman" is not the council."""
    return _without_behind_names(words, lexicon.language.somebody, lexicon, owners=False)


def _without_behind_names(
    words: Sequence[Token], left_out: AbstractSet[str], lexicon: Lexicon, *, owners: bool = True
) -> tuple[Token, ...]:
    """The words but for such right behind a name; `owners`: also behind one in the possessive."""
    if left_out.isdisjoint([word.text for word in words]):
        return tuple(words)  # most questions, at once
    ends = {
        mention.stop
        for mention in mentions(words, lexicon)
        if owners or not words[mention.stop - 1].possessive
    }
    return tuple(w for at, w in enumerate(words) if at not in ends or w.text not in left_out)


def without_rank(words: Sequence[Token], language: Language) -> tuple[Token, ...]:
    """'The first one, why' as 'why': which of what was told is meant is not known. All of it, where
    it says no more."""
    runs = runs_by_first_word(language.ranked)
    texts = [word.text for word in words]
    for at in range(len(texts)):
        for run in runs_at(runs, texts, at):
            rest = (*words[:at], *words[at + len(run) :])
            if not all(word.text in language.function_words for word in rest):
                return rest  # but 'was it the first one?'
    return tuple(words)


def elliptic(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """Whom 'did the US' names, which leaves out all else; nothing, where it says more."""
    language = lexicon.language
    auxiliaries = language.auxiliaries - {language.infinitive}  # 'to Oslo?'
    if len(words) < 2 or words[0].text not in auxiliaries:
        return ()
    whom = tuple(words[1:])
    named = mentions(whom, lexicon)
    articles = {word.text for word in whom[: named[0].start]} if named else {""}
    alone = len(named) == 1 and named[0].stop == len(whom)
    return whom if alone and articles <= language.articles else ()


def without_one(words: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...] | None:
    """'The Afghan one' as 'the Afghan', 'the one in Moscow' as 'in Moscow'; None: it is no such."""
    language = lexicon.language
    texts = [word.text for word in words]
    if language.ones.isdisjoint(texts[:2] + texts[-1:]) or texts[0] not in language.articles:
        return None  # most questions, at once
    named = mentions(words, lexicon)
    if len(named) != 1:
        return None
    (name,) = named
    if texts[-1] in language.ones and (name.start, name.stop) in {
        (0, len(words) - 1),  # 'the Afghan' is an alias
        (1, len(words) - 1),
    }:
        return tuple(words[:-1])
    placed = name.start in {3, 4} and texts[2] in language.place_markers | language.origin_markers
    if texts[1] in language.ones and placed and name.stop == len(words):
        return tuple(words[2:])
    return None


def without_request(words: Sequence[Token], language: Language) -> Sequence[Token]:
    """What follows 'tell me about', 'does the article say anything about'; all of it, where it does
    not open so."""
    texts = [word.text for word in words]
    if language.concerning not in texts[:-1]:
        return words
    behind = texts.index(language.concerning) + 1
    small = language.fillers | language.function_words | language.passages | language.stating
    asks = small.issuperset(texts[:behind])  # and not 'what does the US say about it'
    named = asks and any(is_strange_name(words, at, language) for at in range(behind))
    return words[behind:] if asks and not named else words


def without_asking(
    last: Sequence[Token], lexicon: Lexicon, *, auxiliaries: bool = False
) -> tuple[Token, ...]:
    """The last question without its question words, or 'tell me about': what it was about; its
    `auxiliaries` are kept where just a question word takes the place: 'why' did they come."""
    language = lexicon.language
    last = without_request(last, language)
    texts = [word.text for word in last]
    kept, at = [], 0
    while at < len(last):
        for length in (2, 1):
            if tuple(texts[at : at + length]) in lexicon.questions:
                at += length
                break
        else:
            if auxiliaries or texts[at] not in language.whether:
                kept.append(last[at])
            at += 1
    return tuple(kept)


def with_deed(
    words: Sequence[Token], about: Sequence[Token], lexicon: Lexicon, verbs: Collection[str]
) -> tuple[Token, ...] | None:
    """The sentence with what the last one was about, less the names that both have, in the place of
    'do it'; None: it does not say that, or a verb follows. `verbs` are terms."""
    runs = runs_by_first_word(lexicon.language.deeds)
    texts = [word.text for word in words]
    for at in range(len(texts)):
        for run in runs_at(runs, texts, at):
            behind = words[at + len(run) :]
            if behind and lexicon.stem(behind[0].text) in verbs:
                continue  # 'how long did it last'
            own = {word.text for word in words}
            deed = (word for word in about if word.text not in own)
            return (*words[:at], *deed, *behind)
    return None


def in_its_place(
    words: Sequence[Token], pauses: Sequence[int], lexicon: Lexicon
) -> tuple[Token, ...] | None:
    """'Lavrov, what did he say' and 'what did he say, Lavrov' with the name where its pronoun is;
    None: no name stands apart so. `pauses` are places in the sentence."""
    language = lexicon.language
    if all(word.text not in language.pronouns for word in words):
        return None  # most questions, at once
    named = mentions(words, lexicon)
    if not named:
        return None
    first, last = named[0], named[-1]
    opening = {word.text for word in words[: first.start]}
    if language.articles >= opening and opens_as_question(words[first.stop :], language):
        return _with_pronoun_named(words[first.stop :], words[first.start : first.stop], lexicon)
    if last.stop == len(words) and last.start in pauses and opens_as_question(words, language):
        return _with_pronoun_named(words[: last.start], words[last.start :], lexicon)
    return None


def _with_pronoun_named(
    words: Sequence[Token], name: Sequence[Token], lexicon: Lexicon
) -> tuple[Token, ...] | None:
    """The words with a name in the place of the first pronoun that stands for somebody; None: it
    has none that may stand for that one."""
    pronouns = lexicon.language.pronouns
    people = [lexicon.people[p] for mention in mentions(name, lexicon) for p in mention.people]
    for at, word in enumerate(words):
        kind = pronouns.get(word.text)
        if kind in PERSONAL | {"they"}:
            fitting = any(fits(person, kind) for person in people)
            return (*words[:at], *name, *words[at + 1 :]) if fitting else None
    return None


def nouns_in(words: Sequence[Token], language: Language) -> Iterator[tuple[Token, ...]]:
    """What stands behind an article, with it, one word or two: 'the bag', 'the second count'."""
    return (tuple(words[at:end]) for at, end in _noun_spans(words, language))


def _noun_spans(words: Sequence[Token], language: Language) -> Iterator[tuple[int, int]]:
    """Where such stand: from, and to before."""
    for at, word in enumerate(words):
        if word.text not in language.articles:
            continue
        for end in (at + 2, at + 3):
            noun = words[at + 1 : end]
            if len(noun) == end - at - 1 and all(
                w.text not in language.function_words for w in noun
            ):
                yield at, end


def with_other_noun(
    last: Sequence[Token], noun: Sequence[Token], language: Language
) -> list[tuple[Token, ...]]:
    """'How heavy was the clapper' with 'the bell' in the place of its noun, the longest first;
    nothing, where it has none, or the other is none."""
    if (0, len(noun)) not in _noun_spans(noun, language):
        return []
    spans = sorted(_noun_spans(last, language), key=lambda span: span[0] - span[1])
    return [(*last[:at], *noun, *last[end:]) for at, end in spans]


def with_owner(
    last: Sequence[Token], name: Sequence[Token], lexicon: Lexicon
) -> tuple[Token, ...] | None:
    """'What did the ambassador say' with 'the Afghan' as 'what did the Afghan ambassador say';
    None: the question names somebody, or does not have just one noun, what somebody is, or the
    other is no country or place."""
    language = lexicon.language
    named = mentions(name, lexicon)
    of_whom = name[1:] if name[0].text in language.articles else name
    spans = [span for span in _noun_spans(last, language) if span[1] - span[0] == NOUN]
    if len(spans) != 1 or mentions(last, lexicon) or len(named) != 1:
        return None
    if named[0].stop != len(name) or len(of_whom) != named[0].stop - named[0].start:
        return None
    if any(lexicon.people[person].kind not in PLACES for person in named[0].people):
        return None
    at = spans[0][0] + 1
    if not language.is_person(last[at].text) and last[at].text not in language.posts:
        return None
    return (*last[:at], *of_whom, *last[at:])


def with_name(
    words: Sequence[Token], at: int, person: Person, language: Language
) -> tuple[Token, ...]:
    """The sentence with the pronoun at a place replaced by a name: 'his time' by 'Kovar's time'."""
    *first, last = called(person)
    behind = words[at + 1].text if at + 1 < len(words) else ""
    owns = behind and behind not in language.function_words
    if owns and words[at].text in language.possessives:
        last = last._replace(possessive=True)
    return (*words[:at], *first, last, *words[at + 1 :])


def called(person: Person) -> list[Token]:
    """Somebody's name, to be shown as it stands in a sentence."""
    first, *behind = tokens(person.name)
    return [first._replace(article=person.article), *behind]


def counting(words: Sequence[Token], person: Person, lexicon: Lexicon) -> tuple[Token, ...]:
    """'How many came' with those who are counted: 'how many Taliban came'."""
    opens = tuple(word.text for word in words[:2]) in lexicon.questions
    behind = 2 if opens else 1
    return (*words[:behind], *tokens(person.name), *words[behind:])


def other_meant(
    words: Sequence[Token], conversation: Conversation, base: Base, lexicon: Lexicon
) -> tuple[Token, ...] | None:
    """Whom 'them' means in 'and them?': the first of those whom the last answer is about, or the
    turns before, that its question did not name; None: it says more than that, or there is
    nobody."""
    pronoun = pronoun_in(words, lexicon) if len(words) == 1 else None
    if pronoun is None or pronoun[1] not in PERSONAL | {"they"}:
        return None
    groups = (conversation.about, *conversation.earlier)  # 'what does she say? and he?'
    people = (person for group in groups for person in group)
    told = (base.person_by_id[p] for p in people if p not in conversation.named)
    other = next((person for person in told if fits(person, pronoun[1])), None)
    return tuple(tokens(other.name)) if other else None


def with_other_name(
    last: Sequence[Token], name: Sequence[Token], lexicon: Lexicon
) -> tuple[Token, ...]:
    """The last question asked of somebody else: the new name stands where one of its kind stood,
    of several the first."""
    return with_other_names(last, name, lexicon)[0]


def with_other_names(
    last: Sequence[Token], name: Sequence[Token], lexicon: Lexicon
) -> list[tuple[Token, ...]]:
    """The same with the new name in each place where one of its kind stood."""
    marker = name[0].text if name else ""
    kept = next((at for at, word in enumerate(last) if word.text == marker), None)
    language = lexicon.language
    # 'And about Russia?', 'and in Syria?'; 'and from Kabul?' are those from there.
    if marker in language.bystander_markers and (
        kept is not None or marker not in language.origin_markers
    ):
        return [(*last[:kept], *name)]
    new = mentions(name, lexicon)
    kinds = {lexicon.people[person].kind for mention in new for person in mention.people}
    old = mentions(last, lexicon)

    def likeness(mention: Mention) -> int:
        held: AbstractSet[str] = {lexicon.people[person].kind for person in mention.people}
        behind = last[mention.start - 1].text if mention.start else ""
        if held.isdisjoint(ACTORS) and behind in language.whether:
            held = ACTORS  # 'what does Moscow say': a place that does something
        if not kinds:  # somebody whom the base does not know
            return 1 if held <= ACTORS else 2
        return 0 if held & kinds else 1 if held <= ACTORS and kinds <= ACTORS else 2

    fitting = [mention for mention in old if likeness(mention) < 2]
    at = unknown_name(last, language)
    if at is not None and all(mention.start > at for mention in old):
        fitting = [Mention(at, at + 1, ())]  # 'was India there? and Pakistan?'
    if not fitting:
        return [(*last, *name)]
    most = min(map(likeness, fitting))
    ways = []
    likeliest = [mention for mention in fitting if likeness(mention) == most]
    for replaced in likeliest[:MOST_PLACES]:
        before = last[: replaced.start]
        if before and before[-1].text in {marker, *language.articles}:
            before = before[:-1]  # 'think of Russia', 'and of the US?'
        ways.append((*before, *name, *last[replaced.stop :]))
    return ways


def written(words: Sequence[Token]) -> str:
    """Tokens as a line of text."""
    line = " ".join(word.surface + ("'s" if word.possessive else "") for word in words)
    return line.replace(f" {NOT}", NOT)


def shown(words: Sequence[Token]) -> str:
    """The same for a person's eyes: names in the place of pronouns have their article. What is
    asked has none, which would only be a word more to agree about."""
    return written([w._replace(surface=f"{w.article} {w.surface}".strip()) for w in words])
