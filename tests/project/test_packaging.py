"""What is installed: locked requirements that name no host, and a wheel that holds its data."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file with their versions."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def wanted(requirements: list[str]) -> set[str]:
    names = (re.split(r"[><=;\[ ]", one)[0] for one in requirements)
    return {re.sub(r"[._-]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_has_a_hash_for_every_package_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)

    assert [one for one in entries if "--hash=sha256:" not in one] == []
    assert (
        re.findall(r"\w+://|--(?:index|extra|find|trusted)\S*|^-\S*|@ ", text, re.MULTILINE) == []
    )


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    core = wanted(PROJECT["dependencies"])
    dev = wanted(PROJECT["optional-dependencies"]["dev"])

    assert core <= set(locked("requirements.txt"))
    assert core | dev <= set(locked("requirements-dev.txt"))


def test_what_is_tested_is_what_is_installed() -> None:
    core, dev = locked("requirements.txt"), locked("requirements-dev.txt")

    assert {name: dev.get(name) for name in core} == core


def test_a_reason_stands_beside_every_dependency() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text.partition("\ndependencies = [\n")[2].partition("\n]")[0]

    assert [line for line in section.splitlines() if " # " not in line] == []


@pytest.fixture(name="wheel", scope="module")
def build_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built once with the backend that is installed, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import hatchling.build, sys; hatchling.build.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True)
    (wheel,) = folder.glob("footnote-*.whl")
    return wheel


def test_the_wheel_carries_every_file_of_the_data_folders(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    shipped = {
        f"bot/{path.relative_to(ROOT).as_posix()}"
        for folder in ("knowledge", "config")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.endswith(".new")
    }

    assert shipped - packed == set()
    assert {name for name in packed if name.startswith(("tests/", "benchmarks/"))} == set()


def test_the_installed_command_answers_from_anywhere(
    wheel: Path, tmp_path: Path, on_shipped: Mapping[str, str]
) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    # The dependencies of this process and the wheel unpacked: an install without a network.
    (site,) = [*home.glob("lib/python*/site-packages"), *home.glob("Lib/site-packages")]
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(dependencies + "\n", encoding="utf-8")

    done = subprocess.run(
        [
            scripts / "python",
            "-c",
            "import sys; from bot.__main__ import main; sys.exit(main())",
            "ask",
            "Who took part in the Moscow talks?",
        ],
        capture_output=True,
        env={name: one for name, one in on_shipped.items() if name != "PYTHONPATH"},
        cwd=tmp_path,
        check=False,
    )

    assert done.stderr == b""
    assert done.returncode == 0
    assert b"ABC News" in done.stdout


def test_the_wheel_has_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith("entry_points.txt"))
        entry_points = archive.read(name).decode()

    assert "footnote = bot.__main__:main" in entry_points
