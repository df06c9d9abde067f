"""Buttons: more, follow-up, suggestions, delete; after a restart, and after the facts changed."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from bot.platforms.discord.buttons import Row
from bot.platforms.discord.sending import MOST_ROWS
from tests.discord_standin import ApiError, ManualClock, Stored
from tests.discord_standin.interactions import COMPONENT
from tests.discord_standin.people import MANAGE_MESSAGES

from .conftest import Place, Running, assert_pings_nobody


async def ask(home: Place, text: str) -> Stored:
    message = await home.discord.people.say(home.alice, home.channel, f"{home.mention} {text}")
    return await home.discord.reply(message)


def labels(message: Stored) -> list[str]:
    return [b["label"] for row in message.payload["components"] for b in row["components"]]


async def test_more_is_private_and_tells_the_rest(home: Place) -> None:
    reply = await ask(home, "what did the mayor say about the fire?")
    assert "We will rebuild" not in reply.payload["content"]
    assert "She spoke on the quay" not in reply.payload["content"]
    pressed = await home.discord.people.press(home.alice, reply, "More")
    more = await home.discord.response(pressed)
    content = more.payload["content"]
    assert more.only_for == home.alice.id
    assert "> “We will rebuild what was lost.”" in content
    assert "paragraphs 4, 5" in content
    assert "Editor's note: She spoke on the quay." in content
    assert labels(more) == ["How many firefighters came to the harbour?", "Delete"]


async def test_more_tells_each_side_once(home: Place) -> None:
    reply = await ask(home, "were the sprinklers switched off?")
    pressed = await home.discord.people.press(home.alice, reply, "More")
    more = await home.discord.response(pressed)
    assert more.payload["content"].count("paragraphs 6, 7") == 1
    assert "Those sprinklers" not in more.payload["content"]


async def test_a_follow_up_is_asked_in_a_form_and_answered_in_the_context(home: Place) -> None:
    people = home.discord.people
    reply = await ask(home, "what did the mayor say about the fire?")
    opened = await home.discord.settled(await people.press(home.alice, reply, "Ask a follow-up"))
    sent = await people.submit(opened, question="source?")
    answer = await home.discord.response(sent)
    assert "That is what Dana Whitlock said" in answer.payload["content"]
    assert "source?" in answer.payload["content"]


@pytest.mark.parametrize("length", [11, 40, 48])
async def test_a_follow_up_keeps_its_context_however_long_the_facts_id_is(
    place: Place, running: Running, facts: Path, clock: ManualClock, length: int
) -> None:
    people, standin = place.discord.people, place.discord
    file = facts / "base.yaml"
    file.write_text(file.read_text().replace("mayor-words", "mayor-words".ljust(length, "x")))
    async with running(standin):
        reply = await ask(place, "what did the mayor say about the fire?")
        clock.advance(700)  # what they were talking about is forgotten
        opened = await standin.settled(await people.press(place.alice, reply, "Ask a follow-up"))
        answer = await standin.response(await people.submit(opened, question="source?"))
    assert "That is what Dana Whitlock said" in answer.payload["content"]


async def test_a_follow_up_of_blanks_is_answered_to_whoever_sent_it_alone(home: Place) -> None:
    people = home.discord.people
    reply = await ask(home, "what did the mayor say about the fire?")
    opened = await home.discord.settled(await people.press(home.alice, reply, "Ask a follow-up"))
    answer = await home.discord.response(await people.submit(opened, question=" \u200b "))
    assert answer.only_for == home.alice.id
    assert answer.payload["content"].startswith("Ask me a question, for example")


async def test_many_who_ask_the_same_at_once_get_each_their_own_buttons(home: Place) -> None:
    askers = [home.discord.world.add_user(f"asker{number}") for number in range(40)]
    messages = [
        await home.discord.people.say(asker, home.discord.world.direct(asker), question)
        for number, asker in enumerate(askers)
        for question in ["how many firefighters came?" if number % 3 else "what is an eggplant?"]
    ]
    for asker, message in zip(askers, messages, strict=True):
        reply = await home.discord.reply(message)
        [row] = reply.payload["components"]
        assert {button["custom_id"].split(":")[3] for button in row["components"]} == {asker.id}


async def test_of_rows_that_are_on_their_way_at_once_few_are_kept(home: Place) -> None:
    world, people = home.discord.world, home.discord.people
    askers = [world.add_user(f"asker{number}") for number in range(40)]
    # All have asked before Discord takes the first answer.
    home.discord.rest.faults.limit("POST", "/channels", 0.5, everywhere=True)
    question = "how many firefighters came?"
    messages = [await people.say(asker, world.direct(asker), question) for asker in askers]
    for message in messages:
        await home.discord.reply(message)
    await ask(home, question)
    gc.collect()
    assert sum(isinstance(one, Row) for one in gc.get_objects()) <= MOST_ROWS


async def test_old_buttons_and_open_forms_work_after_a_restart(
    place: Place, running: Running
) -> None:
    people, standin = place.discord.people, place.discord
    async with running(standin):
        reply = await ask(place, "what did the mayor say about the fire?")
        opened = await standin.settled(await people.press(place.alice, reply, "Ask a follow-up"))
    async with running(standin):
        more = await standin.response(await people.press(place.alice, reply, "More"))
        assert "We will rebuild" in more.payload["content"]
        answer = await standin.response(await people.submit(opened, question="source?"))
        assert "That is what Dana Whitlock said" in answer.payload["content"]
    assert_pings_nobody(standin)


async def test_old_buttons_say_so_where_the_facts_have_changed_or_gone(
    place: Place, running: Running, facts: Path
) -> None:
    people, standin = place.discord.people, place.discord
    async with running(standin):
        mayor = await ask(place, "what did the mayor say about the fire?")
        count = await ask(place, "how many firefighters came?")
    file = facts / "base.yaml"
    text = file.read_text().replace("id: firefighters", "id: fire-brigade")
    file.write_text(text.replace("related: [firefighters]", "related: [fire-brigade]"))
    async with running(standin):
        more = await standin.response(await people.press(place.alice, mayor, "More"))
        assert more.payload["content"].startswith("The facts have been updated")
        assert "We will rebuild" in more.payload["content"]
        gone = await standin.response(await people.press(place.alice, count, "More"))
        assert "no longer among them" in gone.payload["content"]
        assert gone.only_for == place.alice.id


async def test_an_example_pressed_by_its_asker_turns_the_message_into_the_answer(
    home: Place,
) -> None:
    reply = await ask(home, "")
    press = await home.discord.people.press(
        home.alice, reply, "How many firefighters came to the harbour?"
    )
    answer = await home.discord.response(press)
    assert answer.payload["id"] == reply.payload["id"]
    assert "Sixty firefighters" in answer.payload["content"]
    assert labels(answer) == ["Ask a follow-up", "More", "Helpful", "Not helpful"]


async def test_an_example_pressed_by_somebody_else_answers_them_alone(home: Place) -> None:
    reply = await ask(home, "")
    before = reply.payload["content"]
    press = await home.discord.people.press(
        home.owner, reply, "How many firefighters came to the harbour?"
    )
    answer = await home.discord.response(press)
    assert answer.only_for == home.owner.id
    assert "Sixty firefighters" in answer.payload["content"]
    assert reply.payload["content"] == before


async def test_a_base_without_examples_offers_its_first_questions_wherever_it_gives_examples(
    place: Place, running: Running, facts: Path
) -> None:
    file = facts / "base.yaml"
    text = file.read_text()
    file.write_text(text[: text.index("  examples:")] + text[text.index("sources:") :])
    first = [
        "How many firefighters came to the harbour?",
        "What did the mayor say about the fire?",
        "Who said that the sprinklers were off?",
    ]
    async with running(place.discord):
        for said in ("", "hello", "how do I bake a chocolate cake?"):
            reply = await ask(place, said)
            assert labels(reply)[:3] == first
        press = await place.discord.people.press(place.alice, reply, "None of these")
        refused = await place.discord.response(press)
    assert all(question in refused.payload["content"] for question in first)
    assert labels(refused)[0] == first[0]


async def test_what_it_does_not_know_offers_what_is_near(home: Place) -> None:
    reply = await ask(home, "what caused the fire?")
    assert "does not say" in reply.payload["content"]
    offered = "Who said that the sprinklers were off?"
    assert labels(reply) == [offered, "None of these", "Helpful", "Not helpful"]


async def test_what_is_beside_the_event_is_met_with_its_examples(home: Place) -> None:
    reply = await ask(home, "how do I bake a chocolate cake?")
    assert "I have nothing on that" in reply.payload["content"]
    assert labels(reply) == [
        "How many firefighters came to the harbour?",
        "What did the mayor say about the fire?",
        "Who denied that the sprinklers were off?",
        "None of these",
    ]
    press = await home.discord.people.press(home.alice, reply, labels(reply)[0])
    answer = await home.discord.response(press)
    assert "Sixty firefighters" in answer.payload["content"]


async def test_more_takes_several_messages_for_many_quotes_and_all_are_private(
    place: Place, running: Running, facts: Path
) -> None:
    file = facts / "base.yaml"
    quote = "      - text: We will rebuild what was lost.\n"
    said = [f"{'We will not give in to this. ' * 30}That was number {n}." for n in range(6)]
    assert quote in file.read_text()
    added = "".join(f'      - text: "{words}"\n        speaker: dana-whitlock\n' for words in said)
    file.write_text(file.read_text().replace(quote, added + quote))
    people, standin = place.discord.people, place.discord
    async with running(standin):
        reply = await ask(place, "what did the mayor say about the fire?")
        pressed = await people.press(place.alice, reply, "More")
        await standin.response(pressed)
    sent = [m for m in standin.world.messages.values() if m.only_for == place.alice.id]
    told = "\n".join(message.payload["content"] for message in sent)
    assert len(sent) == 4
    assert all(f"> “{words}”" in told for words in [*said, "We will rebuild what was lost."])
    assert_pings_nobody(standin)


async def test_none_of_these_is_the_askers_and_offers_examples(home: Place) -> None:
    people = home.discord.people
    reply = await ask(home, "what caused the fire?")
    refused = await home.discord.response(await people.press(home.owner, reply, "None of these"))
    assert refused.only_for == home.owner.id
    assert "Only whoever asked" in refused.payload["content"]
    said = await home.discord.response(await people.press(home.alice, reply, "None of these"))
    assert said.payload["id"] == reply.payload["id"]
    assert "other words" in said.payload["content"]


async def test_delete_is_for_the_asker_and_for_moderators(home: Place) -> None:
    people, standin = home.discord.people, home.discord
    stranger = standin.world.add_user("stranger")
    home.server.members[stranger.id] = set()
    first, second = await ask(home, "how many firefighters?"), await ask(home, "what did she say?")
    seen = await standin.response(await people.press(stranger, first, "More"))
    assert "Delete" not in labels(seen)
    for number, (person, answer) in enumerate([(home.alice, first), (home.owner, second)], 1):
        more = await standin.response(await people.press(person, answer, "More"))
        await people.press(person, more, "Delete")
        await standin.wait_call("DELETE", f"/messages/{answer.payload['id']}")
        assert answer.payload["id"] not in standin.world.messages
        await standin.wait_call("PATCH", "/messages/@original", times=number)
        assert more.payload["content"] == "Deleted."
        assert labels(more) == []


async def test_delete_is_refused_to_whoever_is_no_moderator_any_more(home: Place) -> None:
    people, standin = home.discord.people, home.discord
    moderator = standin.world.add_user("maud")
    home.server.members[moderator.id] = set()
    role = standin.world.add_role(home.server, "moderators", MANAGE_MESSAGES, moderator)
    answer = await ask(home, "how many firefighters?")
    more = await standin.response(await people.press(moderator, answer, "More"))
    home.server.members[moderator.id].discard(role.id)
    refused = await standin.response(await people.press(moderator, more, "Delete"))
    assert "Only whoever asked" in refused.payload["content"]
    assert answer.payload["id"] in standin.world.messages


async def test_a_delete_that_discord_refuses_is_told(home: Place) -> None:
    people, standin = home.discord.people, home.discord
    answer = await ask(home, "how many firefighters?")
    more = await standin.response(await people.press(home.alice, answer, "More"))
    place = f"/channels/{home.channel.id}/messages/{answer.payload['id']}"
    standin.rest.faults.fail("DELETE", place, 403)
    await people.press(home.alice, more, "Delete")
    await standin.wait_for(lambda: "may not delete" in more.payload["content"] or None)


async def command(home: Place, text: str, *, private: bool = False) -> Stored:
    asked = await home.discord.people.slash(
        home.alice, home.channel, "ask", question=text, private=private
    )
    return await home.discord.response(asked)


@pytest.mark.parametrize("private", [False, True])
async def test_what_is_no_answer_can_be_taken_back_by_its_asker(home: Place, private: bool) -> None:
    people, standin = home.discord.people, home.discord
    stranger = standin.world.add_user("stranger")
    home.server.members[stranger.id] = set()
    questions = ("hello, filthy swine", "what caused the bloody fire?", "did the swine dance?")
    for number, question in enumerate(questions, 1):
        reply = await command(home, question, private=private)
        assert question in reply.payload["content"]
        if "Delete" not in labels(reply):
            await standin.response(await people.press(home.alice, reply, "None of these"))
        if not private:
            refused = await standin.response(await people.press(stranger, reply, "Delete"))
            assert "Only whoever asked" in refused.payload["content"]
        await people.press(home.alice, reply, "Delete")
        await standin.wait_call("DELETE", "/messages/@original", times=number)
        assert reply.payload["id"] not in standin.world.messages


async def test_delete_pressed_twice_is_no_error(
    home: Place, caplog: pytest.LogCaptureFixture
) -> None:
    people, standin = home.discord.people, home.discord
    reply = await command(home, "hello, filthy swine")
    for _ in range(2):
        await people.press(home.alice, reply, "Delete")
    await standin.wait_call("DELETE", "/messages/@original", times=2)
    await command(home, "how many firefighters came?")
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == []
    said = [message.payload["content"] for message in standin.world.messages.values()]
    assert [text for text in said if "went wrong" in text] == []


async def test_an_answer_in_private_can_be_deleted_too(home: Place) -> None:
    people, standin = home.discord.people, home.discord
    direct = standin.world.direct(home.alice)
    said = await people.say(home.alice, direct, "how many firefighters came?")
    answer = await standin.reply(said)
    more = await standin.response(await people.press(home.alice, answer, "More"))
    await people.press(home.alice, more, "Delete")
    await standin.wait_call("DELETE", f"/messages/{answer.payload['id']}")
    assert answer.payload["id"] not in standin.world.messages


async def test_what_nobody_but_its_asker_sees_has_no_delete_under_more(home: Place) -> None:
    answer = await command(home, "how many firefighters came?", private=True)
    pressed = await home.discord.people.press(home.alice, answer, "More")
    assert "Delete" not in labels(await home.discord.response(pressed))


async def test_a_question_that_was_pressed_stands_above_its_answer(home: Place) -> None:
    people, standin = home.discord.people, home.discord
    reply = await command(home, "what caused the fire?")
    question = "Who said that the sprinklers were off?"
    answer = await standin.response(await people.press(home.alice, reply, question))
    assert answer.payload["content"].startswith(f"-# Asked: {question}\n")


async def test_a_press_that_comes_too_late_harms_nothing(home: Place) -> None:
    people = home.discord.people
    reply = await ask(home, "how many firefighters came?")
    button = reply.payload["components"][0]["components"][1]
    late = people._open(COMPONENT, home.alice, home.channel, reply, age=4)
    await people._send(
        late,
        {"custom_id": button["custom_id"], "component_type": 2},
        {"message": reply.payload},
    )
    with pytest.raises(ApiError, match="Unknown interaction"):
        await home.discord.response(late)
    assert "a warning" in (await ask(home, "what did the mayor say?")).payload["content"]
