"""The deadlines and rules of interactions, over plain HTTP."""

from __future__ import annotations

from typing import Any

import aiohttp

from tests.discord_standin import DiscordStandin, Interaction, ManualClock
from tests.discord_standin.errors import Body
from tests.discord_standin.interactions import COMMAND, MODAL


def opened(standin: DiscordStandin, kind: int = COMMAND) -> Interaction:
    user = standin.world.add_user("alice")
    return standin.interactions.open(kind, user, standin.world.direct(user))


async def send(
    web: aiohttp.ClientSession, standin: DiscordStandin, method: str, path: str, body: Body = None
) -> tuple[int, Any]:
    async with web.request(method, standin.api_url + path, json=body) as response:
        return response.status, await response.json() if response.status != 204 else None


def callback(of: Interaction) -> str:
    return f"/interactions/{of.id}/{of.token}/callback"


def follow_up(standin: DiscordStandin, of: Interaction) -> str:
    return f"/webhooks/{standin.world.application_id}/{of.token}"


SAY = {"type": 4, "data": {"content": "hello"}}


async def test_the_first_response_has_three_seconds(
    standin: DiscordStandin, clock: ManualClock, web: aiohttp.ClientSession
) -> None:
    in_time, late = opened(standin), opened(standin)
    clock.advance(2.9)
    assert (await send(web, standin, "POST", callback(in_time), SAY))[0] == 200
    clock.advance(0.2)
    status, body = await send(web, standin, "POST", callback(late), SAY)
    assert (status, body["code"]) == (404, 10062)


async def test_there_is_only_one_first_response(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    one = opened(standin)
    await send(web, standin, "POST", callback(one), SAY)
    status, body = await send(web, standin, "POST", callback(one), SAY)
    assert (status, body["code"]) == (400, 40060)


async def test_follow_ups_come_after_it_and_within_fifteen_minutes(
    standin: DiscordStandin, clock: ManualClock, web: aiohttp.ClientSession
) -> None:
    one = opened(standin)
    path, body = follow_up(standin, one), {"content": "more"}
    assert (await send(web, standin, "POST", path, body))[1]["code"] == 10015
    await send(web, standin, "POST", callback(one), SAY)
    assert (await send(web, standin, "POST", path, body))[0] == 200
    clock.advance(15 * 60 + 1)
    assert (await send(web, standin, "POST", path, body))[1]["code"] == 50027


async def test_a_deferred_response_is_filled_by_the_first_follow_up_and_keeps_its_privacy(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    one = opened(standin)
    await send(web, standin, "POST", callback(one), {"type": 5, "data": {"flags": 64}})
    await send(web, standin, "POST", follow_up(standin, one), {"content": "at last"})
    original = f"{follow_up(standin, one)}/messages/@original"
    status, body = await send(web, standin, "GET", original)
    assert (status, body["content"]) == (200, "at last")
    assert standin.world.messages[body["id"]].only_for == one.user.id
    status, body = await send(
        web, standin, "GET", f"/channels/{one.channel.id}/messages/{body['id']}"
    )
    assert (status, body["code"]) == (404, 10008)


async def test_a_form_does_not_answer_a_form(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    one = opened(standin, MODAL)
    form = {"type": 9, "data": {"title": "x", "custom_id": "x", "components": []}}
    status, body = await send(web, standin, "POST", callback(one), form)
    assert (status, body["code"]) == (400, 50035)


async def test_an_edit_cannot_take_components_v2_back(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    one = opened(standin)
    text = [{"type": 10, "content": "text"}]
    body: dict[str, Any] = {"type": 4, "data": {"flags": 1 << 15, "components": text}}
    assert (await send(web, standin, "POST", callback(one), body))[0] == 200
    original = f"{follow_up(standin, one)}/messages/@original"
    status, refusal = await send(web, standin, "PATCH", original, {"content": "plain"})
    assert (status, refusal["code"]) == (400, 50035)


async def test_rest_wants_the_token_and_a_known_route(standin: DiscordStandin) -> None:
    async with aiohttp.ClientSession() as stranger:
        async with stranger.get(f"{standin.api_url}/users/@me") as response:
            assert response.status == 401
        headers = {"Authorization": f"Bot {standin.token}"}
        async with stranger.get(f"{standin.api_url}/nowhere", headers=headers) as response:
            assert response.status == 404
    assert standin.rest.unknown == ["GET nowhere"]
    standin.rest.unknown.clear()
