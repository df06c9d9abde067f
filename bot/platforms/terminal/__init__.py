"""A conversation in the terminal: in colour with editing, or plain lines where that will not do."""

from bot.platforms.terminal.run import run_terminal

__all__ = ["run_terminal"]
