"""Quotes are found word for word, locked by hash, and unverified once edited."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FootnoteError
from bot.facts.folding import fold
from bot.facts.load import read_base
from bot.facts.model import Base
from bot.facts.quotes import (
    DamagedLock,
    Lock,
    check_article,
    quote_hash,
    read_lock,
    with_check,
    write_lock,
)
from tests.facts.bases import sound, told, write

ARTICLE = """\
Sign in

A picnic — at last

“It was fun,” Ann Lee said.  “We’ll do it\tagain.”

The weather was “unkind”, and not unkindly was it said.

Nobody paid.

Reply: “It was fun”
"""

BASE = """\
event: {id: picnic, title: A picnic}
sources: [{id: paper, publisher: The Paper, title: A picnic, body: [5, 9]}]
people: [{id: ann-lee, name: Ann Lee, kind: person}]
facts:
  - id: fun
    answer: Ann Lee liked it.
    questions: [Did Ann like it?]
    sources: [{id: paper, at: [1]}]
    quotes:
      - {text: It was fun, speaker: ann-lee}
      - {text: "We'll do it again.", speaker: ann-lee}
  - id: weather
    answer: It was called "unkind."
    questions: [How was the weather?]
    sources: [{id: paper, at: [2]}]
    quotes: [{text: unkind}]
