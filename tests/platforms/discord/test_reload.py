"""`/facts`: what would change is shown, confirmed, kept as a version; and who may do any of it."""

from __future__ import annotations

import io
import logging
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.platforms.discord import Options, curating
from bot.store.records import Count
from tests.cli.support import edit
from tests.discord_standin import Channel, Interaction, SentFile, Stored, User
from tests.discord_standin.people import ADMINISTRATOR, MANAGE_GUILD
from tests.matching.bases import texts

from .conftest import UNHURRIED, Heard, Place, Remembered, Running

NOTHING: Mapping[str, int] = {}
USE, CANCEL, OVERRIDE = "Use them", "Cancel", "Use them all the same"
NINETY = ("Sixty firefighters came", "Ninety firefighters came")


async def reload(place: Place, user: User, file: SentFile | None = None) -> Stored:
    return await used(place, user, "reload", {"file": file} if file else {})


async def used(
    place: Place,
    user: User,
    command: str,
    options: Mapping[str, int | SentFile] = NOTHING,
    channel: Channel | None = None,
) -> Stored:
    """Use one of `/facts`, though it may be hidden; the message that comes of it."""
    slash: Callable[..., Awaitable[Interaction]] = place.discord.people.slash
    where = channel or place.channel
    return await place.discord.response(
        await slash(user, where, f"facts {command}", though_hidden=True, **options)
    )


async def press(place: Place, user: User, message: Stored, label: str) -> str:
    """Press a button under a message; what the message says then."""
    before = message.payload["content"]
    await place.discord.people.press(user, message, label)
    return await place.discord.wait_for(
        lambda: content if (content := str(message.payload["content"])) != before else None,
        "another text",
    )


async def accept(place: Place, user: User, file: SentFile | None = None) -> str:
    return await press(place, user, await reload(place, user, file), USE)


def buttons(message: Stored) -> list[str]:
    rows = message.payload["components"]
    return [button["label"] for row in rows for button in row["components"]]


async def answer(place: Place) -> str:
    text = f"{place.mention} how many firefighters came?"
    message = await place.discord.people.say(place.alice, place.channel, text)
    reply = await place.discord.reply(message)
    return str(reply.payload["content"])


def member(place: Place, name: str, permissions: int) -> User:
    user = place.discord.world.add_user(name)
    place.discord.world.add_role(place.server, name, permissions, user)
    return user


async def audited(remembered: Remembered) -> list[str]:
    return [e.what for e in await remembered.use(lambda store: store.audit.recent())]


async def test_a_moderator_sees_what_would_change_and_then_uses_it(
    home: Place, facts: Path, remembered: Remembered
) -> None:
    edit(facts, *NINETY)
    manager = member(home, "manny", MANAGE_GUILD)
    said = await reload(home, manager)
    assert said.only_for == manager.id
    assert "1 changed" in said.payload["content"]
    assert "after:  Ninety firefighters came" in said.payload["content"]
    assert buttons(said) == [USE, CANCEL]
    assert "Sixty" in await answer(home)
    assert "version 2" in await press(home, manager, said, USE)
    assert buttons(said) == []
    assert "Ninety" in await answer(home)
    versions = await remembered.use(lambda store: store.versions.list())
    assert [(v.number, v.by) for v in versions] == [(2, f"manny ({manager.id})"), (1, "start")]
    assert "version 2: from the folder" in await audited(remembered)


async def test_cancelling_changes_nothing(home: Place, facts: Path, remembered: Remembered) -> None:
    edit(facts, *NINETY)
    said = await reload(home, home.owner)
    assert "Cancelled" in await press(home, home.owner, said, CANCEL)
    assert "Sixty" in await answer(home)
    assert len(await remembered.use(lambda store: store.versions.list())) == 1


async def test_a_cancel_that_comes_too_late_does_not_say_that_nothing_has_changed(
    home: Place, facts: Path
) -> None:
    edit(facts, *NINETY)
    said = await reload(home, home.owner)
    shown = said.payload["components"]
    await press(home, home.owner, said, USE)
    said.payload["components"] = shown  # pressed before the buttons were gone
    assert "no longer there" in await press(home, home.owner, said, CANCEL)
    assert "Ninety" in await answer(home)


