"""DISCORD_API_URL and DISCORD_GATEWAY_URL where something else than Discord answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from tests.discord_standin import DiscordStandin

from .test_process import started

HTML, JSON = "text/html", "application/json"


@asynccontextmanager
async def answering(page: str, content_type: str) -> AsyncIterator[str]:
    """The address of a server that answers every call with this page."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=page.encode(), headers={"Content-Type": content_type})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("command", "page", "content_type"),
    [
        ("serve", "<html>Welcome to our proxy</html>", HTML),
        ("serve", "{}", JSON),
        ("invite", "<html>Welcome to our proxy</html>", HTML),
        ("invite", "no JSON", JSON),
        ("sync", "{}", JSON),
        ("sync", "null", JSON),
    ],
)
async def test_another_page_than_discords_is_one_line_and_exit_code_2(
    standin: DiscordStandin, tmp_path: Path, command: str, page: str, content_type: str
) -> None:
    async with (
        answering(page, content_type) as address,
        started(standin, tmp_path, command, DISCORD_API_URL=address) as process,
    ):
        output, errors = await process.communicate()
    assert process.returncode == 2
    assert output == b""
    [line] = errors.decode().splitlines()
    assert line.startswith("DISCORD_API_URL: what answers there is not Discord; ")
