"""What is kept of people on Discord: votes, gaps, counts, wishes; and that nothing waits for it."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from bot.platforms.discord import Options
from bot.platforms.discord import gaps as gaps_module
from bot.store.database import FILE
from bot.store.records import Gap
from bot.store.store import DAY, Store
from tests.discord_standin import DiscordStandin, ManualClock, Stored, User

from .conftest import NOW, UNHURRIED, Place, Remembered, Running

SIXTY = "how many firefighters came?"
CAUSE = "what caused the fire?"


async def ask(place: Place, text: str, user: User | None = None) -> Stored:
    people = place.discord.people
    message = await people.say(user or place.alice, place.channel, f"{place.mention} {text}")
    return await place.discord.reply(message)


async def press(place: Place, user: User, message: Stored, label: str) -> str:
    """What is said privately to whoever presses."""
    pressed = await place.discord.people.press(user, message, label)
    said = await place.discord.response(pressed)
    assert said.only_for == user.id
    return str(said.payload["content"])


async def tallies(remembered: Remembered) -> list[tuple[tuple[str, ...], str, int, int]]:
    kept = await remembered.use(lambda store: store.votes.tallies())
    return [(tally.facts, tally.outcome, tally.helpful, tally.unhelpful) for tally in kept]


async def gaps(remembered: Remembered, replies: int) -> list[tuple[str, str]]:
    """The gaps, when so many replies are counted: a reply is noted after it was sent."""
    async with asyncio.timeout(10):
        while await counted(remembered) < replies:
            pass
    kept = await remembered.use(lambda store: store.gaps.since(0))
    return [(gap.text, gap.reason) for gap in kept]


async def counted(remembered: Remembered) -> int:
    counts = await remembered.use(lambda store: store.counts.since(0))
    return sum(count.asked for count in counts)


async def test_a_vote_is_kept_before_it_is_thanked_for_and_can_be_changed(
    home: Place, remembered: Remembered
) -> None:
    reply = await ask(home, SIXTY)
    assert "was helpful" in await press(home, home.alice, reply, "Helpful")
    assert await tallies(remembered) == [(("firefighters",), "answer", 1, 0)]
    assert "not helpful" in await press(home, home.alice, reply, "Not helpful")
    assert "was helpful" in await press(home, home.owner, reply, "Helpful")
    assert await tallies(remembered) == [(("firefighters",), "answer", 1, 1)]


async def test_a_vote_after_a_restart_and_a_change_of_the_facts_hits_its_own_answer(
    place: Place, running: Running, remembered: Remembered, facts: Path
) -> None:
    async with running(place.discord):
        reply = await ask(place, SIXTY)
        (version,) = {
            button["custom_id"].split(":")[2]
            for button in reply.payload["components"][0]["components"]
        }
    file = facts / "base.yaml"
    file.write_text(file.read_text().replace("Sixty firefighters", "Ninety firefighters"))
    async with running(place.discord):
        await press(place, place.alice, reply, "Helpful")
        (tally,) = await remembered.use(lambda store: store.votes.tallies())
    assert (tally.base_hash, tally.facts) == (version, ("firefighters",))


async def test_both_sides_of_a_contradiction_are_one_answer(
    home: Place, remembered: Remembered
) -> None:
    reply = await ask(home, "were the sprinklers switched off?")
    await press(home, home.alice, reply, "Not helpful")
    ((facts, _, _, unhelpful),) = await tallies(remembered)
    assert (len(facts), unhelpful) == (2, 1)


async def test_a_reply_that_is_no_answer_is_voted_on_too(
    home: Place, remembered: Remembered
) -> None:
    reply = await ask(home, CAUSE)
    await press(home, home.owner, reply, "Helpful")
    refused = await home.discord.people.press(home.alice, reply, "None of these")
    said = await home.discord.response(refused)
    await press(home, home.alice, said, "Not helpful")
    ((_, outcome, helpful, unhelpful),) = await tallies(remembered)
    assert (outcome, helpful, unhelpful) == ("no answer", 1, 1)


async def test_a_question_without_an_answer_is_a_gap_with_what_identifies_struck_out(
    home: Place, remembered: Remembered
) -> None:
    await ask(home, "what caused the fire in 2018, jane@example.org or +44 20 7946 0958")
    assert await gaps(remembered, 1) == [
        ("what caused the fire in 2018, [e-mail] or [number]", "unanswered")
    ]
    kept = b"".join(file.read_bytes() for file in remembered.folder.iterdir())
    assert str(home.alice.id).encode() not in kept
    assert b"jane" not in kept


async def test_an_answer_that_did_not_help_is_a_gap_once(
    home: Place, remembered: Remembered
) -> None:
    reply = await ask(home, SIXTY)
    for user in (home.alice, home.owner):
        await press(home, user, reply, "Not helpful")
    assert await gaps(remembered, 1) == [(SIXTY, "unhelpful")]


async def test_offers_that_are_refused_are_a_gap(home: Place, remembered: Remembered) -> None:
    reply = await ask(home, "union")
    assert await gaps(remembered, 1) == []
    pressed = await home.discord.people.press(home.alice, reply, "None of these")
    said = await home.discord.response(pressed)
    assert await gaps(remembered, 1) == [("union", "refused")]
    await press(home, home.alice, said, "Not helpful")
    assert len(await gaps(remembered, 1)) == 1


async def test_replies_are_counted_by_fact_and_outcome_with_their_latency(
    home: Place, remembered: Remembered
) -> None:
    for _ in range(2):
        used = await home.discord.people.slash(home.alice, home.channel, "ask", question=SIXTY)
        await home.discord.response(used)
    await ask(home, CAUSE)
    await gaps(remembered, 3)
    counts = await remembered.use(lambda store: store.counts.since(0))
    assert [(c.fact, c.outcome, c.asked) for c in counts] == [
        ("cause", "unknown", 1),
        ("firefighters", "answer", 2),
    ]
    assert all(c.total_us >= c.most_us >= 0 for c in counts)


async def test_the_time_that_is_counted_ends_when_discord_has_the_reply(
    home: Place, remembered: Remembered, clock: ManualClock
) -> None:
    home.discord.rest.faults.limit("POST", f"/channels/{home.channel.id}/messages", 0.1)
    asking = asyncio.create_task(ask(home, SIXTY))
    await home.discord.wait_for(
        lambda: any(call.status == 429 for call in home.discord.rest.calls) or None, "a 429"
    )
    clock.advance(2)
    await asking
    await gaps(remembered, 1)
    [count] = await remembered.use(lambda store: store.counts.since(0))
    assert count.total_us == 2_000_000


async def test_nothing_that_is_not_for_the_bot_is_kept(home: Place, remembered: Remembered) -> None:
    await home.discord.people.say(home.alice, home.channel, "what caused the fire, everybody?")
    await ask(home, SIXTY)
    assert await gaps(remembered, 1) == []
    assert await counted(remembered) == 1


async def test_what_somebody_else_wrote_is_looked_up_but_not_kept(
    home: Place, remembered: Remembered
) -> None:
    people, standin = home.discord.people, home.discord
    written = await people.say(home.owner, home.channel, "what caused the fire, everybody?")
    used = await people.menu(home.alice, home.channel, "Ask about this", written)
    said = await standin.response(used)
    await press(home, home.alice, said, "Not helpful")
    assert await gaps(remembered, 1) == []


async def test_what_leans_on_what_somebody_else_wrote_is_not_kept_until_a_question_stands_alone(
    home: Place, remembered: Remembered
) -> None:
    people, standin = home.discord.people, home.discord
    written = await people.say(home.owner, home.channel, "when will Maria Gomez be paid?")
    used = await people.menu(home.alice, home.channel, "Ask about this", written)
    await standin.response(used)
    for _ in range(2):
        leaning = await ask(home, "why?")
        assert "Maria Gomez" not in leaning.payload["content"]
    assert await gaps(remembered, 3) == []
    own = "who paid the pilots?"
    await ask(home, own)
    assert await gaps(remembered, 4) == [(own, "unanswered")]
    await ask(home, "why?")
    assert await gaps(remembered, 5) == [
        (own, "unanswered"),
        ("why (who paid the pilots)", "unanswered"),
    ]
    data = b"".join(file.read_bytes() for file in remembered.folder.iterdir())
    assert b"Maria" not in data


async def test_forget_me_deletes_and_says_how_many_rows(
    home: Place, remembered: Remembered
) -> None:
    for question in (SIXTY, "what did the mayor say about the fire?"):
        reply = await ask(home, question)
        await press(home, home.alice, reply, "Helpful")
        await press(home, home.owner, reply, "Helpful")
    used = await home.discord.people.slash(home.alice, home.channel, "about")
    about = await home.discord.response(used)
    assert "the hash of you: 2 (votes" in await press(home, home.alice, about, "Forget me")
    assert "the hash of you: 0 (votes" in await press(home, home.alice, about, "Forget me")
    assert [helpful for _, _, helpful, _ in await tallies(remembered)] == [1, 1]


@pytest.mark.parametrize("wish", ["Forget me", "Do not keep my questions"])
async def test_a_wish_is_heeded_in_what_could_not_be_written_yet(
    place: Place, running: Running, remembered: Remembered, wish: str
) -> None:
    remembered.folder.write_text("no folder")
    async with running(place.discord):
        await ask(place, CAUSE)
        await ask(place, "who paid the pilots?", place.owner)
        used = await place.discord.people.slash(place.alice, place.channel, "about")
        about = await place.discord.response(used)
        await press(place, place.alice, about, wish)
        remembered.folder.unlink()
        assert await gaps(remembered, 2) == [("who paid the pilots?", "unanswered")]


async def test_who_does_not_want_their_questions_kept_is_heeded_until_they_do(
    home: Place, remembered: Remembered, clock: ManualClock
) -> None:
    people, standin = home.discord.people, home.discord
    await ask(home, SIXTY)
    used = await people.slash(home.alice, home.channel, "about")
    about = await standin.response(used)
    pressed = await people.press(home.alice, about, "Do not keep my questions")
    stopped = await standin.response(pressed)
    assert "no question of yours" in stopped.payload["content"]
    await ask(home, CAUSE)
    clock.advance(61)  # else they are sent to the answer above
    answer = await ask(home, SIXTY)
    await press(home, home.owner, answer, "Not helpful")
    await ask(home, CAUSE, home.owner)
    assert await gaps(remembered, 4) == [(CAUSE, "unanswered")]  # the owner's own
    assert "kept again" in await press(home, home.alice, stopped, "Keep them again")
    await ask(home, CAUSE)
    assert len(await gaps(remembered, 5)) == 2


async def test_moderators_see_the_gaps_and_nobody_else_does(
    home: Place, remembered: Remembered
) -> None:
    people, standin = home.discord.people, home.discord
    for question in ("what caused the fire?", "what was the fire caused by??", "who is the pope?"):
        await ask(home, question)
    assert len(await gaps(remembered, 3)) == 3
    used = await people.slash(home.owner, home.channel, "facts gaps")
    said = await standin.response(used)
    assert said.only_for == home.owner.id
    content = said.payload["content"]
    assert "in the last 30 days: 3×; different questions: 2" in content
    assert "2× what caused the fire?" in content
    assert "1× who is the pope?" in content
    used = await people.slash(home.alice, home.channel, "facts gaps", though_hidden=True)
    refused = await standin.response(used)
    assert "Only those who manage" in refused.payload["content"]


async def test_gaps_that_are_to_go_are_told_no_more(home: Place, remembered: Remembered) -> None:
    long_ago = await Store.open(remembered.folder, key=b"key", now=lambda: NOW - 30 * DAY)
    await long_ago.note([], [Gap(CAUSE, "unanswered", "harbour-fire", "discord:1")])
    await long_ago.close()
    used = await home.discord.people.slash(home.owner, home.channel, "facts gaps")
    answer = await home.discord.response(used)
    assert answer.payload["content"] == "Nothing was asked in vain in the last 30 days."


async def test_many_gaps_come_in_a_file_as_well(home: Place, remembered: Remembered) -> None:
    words = "apple bridge castle dragon engine feather guitar hammer island jacket kettle ladder"
    for word in [*words.split(), "mirror", "needle", "orange", "pencil", "quiver"]:
        await ask(home, f"why is the {word} purple?")
    assert len(await gaps(remembered, 17)) == 17
    used = await home.discord.people.slash(home.owner, home.channel, "facts gaps")
    said = await home.discord.response(used)
    (file,) = said.payload["attachments"]
    assert file["filename"] == "gaps.txt"


@pytest.mark.parametrize(("most", "told"), [(400, 400), (401, 401), (500, 401)])
async def test_of_more_gaps_than_are_summed_up_the_newest_are_told_in_a_file_that_fits(
    home: Place, remembered: Remembered, monkeypatch: pytest.MonkeyPatch, most: int, told: int
) -> None:
    monkeypatch.setattr(gaps_module, "MOST_SUMMED_UP", most)
    letters = "абвгдежзиклмнопрстуфхцчшщэюя"
    words = ["".join(pair) for pair in itertools.product(letters, repeat=2)]
    texts = [f"{words[n]} {letters * 10}" for n in range(401)]
    asked = [Gap(text, "unanswered", "harbour-fire", "discord:1") for text in texts]
    await remembered.use(lambda store: store.note([], asked))
    monkeypatch.setattr(gaps_module, "MOST_BYTES", 150_000)
    used = await home.discord.people.slash(home.owner, home.channel, "facts gaps")
    said = await home.discord.response(used)
    assert f"different questions: {told}" in said.payload["content"]
    file = sent_gaps(home.discord)
    assert 149_000 < len(file) < 150_100
    first, *_, last = file.decode().splitlines()
    is_part = told < len(asked)
    assert ("Only the newest" in first, "Only the newest" in said.payload["content"]) == (
        is_part,
        is_part,
    )
    assert last == "… and more; `footnote gaps` lists all of them."


def sent_gaps(standin: DiscordStandin) -> bytes:
    """What is in the last file that was sent."""
    bodies = [c.body for c in standin.rest.calls if isinstance(c.body, dict)]
    data: bytes = [body["_files"]["gaps.txt"] for body in bodies if "_files" in body][-1]
    return data


async def test_without_a_store_answers_go_on_and_votes_say_so_and_moderators_hear_once(
    standin: DiscordStandin,
    place: Place,
    running: Running,
    remembered: Remembered,
    caplog: pytest.LogCaptureFixture,
) -> None:
    remembered.folder.write_text("no folder")
    office = standin.world.add_channel(place.server, "office")
    options = Options(person=UNHURRIED.person, channel=UNHURRIED.channel, moderators=int(office.id))
    async with running(standin, options=options):
        told = await standin.wait_call("POST", f"/channels/{office.id}/messages")
        assert isinstance(told.body, dict)
        assert "not remembering votes" in told.body["content"]
        reply = await ask(place, SIXTY)
        assert "Sixty" in reply.payload["content"]
        for _ in range(2):
            said = await press(place, place.alice, reply, "Helpful")
            assert "nothing was noted" in said
        used = await standin.people.slash(place.alice, place.channel, "about")
        about = await standin.response(used)
        assert "nothing at all is kept" in about.payload["content"]
        for wish in ("Forget me", "Do not keep my questions"):
            assert "nothing was changed" in await press(place, place.alice, about, wish)
        reply = await ask(place, "what did the mayor say?")
        assert "nothing was noted" in await press(place, place.alice, reply, "Not helpful")
        remembered.folder.unlink()
        await remembered.use(lambda store: store.counts.since(0))
        assert "was helpful" in await press(place, place.alice, reply, "Helpful")
        assert [helpful for _, _, helpful, _ in await tallies(remembered)] == [1]
    store = await Store.open(remembered.folder, key=b"key", now=lambda: NOW)
    kept = await store.gaps.since(0)
    await store.close()
    assert kept == ()
    posts = [c for c in standin.rest.calls if f"/channels/{office.id}/" in c.path]
    assert len(posts) == 1
    assert caplog.text.count("not remembering") == 1


async def test_without_a_channel_for_moderators_the_owner_of_the_home_server_is_told(
    standin: DiscordStandin, place: Place, running: Running, remembered: Remembered
) -> None:
    remembered.folder.write_text("no folder")
    async with running(standin):
        direct = standin.world.direct(place.owner)
        told = await standin.wait_call("POST", f"/channels/{direct.id}/messages")
        assert isinstance(told.body, dict)
        assert "not remembering votes" in told.body["content"]


async def test_an_owner_who_takes_no_messages_is_not_told_and_the_bot_goes_on(
    standin: DiscordStandin, running: Running, remembered: Remembered
) -> None:
    remembered.folder.write_text("no folder")
    owner = standin.world.add_user("olaf", accepts=False)
    server, channel = await standin.add_server("Ellery", owner)
    place = Place(standin, server, channel, owner, owner)
    async with running(standin):
        direct = standin.world.direct(owner)
        call = await standin.wait_call("POST", f"/channels/{direct.id}/messages")
        assert call.status == 403
        assert "Sixty" in (await ask(place, SIXTY)).payload["content"]


async def test_the_file_holds_no_name_and_no_id_of_who_voted(
    place: Place, running: Running, remembered: Remembered
) -> None:
    async with running(place.discord):
        reply = await ask(place, SIXTY)
        await press(place, place.alice, reply, "Helpful")
    kept = (remembered.folder / FILE).read_bytes()
    assert b"firefighters" in kept
    assert str(place.alice.id).encode() not in kept
    assert b"alice" not in kept