async def test_nothing_is_to_be_confirmed_where_nothing_would_change(home: Place) -> None:
    said = await reload(home, home.owner)
    assert "Nothing would change" in said.payload["content"]
    assert buttons(said) == []


async def test_facts_in_use_that_could_not_be_kept_can_be_kept_when_that_is_mended(
    place: Place, running: Running, remembered: Remembered, facts: Path
) -> None:
    remembered.folder.write_text("no folder")
    sent = SentFile("b.yaml", (facts / "base.yaml").read_text().replace(*NINETY).encode())
    options = replace(UNHURRIED, home_server=int(place.server.id))
    async with running(place.discord, options=options):
        assert "check the same facts again" in await accept(place, place.owner, sent)
        assert "Ninety" in await answer(place)
        remembered.folder.unlink()
        assert remembered.memory is not None
        remembered.memory.note(Count("", "unknown", 1))  # what is waited for
        assert await remembered.use(lambda store: store.versions.list()) == ()
        said = await reload(place, place.owner, sent)
        assert "Nothing would change" in said.payload["content"]
        assert "could not be kept" in said.payload["content"]
        assert buttons(said) == ["Keep them", CANCEL]
        assert "version 1" in await press(place, place.owner, said, "Keep them")
        assert buttons(await reload(place, place.owner, sent)) == []


async def test_a_zip_and_a_yaml_can_be_sent(home: Place, facts: Path) -> None:
    text = (facts / "base.yaml").read_text().replace(*NINETY)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("footnote-main/base.yaml", text)
    assert "version 2" in await accept(home, home.owner, SentFile("base.zip", packed.getvalue()))
    assert "Ninety" in await answer(home)
    text = text.replace("Ninety firefighters came", "Eighty firefighters came")
    assert "version 3" in await accept(home, home.owner, SentFile("b.yaml", text.encode()))
    assert "Eighty" in await answer(home)


async def test_a_strangers_zip_is_refused_in_one_line(home: Place) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../base.yaml", "event: {}")
    said = await reload(home, home.owner, SentFile("base.zip", packed.getvalue()))
    assert said.payload["content"].startswith("base.zip: holds '../../base.yaml', which leads out")
    assert buttons(said) == []


async def test_what_would_be_worse_is_refused_by_name_to_a_moderator(
    home: Place, facts: Path
) -> None:
    make_worse(facts)
    manager = member(home, "manny", MANAGE_GUILD)
    said = await reload(home, manager)
    assert "answered worse: 1" in said.payload["content"]
    assert "the number of firefighters" in said.payload["content"]
    assert buttons(said) == []


async def test_an_admin_can_go_past_the_gate_with_a_reason(
    home: Place, facts: Path, remembered: Remembered
) -> None:
    make_worse(facts)
    admin = member(home, "ada", ADMINISTRATOR)
    said = await reload(home, admin)
    assert buttons(said) == [OVERRIDE, CANCEL]
    opened = await home.discord.people.press(admin, said, OVERRIDE)
    await home.discord.settled(opened)
    await home.discord.people.submit(opened, reason="the \u202etest\u3164was\nwrong")
    await home.discord.wait_for(
        lambda: "version 2" in said.payload["content"] or None, "the version"
    )
    [newest, *_] = await remembered.use(lambda store: store.versions.list())
    assert newest.reason == "past the gate: the test was wrong"


@pytest.mark.parametrize("blanks", ["   ", "\u3164\u2800\n\u200b"])
async def test_a_reason_of_blanks_is_none(
    home: Place, facts: Path, remembered: Remembered, blanks: str
) -> None:
    make_worse(facts)
    said = await reload(home, home.owner)
    opened = await home.discord.people.press(home.owner, said, OVERRIDE)
    await home.discord.settled(opened)
    sent = await home.discord.people.submit(opened, reason=blanks)
    refusal = await home.discord.response(sent)
    assert refusal.payload["content"] == "It takes a reason: nothing has changed."
    assert refusal.only_for == home.owner.id
    assert buttons(said) == [OVERRIDE, CANCEL]
    assert len(await remembered.use(lambda store: store.versions.list())) == 1


