"""`footnote check`: mistakes with their place, quotes in their source, paragraphs left out."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from shlex import quote

import pytest

from tests.cli.support import (
    ROOT,
    SMALL_ARTICLE,
    SMALL_BASE,
    Ended,
    edit,
    environment,
    footnote,
    small_base,
)

ENOUGH = SMALL_BASE.replace(
    "builder of the lighthouse]", "builder of the lighthouse, who made it, whose work is it]"
).replace("height of the lighthouse tower]", "height of the lighthouse tower, how high, its size]")
CITED = ENOUGH.replace(
    "    about: [robert-stevenson]\n", "    sources: [{id: gazette, at: [1, 2]}]\n"
)
NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
QUOTE = "      - {text: It will stand, speaker: robert-stevenson}\n"
MISTAKE = SMALL_BASE.replace("topic: the tower", "topci: the tower")


class Folder:
    """A base and the text of its source, and the command that checks them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.base = small_base(path, CITED)
        self.article = path / "article.txt"
        self.article.write_text(SMALL_ARTICLE, encoding="utf-8")
        self.lock = self.base / "quotes.lock"

    def check(self, *words: str, article: bool = True) -> Ended:
        named = ("--article", f"gazette={self.article}") if article else ()
        return footnote("check", *named, *words, "--knowledge", str(self.base))


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_shipped_base_has_no_mistake() -> None:
    ended = footnote("check", "--strict", cwd=ROOT)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("moscow-talks-2018: no mistakes; ")
    assert ended.out.endswith(" (0 unverified)\n")


def test_that_most_facts_have_few_phrasings_is_told(folder: Folder) -> None:
    told = "lighthouse: half of the facts have {} or fewer; with eight to ten of each, far more"
    few = folder.check().out
    assert told.format("4 phrasings") in few

    both = folder.base.joinpath("base.yaml").read_text(encoding="utf-8")
    more = "".join(f"\n      - the lighthouse, as asked in way {n}" for n in range(8))
    folder.base.joinpath("base.yaml").write_text(
        both.replace("questions:", f"questions:{more}"), encoding="utf-8"
    )
    assert "half of the facts" not in folder.check().out


def test_that_nothing_tells_how_well_facts_are_found_is_told(folder: Folder) -> None:
    told = "no fact has `tests`, so nothing tells how well they are found"
    base = folder.base / "base.yaml"
    assert told not in folder.check().out
    base.write_text(re.sub(r"\n    tests:.*", "", base.read_text("utf-8")), encoding="utf-8")
    assert told in folder.check().out


def test_an_unverified_quote_is_a_warning_and_with_strict_an_error(folder: Folder) -> None:
    lenient = folder.check(article=False)
    strict = folder.check("--strict", article=False)

    assert lenient.code == 0
    assert lenient.err.startswith("base.yaml:17:9: ")
    assert lenient.err.endswith(" (warning)\n")
    assert "lighthouse: no mistakes, 1 warning; 2 facts" in lenient.out
    assert strict.code == 1
    assert "(warning)" not in strict.err
    assert strict.err.splitlines()[-1] == f"1 unverified quote in {folder.base}"
    assert "lighthouse: 1 mistake; 2 facts" in strict.out


@pytest.mark.parametrize("command", [["check"], ["facts"], ["ask", "who built it"]])
def test_a_language_that_is_not_there_is_told_by_every_command(
    folder: Folder, command: list[str]
) -> None:
    edit(folder.base, "  as_of:", "  language: xx\n  as_of:")

    ended = footnote(*command, "--knowledge", str(folder.base))

    assert ended.code == (1 if command == ["check"] else 2)
    assert ended.err.splitlines()[-2:] == [
        "base.yaml:4:13: the bot does not know the language xx; write en",
        f"1 mistake in {folder.base}",
    ]


def test_the_command_that_verifies_a_quote_can_be_copied(folder: Folder) -> None:
    told = folder.check(article=False).err

    given = f"--knowledge {quote(str(folder.base))}"
    assert f"is not verified; run `footnote check {given} --article gazette=FILE`" in told
    assert footnote("check", env=environment(FOOTNOTE_KNOWLEDGE=str(folder.base))).err.endswith(
        "; run `footnote check --article gazette=FILE` (warning)\n"
    )


