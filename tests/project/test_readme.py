"""The README says what is so: its commands, settings, transcript and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app import build_answerer
from bot.cli.main import COMMANDS
from bot.dialogue.answerer import Answerer
from bot.facts.load import read_base
from bot.settings import SETTINGS
from tests.project.transcript import BLOCK, transcript

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def one_liners(language: str) -> list[str]:
    return [block.strip() for block in blocks(language) if "-m venv" in block]


def test_starting_and_testing_are_one_line_each_on_posix_and_in_powershell() -> None:
    for language in ("sh", "powershell"):
        start, test = one_liners(language)
        assert "\n" not in start + test
        assert start.replace("}", "").strip().endswith("-m bot chat")
        assert test.replace("}", "").strip().endswith("-m tests")


def test_powershell_takes_the_same_steps_as_posix() -> None:
    for posix, powershell in zip(one_liners("sh"), one_liners("powershell"), strict=True):
        steps = posix.replace("python3", "python").replace(".venv/bin/", ".venv\\Scripts\\")
        first, *rest = steps.split(" && ")
        guarded = "; ".join([first, *(f"if ($?) {{ {step} }}" for step in rest)])
        assert powershell == guarded


def test_ci_runs_the_readmes_own_test_commands() -> None:
    assert one_liners("sh")[1] in CI.splitlines()
    assert one_liners("powershell")[1] in WORKFLOW


def test_every_command_is_in_the_table() -> None:
    for command in COMMANDS:
        assert f"\n| `footnote {command}" in README


def test_every_setting_is_in_the_table_in_its_words() -> None:
    for setting in SETTINGS:
        assert f"\n| `{setting.variable}` | {setting.help} |\n" in README


def test_the_transcript_is_what_the_program_says(shipped: Answerer) -> None:
    (shown,) = BLOCK.findall(README)

    assert shown == transcript(shipped)  # `python -m tests.project.transcript` writes it anew


@pytest.fixture(name="example", scope="module")
def _example(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """The example base, copied word for word and found to be without a mistake."""
    (example,) = (block for block in blocks("yaml") if "event:" in block)
    folder = tmp_path_factory.mktemp("my-event")
    (folder / "base.yaml").write_text(example, encoding="utf-8")

    loaded = read_base(folder)

    assert loaded.problems == ()
    assert loaded.base is not None
    return build_answerer(loaded.base)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("who built it", "builder"),
        ("did Stevenson build it", "builder"),
        ("who made the lighthouse", "builder"),
        ("how high is it", "height"),
        ("what is the height of the lighthouse", "height"),
        ("when did the lamp shine for the first time", "lit"),
        ("what year did it open", "lit"),
        ("what did it cost", None),
        ("who lives there", None),
    ],
)
def test_the_example_base_is_asked_in_other_words(
    example: Answerer, question: str, fact: str | None
) -> None:
    known = {text for one in example.base.facts for text in one.questions}
    assert question not in known

    reply, _ = example.reply(question)

    assert [shown for part in reply.parts for shown in part.facts] == ([fact] if fact else [])


def test_the_host_starts_what_the_procfile_and_the_readme_name() -> None:
    assert (ROOT / "Procfile").read_text(encoding="utf-8") == "worker: python -m bot serve\n"
    (deploy,) = (block for block in blocks("sh") if "push heroku" in block)
    assert len(deploy.strip().splitlines()) == 6
    assert "worker=1" in deploy


@pytest.mark.parametrize(
    "document", sorted(path for path in ROOT.glob("*.md")), ids=lambda path: path.name
)
def test_links_inside_the_repository_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []
