"""Facts from an https address, with a certificate that somebody made for themselves."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.curation.archives import state
from bot.store.store import Store
from tests.cli.support import Ended, edit, environment, footnote, small_base
from tests.curation.test_starting import archive_of

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl to make a certificate with")


@dataclass(frozen=True, slots=True)
class Site:
    """A server whose certificate nobody trusts who is not told to."""

    address: str
    certificate: Path


@pytest.fixture(scope="module", name="certificate")
def _certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1, and its key in the same file."""
    folder = tmp_path_factory.mktemp("certificate")
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    words += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    words += ["-nodes", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([str(OPENSSL), *words], cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text((folder / "cert.pem").read_text() + (folder / "key.pem").read_text())
    return both


@pytest.fixture(name="base")
def _base(tmp_path: Path) -> Path:
    return small_base(tmp_path)


@pytest.fixture
async def site(base: Path, certificate: Path) -> AsyncIterator[Site]:
    """It serves an archive of the base, as that is when it is asked for."""
    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secure.load_cert_chain(certificate)
    async with archive_of(base, secure) as address:
        yield Site(f"{address}?secret", certificate)


async def called(data: Path, site: Site, *words: str, trusted: str = "") -> Ended:
    env = environment(FOOTNOTE_DATA=str(data), FOOTNOTE_KNOWLEDGE=site.address)
    if trusted:
        env["SSL_CERT_FILE"] = trusted
    return await asyncio.to_thread(footnote, "facts", *words, env=env)


async def test_a_certificate_that_is_not_trusted_is_refused_in_a_line(
    site: Site, tmp_path: Path
) -> None:
    done = await called(tmp_path / "data", site, "reload", "--yes")
    assert done.code == 2
    [line] = done.err.splitlines()
    assert line.startswith(site.address.removesuffix("?secret"))
    assert "certificate" in line
    assert "secret" not in line


async def test_from_a_trusted_one_the_facts_are_taken_and_taken_anew(
    site: Site, base: Path, tmp_path: Path
) -> None:
    data, trusted = tmp_path / "data", str(site.certificate)
    first = await called(data, site, "reload", "--yes", trusted=trusted)
    assert (first.code, first.err) == (0, "")
    edit(base, "Seventeen metres is", "Eighteen metres is")
    second = await called(data, site, "reload", "--yes", trusted=trusted)
    assert "after:  Eighteen metres is" in second.out
    assert "Version 2" in second.out
    # What is sent stays in use over restarts until something else lies at the address.
    sent = tmp_path / "sent.yaml"
    sent.write_text((base / "base.yaml").read_text().replace("Eighteen", "Nineteen"))
    third = await called(data, site, "reload", str(sent), "--yes", trusted=trusted)
    assert "Version 3" in third.out
    store = await Store.open(data, key=None, now=lambda: 1.0)
    newest, at_address = [await store.versions.get(number) for number in (3, 2)]
    await store.close()
    assert newest is not None
    assert at_address is not None
    assert newest.folder_hash == at_address.folder_hash == state(base)
