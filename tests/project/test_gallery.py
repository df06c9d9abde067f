"""The gallery shows what the bot sends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.support import CACHE, ROOT


@pytest.mark.slow  # and red whenever an answer in it changes: to be drawn anew before a release
def test_the_gallery_is_what_the_bot_sends_now() -> None:
    done = subprocess.run(
        [sys.executable, "docs/gallery/draw.py", "--check"],
        cwd=ROOT,
        env=os.environ | {"FOOTNOTE_CACHE": str(CACHE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
