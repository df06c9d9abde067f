"""Every kind of mistake is told with its place and its remedy: see mistakes/*.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.facts.load import read_base
from tests.facts.bases import SOUND, read, told, write

CASE = re.compile(r"^=== (.+)\n((?s:.*?))^--- is told as\n((?s:.*?))(?=^===|\Z)", re.MULTILINE)
FOLDER = Path(__file__).parent / "mistakes"


def _cases(name: str) -> dict[str, tuple[str, list[str]]]:
    """What is wrong: the second file of a sound base, and what is told of it (in that file)."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return {
        title: (wrong, [f"f.yaml:{line}" for line in expected.split("\n") if line])
        for title, wrong, expected in CASE.findall(text)
    }


MISTAKES = {
    title: case
    for name in ("keys", "values", "traps", "syntax", "meaning")
    for title, case in _cases(name).items()
}


def test_no_case_got_lost_in_reading_the_files() -> None:
    titles = sum(path.read_text("utf-8").count("\n=== ") + 1 for path in FOLDER.glob("*.txt"))
    assert len(MISTAKES) == titles > 100


@pytest.mark.parametrize("title", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_its_remedy(title: str, tmp_path: Path) -> None:
    wrong, expected = MISTAKES[title]
    loaded = read(tmp_path, wrong)
    assert told(loaded) == expected
    assert loaded.base is None


@pytest.mark.parametrize("title", MISTAKES)
def test_the_parser_in_python_tells_the_same(title: str, tmp_path: Path) -> None:
    wrong, expected = MISTAKES[title]
    # Unlike libyaml, it takes no unquoted ? within brackets.
    write(tmp_path, {"base.yaml": SOUND.replace("?", "."), "f.yaml": wrong.replace("?", ".")})
    lines = told(read_base(tmp_path, yaml.SafeLoader))
    assert [line.replace("?", ".") for line in lines] == [
        line.replace("?", ".") for line in expected
    ]


def test_a_question_mark_that_the_parser_in_python_refuses_is_told(tmp_path: Path) -> None:
    lines = told(read(tmp_path, "", yaml.SafeLoader))
    assert lines == [
        "base.yaml:10:37: an unquoted ? stands in brackets; put the text in quotation marks"
    ]


def test_all_mistakes_of_all_files_are_told_in_one_go(tmp_path: Path) -> None:
    wrong = "facts:\n- id: a\n  anwser: x y\n  questions: [Who, Who?]\n  related: [b]\n"
    (tmp_path / "g.yaml").write_text(wrong.replace("id: a", "id: c"), encoding="utf-8")
    assert [line.split(";")[0] for line in told(read(tmp_path, wrong))] == [
        "f.yaml:3:3: `anwser` is no key of this fact",
        "f.yaml:4:20: the question 'Who?' stands in the same entry too, at f.yaml:4:15",
        "f.yaml:5:13: `b` is not the id of a fact",
        "g.yaml:3:3: `anwser` is no key of this fact",
        "g.yaml:4:15: the question 'Who' stands in `a` too, at f.yaml:4:15",
        "g.yaml:4:20: the question 'Who?' stands in `a` too, at f.yaml:4:15",
        "g.yaml:5:13: `b` is not the id of a fact",
    ]


def test_of_thousands_of_mistakes_the_first_are_told(tmp_path: Path) -> None:
    lines = told(read(tmp_path, "facts:\n" + "- x\n" * 5000))
    assert len(lines) == 1001
    assert lines[-1] == ".:1:1: more errors are left out; mend these first"


def test_what_is_shown_of_a_file_is_harmless_to_a_terminal(tmp_path: Path) -> None:
    text = 'facts:\n- id: "a\\e[2J\\n\\u202e"\n  answer: b\n  questions: [c]\n'
    (line,) = told(read(tmp_path, text))
    assert line.isprintable()


def test_a_comment_after_two_blanks_is_one(tmp_path: Path) -> None:
    text = "facts:\n- id: a\n  answer: Ann sang.  # loudly\n  questions: [Who sang?]  # \n"
    assert told(read(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("published: 2018-11-09", "2018-11-09"),
        ("published: '2018-11-09'", "2018-11-09"),
        ("published: 2018-11", "2018-11"),
        ("published: 2018", "2018"),
        ("published: 2018-11-09T10:20:00Z", "2018-11-09T10:20:00Z"),
    ],
)
def test_a_date_is_kept_as_it_was_typed(typed: str, kept: str, tmp_path: Path) -> None:
    source = f"sources:\n- id: web\n  publisher: Web\n  title: On the web\n  {typed}\n"
    loaded = read(tmp_path, source)
    assert loaded.base is not None, told(loaded)
    assert loaded.base.source_by_id["web"].published == kept


def test_an_id_may_look_like_a_number_or_a_date(tmp_path: Path) -> None:
    text = (
        "facts:\n- id: 2018-11-09\n  answer: Ann sang.\n  questions: [Who sang?]\n  related: [12]\n"
    )
    more = "- id: 12\n  answer: Bob ate.\n  questions: [Who ate?]\n"
    loaded = read(tmp_path, text + more)
    assert loaded.base is not None, told(loaded)
    assert loaded.base.fact_by_id["2018-11-09"].related == ("12",)
