"""Log lines go where they are sent, and no secret goes with them."""

from __future__ import annotations

import io
import logging

from bot.logs import logging_to


def test_a_secret_is_struck_out_of_messages_and_tracebacks() -> None:
    stream = io.StringIO()
    log = logging.getLogger("bot.tests.logs")

    with logging_to(stream, "INFO", secrets=("hunter2",)):
        log.info("connecting with %s", "hunter2")
        try:
            raise ValueError("bad token hunter2")
        except ValueError:
            log.exception("refused")

    assert "hunter2" not in stream.getvalue()
    assert "connecting with [secret]" in stream.getvalue()
    assert "ValueError: bad token [secret]" in stream.getvalue()


def test_the_level_holds_and_nothing_is_logged_afterwards() -> None:
    stream = io.StringIO()
    log = logging.getLogger("bot.tests.logs")

    with logging_to(stream, "WARNING"):
        log.info("quiet")
        log.warning("loud")
    log.warning("after")

    assert [line.split(": ")[1] for line in stream.getvalue().splitlines()] == ["loud"]
