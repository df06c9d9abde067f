"""What a sound base becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.facts.load import BrokenBase, load_base, read_base
from bot.facts.model import (
    Citation,
    Claim,
    Event,
    Fact,
    Person,
    Quote,
    Source,
    Unanswered,
    When,
)
from tests.facts.bases import SOUND, read, sound, told, write

WHOLE = """\
event:
  id: picnic
  title: A picnic
  summary: Five people ate in the park.
  language: en
  as_of: updated on Monday
  note: It was in May.
  examples: [Who came?]
sources:
  - id: paper
    publisher: The Paper
    title: 'Picnic: five came'
    url: https://example.org/picnic
    published: 2018-05-01
    updated: 2018-05-02
    body: [3, 9]
  - {id: radio, publisher: The Radio, title: Picnic news}
people:
  - id: ann-lee
    name: Ann Lee
    kind: person
    role: the host
    pronoun: she
    aliases: [Lee, "Ann"]
synonyms:
  - [picnic, lunch]
facts:
  - id: guests
    answer: >-
      Five people came, Ann Lee said, and it was
      "fun".
    questions:
      - How many people came?
      - number of guests
    tests: [how many guests were there]
    sources: [paper, {id: radio, at: [1, 3]}]
    quotes:
      - {text: 'It was fun,', speaker: ann-lee, source: paper}
      - {text: 'a lunch', source: radio}
    claim: {by: ann-lee, status: accused, of: [ann-lee]}
    contradicts: [nobody]
    covers: [food]
    about: [ann-lee]
    related: [food]
    topic: guests
    when: {text: Friday, sort: 2018-04-30}
    note: Ours.
  - id: nobody
    answer: Nobody came.
    questions: [Did nobody come?]
    sources: [radio]
  - id: food
    answer: They ate bread.
    questions: [What did they eat?]
    sources: [radio]
unanswered:
  - id: cost
    questions: [What did it cost?]
    tests: [what was the price]
    answer: The price is not given.
    related: [food]
outside: {tests: [Who won the match?, "..."]}
"""


def test_every_field_reaches_the_model(tmp_path: Path) -> None:
    base = sound(read_base(write(tmp_path, {"a.yaml": WHOLE})))
    assert base.event == Event(
        id="picnic",
        title="A picnic",
        summary="Five people ate in the park.",
        language="en",
        as_of="updated on Monday",
        note="It was in May.",
        examples=("Who came?",),
    )
    assert base.sources == (
        Source(
            id="paper",
            publisher="The Paper",
            title="Picnic: five came",
            url="https://example.org/picnic",
            published="2018-05-01",
            updated="2018-05-02",
            body=(3, 9),
        ),
        Source(id="radio", publisher="The Radio", title="Picnic news"),
    )
    assert base.people == (
        Person("ann-lee", "Ann Lee", "person", "the host", "she", ("Lee", "Ann")),
    )
    assert base.synonyms == (("picnic", "lunch"),)
    assert base.facts[0] == Fact(
        id="guests",
        answer='Five people came, Ann Lee said, and it was "fun".',
        questions=("How many people came?", "number of guests"),
        tests=("how many guests were there",),
        sources=(Citation("paper"), Citation("radio", (1, 3))),
        quotes=(
            Quote("It was fun,", "paper", "ann-lee"),
            Quote("a lunch", "radio"),
        ),
        claim=Claim(("ann-lee",), "accused", ("ann-lee",)),
        contradicts=("nobody",),
        covers=("food",),
        about=("ann-lee",),
        related=("food",),
        topic="guests",
        when=When("Friday", "2018-04-30"),
        note="Ours.",
    )
    assert base.unanswered == (
        Unanswered(
            "cost",
            ("What did it cost?",),
            ("what was the price",),
            "The price is not given.",
            ("food",),
        ),
    )
    assert base.outside == ("Who won the match?", "...")


def test_event_source_and_one_fact_make_a_whole_base(tmp_path: Path) -> None:
    text = """\
