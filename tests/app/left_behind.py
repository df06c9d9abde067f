"""A module that `run_apart` may run: it says who it is, and stays."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bot.apart import end_with_who_started_it

if __name__ == "__main__":
    end_with_who_started_it()
    Path(sys.argv[1]).write_text(str(os.getpid()), encoding="ascii")
    time.sleep(600)
