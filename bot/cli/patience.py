"""Says why a first start takes long, to whoever waits for it at a terminal."""

from __future__ import annotations

from bot.app import is_prepared
from bot.cli.context import Context


def tell_of_learning(context: Context) -> None:
    """A line on standard error where the base has to be read and learnt, which is kept then.

    Raises FootnoteError where the settings choose no base.
    """
    if context.stderr.isatty() and not is_prepared(context.settings):
        context.complain("footnote: learning the facts, once; a large base takes up to a minute")