def test_unverified_quotes_of_a_source_are_one_warning_until_looked_for(folder: Folder) -> None:
    more = "".join(QUOTE.replace("stand", word) for word in ("shine", "fall"))
    edit(folder.base, QUOTE, QUOTE + more)

    [line] = folder.check(article=False).err.splitlines()
    assert line.startswith(
        "base.yaml:17:9: 3 quotes are not verified, the first of them 'It will stand'; run "
    )
    assert line.endswith(" --article gazette=FILE` (warning)")
    told = folder.check().err.splitlines()
    assert len(told) == 2
    assert "'It will shine' is not word for word" in told[0]
    assert "'It will fall' is not word for word" in told[1]


def test_an_article_verifies_its_quotes_and_locks_them(folder: Folder) -> None:
    ended = folder.check("--strict")
    afterwards = folder.check("--strict", article=False)

    assert (ended.code, ended.err) == (0, "")
    assert "gazette: quotes found word for word: 1 of 1\n" in ended.out
    assert json.loads(folder.lock.read_text(encoding="utf-8"))["quotes"][0]["fact"] == "builder"
    assert (afterwards.code, afterwards.err) == (0, "")


def test_paragraphs_that_no_fact_draws_on_are_listed(folder: Folder) -> None:
    lines = folder.check().out.splitlines()

    assert [line for line in lines if "no fact draws on" in line] == [
        "gazette: no fact draws on paragraph 3 (line 4): The tower is seventeen metres tall."
    ]


def test_nothing_in_an_article_is_obeyed_by_a_terminal(folder: Folder) -> None:
    title = "\x1b]0;renamed\x07"
    folder.article.write_text(f"{SMALL_ARTICLE}\n{title}\x1b[2JGone.{' very' * 20}\n", "utf-8")

    *_, line, _ = folder.check().out.splitlines()

    assert line.isprintable()
    assert line.endswith("Gone. very very very very very very very ve…")


def test_a_paragraph_that_is_not_there_is_a_warning_and_with_strict_an_error(
    folder: Folder,
) -> None:
    edit(folder.base, "at: [1, 2]", "at: [1, 2, 32]")

    lenient, strict = folder.check(), folder.check("--strict")

    line = "gazette: builder: paragraph 32 does not exist; correct `at`"
    assert (lenient.code, lenient.err) == (0, f"{line} (warning)\n")
    assert "no mistakes, 1 warning; " in lenient.out
    assert (strict.code, strict.err) == (1, f"{line}\n1 wrong place in {folder.base}\n")
    assert "lighthouse: 1 mistake; " in strict.out


def test_a_paragraph_that_lacks_several_of_its_facts_quotes_is_told_once(folder: Folder) -> None:
    edit(folder.base, "at: [1, 2]", "at: [1]")
    edit(folder.base, QUOTE, QUOTE + QUOTE.replace("It will stand", "stand"))

    assert folder.check().err == (
        "gazette: builder: paragraph 1 lacks its quote, 2 has it; correct `at` (warning)\n"
    )


def test_where_no_paragraph_has_its_quote_a_missing_body_is_guessed(folder: Folder) -> None:
    edit(folder.base, "at: [1, 2]", "at: [1]")
    height = "quotes: [{text: The tower is}]\n    sources: [{id: gazette, at: [2]}]"
    edit(folder.base, "topic: the tower", height)

    unset = folder.check("--strict").err
    edit(folder.base, "title: A Light at Last}", "title: A Light at Last, body: [2, 4]}")

    assert unset == (
        "gazette: no quote is in the paragraph that its fact names; set `body` of the source to "
        "the first and last line of the article, or correct each `at`\n"
        f"1 wrong place in {folder.base}\n"
    )
    assert folder.check("--strict").err == ""


def test_a_body_that_ends_behind_the_text_is_told(folder: Folder) -> None:
    edit(folder.base, "title: A Light at Last}", "title: A Light at Last, body: [1, 40]}")

    lenient, strict = folder.check(), folder.check("--strict")

    line = "gazette: `body` ends in line 40, and the text has 4 lines; correct `body`"
    assert (lenient.code, lenient.err) == (0, f"{line} (warning)\n")
    assert (strict.code, strict.err) == (1, f"{line}\n1 wrong place in {folder.base}\n")