async def test_another_event_is_not_compared_and_takes_an_admin(home: Place, facts: Path) -> None:
    make_worse(facts)
    edit(facts, "id: harbour-fire", "id: flood")
    manager, admin = member(home, "manny", MANAGE_GUILD), member(home, "ada", ADMINISTRATOR)
    said = await reload(home, manager)
    assert "another event: flood in place of harbour-fire" in said.payload["content"]
    assert buttons(said) == []
    assert buttons(await reload(home, admin)) == [OVERRIDE, CANCEL]


async def test_the_role_is_looked_up_again_when_a_button_is_pressed(
    home: Place, facts: Path, caplog: pytest.LogCaptureFixture
) -> None:
    edit(facts, *NINETY)
    manager = member(home, "manny", MANAGE_GUILD)
    said = await reload(home, manager)
    home.server.members[manager.id] = set()
    with caplog.at_level(logging.WARNING):
        pressed = await home.discord.people.press(manager, said, USE)
        refusal = await home.discord.response(pressed)
    assert "Only those who" in refusal.payload["content"]
    assert f"refused: manny ({manager.id})" in caplog.text
    assert "Sixty" in await answer(home)


async def test_the_form_of_an_admin_who_is_none_any_more_is_refused(
    home: Place, facts: Path
) -> None:
    make_worse(facts)
    admin = member(home, "ada", ADMINISTRATOR)
    said = await reload(home, admin)
    opened = await home.discord.people.press(admin, said, OVERRIDE)
    await home.discord.settled(opened)
    home.server.members[admin.id] = set()
    sent = await home.discord.people.submit(opened, reason="let me")
    assert "Only an admin" in (await home.discord.response(sent)).payload["content"]


async def test_the_gate_holds_for_a_confirmation_that_was_made_up(home: Place, facts: Path) -> None:
    """A client can send any custom id: the candidate itself knows that it was refused."""
    make_worse(facts)
    admin = member(home, "ada", ADMINISTRATOR)
    said = await reload(home, admin)
    button = said.payload["components"][0]["components"][0]
    button["custom_id"] = button["custom_id"].replace("override", "confirm")
    assert "The gate keeps" in await press(home, admin, said, OVERRIDE)


async def test_a_moderator_cannot_make_up_an_override(
    home: Place, facts: Path, remembered: Remembered, caplog: pytest.LogCaptureFixture
) -> None:
    edit(facts, *NINETY)
    manager = member(home, "manny", MANAGE_GUILD)
    said = await reload(home, manager)
    button = said.payload["components"][0]["components"][0]
    button["custom_id"] = button["custom_id"].replace("confirm", "override")
    with caplog.at_level(logging.WARNING):
        pressed = await home.discord.people.press(manager, said, USE)
        assert "Only an admin" in (await home.discord.response(pressed)).payload["content"]
    assert f"refused: manny ({manager.id})" in caplog.text
    assert "Sixty" in await answer(home)
    assert len(await remembered.use(lambda store: store.versions.list())) == 1


ALL: tuple[tuple[str, Mapping[str, int]], ...] = (
    ("reload", {}),
    ("history", {}),
    ("diff", {"first": 1}),
    ("rollback", {"version": 1}),
    ("audit", {}),
    ("gaps", {}),
)


async def test_it_is_hidden_from_whoever_is_no_moderator(home: Place) -> None:
    with pytest.raises(LookupError, match="hidden"):
        await home.discord.people.slash(home.alice, home.channel, "facts reload")


@pytest.mark.parametrize(("command", "options"), ALL)
async def test_whoever_is_no_moderator_is_refused_each_of_them_and_it_is_logged(
    home: Place,
    remembered: Remembered,
    caplog: pytest.LogCaptureFixture,
    command: str,
    options: Mapping[str, int],
) -> None:
    before = await audited(remembered)
    with caplog.at_level(logging.WARNING):
        said = await used(home, home.alice, command, options)
    assert "Only those who" in said.payload["content"]
    assert said.only_for == home.alice.id
    assert f"refused: alice ({home.alice.id})" in caplog.text
    assert f"/facts {command}" in caplog.text
    assert await audited(remembered) == before
    assert "Sixty" in await answer(home)


