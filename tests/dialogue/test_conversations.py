"""The dialogs of `tests/conversations/`, through the whole engine on the shipped base."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.answerer import Answerer
from bot.dialogue.conversation import NOTHING_SAID
from bot.dialogue.plain import as_text
from bot.dialogue.reply import Reply
from tests.dialogue.dialogs import Dialog, Line, read_dialogs

DIALOGS = tuple(read_dialogs())


@pytest.mark.parametrize("dialog", DIALOGS, ids=[f"{d.theme}: {d.title}" for d in DIALOGS])
def test_a_dialog_goes_as_written(shipped: Answerer, dialog: Dialog) -> None:
    conversation = NOTHING_SAID
    told: set[str] = set()
    for line in dialog.lines:
        reply, conversation = shipped.reply(line.user, conversation)
        text = as_text(reply, shipped.texts)
        wrong = broken(line, reply, text, told)
        assert not wrong, f"{line.user!r}: {'; '.join(wrong)}\n{text}"
        told |= set(reply.facts)


def broken(line: Line, reply: Reply, text: str, told: set[str]) -> list[str]:
    """Where a reply is not what its line expects."""
    wrong = []
    if line.outcome and reply.outcome not in line.outcome:
        wrong.append(f"outcome {reply.outcome}, not {' or '.join(line.outcome)}")
    if missing := set(line.fact) - set(reply.facts):
        wrong.append(f"tells {reply.facts}, not {sorted(missing)}")
    if unsaid := [part for part in line.says if part not in text]:
        wrong.append(f"does not say {unsaid}")
    if missing := set(line.offers) - {suggestion.fact for suggestion in reply.suggestions}:
        wrong.append(f"does not offer {sorted(missing)}")
    if line.quotes and not reply.quotes:
        wrong.append("quotes nobody")
    assumed = any(part.assumed for part in reply.parts)
    if line.assumed is not None and line.assumed != assumed:
        wrong.append(f"{'takes it as something' if assumed else 'assumes nothing'}")
    if line.new and told & set(reply.facts):
        wrong.append(f"tells {sorted(told & set(reply.facts))} again")
    return wrong


def test_every_fact_that_a_dialog_names_is_in_the_base(shipped: Answerer) -> None:
    named = {name for d in DIALOGS for line in d.lines for name in (*line.fact, *line.offers)}
    assert named <= set(shipped.base.fact_by_id)


@pytest.mark.parametrize(
    "line",
    [
        Line("Who opened the meeting?", outcome=("chat",)),
        Line("Who opened the meeting?", fact=("meeting-date",)),
        Line("Who opened the meeting?", says=("Jacob Choi",)),
        Line("Who opened the meeting?", offers=("meeting-date",)),
        Line("Who opened the meeting?", quotes=True),
        Line("Who opened the meeting?", assumed=True),
        Line("Who opened the meeting?", new=True),
    ],
)
def test_a_reply_that_is_not_as_written_is_noticed(shipped: Answerer, line: Line) -> None:
    reply, _ = shipped.reply(line.user)
    assert len(broken(line, reply, as_text(reply, shipped.texts), {"meeting-opener"})) == 1


@pytest.mark.parametrize(
    "written",
    [
        "about: x\ndialogs:\n- {title: t, lines: [{user: hi, outcome: chatt}]}",
        "about: x\ndialogs:\n- {title: t, lines: [{user: hi, utcome: chat}]}",
        "about: x\ndialogs:\n- {title: t, lines: [{user: 5, outcome: chat}]}",
        "about: x\ndialogs:\n- {title: t, lines: [{user: hi}]}",
        "dialogs: []",
    ],
)
def test_a_slip_in_a_dialog_is_an_error(tmp_path: Path, written: str) -> None:
    (tmp_path / "slip.yaml").write_text(written, encoding="utf-8")
    with pytest.raises((TypeError, ValueError)):
        list(read_dialogs(tmp_path))
