"""`python -m bot.building`: the process that builds a candidate, apart from the one that answers.

An order as JSON on standard input, what came of it as JSON on standard output.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from bot.apart import end_with_who_started_it
from bot.app import languages, open_answerer
from bot.curation.building import build
from bot.curation.orders import Built, Order
from bot.errors import FootnoteError
from bot.facts.locate import find_base
from bot.resources import knowledge_dir, settings_file
from bot.settings import Settings

NICENESS = 10  # whoever answers goes first


def main() -> int:
    """Carry out the order on standard input."""
    with suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(NICENESS)
    asked = json.loads(sys.stdin.read())
    cache, event = Path(asked.pop("cache")), asked.pop("event")
    order = Order(**asked | {"gaps": tuple(asked["gaps"])})

    try:
        # How sure an answer must be is set for this process as for the one that answers.
        ours = Settings.from_env(os.environ, settings_file())
        sure = Settings(
            data=cache, cache=cache, answer_from=ours.answer_from, suggest_from=ours.suggest_from
        )
        built = build(
            order,
            lambda folder: find_base(folder, event, knowledge_dir()),
            lambda folder: open_answerer(replace(sure, knowledge=folder)),
            languages(),
        )
    except FootnoteError as error:
        built = Built(trouble=error.lines)
    except OSError as error:  # mostly a full disk
        where = error.filename or asked["into"]
        built = Built(trouble=(f"{where}: {error.strerror}; make room there",))
    sys.stdout.write(json.dumps(asdict(built)))
    return 0


if __name__ == "__main__":
    end_with_who_started_it()
    sys.exit(main())