@pytest.mark.parametrize(("command", "options"), ALL)
async def test_in_every_other_server_even_its_owner_can_only_ask(
    place: Place, running: Running, command: str, options: Mapping[str, int]
) -> None:
    foreigner = place.discord.world.add_user("frank")
    _, foreign = await place.discord.add_server("Foreign", foreigner)
    async with running(place.discord, options=Options(home_server=int(place.server.id))):
        said = await used(place, foreigner, command, options, foreign)
        assert "Only those who" in said.payload["content"]
        asked = await place.discord.people.slash(
            foreigner, foreign, "ask", question="how many firefighters came?"
        )
        told = await place.discord.response(asked)
        assert "Sixty" in told.payload["content"]


def staff(place: Place) -> tuple[User, User, Options]:
    """A moderator and an admin by roles that have no other rights, and the settings that say so."""
    world = place.discord.world
    keeper, chief = world.add_user("keeper"), world.add_user("chief")
    keepers = world.add_role(place.server, "keepers", 0, keeper)
    chiefs = world.add_role(place.server, "chiefs", 0, chief)
    options = Options(
        moderator_roles=frozenset({int(keepers.id)}), admin_roles=frozenset({int(chiefs.id)})
    )
    return keeper, chief, options


async def test_roles_in_the_settings_make_moderators_and_admins(
    place: Place, running: Running, facts: Path
) -> None:
    keeper, chief, options = staff(place)
    async with running(place.discord, options=options):
        make_worse(facts)
        assert buttons(await reload(place, keeper)) == []
        assert buttons(await reload(place, chief)) == [OVERRIDE, CANCEL]


async def test_whoever_has_only_a_role_is_shown_the_commands_which_give_others_nothing(
    place: Place, running: Running
) -> None:
    people, world = place.discord.people, place.discord.world
    keeper, foreigner = world.add_user("keeper"), world.add_user("frank")
    keepers = world.add_role(place.server, "keepers", 0, keeper)
    _, foreign = await place.discord.add_server("Foreign", foreigner)
    options = Options(
        home_server=int(place.server.id), moderator_roles=frozenset({int(keepers.id)})
    )
    async with running(place.discord, options=options):
        told = await people.slash(keeper, place.channel, "facts history")
        assert "*   1  " in (await place.discord.response(told)).payload["content"]
        for user, channel in ((place.alice, place.channel), (foreigner, foreign)):
            told = await people.slash(user, channel, "facts history")
            assert "Only those who" in (await place.discord.response(told)).payload["content"]
        with pytest.raises(LookupError, match="hidden"):
            await people.slash(keeper, world.direct(keeper), "facts history")


async def test_a_role_that_was_taken_away_counts_at_once_on_an_older_message(
    place: Place, running: Running, facts: Path
) -> None:
    keeper, chief, options = staff(place)
    async with running(place.discord, options=options):
        edit(facts, *NINETY)
        said = await reload(place, keeper)
        make_worse(facts)
        worse = await reload(place, chief)
        opened = await place.discord.people.press(chief, worse, OVERRIDE)
        await place.discord.settled(opened)
        for user in (keeper, chief):
            place.server.members[user.id] = set()
        refusals = [
            await place.discord.people.press(keeper, said, USE),
            await place.discord.people.press(keeper, said, CANCEL),
            await place.discord.people.press(chief, worse, OVERRIDE),
            await place.discord.people.submit(opened, reason="let me"),
        ]
        told = [(await place.discord.response(one)).payload["content"] for one in refusals]
        assert ["Only" in content for content in told] == [True] * 4
        assert buttons(said) == [USE, CANCEL]
        assert "Sixty" in await answer(place)


async def test_in_several_servers_and_no_home_nobody_may_and_it_says_what_to_set(
    place: Place, running: Running
) -> None:
    await place.discord.add_server("Second", place.owner)
    async with running(place.discord):
        said = await reload(place, place.owner)
        assert "FOOTNOTE_HOME_SERVER" in said.payload["content"]