def test_what_an_answer_says_and_the_article_does_not_is_a_warning(folder: Folder) -> None:
    edit(folder.base, "answer: Seventeen metres is", "answer: Eighteen metres is")

    given, strict, without = folder.check(), folder.check("--strict"), folder.check(article=False)

    assert given.err == (
        "base.yaml:19:13: the answer says 'Eighteen', which the text of gazette has nowhere; "
        "correct it, add the paragraph that it follows from to `at`, or say in the fact's `note` "
        "how you know (warning)\n"
    )
    assert "lighthouse: no mistakes, 1 warning; " in given.out
    assert (strict.code, strict.err) == (0, given.err)
    assert without.err == ""  # the lock holds the quotes alone


def test_an_alias_that_is_a_synonym_is_a_warning(folder: Folder) -> None:
    edit(folder.base, "pronoun: he}", "pronoun: he, aliases: [the builder]}")
    edit(folder.base, "facts:\n", "synonyms: [[builder, engineer], [light, beacon]]\nfacts:\n")

    assert folder.check().err == (
        "lighthouse: 'builder' is a synonym, and 'the builder' an alias of `robert-stevenson`: "
        "read as the name, it does not mean engineer; take it out of one of them (warning)\n"
    )


def test_facts_with_hardly_any_questions_are_one_warning(tmp_path: Path) -> None:
    ended = footnote("check", "--knowledge", str(small_base(tmp_path)))

    *_, line = ended.err.splitlines()
    assert ended.code == 0
    assert line == (
        "lighthouse: 2 facts have fewer than 4 questions (builder, height), and hardly any other "
        "question finds them; write eight to ten of each (warning)"
    )


def test_unanswered_entries_with_far_fewer_questions_than_facts_are_one_warning(
    folder: Folder,
) -> None:
    told = "lighthouse: 1 unanswered entry has fewer than 7 questions (cost), and the facts 14;"
    for fact in ("Who built the lighthouse?", "How tall is the lighthouse?"):
        edit(folder.base, f"[{fact}", ", ".join([f"[{fact}", *(f"{fact} {n}" for n in range(10))]))
    assert told in folder.check().err

    more = ", ".join(f"its price in pounds of {year}" for year in range(1825, 1832))
    edit(folder.base, "price of the lighthouse]", f"price of the lighthouse, {more}]")
    assert told not in folder.check().err


def test_topics_that_differ_in_an_article_are_a_warning(folder: Folder) -> None:
    edit(folder.base, "    sources: [{id", "    topic: Tower\n    sources: [{id")

    assert folder.check().err == (
        "lighthouse: the topics 'Tower' and 'the tower' are listed as two; write them alike"
        " (warning)\n"
    )


def test_an_example_that_no_entry_has_as_a_question_is_a_warning(folder: Folder) -> None:
    edit(folder.base, "How tall is the lighthouse?]\nsources", "When was it lit?]\nsources")

    ended = folder.check()

    assert ended.code == 0
    assert ended.err == (
        "lighthouse: the example 'When was it lit?' is no question of any entry, and may be "
        "answered by another than you mean; add it to the `questions` of that one (warning)\n"
    )


def test_a_quote_that_is_not_there_is_told_and_the_rest_is_locked(folder: Folder) -> None:
    folder.article.write_text("“It may stand,” he said.\n", encoding="utf-8")

    lenient, strict = folder.check(), folder.check("--strict")

    assert lenient.code == 0
    assert "gazette: quotes found word for word: 0 of 1\n" in lenient.out
    assert lenient.err.splitlines()[0] == (
        "base.yaml:17:9: the quote 'It will stand' is not word for word in the text of gazette;"
        " take it out, or quote what stands there (warning)"
    )
    assert strict.code == 1


def test_what_comes_nearest_to_a_quote_that_is_not_there_is_shown(folder: Folder) -> None:
    folder.article.write_text(SMALL_ARTICLE.replace("will stand", "will standing, ever"), "utf-8")

    assert folder.check().err == (
        "base.yaml:17:9: the quote 'It will stand' is not word for word in the text of gazette;"
        " line 2 there has 'It will standing,': quote that, or take it out (warning)\n"
    )


