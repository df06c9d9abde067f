"""What `people` says of somebody and no source does is told; what we say of them is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.facts.article import read_article
from bot.facts.grounds import doubts
from bot.facts.load import read_base
from bot.facts.wording import load_wording
from bot.resources import config_dir
from tests.facts.bases import sound, write

ARTICLE = """\
By Ida Falk

Sheriff Wade Tolliver opened an inquiry with 36 deputies.

The clerk, Harold Finch, 63, has governed the hall's lists since 2002. He is from Aker.

Nobody else was there.

Nothing was stolen.

Nothing was lost.

The board has 11 members, and the speaker for it was not named.
"""

BASE = """\
event: {id: inquiry, title: The inquiry}
sources: [{id: paper, publisher: The Paper, title: The bag, published: 2025-03-14, body: [3, 13]}]
synonyms: [[clerk, registrar]]
people:
  - {id: falk, name: Ida Falk, kind: person, role: the reporter who wrote it}
  - {id: tolliver, name: Wade Tolliver, kind: person, role: the sheriff, aliases: [Tolliver]}
  - {id: finch, name: Mr Harold J. Finch, kind: person, role: "a clerk of Aker, aged 63"}
  - {id: board, name: Board, kind: body, role: an unnamed authority with 11 members}
facts:
  - id: inquiry-opened
    answer: Tolliver opened it.
    questions: [Who opened the inquiry?]
    sources: [{id: paper, at: [1]}]
"""

NOWHERE = "which the text of paper has nowhere"
CORRECT = "correct it, or leave it out"
SAY = "correct it, or say it as the source does"


def _told(folder: Path, base: str) -> list[str]:
    loaded = read_base(write(folder, {"base.yaml": base}))
    read = sound(loaded)
    articles = {"paper": read_article(read, "paper", ARTICLE.encode())}
    found = doubts(read, articles, load_wording(config_dir() / "checking", "en"))
    for one in found:
        loaded.place(one.entry, one.key, one.index)  # stands somewhere
    return [f"{one.entry}: {one.message}; {one.remedy}" for one in found]


def test_who_is_introduced_as_the_source_does_is_not_told(tmp_path: Path) -> None:
    assert _told(tmp_path, BASE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("aged 63", "aged 67", f"finch: `role` says '67', {NOWHERE}; {CORRECT}"),
        ("with 11 members", "with 12 members", f"board: `role` says '12', {NOWHERE}; {CORRECT}"),
        (
            "aged 63",
            "aged 11",
            (
                "finch: `role` says '11'; paragraph 6 of paper has it, and Mr Harold J. Finch is"
                f" named neither there nor shortly before; {CORRECT}"
            ),
        ),
        (
            "role: the sheriff",
            "role: a senator from Ohio",
            (
                "tolliver: `role` has 'senator' and 'Ohio', which stand neither in the text of a"
                f" source nor in a name; {SAY}"
            ),
        ),
        (
            "an unnamed authority with",
            "an authority of Ohio with",
            (
                "board: `role` has 'Ohio', which stands neither in the text of a source nor in a"
                f" name; {SAY}"
            ),
        ),
        (
            "name: Wade Tolliver",
            "name: Wade Toliver",
            (
                f"tolliver: the name has 'Toliver', {NOWHERE}; it has 'Tolliver'; write it as the"
                " source does; how else people type it is for `aliases`"
            ),
        ),
    ],
)
def test_what_no_source_says_of_somebody_is_told(
    old: str, new: str, expected: str, tmp_path: Path
) -> None:
    assert old in BASE

    assert _told(tmp_path, BASE.replace(old, new, 1)) == [expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a clerk of Aker", "the registrar of Aker"),  # a synonym of the base
        ("a clerk of Aker", "a governor of Aker"),  # near 'governed'
        ("role: the sheriff", "role: the sheriff whose deputies searched Aker"),
        ("the reporter who wrote it", "a columnist"),  # in no paragraph: we describe them
        ("an unnamed authority", "an obscure committee"),
        ("name: Wade Tolliver", "name: the Sheriff of Aker"),
        ("name: Ida Falk", "name: Una Berg"),  # called otherwise in the text, or nowhere
        ("    sources: [{id", "    note: He is 67.\n    sources: [{id"),
    ],
)
def test_what_we_say_of_somebody_in_our_own_words_is_not_told(
    old: str, new: str, tmp_path: Path
) -> None:
    assert old in BASE

    assert _told(tmp_path, BASE.replace(old, new, 1)) == []


def test_nothing_is_told_before_all_sources_have_a_text(tmp_path: Path) -> None:
    two = BASE.replace("sources: [{", "sources: [{id: other, publisher: O, title: O}, {", 1)

    assert _told(tmp_path, two.replace("aged 63", "aged 67")) == []
