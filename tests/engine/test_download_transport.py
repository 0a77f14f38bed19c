"""Connections: through which proxy, whom to trust, what is written down."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.download_source import Halt, Halted
from engine.download_transport import Transport, TransportFailed, Trouble, address_of, proxy_for
from tests.engine import download_server as server_that
from tests.engine.download_server import DownloadServer, serving

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
BODY = b"what comes"


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[DownloadServer]:
    with serving(BODY) as running:
        yield running


class Noted:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def transport(self, stall: float = 5.0) -> Transport:
        def note(address: str):  # type: ignore[no-untyped-def]
            self.lines.append(f"to {address}")
            return lambda received, outcome: self.lines.append(f"{outcome}: {received}")

        return Transport(note, 5.0, stall)


@pytest.mark.parametrize(
    ("variables", "url", "proxy"),
    [
        ({}, "https://hub.example/x", ""),
        ({"https_proxy": "http://proxy:3128"}, "https://hub.example/x", "http://proxy:3128"),
        ({"HTTPS_PROXY": "proxy:3128"}, "https://hub.example/x", "http://proxy:3128"),
        ({"all_proxy": "http://all:1"}, "https://hub.example/x", "http://all:1"),
        ({"http_proxy": "http://proxy:3128"}, "https://hub.example/x", ""),
        ({"https_proxy": "http://proxy:1", "no_proxy": ".example"}, "https://hub.example/x", ""),
        ({"http_proxy": "http://proxy:1"}, "http://127.0.0.1:8080/x", ""),
        ({"http_proxy": "http://proxy:1"}, "http://localhost:8080/x", ""),
        ({"http_proxy": "http://proxy:1"}, "http://[::1]:8080/x", ""),
    ],
)
def test_the_proxy_is_that_of_the_environment_and_this_machine_needs_none(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str, proxy: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://hub.example/x", "hub.example:443"),
        ("http://hub.example/x", "hub.example:80"),
        ("http://ann:secret@proxy:3128", "proxy:3128"),
        ("http://[::1]:8080/x", "[::1]:8080"),
    ],
)
def test_an_address_holds_no_password(url: str, address: str) -> None:
    assert address_of(url) == address


def test_through_a_proxy_the_connection_to_it_is_what_is_written_down(
    server: DownloadServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://ann:pass%20word@127.0.0.1:{server.server_port}")
    noted = Noted()
    response = noted.transport().get("http://hub.invalid/x", {}, Halt())
    assert b"".join(response.chunks()) == BODY
    response.close()
    assert server.asked[0][0] == "http://hub.invalid/x"
    assert server.headers[0]["proxy-authorization"] == "Basic YW5uOnBhc3Mgd29yZA=="
    assert noted.lines == [f"to 127.0.0.1:{server.server_port}", "200: 10"]


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "http://127.0.0.1:x", "ftp://127.0.0.1"])
def test_a_proxy_that_cannot_be_used_is_a_failure_like_others(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    with pytest.raises(TransportFailed) as caught:
        Noted().transport().get("http://hub.invalid/x", {}, Halt())
    assert caught.value.trouble is Trouble.UNREACHABLE


def test_a_name_that_nobody_knows_is_unreachable() -> None:
    noted = Noted()
    with pytest.raises(TransportFailed) as caught:
        noted.transport().get("http://hub.invalid/x", {}, Halt())
    assert caught.value.trouble is Trouble.UNREACHABLE
    assert noted.lines == ["to hub.invalid:80", "unreachable: 0"]


def test_a_server_that_is_silent_is_given_up(server: DownloadServer) -> None:
    server.otherwise = server_that.stalls(4)
    noted = Noted()
    response = noted.transport(stall=0.1).get(f"{server.url}/x", {}, Halt())
    with pytest.raises(TransportFailed) as caught:
        list(response.chunks())
    response.close()
    response.close()
    assert caught.value.trouble is Trouble.BROKEN_OFF
    assert noted.lines[1:] == ["200, broken off: 4"]


def test_what_waits_for_a_byte_is_woken(server: DownloadServer) -> None:
    server.otherwise = server_that.stalls(4)
    halt = Halt()
    response = Noted().transport(stall=60).get(f"{server.url}/x", {}, halt)
    chunks = response.chunks()
    assert next(chunks) == BODY[:4]
    timer = threading.Timer(0.05, halt.ask)
    timer.start()
    with pytest.raises(Halted):
        next(chunks)
    timer.join()
    response.close()
    with pytest.raises(Halted):
        Noted().transport().get(f"{server.url}/x", {}, halt)


def test_a_certificate_of_nobody_is_not_trusted(tmp_path: Path, server: DownloadServer) -> None:
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(_self_signed())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    noted = Noted()
    with pytest.raises(TransportFailed) as caught:
        noted.transport().get(f"https://127.0.0.1:{server.server_port}/x", {}, Halt())
    assert caught.value.trouble is Trouble.UNTRUSTED
    assert noted.lines[1:] == ["untrusted: 0"]


def _self_signed() -> bytes:
    """A key and a certificate that only it vouches for, by the library that reading locked PDFs brings along."""
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begins = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins.replace(year=2100))
        .sign(key, hashes.SHA256())
    )
    held = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return held + certificate.public_bytes(serialization.Encoding.PEM)
