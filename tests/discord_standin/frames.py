"""Frames of the gateway: plain text, or one compressed stream for the whole connection."""

from __future__ import annotations

import importlib
import json
import zlib
from typing import Protocol

from aiohttp import web

from .errors import Json


class Compressor(Protocol):
    """Compresses payloads so that each can be read as soon as it is there."""

    def __call__(self, data: bytes) -> bytes: ...


def compressor(requested: str | None) -> Compressor | None:
    """What the `compress` query asks for; None for plain text. Raises LookupError if unknown."""
    if requested is None:
        return None
    if requested == "zlib-stream":
        return _zlib()
    if requested == "zstd-stream":
        return _zstd()
    raise LookupError(requested)


def _zlib() -> Compressor:
    stream = zlib.compressobj()
    return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> Compressor:
    """Python 3.14's own, or the `zstandard` package. Raises ImportError where neither is."""
    try:
        own = importlib.import_module("compression.zstd")
    except ImportError:
        package = importlib.import_module("zstandard")
        chunker = package.ZstdCompressor().compressobj()
        block = package.COMPRESSOBJ_FLUSH_BLOCK
        return lambda data: bytes(chunker.compress(data) + chunker.flush(block))
    stream = own.ZstdCompressor()
    return lambda data: bytes(stream.compress(data, mode=stream.FLUSH_BLOCK))


async def send(socket: web.WebSocketResponse, compress: Compressor | None, payload: Json) -> None:
    """Send one payload; a connection that is gone is no error, resuming repairs it."""
    raw = json.dumps(payload)
    try:
        if compress is None:
            await socket.send_str(raw)
        else:
            await socket.send_bytes(compress(raw.encode()))
    except ConnectionError:
        return