async def test_the_first_server_stays_the_home_over_restarts_and_no_other_takes_its_place(
    place: Place, running: Running, remembered: Remembered
) -> None:
    stranger = place.discord.world.add_user("stranger")
    async with running(place.discord):
        assert "Nothing would" in (await reload(place, place.owner)).payload["content"]
        _, foreign = await place.discord.add_server("Foreign", stranger)
        said = await used(place, stranger, "history", channel=foreign)
        assert said.payload["content"].startswith("Only those who manage")
        assert "Nothing would" in (await reload(place, place.owner)).payload["content"]
        await place.discord.remove_server(place.server)
        said = await used(place, stranger, "history", channel=foreign)
        assert "FOOTNOTE_HOME_SERVER" in said.payload["content"]
    async with running(place.discord):
        said = await used(place, stranger, "history", channel=foreign)
        assert "FOOTNOTE_HOME_SERVER" in said.payload["content"]
    remembered.folder.rename(remembered.folder.with_name("moved"))
    remembered.folder.write_text("in the way")
    async with running(place.discord):  # and what was decided cannot be read
        said = await used(place, stranger, "history", channel=foreign)
        assert "FOOTNOTE_HOME_SERVER" in said.payload["content"]


async def test_of_several_servers_the_one_that_is_left_is_no_home(
    place: Place, running: Running
) -> None:
    stranger = place.discord.world.add_user("stranger")
    _, foreign = await place.discord.add_server("Foreign", stranger)
    async with running(place.discord):
        await used(place, stranger, "history", channel=foreign)
        await place.discord.remove_server(place.server)
        said = await used(place, stranger, "history", channel=foreign)
        assert "FOOTNOTE_HOME_SERVER" in said.payload["content"]


async def test_the_first_server_that_it_joins_becomes_the_home(
    place: Place, running: Running
) -> None:
    await place.discord.remove_server(place.server)
    async with running(place.discord):
        owner = place.discord.world.add_user("ada")
        _, first = await place.discord.add_server("First", owner)
        for _ in range(2):
            said = await used(place, owner, "history", channel=first)
            assert "*   1  " in said.payload["content"]
            await place.discord.add_server("Another", place.owner)


@pytest.mark.parametrize("servers", [0, 1, 2])
async def test_a_home_that_is_not_set_is_a_warning_at_the_start_where_it_is_in_a_server(
    place: Place, running: Running, caplog: pytest.LogCaptureFixture, servers: int
) -> None:
    if servers == 0:
        await place.discord.remove_server(place.server)
    if servers == 2:
        await place.discord.add_server("Second", place.owner)
    async with running(place.discord):
        await place.discord.gateway.forget_sessions()  # told once, though it connects anew
        await place.discord.wait_ready(2)
        if servers:
            await place.discord.reply(
                await place.discord.people.say(place.alice, place.channel, f"{place.mention} hello")
            )
    told = [r.getMessage() for r in caplog.records if "FOOTNOTE_HOME_SERVER" in r.getMessage()]
    may = f"who manages the server {place.server.id} may", "nobody can use /facts"
    assert [may[servers - 1] in line for line in told] == [True] * min(servers, 1)


async def test_history_diff_rollback_and_audit_tell_of_what_was_done(
    home: Place, facts: Path
) -> None:
    edit(facts, *NINETY)
    await accept(home, home.owner)
    history = (await used(home, home.owner, "history")).payload["content"]
    assert "*   2  " in history
    assert "    1  " in history
    diff = (await used(home, home.owner, "diff", {"first": 1})).payload["content"]
    assert "before: Sixty" in diff
    backwards = await used(home, home.owner, "diff", {"first": 2, "second": 1})
    assert "before: Ninety" in backwards.payload["content"]
    said = await used(home, home.owner, "rollback", {"version": 1})
    assert "after:  Sixty" in said.payload["content"]
    assert "version 3" in await press(home, home.owner, said, USE)
    assert "Sixty" in await answer(home)
    audit = (await used(home, home.owner, "audit")).payload["content"]
    assert f"olga ({home.owner.id})  version 3: rolled back to version 1" in audit


