"""`footnote ask --batch`: a request a line in, a reply a line out, in the same order, at once."""

from __future__ import annotations

import gc
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from bot.cli.context import Context, Number
from bot.cli.json_form import Json, Scalar, reply_form
from bot.dialogue.answerer import Answerer
from bot.dialogue.conversation import NOTHING_SAID, Conversation

MOST_CONVERSATIONS = 100_000  # about a kilobyte each; the one used longest ago goes first
LONGEST_LINE = 1 << 20  # bytes; a longer one is refused, and never held in memory whole

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """A valid line. Requests of one `conversation` share their context; None stands alone."""

    id: Scalar
    question: str
    conversation: Scalar


class Conversations:
    """The state of each conversation, the latest `most` of them: another one begins anew."""

    def __init__(self, most: int = MOST_CONVERSATIONS) -> None:
        self._most = most
        self._kept: OrderedDict[Scalar, Conversation] = OrderedDict()

    def get(self, key: Scalar) -> Conversation:
        return self._kept.get(key, NOTHING_SAID)

    def put(self, key: Scalar, said: Conversation) -> None:
        self._kept[key] = said
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


class Refused(Exception):
    """A line that is no valid request, with its id as far as it has one."""

    def __init__(self, id_: Scalar, reason: str) -> None:
        super().__init__(reason)
        self.id = id_
        self.reason = reason


def run_batch(answerer: Answerer, context: Context, clock_ns: Callable[[], int]) -> None:
    """Answer until the input ends. A line that cannot be answered gets a line that says why."""
    gc.freeze()  # the facts stay to the end: a collection that walks them frees nothing
    conversations = Conversations()
    for number, line in enumerate(_lines(context.raw_input), start=1):
        try:
            context.say_json(_answer(answerer, _request(line), conversations, clock_ns))
        except Refused as refused:
            context.say_json({"id": refused.id, "error": f"line {number}: {refused.reason}"})


def _answer(
    answerer: Answerer,
    request: Request,
    conversations: Conversations,
    clock_ns: Callable[[], int],
) -> Json:
    said = NOTHING_SAID
    if request.conversation is not None:
        said = conversations.get(request.conversation)
    began = clock_ns()
    try:
        reply, said = answerer.reply(request.question, said)
    except Exception as error:  # one question that trips the engine must not take the rest along
        log.exception("the engine failed on %r", request.question[:200])
        raise Refused(request.id, f"a fault of ours: {type(error).__name__}; report it") from error
    elapsed_us = (clock_ns() - began) // 1000
    if request.conversation is not None:
        conversations.put(request.conversation, said)
    return reply_form(reply, answerer.texts, id_=request.id, elapsed_us=elapsed_us)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines as they come in; one that is too long is cut, and its rest skipped."""
    first = True
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield line.removeprefix(b"\xef\xbb\xbf") if first else line
        first = False


def _request(line: bytes) -> Request:
    """What a line asks for. Keys that are not ours are left alone. Raises Refused."""
    if len(line) > LONGEST_LINE:
        raise Refused(None, f"it is longer than {LONGEST_LINE} bytes; ask a shorter question")
    try:
        value: object = json.loads(
            line.decode("utf-8"), parse_int=Number, parse_float=Number, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise Refused(None, "it is not UTF-8 text; write JSON in UTF-8") from None
    except (ValueError, RecursionError):
        raise Refused(None, 'it is not JSON; write {"id": "1", "question": "..."}') from None
    if not isinstance(value, dict):
        raise Refused(None, 'it is no object; write {"id": "1", "question": "..."}')
    return _checked(value)


def _checked(value: dict[str, object]) -> Request:
    id_ = value.get("id")
    if not isinstance(id_, Scalar):
        raise Refused(None, "`id` is no scalar; write a string or a number")
    question = value.get("question")
    if not isinstance(question, str):
        reason = "is no string" if "question" in value else "is missing"
        raise Refused(id_, f'`question` {reason}; write "question": "..."')
    conversation = value.get("conversation")
    if not isinstance(conversation, Scalar):
        raise Refused(id_, "`conversation` is no scalar; write a string or a number")
    return Request(id_, question, conversation)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
