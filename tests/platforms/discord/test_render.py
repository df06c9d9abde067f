"""Whatever a base holds and people type: a message Discord takes, and nothing cut in a quote."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.reply import CitedSource, Outcome, Part, Reply, Side, SpokenQuote, Suggestion
from bot.platforms.discord.buttons import follow_up_form
from bot.platforms.discord.ids import Press, around_asker, parse
from bot.platforms.discord.more import MOST_QUOTE_MESSAGES, more, packed
from bot.platforms.discord.plain import (
    clipped,
    defused,
    echoed,
    escaped,
    readable,
    shown,
    without_mentions,
)
from bot.platforms.discord.render import Message, Renderer, quote_block
from bot.platforms.discord.templates import Templates, payload_of
from bot.resources import config_dir
from bot.texts import load_texts

TEXTS = load_texts(Path(config_dir()) / "texts" / "en.yaml")
RENDERER = Renderer(TEXTS, "0123456789abcdef")
TOLD = Part("did it burn?", "answer", (Side("fire", "It burned."),))

hostile = st.text(
    st.sampled_from('ab @*_~`|<>[]()#\\/:.-\n\u200b\u202e"“”é漢😀') | st.characters(), max_size=900
)
ids = st.from_regex(r"[a-z0-9-]{1,48}", fullmatch=True)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    facts = draw(st.lists(ids, max_size=3, unique=True))
    quotes = st.builds(
        SpokenQuote,
        text=hostile,
        fact=st.sampled_from(facts) if facts else ids,
        speaker=st.none() | hostile,
        role=hostile,
        source=ids,
        verified=st.booleans(),
    )
    sources = st.builds(
        CitedSource,
        id=ids,
        publisher=hostile,
        title=hostile,
        url=st.none() | hostile | st.just("https://example.org/a"),
        at=st.lists(st.integers(1, 10**6), max_size=300).map(tuple),
        as_of=hostile,
    )
    suggestions = st.lists(st.builds(Suggestion, fact=ids, question=hostile), max_size=5).map(tuple)
    return Part(
        question=draw(hostile),
        outcome="answer" if facts else draw(st.sampled_from(["suggest", "unknown", "chat"])),
        sides=tuple(Side(fact, draw(hostile)) for fact in facts),
        message="" if facts else draw(hostile),
        assumed=draw(hostile),
        quotes=tuple(draw(st.lists(quotes, max_size=4))),
        further=tuple(draw(st.lists(quotes, max_size=6))),
        sources=tuple(draw(st.lists(sources, max_size=3))),
        suggestions=draw(suggestions),
        note=draw(hostile),
        related=draw(suggestions),
    )


replies = st.builds(
    Reply, question=hostile, parts=st.lists(parts(), min_size=1, max_size=7).map(tuple)
)


def fits(message: Message) -> bool:
    return (
        len(message.content) <= 2000
        and len(message.buttons) <= 4
        and all(len(str(b.press)) <= 100 and len(b.label) <= 80 for b in message.buttons)
    )


@settings(max_examples=40, deadline=None)
@given(replies, hostile)
def test_every_reply_fits_whatever_is_in_it(reply: Reply, echo: str) -> None:
    asker = 2**63
    assert fits(RENDERER.reply(reply, asker, echo=echo, notice=echo))
    assert all(map(fits, more(RENDERER, reply, asker, "More")))
    examples = tuple(Suggestion(fact, echo) for fact in ("one", "two", "three", "four"))
    assert fits(RENDERER.reply(reply, asker, examples=examples))


askers = st.integers(1, 2**64 - 1)


def plain(part: Part) -> Part:
    return replace(part, outcome="answer", message="", assumed="", sides=part.sides or TOLD.sides)


@settings(max_examples=40, deadline=None)
@given(st.lists(parts(), min_size=1, max_size=3), askers, askers)
def test_an_answer_told_before_is_sent_as_if_it_were_drawn_anew(
    told: list[Part], one: int, other: int
) -> None:
    templates = Templates(RENDERER)
    for part, asker in product([*told, *map(plain, told)], (one, other)):
        reply = Reply("a question", (part,))
        drawn = payload_of(RENDERER.reply(reply, asker))
        assert templates.payload(reply, asker, tuple) == drawn


@pytest.mark.parametrize(
    "other",
    [
        replace(TOLD, sides=(Side("fire", "It did not burn."),)),
        replace(TOLD, quotes=(SpokenQuote("No!", "fire", None, "", "s", verified=True),)),
        replace(TOLD, sources=(CitedSource("s", "Post", "Title", None, (), ""),)),
        replace(TOLD, suggestions=(Suggestion("flood", f"was there {'water ' * 20}?"),)),
    ],
)
def test_a_fact_told_otherwise_is_not_sent_as_it_was_told_before(other: Part) -> None:
    templates = Templates(RENDERER)
    first, second = (templates.payload(Reply("q", (part,)), 1, tuple) for part in (TOLD, other))
    assert first.content != second.content == RENDERER.reply(Reply("q", (other,)), 1).content


@settings(max_examples=40, deadline=None)
@given(replies)
def test_a_quote_is_shown_whole_or_not_at_all(reply: Reply) -> None:
    content = RENDERER.reply(reply, 1).content
    blocks = {quote_block(q, p.sources) for p in reply.parts for q in p.quotes}
    for begun in re.findall(r"^> “.*(?:\n> — .*)?", content, re.MULTILINE):
        assert begun in blocks


@given(hostile)
def test_what_was_typed_can_do_nothing(text: str) -> None:
    safe = defused(text)
    assert "@everyone" not in safe
    assert "@here" not in safe
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~`|<>\[\]()#]", safe)
    assert "://" not in safe
    assert "\u202e" not in safe
    assert "\n" not in safe


@given(hostile)
def test_text_of_the_base_formats_and_mentions_nothing_and_nothing_is_put_into_it(
    text: str,
) -> None:
    safe = escaped(text)
    outside = re.sub(r"https?://[^\s\\*`|<>\[\]]+", "", safe)
    assert not re.search(r"(?<!\\)(?:\\\\)*(?:[*_~`|<>\[\]()#]|@everyone|@here)", outside)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*`|<>\[\]]", safe)
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", safe) == readable(text)  # as Discord shows it


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("1. who", "1\\. who"),
        ("- who", "\\- who"),
        ("at 5. who", "at 5. who"),
        ("and/or all of 24/7 @ 5", "and/or all of 24/7 @ 5"),
        ("@everyone (_x_)", "\\@everyone \\(\\_x\\_\\)"),
        ("_see_ https://x.org/a_(b)#c~d, _so_", "\\_see\\_ https://x.org/a_(b)#c~d, \\_so\\_"),
        ("https://x.org/a|*b*|", "https://x.org/a\\|\\*b\\*\\|"),
    ],
)
def test_text_of_the_base_reads_as_it_was_written(text: str, safe: str) -> None:
    assert escaped(text) == safe


@given(hostile, st.integers(10, 500))
def test_shown_text_keeps_to_its_limit_and_is_never_half_an_escape(text: str, limit: int) -> None:
    for result in (shown(text, limit), echoed(text, limit)):
        assert len(result) <= limit
        stripped = re.sub(r"\\.", "", result)
        assert not stripped.endswith("\\")


def test_nothing_is_cut_inside_a_quotation() -> None:
    text = 'The mayor said that it was "a warning to us all" and left.'
    assert clipped(text, 40) == "The mayor said that it was…"
    assert clipped(text, len(text)) == text


@pytest.mark.parametrize("length", [79, 80, 81, 120])
def test_a_question_too_long_for_its_button_stands_above_it(length: int) -> None:
    question = ("why " * 40)[: length - 1] + "?"
    part = Part("q", "suggest", message="Not sure.", suggestions=(Suggestion("a", question),))
    message = RENDERER.reply(Reply("q", (part,)), 1)
    assert (question in message.content) == (length > 80)
    assert len(message.buttons[0].label) <= 80


def test_an_example_or_a_related_question_too_long_for_its_button_stands_above_it() -> None:
    long, short = Suggestion("a", f"{'why ' * 24}now?"), Suggestion("b", "who?")
    refused = Press("none", "", 1, ())
    for message in (
        RENDERER.offer("For example:", (long, short), 1),
        RENDERER.none_of_these("For example:", (long, short), refused),
        *more(RENDERER, Reply("q", (replace(TOLD, related=(long, short)),)), 1, "For example:"),
    ):
        heading, *_, first, second = message.content.split("\n")
        assert (heading, first, second) == ("For example:", f"- {long.question}", "- who?")
    assert RENDERER.offer("For example:", (short,), 1).content == "For example:"


def test_related_questions_beyond_the_buttons_stand_above_them() -> None:
    near = tuple(Suggestion(fact, f"and {fact}?") for fact in ("one", "two", "three", "four"))
    parts = (replace(TOLD, related=near[:2]), replace(TOLD, related=near))
    [message] = more(RENDERER, Reply("q", parts), 1, "More", Press("delete", "", 1, ("9",)))
    lines = message.content.split("\n")
    assert lines[-5:] == [TEXTS.discord_related, *(f"- {one.question}" for one in near)]


@pytest.mark.parametrize("offers", range(5))
@pytest.mark.parametrize("outcome", ["suggest", "unknown", "chat"])
@pytest.mark.parametrize("count", range(4))
def test_what_repeats_a_question_can_be_deleted_in_two_presses_at_most(
    offers: int, outcome: Outcome, count: int
) -> None:
    near = tuple(Suggestion(f"fact-{n}", f"what of {n}?") for n in range(offers))
    examples = tuple(Suggestion(f"example-{n}", f"example {n}?") for n in range(count))
    part = Part("q", outcome, message="Well.", suggestions=near)
    message = RENDERER.reply(Reply("q", (part,)), 7, echo="rude?", examples=examples)
    refusing = [button.press for button in message.buttons if button.press.verb == "none"]
    if message.buttons[-1].press.verb != "delete":
        message = RENDERER.none_of_these("Well.", examples, refusing[0])
    last = message.buttons[-1]
    assert (last.label, last.press.verb, last.press.asker) == ("Delete", "delete", 7)
    assert last.press.facts == ()
    assert fits(message)


def suggesting(*facts: str) -> Part:
    offered = tuple(Suggestion(fact, f"what of {fact}?") for fact in facts)
    return Part("q", "suggest", message="What it does say answers:", suggestions=offered)


def test_questions_that_have_no_button_stand_below_what_announces_them() -> None:
    answered = RENDERER.reply(Reply("q", (TOLD, suggesting("one", "two"))), 1)
    assert answered.content.endswith("What it does say answers:\n- what of one?\n- what of two?")
    unknown = replace(suggesting("one"), outcome="unknown", message="It does not say.")
    told = RENDERER.reply(Reply("q", (TOLD, unknown)), 1).content
    assert told.endswith("It does not say.\nI can answer:\n- what of one?")
    parts = (suggesting("one", "two"), suggesting("three", "four"))
    crowded = RENDERER.reply(Reply("q", parts), 1)
    assert [button.label for button in crowded.buttons][2:] == ["what of three?", "None of these"]
    assert crowded.content.endswith(
        "**q**\nWhat it does say answers:\n- what of three?\n- what of four?"
    )
    assert "- what of one?" not in crowded.content


def test_a_quote_too_long_for_the_message_is_left_for_more() -> None:
    source = CitedSource("s", "Post", "Title", None, (1,), "")
    long, short = "word " * 390, "short words"
    quotes = tuple(
        SpokenQuote(text, fact, "Dana", "mayor", "s", True)
        for text, fact in ((long, "a"), (short, "b"))
    )
    sides = (Side("a", "One side says so. " * 5), Side("b", "The other does not."))
    part = Part("q", "answer", sides=sides, quotes=quotes, sources=(source,))
    content = RENDERER.reply(Reply("q", (part,)), 1).content
    assert short in content
    assert "word word" not in content
    assert "no web address recorded" in content


def quoting(*texts: str) -> Reply:
    quotes = tuple(SpokenQuote(text, "a", "Dana", "mayor", "s", True) for text in texts)
    part = Part("q", "answer", sides=(Side("a", "Yes."),), quotes=quotes[:4], further=quotes[4:])
    return Reply("q", (part,))


@pytest.mark.parametrize(("length", "count"), [(20, 3), (20, 60), (600, 9), (1900, 4)])
def test_more_has_every_further_quote_whole_in_as_many_messages_as_it_takes(
    length: int, count: int
) -> None:
    texts = [f"{number} {'word ' * (length // 5)}end" for number in range(count)]
    reply = quoting(*texts)
    said = RENDERER.reply(reply, 1).content
    messages = more(RENDERER, reply, 1, "More")
    told = "\n".join(message.content for message in messages)

    blocks = [f"> “{text}”\n> — **Dana**, mayor" for text in texts]
    assert all((block in said) or (block in told) for block in blocks)
    assert sum(block in told for block in blocks) >= count - 1
    assert not any(message.attached for message in messages)
    assert all(map(fits, messages))


def test_quotes_that_find_no_room_are_attached_whole() -> None:
    texts = ["short", "word " * 500, *(f"{number} {'word ' * 300}end" for number in range(9))]
    *before, last = more(RENDERER, quoting(*texts), 1, "More")
    told = "\n".join(message.content for message in (*before, last))

    assert "attached" in last.content
    assert not any(message.attached for message in before)
    assert last.file_name == "more.txt"
    for text in texts[1:]:
        assert (f"“{text.strip()}”" in told) != (f"“{text}”\n— Dana" in last.attached)
    assert "short" not in told  # it stood under the answer
    assert len(before) < MOST_QUOTE_MESSAGES


@pytest.mark.parametrize(("lengths", "pages"), [((10, 9), 1), ((10, 10), 2), ((20,), 1), ((), 0)])
def test_a_page_is_filled_to_its_limit_and_no_further(lengths: tuple[int, ...], pages: int) -> None:
    blocks = ["x" * length for length in lengths]
    assert len(packed(blocks, limit=20)) == pages
    assert "".join(packed(blocks, limit=20)).replace("\n", "") == "x" * sum(lengths)


def cited(name: str, *at: int) -> CitedSource:
    return CitedSource(name, f"Paper {name}", f"Title {name}", None, at, "")


def line(name: str) -> str:
    return f'-# Source: Paper {name}, "Title {name}" · no web address recorded'


def telling(*parts: str) -> Reply:
    """A reply with a part for each text, which cites a source for each letter of it."""
    told = (replace(TOLD, sources=tuple(cited(name) for name in names)) for names in parts)
    return Reply("q", tuple(told))


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("abcd",), ("abc",)),
        (("aab",), ("ab",)),
        (("a", "a"), ("", "a")),
        (("a", "", "a"), ("", "", "a")),
        (("a", "b", "a"), ("a", "b", "a")),
        (("a", "ab"), ("a", "ab")),
    ],
)
def test_sources_stand_once_and_below_nothing_that_is_not_theirs(
    parts: tuple[str, ...], lines: tuple[str, ...]
) -> None:
    content = RENDERER.reply(telling(*parts), 1).content
    below = [told.split("\n")[1:] for told in content.split(TOLD.sides[0].answer)[1:]]
    shown = [[one for one in told if one.startswith("-#")] for told in below]
    assert shown == [list(map(line, names)) for names in lines]


def test_more_has_every_source_that_was_not_shown_and_all_paragraphs() -> None:
    named = (cited("a", 2), cited("b"), cited("c", 4, 5), cited("d"), cited("e", 7))
    reply = Reply("q", (replace(TOLD, sources=named), replace(TOLD, sources=(cited("a", 1, 2),))))
    [message] = more(RENDERER, reply, 1, "More")
    assert message.content.split("\n") == [
        "More",
        "-# Paper a, paragraphs 1, 2",
        "-# Paper c, paragraphs 4, 5",
        line("d"),
        f"{line('e')} · paragraph 7",
    ]
    [nothing] = more(RENDERER, telling("abc"), 1, "More")
    assert nothing.content == TEXTS.no_more


def test_sources_that_find_no_room_are_attached_with_their_addresses() -> None:
    urls = [f"https://example.org/{number}/{'x' * 400}" for number in range(60)]
    sources = tuple(replace(cited(url[20:]), url=url) for url in urls)
    quotes = quoting(*(f"{number} {'word ' * 350}end" for number in range(9))).parts[0]
    *before, last = more(RENDERER, Reply("q", (replace(quotes, sources=sources),)), 1, "More")
    assert len(before) == MOST_QUOTE_MESSAGES
    assert all(map(fits, (*before, last)))
    told = "\n".join(message.content for message in (*before, last))
    for url in urls[3:]:
        assert (f"(<{url}>)" in told) != (f"{url}\n" in f"{last.attached}\n")
    assert urls[3] in told


def test_a_reply_that_knows_nothing_offers_the_examples_and_none_of_these() -> None:
    examples = tuple(Suggestion(f"fact-{number}", f"example {number}?") for number in range(3))
    nothing = Reply("q", (Part("q", "unknown", message="I have nothing on that."),))
    near = Reply("q", (Part("q", "unknown", message="No.", suggestions=(Suggestion("a", "b?"),)),))

    def labels(reply: Reply) -> list[str]:
        message = RENDERER.reply(reply, 1, examples=examples)
        return [button.label for button in message.buttons]

    offered = RENDERER.reply(nothing, 1, examples=examples)
    assert offered.content == "I have nothing on that. I can answer:"
    assert labels(nothing) == ["example 0?", "example 1?", "example 2?", "None of these"]
    assert labels(near)[:2] == ["b?", "None of these"]


def test_only_a_plain_web_address_becomes_a_link() -> None:
    def line(url: str | None) -> str:
        source = CitedSource("s", "Post", "Title", url, (), "")
        part = Part("q", "answer", sides=(Side("a", "Yes."),), sources=(source,))
        return RENDERER.reply(Reply("q", (part,)), 1).content

    assert "[Title](<https://example.org/a?b=c>)" in line("https://example.org/a?b=c")
    for url in (None, "javascript:alert(1)", "https://x.org/>) @everyone", "https://x.org/a b"):
        assert "no web address recorded" in line(url)
        assert "](" not in line(url)


@given(ids, st.lists(ids, max_size=6), st.none() | st.integers(1, 2**64 - 1))
def test_a_custom_id_keeps_what_fits_and_can_be_read_again(
    base_hash: str, facts: list[str], asker: int | None
) -> None:
    press = Press("more", "ab12cd34ef" if base_hash else "", asker, tuple(facts))
    read = parse(str(press))
    assert read is not None
    assert read.facts == tuple(facts)[: len(read.facts)]
    assert (read.asker, read.base_hash) == (asker, "ab12cd34ef")
    assert len(str(press)) <= 100
    assert read.facts or not facts


@given(st.lists(ids, min_size=1, max_size=6), st.integers(1, 2**64 - 1))
def test_a_form_keeps_every_fact_of_its_button(facts: list[str], asker: int) -> None:
    pressed = parse(str(Press("follow", "ab12cd34ef", asker, tuple(facts))))
    assert pressed is not None
    form = parse(follow_up_form(pressed, "Ask", "Question", "why?").custom_id)
    assert form == replace(pressed, verb="form")


@pytest.mark.parametrize("length", range(1, 49))
@pytest.mark.parametrize("asker", [1, 2**64 - 1])
def test_an_id_is_made_out_to_others_only_where_it_leaves_out_nothing_for_anybody(
    length: int, asker: int
) -> None:
    press = Press("good-none", "ab12cd34ef", asker, ("a" * length, "b" * 20))
    around = around_asker(str(press))
    longest = replace(press, asker=2**64 - 1)
    assert (around is None) == str(longest).endswith("+")
    if around is not None:
        assert f"{around[0]}{longest.asker}{around[1]}" == str(longest)
        assert f"{around[0]}7{around[1]}" == str(replace(press, asker=7))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@123> who came?", "who came?"),
        ("who <@!123> came <:smile:55> ?", "who came ?"),
        ("is 3 < 5 and 7 > 5", "is 3 < 5 and 7 > 5"),
        ("<@1>", ""),
    ],
)
def test_mentions_are_no_part_of_a_question(written: str, read: str) -> None:
    assert without_mentions(written) == read


def test_readable_text_hides_nothing() -> None:
    assert readable("a\u200bb\u202ec\td\ne") == "abc d e"
    assert readable("a\u034fb\u115f\u1160c\u2800d\u3164e\U000e0100") == "abc d e"
    assert readable("good \u2764\ufe0f") == "good \u2764\ufe0f"


@pytest.mark.parametrize("sign", "\u034f\u1160\u17b4\u180b\u2800\u3164\ufe00\ufe0f\uffa0\U000e0100")
def test_a_question_of_nothing_to_see_is_not_shown(sign: str) -> None:
    for echo in (sign * 9, f" {sign} \u200b{sign}"):
        assert RENDERER.reply(Reply("q", (TOLD,)), 1, echo=echo).content == "It burned."
