"""What an answer says and the paragraphs of its source do not is told; what they do say is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.facts.article import read_article
from bot.facts.grounds import doubts
from bot.facts.load import Loaded, read_base
from bot.facts.wording import load_wording
from bot.resources import config_dir
from tests.facts.bases import sound, told, write

ARTICLE = """\
By Ida Falk

Norrby recalled 11,400 boilers from nine countries on Thursday, more than in 41 years.

The head of the company, Ada Lind, said that two thirds of the boilers had been repaired. She spoke
of "bad luck" and took 1.3 million calls.

The inspector, Per Holm, called it "no accident". Of 540 workers, both shifts stayed at home on
2 October, from 8am to 8pm.

The line was open from nine to five.

The town of Aker paid for the rest.

Nothing more was known.

A hearing is to be held on 27 March. Five of the six members will come in June.
""".replace("\nof", " of").replace("on\n2", "on 2")

BASE = """\
event: {id: recall, title: The recall of Norrby, as_of: updated on 14 March 2025}
sources: [{id: paper, publisher: The Paper, title: Boilers recalled, published: 2025-03-14,
  body: [3, 15]}]
people:
  - {id: lind, name: Ada Lind, kind: person, role: the head of Norrby}
  - {id: holm, name: Per Holm, kind: person, role: the inspector}
  - {id: falk, name: Ida Falk, kind: person, role: reporter}
  - {id: norrby, name: Norrby, kind: body, aliases: [the company]}
  - {id: aker, name: Aker, kind: place}
  - {id: solberg, name: Solberg, kind: place}
facts:
  - id: size
    answer: 11,400 boilers were recalled by Norrby from 9 countries, on Thursday 13 March 2025.
    questions: [How many boilers were recalled?]
    sources: [{id: paper, at: [1]}]
  - id: repaired
    answer: Two-thirds of the boilers were repaired, Ada Lind said; she took 1,300,000 calls.
    questions: [How many boilers were repaired?]
    sources: [{id: paper, at: [2]}]
    quotes: [{text: bad luck, speaker: lind}]
    claim: {by: lind, status: asserted}
  - id: shifts
    answer: Two shifts of the 540 workers stayed at home on October 2, from 8 am to 8 pm.
    questions: [Who stayed at home?]
    sources: [{id: paper, at: [3]}]
    quotes: [{text: no accident, speaker: holm}]
  - id: hearing
    answer: On March 27th a hearing was to be held; five of six members would come in June.
    questions: [When is the hearing?]
    sources: [{id: paper, at: [7]}]
    when: {text: 27 March}
  - id: rest
    answer: Aker paid for the rest, Ida Falk reported.
    questions: [Who paid for the rest?]
    sources: [{id: paper, at: [5]}]