"""


def _base(folder: Path, text: str = BASE) -> Base:
    return sound(read_base(write(folder, {"base.yaml": text})))


def _verified(folder: Path) -> dict[str, bool]:
    base = sound(read_base(folder))
    return {quote.text: quote.verified for fact in base.facts for quote in fact.quotes}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("‘It’s’ ‛so’", "'It's' 'so'"),
        ("“Yes” „no”", '"Yes" "no"'),
        ("9–10 — or so", "9-10 - or so"),
        (" a\n\t b\u00a0\u2009c ", " a b c "),
        ("cafe\u0301", "café"),
        ("ﬁne … «so» A-B", "ﬁne … «so» A-B"),
    ],
)
def test_folding_evens_out_marks_dashes_and_blanks_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_quote_is_located_in_the_folded_source(tmp_path: Path) -> None:
    data = ARTICLE.encode()
    check = check_article(_base(tmp_path), "paper", data)
    assert check.sha256 == hashlib.sha256(data).hexdigest()
    assert check.unverified == ()
    assert check.misplaced == ()
    folded = fold(ARTICLE)
    found = [folded[quote.offset : quote.offset + quote.length] for quote in check.verified]
    assert found == ["It was fun", "We'll do it again.", "unkind"]
    assert [quote.sha256 for quote in check.verified] == [quote_hash(text) for text in found]


def test_a_paragraph_that_no_fact_draws_on_is_listed(tmp_path: Path) -> None:
    check = check_article(_base(tmp_path), "paper", ARTICLE.encode())
    assert [(p.number, p.line, p.text) for p in check.undrawn] == [(3, 9, "Nobody paid.")]


def test_a_paragraph_that_is_quoted_is_drawn_on_without_at(tmp_path: Path) -> None:
    base = _base(tmp_path, BASE.replace(", at: [1]", "").replace(", at: [2]", ""))
    check = check_article(base, "paper", ARTICLE.encode())
    assert [p.number for p in check.undrawn] == [3]


def test_a_quote_of_two_paragraphs_draws_on_both(tmp_path: Path) -> None:
    text = BASE.replace(", at: [2]", "").replace("[{text: unkind}]", "[{text: said. Nobody paid}]")
    base = _base(tmp_path, text.replace('called "unkind."', "so."))
    assert check_article(base, "paper", ARTICLE.encode()).undrawn == ()


@pytest.mark.parametrize(
    "quote",
    [
        "It was great fun",  # a word put in
        "it was fun",  # another letter
        "It was fun.",  # another mark
        "nkind",  # part of a word
        "A picnic",  # outside the body
        "It was fun, Ann Lee said. We'll do it again",  # the reporting clause, without its marks
    ],
)
def test_what_is_not_there_word_for_word_is_unverified(quote: str, tmp_path: Path) -> None:
    base = _base(tmp_path, BASE.replace("text: It was fun,", f'text: "{quote}",'))
    check = check_article(base, "paper", ARTICLE.encode())
    assert [(one.fact, one.text) for one in check.unverified] == [("fun", quote)]


def test_a_paragraph_that_does_not_hold_the_quote_is_told(tmp_path: Path) -> None:
    base = _base(tmp_path, BASE.replace("at: [2]", "at: [3, 8]"))
    check = check_article(base, "paper", ARTICLE.encode())
    assert [(one.fact, one.at, one.found) for one in check.misplaced] == [
        ("weather", (8,), None),
        ("weather", (3, 8), 2),
    ]


def test_the_source_may_have_windows_line_ends(tmp_path: Path) -> None:
    data = ("\ufeff" + ARTICLE.replace("\n", "\r\n")).encode()
    check = check_article(_base(tmp_path), "paper", data)
    assert (len(check.verified), [p.line for p in check.undrawn]) == (3, [9])


@pytest.mark.parametrize(
    ("body", "data", "message"),
    [
        (", body: [5, 9]", b"\xff", "the text of paper is not UTF-8 at byte 0; save it as UTF-8"),
        (
            ", body: [5, 9]",
            b"one\ntwo\n",
            (
                "nothing stands in lines 5 to 9, the `body` of paper; name the file of its text, or"
                " correct `body`"
            ),
        ),
        ("", b"\n", "nothing stands in it; name the file with the text of paper"),
    ],
)
def test_a_text_that_cannot_be_checked_is_told(
    body: str, data: bytes, message: str, tmp_path: Path
) -> None:
    base = _base(tmp_path, BASE.replace(", body: [5, 9]", body))
    with pytest.raises(FootnoteError) as wrong:
        check_article(base, "paper", data)
    assert wrong.value.lines == (message,)


def test_the_lock_is_sorted_json_that_verifies_the_quotes_it_holds(tmp_path: Path) -> None:
    base = _base(tmp_path)
    assert not any(_verified(tmp_path).values())
    check = check_article(base, "paper", ARTICLE.encode())
    path = tmp_path / "quotes.lock"
    write_lock(path, with_check(Lock(), check))
    content = json.loads(path.read_text(encoding="utf-8"))
    assert set(content) == {"version", "sources", "quotes"}
    assert content["version"] == 1
    assert content["sources"] == {"paper": {"sha256": check.sha256}}
    assert content["quotes"][0] == {
        "fact": "fun",
        "source": "paper",
        "sha256": quote_hash("It was fun"),
        "offset": fold(ARTICLE).index("It was fun"),
        "length": len("It was fun"),
    }
    assert [quote["fact"] for quote in content["quotes"]] == ["fun", "fun", "weather"]
    assert path.read_text("utf-8") == json.dumps(content, indent=2, sort_keys=True) + "\n"
    assert read_lock(path) == with_check(Lock(), check)
    assert all(_verified(tmp_path).values())
    assert told(read_base(tmp_path), "warning") == []
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["base.yaml", "quotes.lock"]


def test_a_lock_that_cannot_be_written_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "quotes.lock"
    path.mkdir()
    with pytest.raises(OSError, match="directory") as wrong:
        write_lock(path, Lock())
    assert wrong.value.filename == str(path)
    assert list(tmp_path.iterdir()) == [path]


def test_checking_one_source_leaves_the_others_in_the_lock(tmp_path: Path) -> None:
    check = check_article(_base(tmp_path), "paper", ARTICLE.encode())
    other = with_check(Lock(sources=(("radio", "0" * 64),)), check)
    assert [name for name, _ in other.sources] == ["paper", "radio"]
    assert with_check(other, check) == other


def test_a_quote_edited_after_it_was_locked_is_unverified(tmp_path: Path) -> None:
    check = check_article(_base(tmp_path), "paper", ARTICLE.encode())
    write_lock(tmp_path / "quotes.lock", with_check(Lock(), check))
    _base(tmp_path, BASE.replace("It was fun", "It was run"))
    assert _verified(tmp_path) == {
        "It was run": False,
        "We'll do it again.": True,
        "unkind": True,
    }
    assert told(read_base(tmp_path), "warning") == [
        (
            "base.yaml:10:9: the quote 'It was run' is not verified;"
            " run `footnote check --article paper=FILE`"
        )
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<<<<<<< ours\n", "quotes.lock:1:1: the lock is no JSON"),
        ('{"version": 1,\n "sources" {}}', "quotes.lock:2:12: the lock is no JSON"),
        ("[]", "quotes.lock:1:1: the lock is no lock of version 1"),
        ('{"version": 2}', "quotes.lock:1:1: the lock is no lock of version 1"),
        (
            '{"version": 1, "sources": {"paper": {"sha256": "?"}}, "quotes": []}',
            "quotes.lock:1:1: the lock is no lock of version 1",
        ),
        ("[" * 100_000, "quotes.lock:1:1: the lock is no JSON"),
    ],
)
def test_a_damaged_lock_is_a_warning(content: str, expected: str, tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": BASE, "quotes.lock": content})
    warnings = told(read_base(tmp_path), "warning")
    assert expected + ": no quote counts as verified" in [line.split(";")[0] for line in warnings]
    assert not any(_verified(tmp_path).values())
    with pytest.raises(DamagedLock):
        read_lock(tmp_path / "quotes.lock")


def test_the_lock_stands_beside_the_file_with_the_event(tmp_path: Path) -> None:
    check = check_article(_base(tmp_path / "plain"), "paper", ARTICLE.encode())
    folder = tmp_path / "base"
    write(folder, {"meta/event.yaml": BASE, "none.yaml": ""})
    write_lock(folder / "meta" / "quotes.lock", with_check(Lock(), check))
    assert all(_verified(folder).values())


@pytest.mark.parametrize(
    "answer",
    ['It was called "unkind."', "It was called “unkind”.", '"Unkind" no, "unkind" yes.'],
)
def test_words_in_quotation_marks_stand_in_a_quote(answer: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": BASE.replace('It was called "unkind."', f"'{answer}'")})
    wrong = [line for line in told(read_base(tmp_path)) if '"Unkind" differs from' in line]
    assert len(wrong) == ("Unkind" in answer)
