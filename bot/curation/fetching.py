"""Fetches the archive of a base from an https address, within limits."""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    import aiohttp

from bot.errors import FootnoteError
from bot.facts.limits import MIB

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of a fetch: bytes, seconds in all, and redirects."""

    size: int = 16 * MIB
    seconds: float = 60.0
    redirects: int = 5


class FetchFailed(FootnoteError):
    """The archive could not be fetched: one line, without what is secret in its address."""


def file_name(address: str) -> str:
    """The name of the file at an address: what its archive is called in errors."""
    return urlsplit(address).path.rpartition("/")[2] or "archive.zip"


async def fetch(address: str, limits: FetchLimits | None = None) -> bytes:
    """What lies at `address`: by https alone, redirects included; by http on this machine only.

    Raises FetchFailed.
    """
    import aiohttp  # noqa: PLC0415 - only this needs it before Discord does, see bot/serving.py

    limits = limits or FetchLimits()
    told = _without_secrets(address)
    try:
        async with asyncio.timeout(limits.seconds):
            return await _fetch(address, limits)
    except TimeoutError:
        what = f"was not fetched within {limits.seconds:g} s"
        raise FetchFailed(f"{told}: {what}; try again, or name a nearer address") from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        reason = reason.replace(address, told)
        raise FetchFailed(f"{told}: cannot be fetched ({reason}); check the address") from None


async def _fetch(address: str, limits: FetchLimits) -> bytes:
    import aiohttp  # noqa: PLC0415

    here = _is_loopback(address)
    timeout = aiohttp.ClientTimeout(total=limits.seconds)
    # Packed once more for the way, it could unpack to anything: taken as it is, or not at all.
    async with aiohttp.ClientSession(
        timeout=timeout, auto_decompress=False, headers={"Accept-Encoding": "identity"}
    ) as session:
        at = address
        for _ in range(limits.redirects + 1):
            _check(at, loopback=here)
            async with session.get(at, allow_redirects=False) as response:
                if response.status in _REDIRECTS:
                    at = urljoin(at, response.headers.get("Location", ""))
                    continue
                return await _body(response, _without_secrets(address), limits)
    raise FetchFailed(
        f"{_without_secrets(address)}: leads on more than {limits.redirects} times;"
        " name the address where it ends"
    )


async def _body(response: aiohttp.ClientResponse, told: str, limits: FetchLimits) -> bytes:
    if response.status != 200:
        raise FetchFailed(f"{told}: answers {response.status}; check the address")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchFailed(f"{told}: comes packed once more for the way; name a plain file")
    data = bytearray()
    if (response.content_length or 0) <= limits.size:
        async for chunk in response.content.iter_chunked(_CHUNK):
            data += chunk
            if len(data) > limits.size:
                break
        else:
            return bytes(data)
    raise FetchFailed(f"{told}: is larger than {limits.size // MIB} MiB; name a smaller archive")


def _check(address: str, *, loopback: bool) -> None:
    """Raises FetchFailed unless the address is one of https; or of this machine, if it began so."""
    scheme = urlsplit(address).scheme
    if scheme == "https" or (scheme == "http" and loopback and _is_loopback(address)):
        return
    told = _without_secrets(address)
    raise FetchFailed(f"{told}: is no https address; name one, or where it leads to")


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _without_secrets(address: str) -> str:
    """The address less what may be a token: its user, its query and its fragment."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    shown = f"{parts.scheme}://{host}{port}{parts.path}"
    return "".join(char if char.isprintable() else "?" for char in shown)[:200]