"""

AT_PLACE = (
    "and `at` does not name that; "
    "correct the figure; or, if it is meant from there, add that to `at`"
)
NOWHERE = (
    "which the text of paper has nowhere; correct it, add the paragraph that it follows from to "
    "`at`, or say in the fact's `note` how you know"
)

BREAKS = {
    "a digit": ("11,400 boilers were", "11,900 boilers were", f"says '11,900', {NOWHERE}"),
    "a number in digits for a word": ("9 countries", "7 countries", f"says '7', {NOWHERE}"),
    "a number in words": ("five of six", "four of six", f"says 'four', {NOWHERE}"),
    "a number that is the day of its source's date": (
        "Two shifts of",
        "14 of",
        f"says '14', {NOWHERE}",
    ),
    "a part": ("Two-thirds", "Three quarters", f"says 'Three quarters', {NOWHERE}"),
    "a number with its scale": ("1,300,000", "1.4 million", f"says '1.4 million', {NOWHERE}"),
    "a day": ("March 27th", "28 March", f"says '28 March', {NOWHERE}"),
    "a day of the week": (
        "on Thursday 13 March 2025",
        "on a Tuesday",
        f"says 'Tuesday', {NOWHERE}",
    ),
    "a day of the week that is only its publishing day": (
        "on Thursday 13 March 2025",
        "on a Friday",
        (
            "says 'Friday', the day of publishing, and paragraph 1 of paper has another; correct"
            " it, or say in the fact's `note` how you know"
        ),
    ),
    "a day that its source's date does not give": (
        "Thursday 13 March",
        "Thursday 12 March",
        f"says '12 March', {NOWHERE}",
    ),
    "a month": ("in June", "in July", f"says 'July', {NOWHERE}"),
    "a time": ("8 pm", "9 pm", f"says '9 pm', {NOWHERE}"),
    "the timeline": ("text: 27 March", "text: 26 March", f"`when` says '26 March', {NOWHERE}"),
    "the paragraph": (
        "[{id: paper, at: [7]}]\n    when: {text: 27 March}",
        "[{id: paper, at: [4]}]",
        f"says 'March 27th', 'six' and 'June'; paragraph 7 of paper has them, {AT_PLACE}",
    ),
    "a person who is not near": (
        "a hearing was to be held",
        "a hearing was to be held by Ada Lind",
        (
            "the answer names Ada Lind; paragraph 2 of paper has that name, and neither those that "
            "`at` names nor any shortly before them; correct the name or `at`"
        ),
    ),
    "a place of the base that the text never names": (
        "Aker paid for the rest",
        "Solberg paid for the rest",
        (
            "the answer names Solberg, and the text of paper has no name of theirs; correct it, or "
            "add to their `aliases` what the text calls them"
        ),
    ),
    "a name that nobody has": (
        "recalled by Norrby from",
        "recalled by Norby from",
        (
            "the answer has 'Norby', which stands neither in the text of a source nor under "
            "`people`; correct it, or say it as the source does"
        ),
    ),
    "another speaker than who claims it": (
        "bad luck, speaker: lind",
        "bad luck, speaker: holm",
        (
            "Per Holm speaks the quote 'bad luck', and the claim is by Ada Lind; correct "
            "`speaker` or `by`; who speaks for somebody is told by the `role`"
        ),
    ),
    "a speaker who is nowhere near": (
        "no accident, speaker: holm",
        "no accident, speaker: falk",
        (
            "the quote 'no accident' is in paragraph 3 of paper, and Ida Falk, its `speaker`, is "
            "named neither there nor shortly before; correct `speaker`, or add to the `aliases` "
            "what the text calls them"
        ),
    ),
}


def _told(folder: Path, text: str, article: str = ARTICLE) -> list[str]:
    """The warnings of loading, less those of the lock, and the doubts."""
    loaded: Loaded = read_base(write(folder, {"base.yaml": text}))
    base = sound(loaded)
    articles = {"paper": read_article(base, "paper", article.encode())}
    wording = load_wording(config_dir() / "checking", "en")
    lines = [f"{one.message}; {one.remedy}" for one in doubts(base, articles, wording)]
    loading = [line.split(": ", 1)[1] for line in told(loaded, "warning")]
    return [*(line for line in loading if "is not verified" not in line), *lines]


def test_a_base_that_says_what_its_source_says_is_silent(tmp_path: Path) -> None:
    assert _told(tmp_path, BASE) == []


@pytest.mark.parametrize("broken", BREAKS)
def test_what_the_source_does_not_say_is_told(broken: str, tmp_path: Path) -> None:
    old, new, expected = BREAKS[broken]
    assert old in BASE

    lines = _told(tmp_path, BASE.replace(old, new))

    assert len(lines) == 1
    assert lines[0].endswith(expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    sources: [{id: paper, at: [1]}]\n", "    sources: [paper]\n"),  # no paragraph named
        ("9 countries", "nine countries"),
        ("Two-thirds", "Two thirds"),
        ("1,300,000 calls", "1.3m calls"),
        ("On March 27th a hearing", "One hearing on 27 March, the third,"),
        ("from 8 am to 8 pm", "until 20:00"),
        ("Two shifts", "Both shifts, the second, too,"),
        ("on Thursday 13 March 2025", "on Thursday, The Paper told on Friday"),
        ("On March 27th a hearing", "On Thursday 27 March a hearing"),  # as the year has it
        ("Aker paid", "The town of Aker, Dr Holm said, paid"),
    ],
)
def test_the_same_in_other_figures_is_silent(old: str, new: str, tmp_path: Path) -> None:
    assert _told(tmp_path, BASE.replace(old, new)) == []


def test_a_figure_that_the_note_tells_is_ours(tmp_path: Path) -> None:
    figured = BASE.replace("11,400 boilers were", "11,400 boilers, 1,267 a country, were")
    noted = figured.replace("at: [1]}]\n", "at: [1]}]\n    note: 1,267 is 11,400 by nine.\n")

    assert len(_told(tmp_path, figured)) == 1
    assert _told(tmp_path, noted) == []


def test_a_figure_in_a_name_is_no_figure(tmp_path: Path) -> None:
    named = BASE.replace("people:\n", "people:\n  - {id: group, name: Group of 77, kind: body}\n")
    said = named.replace("Aker paid", "Aker, of the Group of 77, paid")

    assert _told(tmp_path, said, ARTICLE.replace("of Aker", "of Aker, in the Group of 77,")) == []
    assert len(_told(tmp_path, said)) == 1  # the name itself is not there


def test_a_fact_of_two_sources_waits_for_both_texts(tmp_path: Path) -> None:
    more = "sources: [{id: other, publisher: Other, title: Other}, {id: paper,"
    two = BASE.replace("sources: [{id: paper, publisher", f"{more} publisher")
    quoted = two.replace("speaker: lind}", "speaker: lind, source: paper}").replace(
        "speaker: holm}", "speaker: holm, source: paper}"
    )
    broken = quoted.replace("11,400", "11,900")

    assert len(_told(tmp_path, broken)) == 1
    assert _told(tmp_path, broken.replace("at: [1]}]", "at: [1]}, other]")) == []


def test_who_speaks_for_another_may_be_quoted_for_them(tmp_path: Path) -> None:
    claimed = BASE.replace("by: lind", "by: norrby").replace("Ada Lind said", "Norrby said")

    assert _told(tmp_path, claimed) == []


def test_a_language_without_words_has_its_digits_compared(tmp_path: Path) -> None:
    wording = load_wording(config_dir() / "checking", "xx")
    broken = BASE.replace("11,400", "11,900").replace("five of", "four of")
    base = sound(read_base(write(tmp_path, {"base.yaml": broken})))

    found = doubts(base, {"paper": read_article(base, "paper", ARTICLE.encode())}, wording)

    assert "the answer says '11,900'" in "\n".join(one.message for one in found)
    assert "four" not in "\n".join(one.message for one in found)


def test_a_day_in_the_events_note_is_no_number_of_anything(tmp_path: Path) -> None:
    noted = BASE.replace(
        "as_of: updated on 14 March 2025}",
        'as_of: updated on 14 March 2025, note: "Thursday and Friday were 13 and 14 March 2025."}',
    )
    assert noted != BASE
    assert _told(tmp_path, noted) == []

    (told,) = _told(tmp_path, noted.replace("from 9 countries", "from 13 countries"))
    assert "the answer says '13'" in told
