"""The gateway's rules, with a bare WebSocket."""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.discord_standin import DiscordStandin
from tests.discord_standin.frames import compressor
from tests.discord_standin.people import VIEW_CHANNEL, Overwrite

NEEDED = 1 | 1 << 9 | 1 << 12


@pytest.fixture
async def socket(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with web.ws_connect(standin.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        yield socket


def identify(standin: DiscordStandin, intents: int = NEEDED, **extra: object) -> dict[str, Any]:
    return {"op": 2, "d": {"token": standin.token, "intents": intents, "properties": {}, **extra}}


async def test_hello_identify_ready_heartbeat(
    standin: DiscordStandin, socket: aiohttp.ClientWebSocketResponse
) -> None:
    await standin.add_server("Home", standin.world.add_user("alice"))
    await socket.send_json(identify(standin))
    ready, created = await socket.receive_json(), await socket.receive_json()
    assert (ready["t"], ready["s"]) == ("READY", 1)
    assert (created["t"], created["s"]) == ("GUILD_CREATE", 2)
    assert len(created["d"]["members"]) == 1
    await socket.send_json({"op": 1, "d": 2})
    assert (await socket.receive_json())["op"] == 11


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"op": 2, "d": {"token": "wrong", "intents": 0}}, 4004),
        ({"op": 2, "d": {"token": "loopback-token", "intents": 1 << 40}}, 4013),
        ({"op": 2, "d": {"token": "loopback-token", "intents": 1 << 15}}, 4014),
        ({"op": 3, "d": {}}, 4003),
    ],
)
async def test_wrong_openings_are_closed_with_discords_codes(
    socket: aiohttp.ClientWebSocketResponse, payload: dict[str, Any], code: int
) -> None:
    await socket.send_json(payload)
    message = await socket.receive()
    assert message.type is aiohttp.WSMsgType.CLOSE
    assert message.data == code


async def test_what_is_no_json_is_a_decode_error(
    socket: aiohttp.ClientWebSocketResponse,
) -> None:
    await socket.send_str("{")
    assert (await socket.receive()).data == 4002


async def test_identifying_twice_is_closed(
    standin: DiscordStandin, socket: aiohttp.ClientWebSocketResponse
) -> None:
    await socket.send_json(identify(standin))
    await socket.receive_json()
    await socket.send_json(identify(standin))
    assert (await socket.receive()).data == 4005


async def test_an_unknown_session_is_invalid_and_a_future_sequence_is_refused(
    standin: DiscordStandin, web: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse
) -> None:
    resume = {"token": standin.token, "session_id": "nowhere", "seq": 1}
    await socket.send_json({"op": 6, "d": resume})
    assert await socket.receive_json() == {"op": 9, "d": False}
    await socket.send_json(identify(standin))
    session = (await socket.receive_json())["d"]["session_id"]
    async with web.ws_connect(standin.gateway_url) as second:
        await second.receive_json()
        resume = {"token": standin.token, "session_id": session, "seq": 99}
        await second.send_json({"op": 6, "d": resume})
        assert (await second.receive()).data == 4007


async def test_a_client_that_says_goodbye_cannot_resume(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    async with web.ws_connect(standin.gateway_url) as first:
        await first.receive_json()
        await first.send_json(identify(standin))
        session = (await first.receive_json())["d"]["session_id"]
        await first.close(code=1000)
    await standin.wait_for(lambda: not standin.gateway.sessions or None, "the session's end")
    assert session not in standin.gateway.sessions


async def test_zlib_is_one_stream_over_all_messages(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    stream = zlib.decompressobj()
    async with web.ws_connect(standin.gateway_url + "?compress=zlib-stream") as socket:
        hello = json.loads(stream.decompress(await socket.receive_bytes()))
        await socket.send_json({"op": 1, "d": None})
        acknowledged = json.loads(stream.decompress(await socket.receive_bytes()))
    assert [hello["op"], acknowledged["op"]] == [10, 11]


def test_zstd_blocks_can_be_read_one_by_one() -> None:
    zstandard = pytest.importorskip("zstandard")
    compress = compressor("zstd-stream")
    assert compress is not None
    stream = zstandard.ZstdDecompressor().decompressobj()
    assert [stream.decompress(compress(text)) for text in (b"one", b"two")] == [b"one", b"two"]


async def test_an_unknown_compression_is_refused(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await web.ws_connect(standin.gateway_url + "?compress=lzma")


async def test_events_go_to_the_shard_and_the_intents_that_they_concern(
    standin: DiscordStandin, web: aiohttp.ClientSession
) -> None:
    alice = standin.world.add_user("alice")
    server, channel = await standin.add_server("Home", alice)
    home = (int(server.id) >> 22) % 2
    async with (
        web.ws_connect(standin.gateway_url) as ours,
        web.ws_connect(standin.gateway_url) as other,
    ):
        for socket, shard in ((ours, home), (other, 1 - home)):
            await socket.receive_json()
            await socket.send_json(identify(standin, shard=[shard, 2]))
            await socket.receive_json()
        assert (await ours.receive_json())["t"] == "GUILD_CREATE"
        await standin.people.say(alice, channel, "here")
        await standin.people.say(alice, standin.world.direct(alice), "there")
        by_shard = {home: ours, 1 - home: other}
        first = await ours.receive_json()
        assert (first["t"], first["d"]["content"]) == ("MESSAGE_CREATE", "")
        direct = await by_shard[0].receive_json()
        assert (direct["t"], direct["d"]["content"]) == ("MESSAGE_CREATE", "there")


async def test_what_the_bot_may_not_see_it_does_not_hear_of(
    standin: DiscordStandin, socket: aiohttp.ClientWebSocketResponse
) -> None:
    alice = standin.world.add_user("alice")
    server, channel = await standin.add_server("Home", alice)
    hidden = standin.world.add_channel(server, "hidden")
    hidden.overwrites[standin.world.bot.id] = Overwrite(deny=VIEW_CHANNEL)
    await socket.send_json(identify(standin))
    await socket.receive_json()
    await socket.receive_json()
    await standin.people.say(alice, hidden, "psst")
    await standin.people.say(alice, channel, "hello")
    assert (await socket.receive_json())["d"]["channel_id"] == channel.id
