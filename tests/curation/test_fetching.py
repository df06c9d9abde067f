"""Archives from an address, against a server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.curation.fetching import FetchFailed, FetchLimits, fetch, file_name

LIMITS = FetchLimits(size=1_000, seconds=5.0, redirects=2)


@pytest.fixture
async def server() -> AsyncIterator[str]:
    """Its address; what it serves is below."""
    never = asyncio.Event()

    async def serve(request: web.Request) -> web.StreamResponse:
        match request.path:
            case "/base.zip":
                return web.Response(body=b"PK" + request.query_string.encode())
            case "/large":
                return web.Response(body=bytes(1_001))
            case "/large-unsaid":
                response = web.StreamResponse()
                response.enable_chunked_encoding()
                await response.prepare(request)
                for _ in range(20):
                    await response.write(bytes(100))
                return response
            case "/packed":
                return web.Response(body=b"x", headers={"Content-Encoding": "gzip"})
            case "/near":
                raise web.HTTPFound("/base.zip")
            case "/far":
                raise web.HTTPFound("http://example.invalid/base.zip")
            case "/file":
                raise web.HTTPFound("file:///etc/passwd")
            case "/round":
                raise web.HTTPFound("/round")
            case "/slow":
                await never.wait()
        raise web.HTTPNotFound

    app = web.Application()
    app.router.add_get("/{path:.*}", serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    never.set()
    await runner.cleanup()


async def refused(address: str, limits: FetchLimits = LIMITS) -> str:
    with pytest.raises(FetchFailed) as caught:
        await fetch(address, limits)
    [line] = caught.value.lines
    assert "\n" not in line
    assert "secret" not in line
    return line


async def test_it_fetches_what_lies_there_and_follows_redirects(server: str) -> None:
    assert await fetch(f"{server}/base.zip?x", LIMITS) == b"PKx"
    assert await fetch(f"{server}/near", LIMITS) == b"PK"


async def test_http_is_refused_elsewhere_than_on_this_machine() -> None:
    assert "no https address" in await refused("http://user:secret@example.invalid/x?secret")


async def test_a_redirect_away_from_https_is_refused(server: str) -> None:
    assert "example.invalid/base.zip: is no https" in await refused(f"{server}/far")
    assert "no https" in await refused(f"{server}/file")


async def test_endless_redirects_are_refused(server: str) -> None:
    assert "more than 2 times" in await refused(f"{server}/round?secret")


@pytest.mark.parametrize("path", ["large", "large-unsaid"])
async def test_what_is_too_large_is_refused_said_or_not(server: str, path: str) -> None:
    assert "larger than" in await refused(f"{server}/{path}")


async def test_what_takes_too_long_is_given_up(server: str) -> None:
    limits = FetchLimits(seconds=0.05)
    assert "within 0.05 s" in await refused(f"{server}/slow?secret", limits)


async def test_what_is_not_there_is_told(server: str) -> None:
    assert "answers 404" in await refused(f"{server}/nothing")
    assert "packed once more" in await refused(f"{server}/packed")


async def test_a_server_that_is_not_there_is_one_line() -> None:
    assert "cannot be fetched" in await refused("http://127.0.0.1:9/base.zip?secret")


def test_an_archive_is_named_by_its_address() -> None:
    assert file_name("https://example.org/a/base.zip?x=1") == "base.zip"
    assert file_name("https://example.org/") == "archive.zip"
