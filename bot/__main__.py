"""`python -m bot` and `footnote`: the same program."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from bot.cli.main import run


def main() -> int:
    """Run the command line of this process and give its exit code."""
    stdin, stdout, stderr = sys.stdin, sys.stdout, sys.stderr
    assert isinstance(stdin, TextIOWrapper)  # noqa: S101 - so it is in every started program
    assert isinstance(stdout, TextIOWrapper)  # noqa: S101
    assert isinstance(stderr, TextIOWrapper)  # noqa: S101
    return run(sys.argv[1:], os.environ, stdin, stdout, stderr)


if __name__ == "__main__":
    sys.exit(main())
