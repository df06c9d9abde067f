"""What identifies somebody is struck out of a question; what it is about stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gaps.striking import LIMIT, struck

BOT_TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4" + ".Cl2FMQ." + "ZnCjm1XVW7vRze4b7Cq4se7kKWs"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<@123456789012345678> who is she?", "[mention] who is she?"),
        ("what did <@!123456789012345678> say", "what did [mention] say"),
        ("is @alice.b a delegate", "is [mention] a delegate"),
        ("does @everyone know", "does [mention] know"),
        ("write to jane.doe+news@mail.example.org please", "write to [e-mail] please"),
        ("root@localhost or jane (at) example.org", "[e-mail] or [e-mail]"),
        ("write to john at gmail dot com please", "write to [e-mail] please"),
        ("John Dot Doe AT mail dot example dot org?", "[e-mail]?"),
        ("john [at] gmail [dot] com, jane(at)example(dot)org", "[e-mail], [e-mail]"),
        ("see https://example.org/reset?code=1a2b why", "see [link] why"),
        ("see mysite.co.uk/path why", "see [link] why"),
        (
            "is it mysite.de? or MYSITE.DE, or my-site.museum.",
            "is it [link]? or [link], or [link].",
        ),
        ("see x.com, t.me/joinchat or discord.gg/abc", "see [link], [link] or [link]"),
        ("(john.example.org:8080/a?b=c", "([link]"),
        ("on Mysite.Com or 163.com?", "on [link] or [link]?"),
        ("look...mysite.co.uk", "look...[link]"),
        ("see mysite.de.Then why", "see [link].Then why"),
        ("what did john#1234 say", "what did [mention] say"),
        ("ask jöhn.d#0420, please", "ask [mention], please"),
        ("call +44 20 7946 0958 now", "call [number] now"),
        ("call 020 7946 0958", "call [number]"),
        ("call (555) 123-4567?", "call [number]?"),
        ("call 555-123-4567", "call [number]"),
        ("call 555-1234", "call [number]"),
        ("call 1-800-555-0199 or (030) 901820", "call [number] or [number]"),
        ("call 0171/1234567 or 555.123.4567", "call [number] or [number]"),
        ("call 06 12 34 56 78", "call [number]"),
        ("call 5551234567", "call [number]"),
        ("call 004915112345678", "call [number]"),
        ("user 123456789012345678", "user [number]"),
        ("card 4111 1111 1111 1111", "card [number]"),
        (f"my token {BOT_TOKEN} works?", "my token [token] works?"),
        ("key sk-proj-abcdefgh12345678 here", "key [token] here"),
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "[token]"),
        ("id 550e8400-e29b-41d4-a716-446655440000", "id [token]"),
        ("hash d41d8cd98f00b204e9800998ecf8427e", "hash [token]"),
    ],
)
def test_it_is_struck_out(typed: str, kept: str) -> None:
    assert struck(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "what happened in 2001 and 2018?",
        "the war of 2001-2021",
        "the war of 2001 - 2021",
        "on 2018-11-09 or 09/11/2018 or 9.11.2018?",
        "after 9/11",
        "were there 14,000 troops or 1,500,000 refugees?",
        "did it cost 1000000 or 2500000 dollars",
        "10 000 000 people",
        "3.5 million, 45%",
        "5000-7000 troops or 100000-200000 refugees",
        "the wars of 1914-18 and 1939-45, 1914-18 1939-45",
        "2018年11月9日在莫斯科举行的会谈有多少代表参加了会议",
        "is it at 10:20 AM, Dec 13, 2023",
        "paragraphs 9 10 11 12",
        "five men, 12 countries",
        "counter-terrorism-and-peace-talks",
        "the 20th-century-style covid-19 meeting",
        "internationalisation",
        "U.S.-backed government",
        "they came.Then why did the U.S.delegation, led by J.K.Smith of St.Petersburg, go",
        "on 9.nov.2018, e.g.at 10.30a.m.or 3.5bn...and then..what",
        "they met at noon at the dot",
        "what was #1234 or point #5",
        "what is the Hizb-e-Islami's 5-point plan?",
    ],
)
def test_it_stays(typed: str) -> None:
    assert struck(typed) == typed


def test_a_long_question_is_cut_after_it_was_struck() -> None:
    text = struck("word " * 58 + "jane@example.org" + " word" * 500)
    assert len(text) == LIMIT
    assert "jane" not in text


@given(st.text(max_size=200))
def test_any_text_is_taken_and_twice_is_as_good_as_once(text: str) -> None:
    once = struck(text)
    assert len(once) <= LIMIT
    assert struck(once) == once


@given(
    st.sampled_from(["+1", "+44", "+49"]),
    st.lists(st.integers(100, 9999), min_size=3, max_size=3),
    st.sampled_from([" ", "-", "."]),
)
def test_an_international_number_never_stays(code: str, parts: list[int], between: str) -> None:
    number = between.join([code, *map(str, parts)])
    assert struck(f"call {number} now") == "call [number] now"