async def test_a_version_that_is_not_kept_is_told(home: Place) -> None:
    for command, options in (("diff", {"first": 9}), ("rollback", {"version": 9})):
        said = await used(home, home.owner, command, options)
        assert said.payload["content"].startswith("There is no version 9 (any more)")


async def test_a_check_that_another_change_has_overtaken_is_not_used(
    home: Place, facts: Path
) -> None:
    edit(facts, *NINETY)
    first = await reload(home, home.owner)
    edit(facts, "Ninety firefighters", "Eighty firefighters")
    await accept(home, home.owner)
    assert "Check again" in await press(home, home.owner, first, USE)
    assert "Eighty" in await answer(home)


async def test_a_button_of_before_the_last_start_says_that_the_check_is_gone(
    place: Place, running: Running, facts: Path
) -> None:
    async with running(place.discord):
        edit(facts, *NINETY)
        said = await reload(place, place.owner)
    edit(facts, NINETY[1], NINETY[0])
    async with running(place.discord):
        assert "no longer there" in await press(place, place.owner, said, USE)
        assert "Sixty" in await answer(place)


async def test_a_broken_base_is_shown_with_its_lines_and_the_old_one_stays(
    home: Place, facts: Path
) -> None:
    edit(facts, "answer: Sixty firefighters came", "anwser: Sixty firefighters came")
    content = (await reload(home, home.owner)).payload["content"]
    assert "base.yaml:" in content
    assert "anwser" in content
    assert "mistakes" in content
    assert "Sixty" in await answer(home)


def emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize("take_away", [shutil.rmtree, emptied])
async def test_facts_that_are_gone_are_told_without_advice_for_whoever_runs_the_bot(
    home: Place,
    facts: Path,
    take_away: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    take_away(facts)
    content = (await reload(home, home.owner)).payload["content"]
    assert content.startswith("I cannot read the facts where I have them from")
    assert "mistakes" not in content
    assert str(facts) not in content
    assert "Sixty" in await answer(home)
    [line] = [r.getMessage() for r in caplog.records if "could not be checked" in r.getMessage()]
    assert str(facts) in line
    assert "--knowledge" in line


async def test_a_disk_that_fails_is_told_in_the_words_of_the_catalogue(
    place: Place, running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    async with running(place.discord):
        for folder in room.iterdir():
            shutil.rmtree(folder)
        content = (await reload(place, place.owner)).payload["content"]
    before, after = texts().curation_trouble.split("{what}")
    assert content.startswith(f"{before}{room}")
    assert content.endswith(f": No such file or directory{after}")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (SentFile("x.txt", b"event:"), "x.txt: is neither a .yaml nor a .zip; "),
        (SentFile("x.zip", b"PK, but no more"), "x.zip: is no zip; "),
    ],
)
async def test_a_file_that_is_no_base_is_told_as_that(
    home: Place, file: SentFile, told: str
) -> None:
    said = await reload(home, home.owner, file)
    assert said.payload["content"].startswith(told)


async def test_mistakes_in_a_file_that_was_sent_are_told_by_its_name(
    home: Place, facts: Path
) -> None:
    text = (facts / "base.yaml").read_text().replace("answer: Sixty", "anwser: Sixty")
    content = (await reload(home, home.owner, SentFile("bad.yaml", text.encode()))).payload[
        "content"
    ]
    assert content.startswith("The facts have mistakes in them")
    assert "\nbad.yaml:" in content
    assert "base.yaml" not in content


