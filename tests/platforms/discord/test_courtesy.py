"""Cooldowns, no answer twice in a channel, hints, chosen channels, the message command."""

from __future__ import annotations

import pytest

from bot.platforms.discord import Options, Rate
from bot.platforms.discord.courtesy import Courtesy
from tests.discord_standin import ManualClock, Stored, User
from tests.discord_standin.people import ADD_REACTIONS, MANAGE_MESSAGES, Overwrite

from .conftest import Heard, Place, Running

QUESTION = "how many firefighters came?"
ANSWER = "Sixty firefighters"
MAYOR = "what did the mayor say about the fire?"
DEFAULT = Options()


async def say(place: Place, text: str, author: User | None = None) -> Stored:
    return await place.discord.people.say(
        author or place.alice, place.channel, f"{place.mention} {text}"
    )


def reactions(place: Place) -> list[str]:
    return [c.path.split("/")[-2] for c in place.discord.rest.calls if "/reactions/" in c.path]


async def test_the_sixth_question_in_half_a_minute_gets_a_reaction_that_says_when(
    place: Place, running: Running, clock: ManualClock
) -> None:
    async with running(place.discord, options=DEFAULT):
        for _ in range(5):
            await place.discord.reply(await say(place, ""))
        sixth = await say(place, "")
        await place.discord.wait_call("PUT", "/reactions/")
        assert reactions(place) == ["🕧"]
        clock.advance(30)
        await place.discord.reply(await say(place, ""))
        assert place.discord.replies(sixth) == []


async def test_the_sixth_command_gets_a_private_line_that_says_when(
    place: Place, running: Running
) -> None:
    people = place.discord.people
    async with running(place.discord, options=DEFAULT):
        for _ in range(5):
            used = await people.slash(place.alice, place.channel, "ask", question=QUESTION)
            await place.discord.response(used)
        used = await people.slash(place.alice, place.channel, "ask", question=QUESTION)
        said = await place.discord.response(used)
        assert said.payload["content"] == "One moment, please: ask again in 30 s."
        assert said.only_for == place.alice.id


async def test_where_reactions_are_not_permitted_it_says_it_in_a_line(
    place: Place, running: Running
) -> None:
    place.channel.overwrites[place.discord.world.bot.id] = Overwrite(deny=ADD_REACTIONS)
    options = Options(person=Rate(1, 8))
    async with running(place.discord, options=options):
        await place.discord.reply(await say(place, QUESTION))
        said = await place.discord.reply(await say(place, QUESTION))
        assert "ask again in 8 s" in said.payload["content"]
        assert reactions(place) == []


async def test_nobody_fills_a_channel_with_lines_that_say_when(
    place: Place, running: Running, clock: ManualClock
) -> None:
    place.channel.overwrites[place.discord.world.bot.id] = Overwrite(deny=ADD_REACTIONS)
    async with running(place.discord, options=Options(person=Rate(1, 30))):
        await place.discord.reply(await say(place, ""))
        asked = []
        for _ in range(9):
            clock.advance(3)
            asked.append(await say(place, ""))
            await place.discord.reply(await say(place, "", place.owner))  # who is a moderator
        clock.advance(3)
        await place.discord.reply(await say(place, ""))
        assert [len(place.discord.replies(message)) for message in asked] == [1] + [0] * 8
        again = await place.discord.reply(await say(place, ""))
        assert "ask again in 30 s" in again.payload["content"]


async def test_a_wait_that_no_sign_says_is_told_in_a_line(place: Place, running: Running) -> None:
    async with running(place.discord, options=Options(person=Rate(1, 3600))):
        await place.discord.reply(await say(place, QUESTION))
        said = await place.discord.reply(await say(place, QUESTION))
        assert "ask again in 3600 s" in said.payload["content"]
        assert reactions(place) == []


