"""The face with colours, editing, history and completion, on prompt_toolkit."""

from __future__ import annotations

from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.styles import Style

from bot.dialogue.answerer import Answerer
from bot.platforms.terminal.render import Fragments, rendered
from bot.platforms.terminal.session import Session, leaves
from bot.platforms.terminal.welcome import welcome_fragments

WIDEST = 88  # columns; longer lines are hard to read
SHORTEST_COMPLETED = 2  # characters; below that nearly every question fits
OFFERED = 6  # completions shown at once
PRIVATE = 0o600  # the history's permissions: what somebody asked is nobody else's business

# The terminal's own sixteen colours, so that they fit a dark and a light background alike.
STYLE = Style.from_dict(
    {
        "prompt": "ansicyan bold",
        "title": "bold",
        "bar": "ansicyan",
        "quote": "italic",
        "speaker": "ansicyan",
        "source": "ansibrightblack",
        "note": "ansibrightblack italic",
        "assumed": "ansiyellow",
        "number": "ansicyan bold",
        "example": "ansigreen",
    }
)


class RichFace:
    """A prompt that redraws itself. `history` is a file; where it cannot be, memory will do."""

    def __init__(self, history: Path, stdin: TextIOWrapper, stdout: TextIOWrapper) -> None:
        self._history = history
        self._input = create_input(stdin)
        self._output = create_output(stdout)

    def run(self, session: Session) -> None:
        """Chat until Ctrl-D. Ctrl-C empties the line, and raises KeyboardInterrupt where it is."""
        answerer = session.answerer
        prompt: PromptSession[str] = PromptSession(
            FormattedText([("class:prompt", "› ")]),
            style=STYLE,
            history=open_history(self._history),
            completer=QuestionCompleter(answerer),
            key_bindings=_keys(),
            complete_while_typing=True,
            reserve_space_for_menu=OFFERED,
            input=self._input,
            output=self._output,
        )
        self._show(welcome_fragments(answerer.base, answerer.texts))
        while True:
            try:
                line = prompt.prompt()
            except EOFError:
                return
            if leaves(line):
                return
            if line.strip():
                width = min(self._output.get_size().columns, WIDEST)
                self._show(rendered(session.respond(line), answerer.texts, width))

    def _show(self, fragments: Fragments) -> None:
        print_formatted_text(FormattedText(fragments), style=STYLE, output=self._output, end="")


def _keys() -> KeyBindings:
    """The keys that do another thing than usual."""
    keys = KeyBindings()

    @keys.add("c-c", filter=Condition(lambda: bool(get_app().current_buffer.text)))
    def _empty(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    return keys


class QuestionCompleter(Completer):
    """Offers the questions that the base can answer, for what has been typed so far."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if len(typed.strip()) < SHORTEST_COMPLETED and not complete_event.completion_requested:
            return
        for suggestion in self._answerer.complete(typed, OFFERED):
            yield Completion(suggestion.question, start_position=-len(typed))


class ForgivingHistory(FileHistory):
    """History in a file that may stop being writable: then it is kept in memory alone."""

    def store_string(self, string: str) -> None:
        try:
            super().store_string(string)
        except OSError:
            return  # a full disk is no reason to interrupt a conversation


def open_history(file: Path) -> History:
    """The history in `file`, which nobody else may read; in memory where it cannot be kept."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(PRIVATE)
        if file.is_file():  # some link a history to /dev/null, which is not ours to change
            file.chmod(PRIVATE)  # one of before was everybody's to read
        file.open("a").close()
        file.open("rb").close()
    except OSError:
        return InMemoryHistory()
    return ForgivingHistory(str(file))