def test_two_quotes_that_begin_alike_are_told_apart(folder: Folder) -> None:
    begun = "It will stand for as long as there is a coast that needs it"
    edit(
        folder.base,
        "      - {text: It will stand, speaker: robert-stevenson}",
        f"      - {{text: '{begun}, I think', speaker: robert-stevenson}}\n"
        f"      - {{text: '{begun}, we hope', speaker: robert-stevenson}}",
    )
    folder.article.write_text(f"“{begun}, I know.”\n\n“{begun}, we know.”\n", "utf-8")

    first, second = folder.check().err.splitlines()[:2]

    assert "line 1 there has" in first
    assert "line 3 there has" in second


def test_a_quote_edited_after_it_was_locked_is_unverified_again(folder: Folder) -> None:
    folder.check()
    file = folder.base / "base.yaml"
    file.write_text(CITED.replace("It will stand", "It will fall"), encoding="utf-8")

    ended = folder.check("--strict", article=False)

    assert ended.code == 1
    assert "'It will fall'" in ended.err


def test_a_lock_that_is_up_to_date_is_not_touched(folder: Folder) -> None:
    folder.check()
    before = folder.lock.stat()

    folder.check()

    assert folder.lock.stat().st_mtime_ns == before.st_mtime_ns
    assert folder.lock.stat().st_ino == before.st_ino


def test_a_damaged_lock_is_told_and_made_anew_by_an_article(folder: Folder) -> None:
    folder.lock.write_text("{", encoding="utf-8")

    told = folder.check(article=False)
    mended = folder.check("--strict")

    assert told.code == 0
    assert any(line.startswith("quotes.lock:1:") for line in told.err.splitlines())
    assert (mended.code, mended.err) == (0, "")


def test_mistakes_are_told_with_their_place_and_counted_and_nothing_is_locked(
    folder: Folder,
) -> None:
    (folder.base / "base.yaml").write_text(MISTAKE, encoding="utf-8")

    ended = folder.check()

    *mistakes, count = ended.err.splitlines()  # nor is it told to give the article that was given
    assert ended.code == 1
    assert ended.out == ""
    assert count == f"1 mistake in {folder.base}"
    assert mistakes[0].startswith("base.yaml:22:5: ")
    assert mistakes[1] == "no article was looked at; mend these first"
    assert "topci" in mistakes[0]
    assert "topic" in mistakes[0].partition("; ")[2]
    assert not folder.lock.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00", "the text of gazette is not UTF-8 at byte 0; save it as UTF-8"),
        (b"", "nothing stands in it; name the file with the text of gazette"),
        (b" " * (33 << 20), "it is larger than 32 MiB; name the text file of gazette"),
    ],
)
def test_an_article_that_will_not_do_is_told_with_its_file(
    folder: Folder, content: bytes, told: str
) -> None:
    folder.article.write_bytes(content)

    ended = folder.check()

    assert (ended.code, ended.err) == (2, f"{folder.article}: {told}\n")
    assert not folder.lock.exists()


@NOT_ON_WINDOWS
@pytest.mark.parametrize("file", ["/dev/zero", "."])
def test_an_article_is_no_device_and_no_folder(folder: Folder, file: str) -> None:
    ended = footnote("check", "--article", f"gazette={file}", "--knowledge", str(folder.base))

    assert ended.code == 2
    assert ended.err.startswith(f"{file}: ")
    assert ended.err.endswith("; name the text file of gazette\n")
    assert ended.err.count("\n") == 1


@NOT_ON_WINDOWS
def test_an_article_may_come_through_a_pipe(folder: Folder) -> None:
    words = ("check", "--article", "gazette=/dev/stdin", "--knowledge", str(folder.base))

    ended = footnote(*words, stdin=SMALL_ARTICLE.encode())
    too_large = footnote(*words, stdin=b"x" * (33 << 20))

    assert "gazette: quotes found word for word: 1 of 1\n" in ended.out
    assert too_large.code == 2
    assert too_large.err == "/dev/stdin: it is larger than 32 MiB; name the text file of gazette\n"


def test_an_article_of_a_source_that_is_not_there_is_told(folder: Folder) -> None:
    words = ("--article", f"gazett={folder.path / 'none'}", "--knowledge", str(folder.base))

    assert footnote("check", *words).err == (
        "--article: lighthouse has no source 'gazett'; it has 'gazette'\n"
    )


def test_a_lock_that_cannot_be_written_is_named(folder: Folder) -> None:
    folder.lock.mkdir()

    ended = folder.check()

    assert ended.code == 2
    assert ended.err.startswith(f"footnote: {folder.lock}: ")
    assert ended.err.count("\n") == 1
