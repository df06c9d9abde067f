"""Files as people and machines leave them: marks, line ends, encodings, links, sizes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bot.facts.limits import Limits
from bot.facts.load import read_base
from tests.facts.bases import SOUND, read, sound, told, write

POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="needs links, pipes or modes")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_any_line_ends_are_fine(ends: str, mark: str, tmp_path: Path) -> None:
    base = sound(read_base(write(tmp_path, {"a.yaml": mark + SOUND.replace("\n", ends)})))
    assert base == sound(read_base(write(tmp_path / "plain", {"a.yaml": SOUND})))


def test_a_mistake_has_the_same_place_with_windows_line_ends(tmp_path: Path) -> None:
    text = "\ufefffacts:\r\n- id: a\r\n  anwser: b\r\n"
    assert told(read(tmp_path, text))[0].startswith("f.yaml:2:3: this fact has no `questions`")
    assert told(read(tmp_path, text))[1].startswith("f.yaml:3:3: `anwser`")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            "facts:\n- id: caf\u00e9\n".encode("latin-1"),
            "f.yaml:2:10: byte 0xE9 is not UTF-8; save the file as UTF-8",
        ),
        (
            "facts:\n- id: a\n".encode("utf-16"),
            "f.yaml:1:1: byte 0xFF is not UTF-8; save the file as UTF-8 (it looks like UTF-16)",
        ),
        (
            b"facts: []\n# \x00\n",
            "f.yaml:2:3: the invisible character U+0000 stands here; take it out",
        ),
        (
            "facts: []\n# a\u2028b\n".encode(),
            "f.yaml:2:4: the invisible character U+2028 stands here; take it out",
        ),
        *(
            (
                f"facts: []\n# a{char}b\n".encode(),
                f"f.yaml:2:4: the invisible character U+{ord(char):04X} stands here; take it out",
            )
            for char in "\u202a\u202e\u2066\u2069"
        ),
    ],
)
def test_what_is_no_plain_text_is_told(data: bytes, expected: str, tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND})
    (tmp_path / "f.yaml").write_bytes(data)
    assert told(read_base(tmp_path)) == [expected]


def test_what_joins_letters_in_some_scripts_or_may_be_quoted_is_fine(tmp_path: Path) -> None:
    text = SOUND.replace("Five people", "نمی\u200cخواهم क्\u200dष Five \u200fpeo\u200bple")
    assert told(read_base(write(tmp_path, {"a.yaml": text}))) == []


def test_what_an_unreadable_file_holds_is_not_told_to_be_missing(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND.replace("[Lee]}", "[Lee], role: caf\u00e9}")})
    (tmp_path / "base.yaml").write_bytes((tmp_path / "base.yaml").read_text("utf-8").encode("1252"))
    write(tmp_path, {"f.yaml": "unanswered:\n- {id: a, questions: [Who?], related: [guests]}\n"})
    assert told(read_base(tmp_path)) == [
        "base.yaml:5:73: byte 0xE9 is not UTF-8; save the file as UTF-8"
    ]


def test_a_file_of_nothing_but_zeros_is_told_of_in_a_few_lines(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND})
    (tmp_path / "f.yaml").write_bytes(b"\0" * 1_000_000)
    assert len(told(read_base(tmp_path))) == 20


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (
            Limits(file_size=100),
            "base.yaml:1:1: the file is larger than 0 MiB; split it into several files",
        ),
        (
            Limits(base_size=len(SOUND) + 5),
            "f.yaml:1:1: the base's files are larger than 0 MiB together; shorten them",
        ),
        (
            Limits(files=1),
            ".:1:1: more than 1 files end in .yaml here; join them, or name the base's own folder",
        ),
        (
            Limits(nodes=20),
            "base.yaml:5:34: the base holds more than 20 values; divide it into several bases",
        ),
    ],
)
def test_a_huge_base_is_refused(limits: Limits, expected: str, tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND, "f.yaml": "synonyms: [[a, b]]\n"})
    assert expected in told(read_base(tmp_path, limits=limits))


def test_a_file_of_more_than_32_mib_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND})
    with (tmp_path / "f.yaml").open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    assert told(read_base(tmp_path)) == [
        "f.yaml:1:1: the file is larger than 32 MiB; split it into several files"
    ]


def test_hidden_files_are_left_out_and_other_endings_warned_of(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND, ".hidden.yaml": "?", ".git/a.yaml": "?", "b.yml": "?"})
    loaded = read_base(tmp_path)
    sound(loaded)
    assert told(loaded, "warning") == [
        "b.yml:1:1: this file is not read; let its name end in .yaml"
    ]


def test_any_number_of_warnings_leaves_a_base_usable(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND} | {f"{number}.yml": "" for number in range(1001)})
    loaded = read_base(tmp_path)
    sound(loaded)
    assert len(loaded.warnings) == 1001
    assert str(loaded.warnings[-1]) == ".:1:1: more warnings are left out; mend these first"


def test_a_folder_that_is_missing_or_empty_is_told(tmp_path: Path) -> None:
    (missing,) = told(read_base(tmp_path / "gone"))
    assert missing.startswith(f".:1:1: the folder {tmp_path / 'gone'} cannot be read (")
    (empty,) = told(read_base(tmp_path))
    assert empty == ".:1:1: no file here ends in .yaml; name the folder of a fact base"


@POSIX_ONLY
def test_links_may_not_lead_out_of_the_base(tmp_path: Path) -> None:
    base = write(tmp_path / "base", {"base.yaml": SOUND})
    outside = write(tmp_path / "outside", {"secret.yaml": "facts:\n- secret\n"})
    (base / "a.yaml").symlink_to(outside / "secret.yaml")
    (base / "b.yaml").symlink_to(base / "base.yaml")
    (base / "c.yaml").symlink_to(base / "gone.yaml")
    (base / "folder").symlink_to(outside)
    (base / "round").symlink_to(base)
    (base / "circle").symlink_to(base / "circle")
    assert [line.split(";")[0] for line in told(read_base(base))] == [
        "a.yaml:1:1: this link leads out of the base's folder",
        "base.yaml:1:8: a second event",
        "base.yaml:1:13: the id `picnic` stands twice, first at b.yaml:1:13",
        "base.yaml:3:10: the id `paper` stands twice, first at b.yaml:3:10",
        "base.yaml:5:10: the id `ann-lee` stands twice, first at b.yaml:5:10",
        "base.yaml:6:10: the id `the-park` stands twice, first at b.yaml:6:10",
        "base.yaml:8:9: the id `guests` stands twice, first at b.yaml:8:9",
        (
            "base.yaml:10:17: the question 'How many people came?' stands in `guests` too,"
            " at b.yaml:10:17"
        ),
        "c.yaml:1:1: the file cannot be read (No such file or directory)",
        "folder:1:1: this link leads out of the base's folder",
    ]


def test_a_folder_that_is_too_deep_is_told(tmp_path: Path) -> None:
    deep = "/".join("abcdefghij")
    wrong = write(tmp_path, {"base.yaml": SOUND, f"{deep}/f.yaml": "facts:\n- a\n"})
    write(wrong, {f"{deep}/k/f.yaml": "facts:\n- a\n", f"{deep}/k/l/m/f.yaml": ""})
    assert [line.split(";")[0] for line in told(read_base(wrong))] == [
        f"{deep}/f.yaml:2:3: an entry of `facts` must be a mapping, not text",
        f"{deep}/k:1:1: this folder is more than 10 folders deep, and is not read",
    ]


@POSIX_ONLY
def test_a_base_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    write(tmp_path / "base", {"base.yaml": SOUND})
    (tmp_path / "link").symlink_to(tmp_path / "base")
    sound(read_base(tmp_path / "link"))


@POSIX_ONLY
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND})
    os.mkfifo(tmp_path / "f.yaml")
    assert told(read_base(tmp_path)) == [
        "f.yaml:1:1: this is no regular file; put a text file here"
    ]


BOMB = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BOMB, "aliases multiply to more than 10000 values; write out what they stand for"),
        (
            "facts: " + "[" * 100_000,
            "nested deeper than 16 levels; write it flatter",
        ),
        (
            "facts:\n" + "".join(" " * n + "- \n" for n in range(1, 2000)),
            "nested deeper than 16 levels; write it flatter",
        ),
        (
            "a: &a [*a]\n",
            (
                "no anchor &a stands before the alias *a;"
                " put text that begins with * in quotation marks"
            ),
        ),
    ],
)
def test_a_bomb_is_defused(text: str, expected: str, tmp_path: Path) -> None:
    lines = told(read(tmp_path, text))
    assert expected in [line.split(": ", 1)[1] for line in lines]


def test_anchors_are_counted(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": SOUND, "f.yaml": "synonyms: [[&a a, &b b], [&c c, d]]\n"})
    assert told(read_base(tmp_path, limits=Limits(anchors=2))) == [
        "f.yaml:1:27: there are too many anchors; write values out"
    ]
