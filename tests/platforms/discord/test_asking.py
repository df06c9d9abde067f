"""Every way of asking gets the answer, and nobody else gets anything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.platforms.discord.commands import QUESTION_LIMIT
from tests.discord_standin import ApiError, ManualClock, Stored
from tests.discord_standin.people import READ_MESSAGE_HISTORY, SEND_MESSAGES

from .conftest import Place, Running

QUESTION = "how many firefighters came?"
ANSWER = "Sixty firefighters came to the harbour."


async def ask(home: Place, text: str = QUESTION) -> Stored:
    message = await home.discord.people.say(home.alice, home.channel, f"{home.mention} {text}")
    return await home.discord.reply(message)


async def follow(home: Place, text: str, answered: Stored) -> str:
    """What is said to a reply, with ping, to a message of the bot."""
    people = home.discord.people
    message = await people.say(home.alice, home.channel, text, reply_to=answered)
    return str((await home.discord.reply(message)).payload["content"])


async def test_a_mention_is_answered_with_its_source(home: Place) -> None:
    reply = await ask(home)
    first, source = reply.payload["content"].split("\n")
    assert first == ANSWER
    assert "Ellery Post" in source
    assert "[Warehouse burns in the harbour](<https://post.example.org/warehouse>)" in source
    assert "as of Tuesday" in source


async def test_a_direct_message_is_answered(home: Place) -> None:
    direct = home.discord.world.direct(home.alice)
    message = await home.discord.people.say(home.alice, direct, QUESTION)
    reply = await home.discord.reply(message)
    assert ANSWER in reply.payload["content"]


async def test_a_quote_stands_in_a_block_with_speaker_and_role(home: Place) -> None:
    reply = await ask(home, "what did the mayor say about the fire?")
    assert (
        "> “a warning to us all”\n> — **Dana Whitlock**, mayor of Port Ellery"
        in reply.payload["content"]
    )


async def test_a_quote_is_shown_and_copied_exactly_as_it_is(
    place: Place, running: Running, facts: Path
) -> None:
    file = facts / "base.yaml"
    words = "a warning to us and/or to all of @everyone, 24/7"
    file.write_text(file.read_text().replace("a warning to us all", words))
    async with running(place.discord):
        reply = await ask(place, "what did the mayor say about the fire?")
    assert f"> “{words.replace('@', chr(92) + '@')}”\n" in reply.payload["content"]


async def test_the_address_of_a_source_can_be_opened_wherever_it_is_told(home: Place) -> None:
    reply = await ask(home, "source?")
    assert " https://post.example.org/warehouse." in reply.payload["content"]
    assert reply.payload["flags"] & 4  # with no preview of the page below


async def test_two_sides_are_shown_one_under_the_other_with_a_quote_each(home: Place) -> None:
    reply = await ask(home, "were the sprinklers switched off?")
    content = reply.payload["content"]
    order = [
        content.index(text)
        for text in (
            "accused Brightwater",
            "dead for a year",
            "denied it",
            "Every one of them was working",
        )
    ]
    assert order == sorted(order)


async def test_ask_answers_and_shows_the_question(home: Place) -> None:
    people = home.discord.people
    asked = await people.slash(home.alice, home.channel, "ask", question=QUESTION)
    response = await home.discord.response(asked)
    assert ANSWER in response.payload["content"]
    assert "how many firefighters came?" in response.payload["content"]
    assert response.only_for is None


async def test_a_question_of_nothing_to_see_is_answered_to_its_asker_alone(home: Place) -> None:
    asked = await home.discord.people.slash(
        home.alice, home.channel, "ask", question="\u3164\u2800\u034f"
    )
    response = await home.discord.response(asked)
    assert response.only_for == home.alice.id
    assert "Asked" not in response.payload["content"]


async def test_ask_in_private_is_seen_by_the_asker_alone(home: Place) -> None:
    people = home.discord.people
    asked = await people.slash(home.alice, home.channel, "ask", question=QUESTION, private=True)
    response = await home.discord.response(asked)
    assert ANSWER in response.payload["content"]
    assert response.only_for == home.alice.id


async def test_what_was_asked_in_private_is_not_shown_by_the_next_question(home: Place) -> None:
    people = home.discord.people
    secretly = "what did that liar of a mayor say about the fire?"
    asked = await people.slash(home.alice, home.channel, "ask", question=secretly, private=True)
    assert (await home.discord.response(asked)).only_for == home.alice.id

    mentioned = await people.say(home.alice, home.channel, f"{home.mention} when?")
    shown = await home.discord.reply(mentioned)
    assert "liar" not in shown.payload["content"]

    again = await people.slash(home.alice, home.channel, "ask", question=secretly, private=True)
    await home.discord.response(again)
    further = await people.slash(home.alice, home.channel, "ask", question="when?", private=True)
    assert "liar" in (await home.discord.response(further)).payload["content"]


async def test_what_was_looked_up_of_somebody_else_is_not_shown_by_the_next_question(
    home: Place,
) -> None:
    people = home.discord.people
    theirs = await people.say(
        home.owner, home.channel, "what did that liar of a mayor say about the fire?"
    )
    await home.discord.response(
        await people.menu(home.alice, home.channel, "Ask about this", theirs)
    )

    mentioned = await people.say(home.alice, home.channel, f"{home.mention} when?")

    assert "liar" not in (await home.discord.reply(mentioned)).payload["content"]


async def test_completion_offers_the_bases_questions_despite_a_typo(home: Place) -> None:
    people = home.discord.people
    typing = await people.complete(home.alice, home.channel, "ask", "question", "firefihgters")
    await home.discord.settled(typing)
    choices = typing.data["choices"]
    assert "firefighters" in [choice["value"] for choice in choices]
    assert len(choices) <= 25


async def test_a_question_by_command_is_as_long_as_the_command_says(home: Place) -> None:
    people = home.discord.people
    longest = f"{QUESTION} ".ljust(QUESTION_LIMIT, "?")
    asked = await people.slash(home.alice, home.channel, "ask", question=longest)
    assert ANSWER in (await home.discord.response(asked)).payload["content"]
    with pytest.raises(LookupError, match="question takes 1 to 500 characters, not 501"):
        await people.slash(home.alice, home.channel, "ask", question=f"{longest}?")


async def test_a_picked_completion_is_answered_by_its_fact(home: Place) -> None:
    people = home.discord.people
    asked = await people.slash(home.alice, home.channel, "ask", question="firefighters")
    response = await home.discord.response(asked)
    assert ANSWER in response.payload["content"]


async def test_a_word_that_leans_is_no_picked_completion_though_a_fact_is_called_so(
    place: Place, running: Running, facts: Path
) -> None:
    file = facts / "base.yaml"
    text = file.read_text().replace("id: firefighters", "id: source")
    file.write_text(text.replace("related: [firefighters]", "related: [source]"))
    async with running(place.discord):
        await ask(place, "what did the mayor say about the fire?")
        people = place.discord.people
        asked = await people.slash(place.alice, place.channel, "ask", question="source")
        said = (await place.discord.response(asked)).payload["content"]
        assert "That is what Dana Whitlock said" in said
        assert ANSWER not in said


async def test_a_reply_with_ping_continues_the_answer_that_it_replies_to(home: Place) -> None:
    first = await ask(home, "what did the mayor say about the fire?")
    await ask(home, QUESTION)  # meanwhile they talk about something else
    assert "That is what Dana Whitlock said" in await follow(home, "source?", first)


async def test_a_reply_to_an_offer_is_about_what_that_offers(home: Place) -> None:
    offer = await ask(home, "union")
    await ask(home, QUESTION)  # meanwhile they talk about something else
    assert "switched the sprinklers off" in await follow(home, "yes", offer)
    await ask(home, "what did the mayor say about the fire?")
    assert "Taken as: why" not in await follow(home, "why?", offer)


async def test_a_reply_to_examples_goes_on_from_what_was_told_before(home: Place) -> None:
    await ask(home, "what did the mayor say about the fire?")
    examples = await ask(home, "help")
    assert "Dana Whitlock" in await follow(home, "who said that?", examples)


async def test_a_question_of_the_base_that_was_picked_is_shown_as_it_stands(
    place: Place, running: Running, facts: Path
) -> None:
    file = facts / "base.yaml"
    asked = "How many firefighters and/or engines came 24/7?"
    first = "How many firefighters came to the harbour?"
    assert first in file.read_text()
    file.write_text(file.read_text().replace(first, asked))
    async with running(place.discord):
        used = await place.discord.people.slash(
            place.alice, place.channel, "ask", question="firefighters"
        )
        response = await place.discord.response(used)
    assert f"Asked: {asked}" in response.payload["content"]


async def test_a_reply_to_several_answers_is_about_the_last_of_them(
    home: Place, clock: ManualClock
) -> None:
    first = await ask(home, f"{QUESTION} and what did the mayor say about the fire?")
    for seconds in (0, 700):  # in their conversation, and when that is forgotten
        clock.advance(seconds)
        assert "Dana Whitlock" in await follow(home, "who said that?", first)


async def test_a_reply_to_an_answer_of_other_facts_says_that_they_were_updated(
    place: Place, running: Running, facts: Path
) -> None:
    people, standin = place.discord.people, place.discord
    async with running(standin):
        reply = await ask(place)
    file = facts / "base.yaml"
    text = file.read_text().replace("id: firefighters", "id: fire-brigade")
    file.write_text(text.replace("related: [firefighters]", "related: [fire-brigade]"))
    async with running(standin):
        message = await people.say(place.alice, place.channel, "source?", reply_to=reply)
        said = await standin.reply(message)
        opened = await standin.settled(await people.press(place.alice, reply, "Ask a follow-up"))
        sent = await standin.response(await people.submit(opened, question=QUESTION))
    updated = "-# The facts have been updated since that message."
    assert said.payload["content"].startswith(updated)
    assert sent.payload["content"].startswith(updated)
    assert ANSWER in sent.payload["content"]


async def test_a_follow_up_is_understood_for_ten_minutes_and_then_no_more(
    home: Place, clock: ManualClock
) -> None:
    await ask(home, "what did the mayor say about the fire?")
    clock.advance(599)
    within = await ask(home, "source?")
    assert "That is what Dana Whitlock said" in within.payload["content"]
    clock.advance(601)
    after = await ask(home, "source?")
    assert "Dana Whitlock" not in after.payload["content"]


async def test_a_bare_mention_gets_how_to_ask_with_the_events_examples(home: Place) -> None:
    reply = await ask(home, "")
    labels = [b["label"] for b in reply.payload["components"][0]["components"]]
    assert "the Port Ellery harbour fire" in reply.payload["content"]
    assert labels == [
        "How many firefighters came to the harbour?",
        "What did the mayor say about the fire?",
        "Who denied that the sprinklers were off?",
        "Delete",
    ]


async def test_a_greeting_offers_the_examples_that_it_names(home: Place) -> None:
    reply = await ask(home, "hello")
    labels = [b["label"] for b in reply.payload["components"][0]["components"]]
    assert labels[0] == "How many firefighters came to the harbour?"
    thanked = await ask(home, "thanks")
    assert thanked.payload["components"] == []


async def test_it_never_speaks_uninvited(home: Place) -> None:
    people, standin = home.discord.people, home.discord
    other_bot = standin.world.add_user("other", bot=True)
    answered = await ask(home)
    uninvited = [
        await people.say(home.alice, home.channel, QUESTION),
        await people.say(other_bot, home.channel, f"{home.mention} {QUESTION}"),
        await people.say(standin.world.bot, home.channel, f"{home.mention} {QUESTION}"),
        await people.say(home.alice, home.channel, f"@everyone {QUESTION}"),
        await people.say(home.alice, home.channel, QUESTION, reply_to=answered, ping=False),
    ]
    await ask(home)  # a message that comes later is answered: the others were passed over
    assert [standin.replies(message) for message in uninvited] == [[], [], [], [], []]


async def test_a_server_that_it_has_not_heard_of_is_no_direct_message(home: Place) -> None:
    standin = home.discord
    hidden = standin.world.add_server("Unannounced", home.owner)
    channel = standin.world.add_channel(hidden, "general")
    overheard = await standin.people.say(home.owner, channel, QUESTION)
    meant = await standin.people.say(home.owner, channel, f"{home.mention} {QUESTION}")
    assert ANSWER in (await standin.reply(meant)).payload["content"]
    assert standin.replies(overheard) == []


async def test_fifty_people_at_once_each_get_one_answer(home: Place) -> None:
    world, people = home.discord.world, home.discord.people
    askers = [world.add_user(f"asker{n}") for n in range(50)]
    for asker in askers:
        home.server.members[asker.id] = set()
    asked = [
        await people.say(asker, home.channel, f"{home.mention} {QUESTION}") for asker in askers
    ]
    await asyncio.gather(*(home.discord.reply(message) for message in asked))
    await ask(home)
    assert [len(home.discord.replies(message)) for message in asked] == [1] * 50


NASTY = "@everyone **x** ||y|| discord.gg/abc https://a.b <@1> `z` \u202e\u200b"


async def by_command(home: Place) -> Stored:
    text = f"{NASTY} how many firefighters?"
    asked = await home.discord.people.slash(home.alice, home.channel, "ask", question=text)
    return await home.discord.response(asked)


async def by_mention(home: Place) -> Stored:
    return await ask(home, f"{NASTY} how many firefighters? {NASTY} what did the mayor say?")


async def by_form(home: Place) -> Stored:
    people, standin = home.discord.people, home.discord
    opened = await people.press(home.alice, await ask(home), "Ask a follow-up")
    sent = await people.submit(await standin.settled(opened), question=f"{NASTY} source?")
    return await standin.response(sent)


async def by_message_command(home: Place) -> Stored:
    people = home.discord.people
    theirs = await people.say(home.owner, home.channel, f"{NASTY} how many firefighters?")
    used = await people.menu(home.alice, home.channel, "Ask about this", theirs)
    return await home.discord.response(used)


@pytest.mark.parametrize("path", [by_command, by_mention, by_form, by_message_command])
async def test_what_people_typed_cannot_ping_format_link_or_hide(
    home: Place, path: Callable[[Place], Awaitable[Stored]]
) -> None:
    content = (await path(home)).payload["content"]
    own = content.replace("(<https://post.example.org/warehouse>)", "")
    for piece in ("@everyone", "**x**", "||", "discord.gg/abc", "://", "<@1>", "`z", "\u202e"):
        assert piece not in own.replace("\\|", "").replace("\\`", "")


async def test_an_interaction_that_ran_out_is_let_go_and_the_bot_lives_on(home: Place) -> None:
    people = home.discord.people
    late = await people.slash(home.alice, home.channel, "ask", age=3.5, question=QUESTION)
    with pytest.raises(ApiError, match="Unknown interaction"):
        await home.discord.response(late)
    assert ANSWER in (await ask(home)).payload["content"]


async def test_without_read_history_it_answers_without_the_reference(
    place: Place, running: Running
) -> None:
    server = place.server
    for role in server.roles.values():
        role.permissions &= ~READ_MESSAGE_HISTORY
    async with running(place.discord):
        people = place.discord.people
        await people.say(place.alice, place.channel, f"{place.mention} {QUESTION}")
        call = await place.discord.wait_call("POST", f"/channels/{place.channel.id}/messages")
        assert call.status == 200
        assert "message_reference" not in call.body


async def test_where_it_may_not_write_it_is_silent_and_says_so_in_one_log_line(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    mute_server, mute = await place.discord.add_server("Mute", place.owner)
    for role in mute_server.roles.values():
        role.permissions &= ~SEND_MESSAGES
    async with running(place.discord):
        people = place.discord.people
        for _ in range(3):
            await people.say(place.alice, mute, f"{place.mention} {QUESTION}")
        await ask(place)
        posts = [c for c in place.discord.rest.calls if c.path.startswith(f"/channels/{mute.id}")]
    lines = [r.getMessage() for r in caplog.records if "may not write" in r.getMessage()]
    assert posts == []
    assert len(lines) == 1
    assert "Send Messages" in lines[0]
