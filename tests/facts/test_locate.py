"""Which base is meant by a folder and an event."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import FootnoteError
from bot.facts.locate import find_base, find_event, lock_path
from tests.facts.bases import SOUND, write

NOWHERE = Path("nowhere")


def _two(folder: Path) -> Path:
    other = SOUND.replace("id: picnic", "id: fair")
    return write(folder, {"first/a.yaml": SOUND, "second/b.yaml": other, "third/notes.txt": "-"})


def _refusal(knowledge: Path | None, event: str | None, packaged: Path = NOWHERE) -> list[str]:
    with pytest.raises(FootnoteError) as refused:
        find_base(knowledge, event, packaged)
    return list(refused.value.lines)


def test_a_folder_with_yaml_files_is_a_base(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": SOUND, "facts/b.yaml": "facts: []\n"})
    assert find_base(tmp_path, None, NOWHERE) == tmp_path
    assert find_base(tmp_path, "picnic", NOWHERE) == tmp_path


def test_another_event_than_the_base_holds_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": SOUND})
    assert _refusal(tmp_path, "fair") == [
        f"{tmp_path}: its event is picnic, not fair; leave --event out or name another folder"
    ]


def test_one_base_in_a_folder_is_implied(tmp_path: Path) -> None:
    write(tmp_path, {"first/a.yaml": SOUND, "empty.txt": ""})
    assert find_base(tmp_path, None, NOWHERE) == tmp_path / "first"


def test_an_event_chooses_among_several(tmp_path: Path) -> None:
    assert find_base(_two(tmp_path), "fair", NOWHERE) == tmp_path / "second"


def test_several_and_no_choice_are_listed(tmp_path: Path) -> None:
    assert _refusal(_two(tmp_path), None) == [
        f"{tmp_path}: several events are here; choose one with --event or FOOTNOTE_EVENT:",
        f"  picnic  in {tmp_path / 'first'}",
        f"  fair  in {tmp_path / 'second'}",
    ]


def test_an_unknown_event_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    assert _refusal(_two(tmp_path), "fete")[0] == (
        f"{tmp_path}: no event fete here; choose one with --event:"
    )


def test_two_bases_of_one_event_cannot_be_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {"first/a.yaml": SOUND, "second/a.yaml": SOUND})
    assert "several bases here are of the event picnic" in _refusal(tmp_path, "picnic")[0]


def test_a_broken_base_can_still_be_chosen(tmp_path: Path) -> None:
    broken = "event:\n  id: fair\n  title: 'It's'\nfacts: [\n"
    write(tmp_path, {"first/a.yaml": SOUND, "second/a.yaml": broken})
    assert find_base(tmp_path, "picnic", NOWHERE) == tmp_path / "first"
    assert find_base(tmp_path, "second", NOWHERE) == tmp_path / "second"


@pytest.mark.parametrize("there", [True, False])
def test_the_default_is_the_knowledge_folder_here_else_the_packaged_one(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = write(tmp_path / "packaged", {"a.yaml": SOUND})
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    if there:
        write(here / "knowledge", {"one/a.yaml": SOUND})
    expected = Path("knowledge/one") if there else packaged
    assert find_base(None, None, packaged) == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone", "the knowledge folder does not exist; name a folder with --knowledge"),
        ("a.txt", "the knowledge folder is a file; name its folder with --knowledge"),
        (
            "empty",
            (
                "neither it nor a folder in it holds a fact base; name one with --knowledge"
                " (docs/fact-base.md tells how to write one)"
            ),
        ),
    ],
)
def test_a_folder_without_a_base_is_refused(name: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "", "empty/notes.txt": ""})
    assert _refusal(tmp_path / name, None) == [f"{tmp_path / name}: {message}"]


@pytest.mark.parametrize(
    "text",
    [
        "event: {id: fair, title: Fair}\n",
        "\ufeffevent:\r\n  # what it is\r\n  title: Fair\r\n  id: fair\r\nfacts: []\r\n",
        "facts: []\n'event':\n  id: 'fair'\n",
        '{"facts": [], "event": {"id": "fair"}}\n',
    ],
)
def test_the_event_is_found_however_it_is_written(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "facts: []\n", "deep/b.yaml": text})
    found = find_event(tmp_path)
    assert found is not None
    assert (found.id, found.file) == ("fair", tmp_path / "deep" / "b.yaml")
    assert lock_path(tmp_path) == tmp_path / "deep" / "quotes.lock"