async def test_about_explains_the_signs(home: Place) -> None:
    used = await home.discord.people.slash(home.alice, home.channel, "about")
    about = await home.discord.response(used)
    assert "in how many seconds to ask again: 🔟 10, 🕧 30, 🕐 60." in about.payload["content"]


async def test_what_a_channel_does_not_see_uses_up_nothing_of_its_rate(
    place: Place, running: Running
) -> None:
    people = place.discord.people
    async with running(place.discord, options=Options(person=Rate(2, 60), channel=Rate(1, 60))):
        for _ in range(2):
            used = await people.slash(
                place.alice, place.channel, "ask", question=QUESTION, private=True
            )
            assert ANSWER in (await place.discord.response(used)).payload["content"]
        used = await people.slash(
            place.alice, place.channel, "ask", question=QUESTION, private=True
        )
        assert "ask again" in (await place.discord.response(used)).payload["content"]
        visitor = place.discord.world.add_user("vera")
        place.server.members[visitor.id] = set()
        said = await place.discord.reply(await say(place, QUESTION, visitor))
        assert ANSWER in said.payload["content"]


async def test_where_a_reaction_is_refused_it_says_it_in_a_line_and_the_log_why(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    options = Options(person=Rate(1, 8), home_server=int(place.server.id))
    async with running(place.discord, options=options):
        await place.discord.reply(await say(place, QUESTION))
        place.discord.rest.faults.fail("PUT", "/channels/", 403, 90001, "Reaction blocked")
        said = await place.discord.reply(await say(place, QUESTION))
        assert "ask again in 8 s" in said.payload["content"]
        place.discord.rest.faults.fail("PUT", "/channels/", 403, 90001, "Reaction blocked")
        again = await say(place, QUESTION)
        await place.discord.wait_for(lambda: reactions(place)[1:] or None, "the second attempt")
    # Nobody can fill a channel with such lines by blocking the bot.
    assert place.discord.replies(again) == []
    [line] = [r.getMessage() for r in caplog.records if r.name.startswith("bot.platforms")]
    assert line.startswith(f"was asked in channel {place.channel.id} but was refused to react")
    assert "Reaction blocked" in line
    assert "Send Messages" not in line


async def test_a_command_and_a_mention_are_told_the_same_seconds(
    place: Place, running: Running, clock: ManualClock
) -> None:
    place.channel.overwrites[place.discord.world.bot.id] = Overwrite(deny=ADD_REACTIONS)
    async with running(place.discord, options=Options(person=Rate(1, 8))):
        await place.discord.reply(await say(place, QUESTION))
        clock.advance(7)
        mention = await place.discord.reply(await say(place, QUESTION))
        people = place.discord.people
        used = await people.slash(place.alice, place.channel, "ask", question=QUESTION)
        command = await place.discord.response(used)
        assert "ask again in 1 s" in mention.payload["content"]
        assert command.payload["content"] == mention.payload["content"]


async def test_a_channel_has_its_own_limit_and_moderators_have_none(
    place: Place, running: Running
) -> None:
    options = Options(person=Rate(0, 1), channel=Rate(2, 60))
    moderator = place.discord.world.add_user("mona")
    place.discord.world.add_role(place.server, "moderators", MANAGE_MESSAGES, moderator)
    async with running(place.discord, options=options):
        await place.discord.reply(await say(place, ""))
        await place.discord.reply(await say(place, "", place.owner))
        await place.discord.reply(await say(place, ""))
        await say(place, "")
        await place.discord.wait_call("PUT", "/reactions/")
        assert reactions(place) == ["🕐"]
        await place.discord.reply(await say(place, "", moderator))


async def test_the_same_answer_within_a_minute_is_a_link_for_a_mention(
    home: Place, clock: ManualClock
) -> None:
    first = await home.discord.reply(await say(home, QUESTION))
    second = await home.discord.reply(await say(home, "number of firefighters", home.owner))
    link = f"https://discord.com/channels/{home.server.id}/{home.channel.id}/{first.payload['id']}"
    assert second.payload["content"] == f"That was answered here a moment ago: {link}"
    clock.advance(60)
    third = await home.discord.reply(await say(home, QUESTION, home.owner))
    assert ANSWER in third.payload["content"]


async def test_the_same_answer_within_a_minute_is_private_for_a_command(home: Place) -> None:
    people = home.discord.people
    await home.discord.reply(await say(home, QUESTION))
    used = await people.slash(home.owner, home.channel, "ask", question=QUESTION)
    said = await home.discord.response(used)
    assert said.only_for == home.owner.id
    assert ANSWER in said.payload["content"]
    assert "only you see it" in said.payload["content"]


async def test_an_answer_to_a_command_tells_the_channel(home: Place) -> None:
    people = home.discord.people
    used = await people.slash(home.alice, home.channel, "ask", question=QUESTION)
    first = await home.discord.response(used)
    second = await home.discord.reply(await say(home, QUESTION, home.owner))
    assert second.payload["content"].endswith(f"/{first.payload['id']}")


async def test_a_question_in_reply_to_how_to_ask_tells_the_channel(home: Place) -> None:
    people = home.discord.people
    hint = await home.discord.reply(await say(home, ""))
    asked = await people.say(home.alice, home.channel, QUESTION, reply_to=hint)
    first = await home.discord.reply(asked)
    second = await home.discord.reply(await say(home, QUESTION, home.owner))
    assert second.payload["content"].endswith(f"/{first.payload['id']}")


async def test_nobody_is_sent_to_a_deleted_or_a_private_answer(home: Place) -> None:
    people = home.discord.people
    used = await people.slash(home.alice, home.channel, "ask", question=QUESTION, private=True)
    await home.discord.response(used)
    first = await home.discord.reply(await say(home, QUESTION))
    assert ANSWER in first.payload["content"]
    more = await home.discord.response(await people.press(home.alice, first, "More"))
    await people.press(home.alice, more, "Delete")
    await home.discord.wait_call("DELETE", f"/messages/{first.payload['id']}")
    second = await home.discord.reply(await say(home, QUESTION))
    assert ANSWER in second.payload["content"]


async def test_of_many_who_ask_the_same_at_once_one_is_answered_and_the_others_sent_there(
    home: Place,
) -> None:
    askers = [home.discord.world.add_user(f"asker{number}") for number in range(10)]
    for asker in askers:
        home.server.members[asker.id] = set()
    asked = [await say(home, QUESTION, asker) for asker in askers]
    said = [await home.discord.reply(message) for message in asked]
    [full] = [reply for reply in said if ANSWER in reply.payload["content"]]
    for reply in said:
        assert reply is full or reply.payload["content"].endswith(f"/{full.payload['id']}")


async def test_nobody_is_sent_to_an_answer_that_could_not_be_sent(home: Place) -> None:
    posts = f"/channels/{home.channel.id}/messages"
    home.discord.rest.faults.fail("POST", posts, 403, 50013, "Missing Permissions")
    first = await say(home, QUESTION)
    second = await say(home, QUESTION, home.owner)
    assert ANSWER in (await home.discord.reply(second)).payload["content"]
    assert home.discord.replies(first) == []


async def test_an_example_that_is_pressed_tells_the_channel(home: Place) -> None:
    people = home.discord.people
    offer = await home.discord.reply(await say(home, ""))
    count, mayor = [b["label"] for b in offer.payload["components"][0]["components"]][:2]
    await home.discord.response(await people.press(home.alice, offer, count))
    again = await home.discord.reply(await say(home, QUESTION, home.owner))
    assert again.payload["content"].endswith(f"/{offer.payload['id']}")
    await home.discord.reply(await say(home, MAYOR, home.owner))
    other = await home.discord.reply(await say(home, ""))
    before = other.payload["content"]
    told = await home.discord.response(await people.press(home.alice, other, mayor))
    assert told.only_for == home.alice.id
    assert "only you see it" in told.payload["content"]
    assert "a warning to us all" in told.payload["content"]
    assert other.payload["content"] == before


@pytest.mark.parametrize(
    "shards",
    # discord.py lets five seconds pass before it identifies anew.
    [None, pytest.param(1, marks=pytest.mark.slow)],
)
async def test_nobody_is_sent_to_an_answer_that_may_have_been_deleted_unheard(
    place: Place, running: Running, shards: int | None
) -> None:
    standin = place.discord
    async with running(standin, options=Options(shards=shards)):
        first = await standin.reply(await say(place, QUESTION))
        await standin.gateway.drop(4000)
        await standin.wait_resumed()
        second = await standin.reply(await say(place, QUESTION))
        assert second.payload["content"].endswith(f"/{first.payload['id']}")
        del standin.world.messages[first.payload["id"]]
        await standin.gateway.forget_sessions()
        await standin.wait_ready(2)
        third = await standin.reply(await say(place, QUESTION))
        assert ANSWER in third.payload["content"]


async def test_a_message_that_tells_something_else_now_tells_what_it_did_no_more() -> None:
    courtesy = Courtesy(ManualClock())
    courtesy.tell(1, ("base", "fact-1"), 10)
    courtesy.tell(1, ("base", "fact-2"), 10)
    assert await courtesy.told(1, ("base", "fact-1")) is None
    assert await courtesy.told(1, ("base", "fact-2")) == 10
    courtesy.tell(1, ("base", "fact-1"), 11)
    courtesy.tell(1, ("base", "fact-2"), 12)
    assert await courtesy.told(1, ("base", "fact-2")) == 12


class Compared(int):
    """A message's id that counts how often it is compared with another."""

    times = 0

    def __eq__(self, other: object) -> bool:
        type(self).times += 1
        return int(self) == other

    __hash__ = int.__hash__


async def test_a_message_that_is_deleted_is_looked_up_among_all_answers_not_searched_for() -> None:
    courtesy = Courtesy(ManualClock())
    for n in range(1_000):
        courtesy.tell(1, ("base", f"fact-{n}"), n)
    courtesy.tell(1, ("base", "fact-7"), 2_000)
    courtesy.deleted(Compared(7))  # an earlier message with the same answer
    courtesy.deleted(Compared(8))
    courtesy.deleted(Compared(3_000))
    assert await courtesy.told(1, ("base", "fact-7")) == 2_000
    assert await courtesy.told(1, ("base", "fact-8")) is None
    assert await courtesy.told(1, ("base", "fact-9")) == 9
    assert Compared.times < 10


async def test_a_follow_up_is_always_answered(home: Place) -> None:
    await home.discord.reply(await say(home, MAYOR))
    for _ in range(2):
        said = await home.discord.reply(await say(home, "source?"))
        assert "That is what Dana Whitlock said" in said.payload["content"]


async def test_a_reply_that_arrives_empty_gets_one_hint_an_hour(
    home: Place, clock: ManualClock
) -> None:
    people = home.discord.people
    used = await people.slash(home.alice, home.channel, "ask", question=QUESTION)
    response = await home.discord.response(used)
    empty = [
        await people.say(home.alice, home.channel, "and the mayor?", reply_to=response)
        for _ in range(2)
    ]
    hint = await home.discord.reply(empty[0])
    assert "Ask a follow-up" in hint.payload["content"]
    await home.discord.reply(await say(home, ""))
    assert home.discord.replies(empty[1]) == []
    clock.advance(3600)
    later = await people.say(home.alice, home.channel, "and now?", reply_to=response)
    assert "Ask a follow-up" in (await home.discord.reply(later)).payload["content"]


async def test_a_mention_of_its_role_gets_one_hint_an_hour(home: Place) -> None:
    people, world = home.discord.people, home.discord.world
    role = world.own_role(home.server)
    other = world.add_role(home.server, "readers", 0)
    passed = await people.say(home.alice, home.channel, f"<@&{other.id}> {QUESTION}")
    first, second = [
        await people.say(home.alice, home.channel, f"<@&{role.id}> {QUESTION}") for _ in range(2)
    ]
    assert "Pick me, the bot" in (await home.discord.reply(first)).payload["content"]
    await home.discord.reply(await say(home, ""))
    assert home.discord.replies(second) == home.discord.replies(passed) == []


async def test_a_mention_of_its_role_is_answered_where_the_text_is_shown(home: Place) -> None:
    people, world = home.discord.people, home.discord.world
    world.reads_role_mentions = True
    asked = f"<@&{world.own_role(home.server).id}> {QUESTION}"
    answer = await home.discord.reply(await people.say(home.alice, home.channel, asked))
    assert ANSWER in answer.payload["content"]


async def test_outside_its_channels_mentions_are_passed_over_and_commands_are_private(
    place: Place, running: Running
) -> None:
    other = place.discord.world.add_channel(place.server, "off-topic")
    thread = place.discord.world.add_thread(place.channel, "a thread")
    options = Options(channels=frozenset({int(place.channel.id)}))
    people, standin = place.discord.people, place.discord
    async with running(standin, options=options):
        passed = await people.say(place.alice, other, f"{place.mention} {QUESTION}")
        within = await people.say(place.alice, thread, f"{place.mention} {QUESTION}")
        assert ANSWER in (await standin.reply(within)).payload["content"]
        assert standin.replies(passed) == []
        used = await people.slash(place.alice, other, "ask", question=QUESTION)
        assert (await standin.response(used)).only_for == place.alice.id


@pytest.mark.parametrize("shards", [None, 1])
async def test_a_home_server_and_channels_that_it_is_not_in_are_a_line_each_in_the_log(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture, shards: int | None
) -> None:
    channels = frozenset({int(place.channel.id), 43, 42})
    options = Options(home_server=41, channels=channels, shards=shards)
    with Heard("DISCORD_CHANNELS") as heard:
        async with running(place.discord, options=options):
            await heard.line()
    home, places = [r.getMessage() for r in caplog.records if r.name.startswith("bot.platforms")]
    assert home.startswith("FOOTNOTE_HOME_SERVER: the bot is not in the server 41, so nobody can")
    assert places.startswith("DISCORD_CHANNELS: 42, 43: in none of the bot's servers; invite it")


@pytest.mark.parametrize("shards", [None, 1])
async def test_a_home_server_and_channels_that_it_is_in_are_not_complained_of(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture, shards: int | None
) -> None:
    thread = place.discord.world.add_thread(place.channel, "a thread")
    channels = frozenset({int(place.channel.id), int(thread.id)})
    options = Options(home_server=int(place.server.id), channels=channels, shards=shards)
    async with running(place.discord, options=options):
        await place.discord.reply(await say(place, QUESTION))
    assert [r for r in caplog.records if r.name.startswith("bot.platforms")] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [(QUESTION, ANSWER), ("", "no text in that message")],
)
async def test_ask_about_this_looks_up_anybodys_message_privately(
    home: Place, text: str, told: str
) -> None:
    people = home.discord.people
    theirs = await people.say(home.owner, home.channel, text)
    used = await people.menu(home.alice, home.channel, "Ask about this", theirs)
    said = await home.discord.response(used)
    assert told in said.payload["content"]
    assert said.only_for == home.alice.id


async def test_ask_about_this_looks_up_what_was_forwarded(home: Place) -> None:
    people = home.discord.people
    theirs = await people.say(home.owner, home.channel, QUESTION)
    forward = await people.forward(home.owner, home.channel, theirs)
    used = await people.menu(home.alice, home.channel, "Ask about this", forward)
    said = await home.discord.response(used)
    assert ANSWER in said.payload["content"]
    assert said.only_for == home.alice.id
