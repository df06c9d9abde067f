"""Trouble of every kind: refusals, a token that is taken back, crowds, an engine that fails."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import build_answerer
from bot.dialogue.answerer import Answerer
from bot.dialogue.conversation import NOTHING_SAID, Conversation
from bot.dialogue.current import Current
from bot.dialogue.reply import Reply, Suggestion
from bot.errors import FootnoteError
from bot.facts.load import load_base
from bot.platforms.discord import run_discord
from tests.discord_standin import DiscordStandin, Stored
from tests.discord_standin.interactions import DEFERRED, Interaction

from .conftest import BASE, UNHURRIED, Heard, Place, Running

QUESTION = "how many firefighters came?"
ANSWER = "Sixty firefighters came"


async def say(place: Place, text: str = QUESTION) -> Stored:
    return await place.discord.people.say(place.alice, place.channel, f"{place.mention} {text}")


@pytest.mark.parametrize(
    ("status", "code", "logged"), [(404, 10062, 0), (400, 40060, 0), (400, 50035, 1)]
)
async def test_a_completion_that_comes_too_late_is_no_error_in_the_log_and_any_other_is(
    home: Place, caplog: pytest.LogCaptureFixture, status: int, code: int, logged: int
) -> None:
    people, standin = home.discord.people, home.discord
    standin.rest.faults.fail("POST", "/interactions/", status, code, "Refused")
    await people.complete(home.alice, home.channel, "ask", "question", "how")
    await standin.wait_call("POST", "/interactions/")
    typing = await people.complete(home.alice, home.channel, "ask", "question", "how many")
    await standin.settled(typing)
    assert len([r for r in caplog.records if r.name.startswith("discord")]) == logged


async def test_a_token_that_is_taken_back_while_it_runs_ends_it_with_one_line(
    place: Place, running: Running
) -> None:
    async def taken_back() -> None:
        async with running(place.discord) as task:
            place.discord.gateway.token = "the new one"  # noqa: S105 - of the loopback Discord
            await place.discord.gateway.drop(4000)
            await asyncio.wait((task,), timeout=10)

    with pytest.raises(FootnoteError) as refused:
        await taken_back()
    [line] = refused.value.lines
    assert line.startswith("DISCORD_TOKEN: ")


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (401, 0, "could not answer message"),
        (403, 50013, "was refused to write"),
        (404, 10003, "could not answer message"),
        (400, 50035, "could not answer message"),
    ],
)
async def test_a_refused_answer_is_one_line_in_the_log_and_the_next_is_given(
    home: Place, status: int, code: int, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    home.discord.rest.faults.fail("POST", "/channels/", status, code, "for a reason")
    refused = await say(home)
    after = await say(home, "what did the mayor say?")
    await home.discord.reply(after)
    [line] = [record for record in caplog.records if told in record.getMessage()]
    assert "for a reason" in line.getMessage()
    assert line.exc_info is None
    assert home.discord.replies(refused) == []


async def test_a_conversation_goes_on_after_the_connection_was_lost_in_the_middle_of_it(
    home: Place,
) -> None:
    await home.discord.reply(await say(home, "what did the mayor say about the fire?"))
    home.discord.gateway.cut()
    during = await say(home, "source?")
    await home.discord.wait_resumed()
    reply = await home.discord.reply(during)
    assert "That is what Dana Whitlock said" in reply.payload["content"]


@pytest.mark.parametrize("private", [False, True])
async def test_a_command_that_waits_long_for_its_turn_is_deferred_and_then_answered(
    place: Place, running: Running, private: bool
) -> None:
    people, standin = place.discord.people, place.discord
    async with running(standin, options=replace(UNHURRIED, patience=0.0)):
        for _ in range(2):  # the second time the channel was told already
            for n in range(20):  # who are before them in the queue
                other = standin.world.add_user(f"asker{n}")
                await people.say(other, standin.world.direct(other), QUESTION)
            used = await people.slash(
                place.alice, place.channel, "ask", question=QUESTION, private=private
            )
            said = await answered(standin, used)
            assert used.answer is not None
            assert used.answer["type"] == DEFERRED
            assert ANSWER in said.payload["content"]
            assert said.only_for == (place.alice.id if private else None)


async def answered(standin: DiscordStandin, used: Interaction) -> Stored:
    """The message that fills a deferred response."""

    def find() -> Stored | None:
        filled = [standin.world.messages[at] for at in used.messages]
        return next((one for one in filled if one.payload["content"]), None)

    return await standin.wait_for(find, "the answer")


async def test_many_commands_at_once_are_all_answered_in_time(home: Place) -> None:
    world, people, standin = home.discord.world, home.discord.people, home.discord
    askers = [world.add_user(f"asker{n}") for n in range(50)]
    for asker in askers:
        home.server.members[asker.id] = set()
    used = [
        await people.slash(asker, home.channel, "ask", question=QUESTION, private=True)
        for asker in askers
    ]
    said = [await standin.response(one) for one in used]
    assert all(ANSWER in one.payload["content"] for one in said)
    assert [one.only_for for one in said] == [asker.id for asker in askers]


@asynccontextmanager
async def running_with(
    engine: type[Answerer], standin: DiscordStandin, data: Path
) -> AsyncIterator[None]:
    """The bot with an engine that has a fault, until the block ends."""
    sound = build_answerer(load_base(BASE))
    faulty = engine(sound.base, sound.matcher.lexicon.language, sound.texts, sound.matcher.learnt)
    stop = asyncio.Event()
    task = asyncio.create_task(
        run_discord(
            current=Current(faulty),
            token=standin.token,
            stop=stop,
            data=data,
            api_url=standin.api_url,
            gateway_url=standin.gateway_url,
        )
    )
    await standin.wait_ready()
    yield
    stop.set()
    await task


class FailingCompletion(Answerer):
    """An engine with a fault in what it completes."""

    def complete(self, typed: str, limit: int = 25) -> tuple[Suggestion, ...]:
        raise RuntimeError(f"no {limit} completions of {typed!r}")


async def test_a_completion_that_fails_is_empty_and_logged_and_asking_still_works(
    place: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    standin = place.discord
    async with running_with(FailingCompletion, standin, tmp_path):
        typing = await standin.people.complete(
            place.alice, place.channel, "ask", "question", "fire"
        )
        await standin.settled(typing)
        used = await standin.people.slash(place.alice, place.channel, "ask", question=QUESTION)
        said = await standin.response(used)
    assert typing.data["choices"] == []
    assert "completion of 4 characters failed" in caplog.text
    assert ANSWER in said.payload["content"]


class TellingWhere(Answerer):
    """An engine that completes what is typed by the thread in which it does so."""

    def complete(self, typed: str, limit: int = 25) -> tuple[Suggestion, ...]:
        thread = threading.current_thread().name
        return (Suggestion("thread", f"{typed} {thread}"),)[:limit]


async def test_what_is_typed_is_completed_beside_the_event_loop(
    place: Place, tmp_path: Path
) -> None:
    async with running_with(TellingWhere, place.discord, tmp_path):
        typing = await place.discord.people.complete(
            place.alice, place.channel, "ask", "question", "fire"
        )
        await place.discord.settled(typing)
    [choice] = typing.data["choices"]
    assert choice["name"].startswith("fire ")
    assert choice["name"] != f"fire {threading.current_thread().name}"


class FailingReply(Answerer):
    """An engine with a fault in what it answers to everything but QUESTION."""

    def reply(
        self, message: str, conversation: Conversation = NOTHING_SAID
    ) -> tuple[Reply, Conversation]:
        if message == QUESTION:
            return super().reply(message, conversation)
        raise RuntimeError(f"no reply to {message!r}")


@pytest.mark.parametrize("way", ["mention", "reply", "direct"])
async def test_a_fault_of_the_engine_is_logged_and_told_in_one_reply(
    place: Place, tmp_path: Path, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    people, standin = place.discord.people, place.discord
    async with running_with(FailingReply, standin, tmp_path):
        answer = await standin.reply(await say(place))
        match way:
            case "mention":
                failed = await say(place, "why?")
            case "reply":
                failed = await people.say(place.alice, place.channel, "why?", reply_to=answer)
            case _:
                failed = await people.say(place.alice, standin.world.direct(place.alice), "why?")
        await standin.reply(failed)
        await standin.reply(await say(place))
    [told] = standin.replies(failed)
    assert "Something went wrong on my side" in told.payload["content"]
    assert failed.payload["id"] in told.payload["content"]
    assert "RuntimeError: no reply to 'why?'" in caplog.text


async def test_a_fault_that_cannot_be_told_either_is_logged(
    place: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_with(FailingReply, place.discord, tmp_path):
        place.discord.rest.faults.fail("POST", "/channels/", 403, 50013, "Missing Permissions")
        failed = await say(place, "why?")
        await place.discord.reply(await say(place))
    assert place.discord.replies(failed) == []
    assert "asker could not be told: 403 Forbidden" in caplog.text


async def test_a_fault_in_a_command_that_cannot_be_told_for_want_of_a_connection_is_logged(
    place: Place, tmp_path: Path
) -> None:
    people, standin = place.discord.people, place.discord
    with Heard("asker could not be told") as heard:
        async with running_with(FailingReply, standin, tmp_path):
            standin.rest.faults.cut("POST", "/interactions/")
            await people.slash(place.alice, place.channel, "ask", question="why?")
            assert "Server disconnected" in await heard.line()