async def test_facts_are_not_blamed_where_no_process_can_be_started_to_check_them(
    home: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    said = await reload(home, home.owner)
    assert said.payload["content"].startswith("no process can be started to check the facts")


@pytest.fixture
def never_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each check is a process that does nothing, and does not end."""
    hanging = tmp_path / "hanging"
    hanging.write_text("#!/bin/sh\nexec sleep 600\n")
    hanging.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(hanging))


@pytest.mark.skipif(sys.platform == "win32", reason="the process is a shell's")
@pytest.mark.usefixtures("never_checked")
@pytest.mark.parametrize(("command", "options"), [("reload", {}), ("diff", {"first": 1})])
async def test_a_check_that_takes_too_long_is_told_while_discord_takes_an_answer(
    home: Place, monkeypatch: pytest.MonkeyPatch, command: str, options: Mapping[str, int]
) -> None:
    monkeypatch.setattr(curating, "PATIENCE", 0.2)
    said = await used(home, home.owner, command, options)
    assert said.payload["content"].startswith("That was not done within 0 minutes")


@pytest.mark.skipif(sys.platform == "win32", reason="the process is a shell's")
@pytest.mark.usefixtures("never_checked")
async def test_a_check_that_has_to_wait_for_another_says_so_at_once_and_waits_no_longer(
    home: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "bot.apart")
    slash: Callable[..., Awaitable[Interaction]] = home.discord.people.slash
    with Heard("runs as process") as heard:
        await slash(home.owner, home.channel, "facts reload")
        await heard.line()
    monkeypatch.setattr(curating, "PATIENCE", 0.2)
    said = await used(home, home.owner, "rollback", {"version": 1})
    assert said.payload["content"].startswith("Another check is running.")
    assert said.only_for == home.owner.id
    await home.discord.wait_for(
        lambda: any("not done within" in one for one in contents(home)) or None, "what came of it"
    )


def contents(place: Place) -> list[str]:
    return [str(one.payload["content"]) for one in place.discord.world.messages.values()]


async def test_more_mistakes_than_fit_come_as_a_file(home: Place, facts: Path) -> None:
    wrong = "".join(f"  - id: wrong-{n}\n    anwser: nothing\n" for n in range(60))
    edit(facts, "unanswered:\n", wrong + "unanswered:\n")
    said = await reload(home, home.owner)
    assert len(said.payload["content"]) <= 2000
    assert said.payload["content"].endswith("…\n```")
    assert sent_file(home, "problems.txt").count("anwser") >= 60


async def test_more_changes_than_fit_come_as_a_file(home: Place, facts: Path) -> None:
    more = "".join(
        f"  - id: new-{n}\n    answer: The number {n} was painted on the shed numbered {n}.\n"
        f"    questions: ['what is painted on shed {n}', 'shed {n}']\n"
        for n in range(60)
    )
    edit(facts, "unanswered:\n", more + "unanswered:\n")
    said = await reload(home, home.owner)
    assert len(said.payload["content"]) <= 2000
    assert "60 added" in said.payload["content"]
    assert sent_file(home, "changes.txt").count("\n  new-") == 60


async def test_the_commands_are_named_anew_with_the_event(home: Place, facts: Path) -> None:
    edit(facts, "title: ", "title: The great ")
    await accept(home, home.owner)
    await home.discord.wait_call("PUT", "/commands", times=2)
    [ask] = [c for c in home.discord.commands.registered[None] if c["name"] == "ask"]
    assert "the great" in ask["description"]


async def test_the_commands_are_named_anew_after_a_network_error_kept_them_from_it(
    home: Place, facts: Path, caplog: pytest.LogCaptureFixture
) -> None:
    edit(facts, "title: ", "title: The great ")
    home.discord.rest.faults.cut("PUT", "/applications/")
    await accept(home, home.owner)
    await home.discord.wait_call("PUT", "/commands", times=3)  # the start's, and two in vain
    edit(facts, "title: The great ", "title: The late ")
    await accept(home, home.owner)
    await home.discord.wait_call("PUT", "/commands", times=4)
    [ask] = [c for c in home.discord.commands.registered[None] if c["name"] == "ask"]
    assert "the late" in ask["description"]
    [line] = [r for r in caplog.records if "registering the commands" in r.getMessage()]
    assert line.exc_info is None


def sent_file(place: Place, name: str) -> str:
    files = [c.body["_files"] for c in place.discord.rest.calls if "_files" in (c.body or {})]
    data: bytes = files[0][name]
    return data.decode()


def make_worse(facts: Path) -> None:
    """Take a fact its phrasings, and test that it is found by them."""
    old = """\
      - How many firefighters came to the harbour?
      - number of firefighters
      - how many fire fighters fought the fire
"""
    edit(facts, old, "      - what colour was the boat\n    tests: [the number of firefighters]\n")
