"""`python -m tests`: every check of this repository, one after the other, going on after a failure.

Words after it go to pytest: `python -m tests -m slow`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)
# Last, because what pytest prints at its end is what a person and CI look for.
TESTS = ("pytest", "-n", "4")  # more than the cores: half of what the Discord tests take is waiting


def main(words: Sequence[str]) -> int:
    """Run all checks, also after one has failed, and give 1 if any did."""
    failed = [check for check in CHECKS if not _passes(check)]
    for check in failed:
        print(f"FAILED: {' '.join(check)}", flush=True)
    tests_pass = _passes((*TESTS, *words))
    return 0 if tests_pass and not failed else 1


def _passes(check: Sequence[str]) -> bool:
    print(f"$ {' '.join(check)}", flush=True)
    return subprocess.run([sys.executable, "-m", *check], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