event: {id: picnic, title: A picnic}
sources: [{id: paper, publisher: The Paper, title: A picnic}]
facts: [{id: guests, answer: Five., questions: [How many came?], quotes: [{text: five}]}]
"""
    (fact,) = sound(read_base(write(tmp_path, {"a.yaml": text}))).facts
    assert fact.sources == (Citation("paper"),)
    assert fact.quotes == (Quote("five", "paper"),)


def test_a_contradiction_is_mutual(tmp_path: Path) -> None:
    base = sound(read_base(write(tmp_path, {"a.yaml": WHOLE})))
    assert base.fact_by_id["nobody"].contradicts == ("guests",)


def test_in_a_base_of_two_sources_each_fact_and_quote_names_its_own(tmp_path: Path) -> None:
    text = WHOLE.replace("    sources: [radio]\n", "").replace(", source: radio}", "}")
    assert told(read_base(write(tmp_path, {"a.yaml": text}))) == [
        "a.yaml:39:9: this quote does not say which source it is from; name one of `sources`",
        "a.yaml:48:5: this fact does not say which source it is from; name one of `sources`",
        "a.yaml:51:5: this fact does not say which source it is from; name one of `sources`",
    ]


def test_a_source_that_stands_twice_is_one_source(tmp_path: Path) -> None:
    source = "  - {id: paper, publisher: The Paper, title: A picnic in the park}\n"
    text = SOUND.replace(source, source * 2).replace("    sources: [paper]\n", "")
    assert told(read_base(write(tmp_path, {"a.yaml": text}))) == [
        "a.yaml:4:10: the id `paper` stands twice, first at a.yaml:3:10; rename one of them"
    ]


@pytest.mark.parametrize(
    "sort",
    [
        "2018",
        "2018-11",
        "2018-11-09",
        "2018-11-09T15:00",
        "2018-11-09 15:00",
        "'2018-11-09T15:00Z'",
    ],
)
def test_a_sort_may_be_a_year_a_month_a_day_or_a_time(sort: str, tmp_path: Path) -> None:
    text = (
        f"facts:\n- {{id: a, answer: A., questions: [Who?], when: {{text: May, sort: {sort}}}}}\n"
    )
    assert read(tmp_path, text).problems == ()


def test_files_of_all_folders_are_merged(tmp_path: Path) -> None:
    more = "facts:\n- {id: b, answer: Bob ate., questions: [Who ate?], related: [guests]}\n"
    base = sound(read_base(write(tmp_path, {"z.yaml": SOUND, "deep/down/b.yaml": more})))
    assert [fact.id for fact in base.facts] == ["b", "guests"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("xx", "the bot does not know the language xx; write de or en"),
        ("EN", "'EN' is no language; write its code in two or three small letters, as in en"),
        ("../en", "'../en' is no language; write its code in two or three small letters, as in en"),
        ("no", 'YAML reads no as a truth value; write "no"'),
    ],
)
def test_a_language_that_is_not_there_is_told(code: str, expected: str, tmp_path: Path) -> None:
    text = SOUND.replace("title: A picnic}\ns", f"title: A picnic, language: {code}}}\ns")
    loaded = read_base(write(tmp_path, {"a.yaml": text}), languages={"en", "de"})
    assert told(loaded) == [f"a.yaml:1:48: {expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "no file here has an `event`; add `event:` with id and title"),
        ("event: {id: a, title: A}\n", "the base has no source; add `sources:` with one at least"),
        ("event: {id: a, title: A}\n", "the base has no fact; add `facts:` with one at least"),
    ],
)
def test_what_a_base_lacks_is_told(text: str, expected: str, tmp_path: Path) -> None:
    lines = told(read_base(write(tmp_path, {"a.yaml": text})))
    assert expected in [line.split(": ", 1)[1] for line in lines]


def test_a_broken_base_is_told_a_line_for_each_mistake_and_the_count_last(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": SOUND.replace("kind: place", "kind: spot")})
    with pytest.raises(BrokenBase) as broken:
        load_base(tmp_path)
    assert broken.value.lines[-1] == f"1 mistake in {tmp_path}"
    assert broken.value.lines[0].startswith("a.yaml:6:42: `kind` is 'spot'")
    assert broken.value.exit_code == 2


def test_an_alias_stands_for_what_it_names(tmp_path: Path) -> None:
    text = """\
facts:
- {id: a, answer: Ann sang., questions: [Who sang?], sources: &both [{id: paper, at: [1, 2]}]}
- {id: b, answer: Bob ate., questions: [Who ate?], sources: *both}
"""
    base = sound(read(tmp_path, text))
    assert (
        base.fact_by_id["a"].sources == base.fact_by_id["b"].sources == (Citation("paper", (1, 2)),)
    )


def test_the_hash_changes_with_content_and_not_with_how_lines_end(tmp_path: Path) -> None:
    def hash_of(name: str, files: dict[str, str]) -> str:
        return sound(read_base(write(tmp_path / name, files))).hash

    plain = hash_of("a", {"a.yaml": SOUND})
    assert len(plain) == 64
    assert hash_of("b", {"a.yaml": "\ufeff" + SOUND.replace("\n", "\r\n")}) == plain
    assert hash_of("c", {"b.yaml": SOUND}) != plain
    assert hash_of("d", {"a.yaml": SOUND.replace("Five", "Six")}) != plain
    assert hash_of("e", {"a.yaml": SOUND, "quotes.lock": "{}"}) == plain  # damaged: none
    lock = '{"version": 1, "sources": {}, "quotes": []}'
    assert hash_of("f", {"a.yaml": SOUND, "quotes.lock": lock}) != plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "facts:\n- {id: a, answer: A., questions: [Who?], tests: [who is it]}\n"
                "outside: {tests: [Who is it?]}\n"
            ),
            "f.yaml:3:19: the test 'Who is it?' stands at f.yaml:2:50 too; keep one of them",
        ),
        (
            "facts:\n- {id: a, answer: A., questions: [Who?], when: {text: May, sort: soon}}\n",
            (
                "f.yaml:2:66: `sort` is 'soon', which is no date; write it as in 2018-11-09,"
                " or leave it out"
            ),
        ),
        (
            "facts:\n- {id: a, answer: A., questions: [Who?], when: {text: A, sort: 2018-02-30}}\n",
            (
                "f.yaml:2:64: `sort` is '2018-02-30', which is no date; write it as in 2018-11-09,"
                " or leave it out"
            ),
        ),
        (
            "people:\n- {id: bob, name: Bob, kind: person, aliases: [Bobby, '???']}\n",
            (
                "f.yaml:2:55: the alias '???' has no letter and no digit, so nobody is asked for by"
                " it; take it out"
            ),
        ),
        (
            "synonyms: [[song, tune], [tune, air]]\n",
            "f.yaml:1:27: 'tune' stands at f.yaml:1:19 too; join the two groups",
        ),
        (
            f"facts:\n- {{id: a, answer: {'x' * 401}, questions: [Who?]}}\n",
            (
                "f.yaml:2:19: the answer has 401 characters; 400 are read at a glance; shorten it,"
                " or make two facts of it"
            ),
        ),
    ],
)
def test_what_is_only_unwise_is_a_warning(text: str, expected: str, tmp_path: Path) -> None:
    loaded = read(tmp_path, text)
    sound(loaded)
    assert told(loaded, "warning") == [expected]
